"""Carries out a plan step by step, with a journal entry before and after each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from console.backend import container_work, swarm_work
from console.backend.engine.channel import EngineChannel
from console.backend.failures import EngineError
from console.backend.journal import Journal
from console.domain.container_steps import ContainerStep
from console.domain.failure import Failure, FailureKind
from console.domain.plan import (
    ConnectContainer,
    CreateNetwork,
    DisconnectContainer,
    Plan,
    RemoveNetwork,
    RunScript,
    Step,
    StepState,
)
from console.domain.render.sdk import create_body
from console.domain.scripts import CHANGE_NOTES, CONFIRM_WATCHDOG, START_WATCHDOG
from console.domain.snapshot import Container
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm, SwarmStep
from console.domain.text import verbatim

#: Pauses between the looks at a host whose answer was lost: about ten seconds, in which an engine
#: that was restarted is back. After that the step's outcome stays unknown until it is settled.
LOOKS = (0.0, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0)
#: How often a step's effect is looked for in vain on an engine that answers, before it counts as
#: not done: an engine that dropped the connection may still be finishing the work.
LOOKS_IN_VAIN = 3

Sleep = Callable[[float], Awaitable[None]]
_OF_WATCHDOGS = frozenset({START_WATCHDOG.id, CONFIRM_WATCHDOG.id})

InThread = Callable[[Callable[[], Any]], Awaitable[Any]]
#: Runs a named script on the host; its answer. Raises EngineError with the failure.
RunsScript = Callable[[RunScript], Awaitable[str]]


async def no_scripts(step: RunScript) -> str:
    """The answer where this connection has no way to run scripts on its host."""
    raise EngineError(
        Failure(
            kind=FailureKind.UNSUPPORTED,
            raw=f"This connection can't run the script {step.script}: it reaches the engine only.",
        )
    )


class StopRequest:
    """A wish to stop a plan after the step that is under way."""

    def __init__(self) -> None:
        self.requested = False

    def stop(self) -> None:
        """Let the step under way end, and begin no other."""
        self.requested = True


class Executor:
    """Applies plans to one host: to its engine, and through ``run_script`` to its Windows side.

    ``in_thread`` runs the journal's blocking calls.
    """

    def __init__(
        self,
        channel: EngineChannel,
        journal: Journal,
        in_thread: InThread,
        sleep: Sleep = asyncio.sleep,
        run_script: RunsScript = no_scripts,
    ) -> None:
        self._channel = channel
        self._journal = journal
        self._in_thread = in_thread
        self._sleep = sleep
        self._run_script = run_script

    async def run(
        self, entry_id: int, plan: Plan, on_state: Callable[[StepState], None], stop: StopRequest
    ) -> tuple[StepState, ...]:
        """Every step's final state. The first that is not done ends the plan; the rest is skipped.

        Raises JournalError where the journal can't be written any more: then no further step is
        begun.
        """
        states: list[StepState] = []
        for index, step in enumerate(plan.steps):
            halted = stop.requested or (bool(states) and states[-1].state != "done")
            if halted:
                state = StepState(index=index, state="skipped")
            else:
                state = await self._run_step(entry_id, index, step, on_state)
            await self._write(entry_id, state)
            on_state(state)
            states.append(state)
        await self._in_thread(lambda: self._journal.end(entry_id))
        return tuple(states)

    async def refuse(
        self, entry_id: int, plan: Plan, failure: Failure, on_state: Callable[[StepState], None]
    ) -> tuple[StepState, ...]:
        """The states of a plan that could not be begun: the first step failed, the rest is skipped.

        Raises JournalError where that can't be written down.
        """
        states = tuple(
            StepState(index=index, state="skipped" if index else "failed", failure=None if index else failure)
            for index in range(len(plan.steps))
        )
        for state in states:
            await self._write(entry_id, state)
            on_state(state)
        await self._in_thread(lambda: self._journal.end(entry_id))
        return states

    async def settle(self, entry_id: int, plan: Plan, states: tuple[StepState, ...]) -> None:
        """Find out how an interrupted entry's steps ended, write that down and close the entry.

        Raises EngineError where the host can't be asked; the entry then stays as it is.
        """
        for state in states:
            if state.state not in {"running", "unknown"}:
                continue
            if isinstance(plan.steps[state.index], RunScript):
                # Nobody can tell any more what a script did: it stays unknown.
                await self._write(entry_id, state.model_copy(update={"state": "unknown"}))
                continue
            before = await self._in_thread(partial(self._journal.before, entry_id, state.index))
            evidence = await self._evidence(plan.steps[state.index], frozenset(before))
            outcome = state.model_copy(
                update={"state": "failed" if evidence is None else "done", "result": evidence or ""}
            )
            await self._write(entry_id, outcome)
        await self._in_thread(lambda: self._journal.settle(entry_id))

    async def _run_step(
        self, entry_id: int, index: int, step: Step, on_state: Callable[[StepState], None]
    ) -> StepState:
        running = StepState(index=index, state="running")
        before: frozenset[str] = frozenset()
        try:
            before = await self._there_before(step)
            await self._write(entry_id, running, before)
            on_state(running)
            told = await self._perform(step)
        except EngineError as error:
            if error.failure.may_have_happened:
                return await self._after_loss(index, step, before, error.failure)
            return StepState(index=index, state="failed", failure=error.failure)
        return StepState(index=index, state="done", **told)

    async def _write(self, entry_id: int, state: StepState, before: frozenset[str] = frozenset()) -> None:
        await self._in_thread(lambda: self._journal.step_changed(entry_id, state, sorted(before)))

    async def _perform(self, step: Step) -> Mapping[str, Any]:
        """Do it; what was told of it, by the fields of :class:`StepState`."""
        match step:
            case CreateNetwork():
                created = await self._channel.create_network(create_body(step.spec))
                return {"result": created.id, "warning": created.warning}
            case RemoveNetwork():
                await self._channel.remove_network(step.network)
            case ConnectContainer():
                await self._channel.connect_container(step.network, connect_body(step))
            case DisconnectContainer():
                body = {"Container": step.container, "Force": step.force}
                await self._channel.disconnect_container(step.network, body)
            case RunScript():
                return _told(step, await self._run_script(step))
            case InitSwarm() | JoinSwarm() | LeaveSwarm():
                return await swarm_work.perform(self._channel, step)
            case _:
                return await container_work.perform(self._channel, step)
        return {}

    async def _there_before(self, step: Step) -> frozenset[str]:
        """What is so already and not the step's doing, such as networks that have a new one's name."""
        if isinstance(step, ContainerStep):
            return await container_work.there_before(self._channel, step)
        if isinstance(step, SwarmStep):
            return await swarm_work.there_before(self._channel, step)
        if not isinstance(step, CreateNetwork):
            return frozenset()
        return frozenset(network.id for network in await self._channel.networks_named(step.spec.name))

    async def _after_loss(
        self, index: int, step: Step, before: frozenset[str], failure: Failure
    ) -> StepState:
        """The answer was lost: look whether it happened, for as long as that may take."""
        if isinstance(step, RunScript):
            # The engine can't tell what a script did.
            return StepState(index=index, state="unknown", failure=failure)
        in_vain = 0
        for pause in LOOKS:
            await self._sleep(pause)
            try:
                await self._channel.connect()
                evidence = await self._evidence(step, before)
            except EngineError:
                continue  # not back yet: the next look may tell
            if evidence is not None:
                return StepState(index=index, state="done", result=evidence)
            in_vain += 1
            # An engine that only takes long is still at work, and a look in vain proves nothing.
            if in_vain >= LOOKS_IN_VAIN and failure.kind is not FailureKind.TIMED_OUT:
                return StepState(
                    index=index,
                    state="failed",
                    failure=failure.model_copy(update={"may_have_happened": False}),
                )
        return StepState(index=index, state="unknown", failure=failure)

    async def _evidence(self, step: Step, before: frozenset[str]) -> str | None:
        """None where the step has not happened; else the id of what it made, or ""."""
        match step:
            case CreateNetwork():
                named = await self._channel.networks_named(step.spec.name)
                return next((network.id for network in named if network.id not in before), None)
            case RemoveNetwork():
                networks = await self._channel.networks()
                there = any(step.network in {network.id, network.name} for network in networks)
                return None if there else ""
            case ConnectContainer():
                return "" if _attached(await self._channel.containers(), step) else None
            case DisconnectContainer():
                return None if _attached(await self._channel.containers(), step) else ""
            case RunScript():
                return None
            case InitSwarm() | JoinSwarm() | LeaveSwarm():
                return await swarm_work.evidence(self._channel, step, before)
            case _:
                return await container_work.evidence(self._channel, step, before)


def _told(step: RunScript, answer: str) -> Mapping[str, Any]:
    """What a change script found on its way, by the fields of :class:`StepState`.

    A note's code of a newer script is shown as it is.
    """
    from console.backend.powershell.documents import change_of, watch_of  # most plans run no script

    try:
        document = change_of(answer)
        watch = watch_of(document.after) if step.script in _OF_WATCHDOGS else None
    except ValueError as error:  # it ran, but what it says of its doing can't be read
        failure = Failure(kind=FailureKind.MALFORMED_ANSWER, raw=answer, may_have_happened=True)
        raise EngineError(failure) from error
    notes = tuple(CHANGE_NOTES.get(code, verbatim(code)) for code in document.notes)
    return {"notes": notes, "watch": watch}


def _attached(containers: tuple[Container, ...], step: ConnectContainer | DisconnectContainer) -> bool:
    return any(
        step.network in {endpoint.network_id, endpoint.network_name}
        for container in containers
        if step.container in {container.id, container.name}
        for endpoint in container.endpoints
    )


def connect_body(step: ConnectContainer) -> Mapping[str, Any]:
    """The body of ``POST /networks/{id}/connect``; what is empty is left to the engine."""
    endpoint: dict[str, Any] = {}
    if step.address:
        family = "IPv6Address" if ":" in step.address else "IPv4Address"
        endpoint["IPAMConfig"] = {family: step.address}
    if step.aliases:
        endpoint["Aliases"] = list(step.aliases)
    return {"Container": step.container, "EndpointConfig": endpoint}
