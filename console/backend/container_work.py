"""What the executor does for the steps of a container's life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.backend.engine.channel import EngineChannel
from console.domain.container_steps import (
    ContainerStep,
    CreateContainer,
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.render.container_body import container_body


async def perform(channel: EngineChannel, step: ContainerStep) -> Mapping[str, Any]:
    """Do it; what was told of it, by the fields of :class:`~console.domain.plan.StepState`."""
    match step:
        case CreateContainer():
            made = await channel.create_container(step.spec.name, container_body(step.spec))
            return {"result": made.id, "warning": made.warning}
        case StartContainer():
            return {"unchanged": not await channel.start_container(step.container)}
        case StopContainer():
            return {"unchanged": not await channel.stop_container(step.container)}
        case RestartContainer():
            await channel.restart_container(step.container)
        case RemoveContainer():
            await channel.remove_container(step.container, force=step.force, volumes=step.volumes)
    return {}


async def there_before(channel: EngineChannel, step: ContainerStep) -> frozenset[str]:
    """What a later look is compared with: containers of the new one's name, or the last start's time."""
    match step:
        case CreateContainer():
            named = (one.id for one in await channel.containers() if one.name == step.spec.name)
            return frozenset(named)
        case StartContainer() | RestartContainer():
            return frozenset({(await channel.container_details(step.container)).started_at})
        case StopContainer() | RemoveContainer():
            return frozenset()


async def evidence(channel: EngineChannel, step: ContainerStep, before: frozenset[str]) -> str | None:
    """None where the step has not happened; else the id of what it made, or ""."""
    containers = await channel.containers()
    name = step.spec.name if isinstance(step, CreateContainer) else step.container
    found = next((one for one in containers if name in {one.id, one.name}), None)
    match step:
        case CreateContainer():
            return found.id if found is not None and found.id not in before else None
        case StartContainer() | RestartContainer():
            if found is None:
                return None
            # A short program may have ended again meanwhile, but it has begun at another time.
            started = (await channel.container_details(found.id)).started_at
            return "" if started not in before else None
        case StopContainer():
            return "" if found is None or not found.running else None
        case RemoveContainer():
            return "" if found is None else None
