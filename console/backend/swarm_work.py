"""What the executor does for the steps of swarm mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.backend.engine.channel import EngineChannel
from console.backend.failures import EngineError
from console.domain.failure import Failure, FailureKind
from console.domain.render.swarm import init_swarm_body, join_swarm_body
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm, SwarmStep


async def perform(channel: EngineChannel, step: SwarmStep) -> Mapping[str, Any]:
    """Do it; what was told of it, by the fields of :class:`~console.domain.plan.StepState`."""
    match step:
        case InitSwarm():
            return {"result": await channel.init_swarm(init_swarm_body(step))}
        case JoinSwarm():
            await channel.join_swarm(_join_body(step))
        case LeaveSwarm():
            await channel.leave_swarm(force=step.force)
    return {}


async def there_before(channel: EngineChannel, step: SwarmStep) -> frozenset[str]:
    """The node that the engine is already, which is not the step's doing."""
    if isinstance(step, LeaveSwarm):
        return frozenset()
    swarm = (await channel.engine()).swarm
    return frozenset({swarm.node_id} if swarm.active else ())


async def evidence(channel: EngineChannel, step: SwarmStep, before: frozenset[str]) -> str | None:
    """None where the step has not happened; else the id of the node that the engine became, or ""."""
    swarm = (await channel.engine()).swarm
    if isinstance(step, LeaveSwarm):
        return "" if swarm.local_node_state == "inactive" else None
    return swarm.node_id if swarm.active and swarm.node_id not in before else None


def _join_body(step: JoinSwarm) -> Mapping[str, Any]:
    """Raises EngineError for a step that was read back from the journal, which has no token."""
    if not step.token.get_secret_value():
        raw = "The join token is not kept. Ask a manager for it again: docker swarm join-token worker"
        raise EngineError(Failure(kind=FailureKind.UNSUPPORTED, raw=raw))
    return join_swarm_body(step)
