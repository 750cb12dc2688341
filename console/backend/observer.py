"""One look at a host: what is asked, and what becomes of it when a part can't be had."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from operator import is_
from typing import TypeVar

from console.backend.engine.changes import Changes
from console.backend.engine.channel import EngineChannel
from console.backend.failures import EngineError
from console.backend.host_channel import HostChannel, ReadsByItself
from console.domain.container_details import Image
from console.domain.failure import Failure, FailureKind
from console.domain.sections import stale, unavailable, unknown_facts, unknown_swarm
from console.domain.snapshot import (
    Container,
    EngineInfo,
    HostFacts,
    HostIdentity,
    Network,
    Section,
    SectionState,
    Snapshot,
    SwarmFacts,
)
from console.domain.swarm.objects import SwarmNode, SwarmService, SwarmTask
from console.domain.text import N_, Text

T = TypeVar("T")
CONTEXT = "Observation"

#: With these the engine itself is out of reach; with any other only this part of it is.
_LOST = frozenset(
    {
        FailureKind.NOT_RUNNING,
        FailureKind.ACCESS_DENIED,
        FailureKind.TLS,
        FailureKind.PROXY,
        FailureKind.UNREACHABLE,
        FailureKind.CONNECTION_LOST,
    }
)


def lost_reason(failure: Failure) -> Text:
    """Why what is shown is old."""
    return N_(
        CONTEXT, "The engine can't be reached now; this is the last known state: {raw}", raw=failure.raw
    )


_BEING_READ = N_(CONTEXT, "It is being read.")
# Made with the module, which is loaded in a thread: the first of such records builds their validators.
_UNREAD_FACTS = unknown_facts(_BEING_READ)
_UNREAD_SWARM = unknown_swarm(_BEING_READ)


def _unread_reason(failure: Failure) -> Text:
    return N_(CONTEXT, "The engine did not answer this: {raw}", raw=failure.raw)


class Observer:
    """Looks at one host through its two channels.

    A section whose content is the same as before is the very same object again, so that whoever
    compares two snapshots need not look inside.
    """

    def __init__(self, engine: EngineChannel, host: HostChannel) -> None:
        self._engine = engine
        self._host = host

    async def look(
        self,
        identity: HostIdentity,
        before: Snapshot | None,
        taken_at: datetime,
        changes: Changes | None = None,
    ) -> Snapshot:
        """A new snapshot.

        Where ``changes`` are told, it is ``before`` with these: engine, images and host facts are taken
        from it, and the networks and containers that are not among them. A host side that is read by
        itself is not waited for: its facts are those of ``before`` too.
        Raises EngineError where the engine can't be reached, or nothing of it can be read.
        """
        whole = changes is None or before is None
        engine, images, networks, containers, swarm = await self._sections(before, changes)
        if isinstance(self._host, ReadsByItself):
            facts = before.facts if before else _UNREAD_FACTS
        elif not whole and before is not None and networks is before.networks:
            facts = before.facts
        else:
            # A network may have made a vSwitch, so new networks mean another look at the host.
            facts = await self._facts(engine, before)
        # Not validated again: each record was when it was read, and of tens of thousands that is a wait.
        return Snapshot.model_construct(
            host=identity if engine.value is None else _named(identity, engine.value),
            taken_at=taken_at,
            engine=engine,
            networks=networks,
            containers=containers,
            facts=facts,
            swarm=swarm,
            images=images,
        )

    async def _sections(
        self, before: Snapshot | None, changes: Changes | None
    ) -> tuple[
        Section[EngineInfo],
        Section[tuple[Image, ...]],
        Section[tuple[Network, ...]],
        Section[tuple[Container, ...]],
        SwarmFacts,
    ]:
        failures: list[Failure] = []
        swarm_failures: list[Failure] = []
        whole = changes is None or before is None
        if before is not None and not whole:
            engine, images = before.engine, before.images
        else:
            engine, images = await self._engine_sections(before, failures)
        networks_alone, containers_alone = _alone(before, changes)
        listing = asyncio.ensure_future(self._engine.networks(networks_alone))
        # Two wait for it. When both are cancelled before it fails, nobody is left to hear that it did.
        listing.add_done_callback(lambda done: done.cancelled() or done.exception())
        networks, containers, swarm = await asyncio.gather(
            _section(
                Section[tuple[Network, ...]], lambda: listing, before.networks if before else None, failures
            ),
            _section(
                Section[tuple[Container, ...]],
                lambda: self._containers(listing, containers_alone),
                before.containers if before else None,
                failures,
            ),
            self._swarm(engine.value, before.swarm if before else None, swarm_failures),
        )
        asked = 4 if whole else 2
        lost = next((one for one in (*failures, *swarm_failures) if one.kind in _LOST), None)
        if lost or len(failures) == asked:
            raise EngineError(lost or failures[0])
        return engine, images, networks, containers, swarm

    async def _swarm(
        self, engine: EngineInfo | None, before: SwarmFacts | None, failures: list[Failure]
    ) -> SwarmFacts:
        """The swarm's own lists: three requests, to a manager only, for nobody else is told."""
        if engine is None or not engine.swarm.manager:
            return _untold(engine)
        nodes, services, tasks = await asyncio.gather(
            _section(
                Section[tuple[SwarmNode, ...]], self._engine.nodes, before.nodes if before else None, failures
            ),
            _section(
                Section[tuple[SwarmService, ...]],
                self._engine.services,
                before.services if before else None,
                failures,
            ),
            _section(
                Section[tuple[SwarmTask, ...]], self._engine.tasks, before.tasks if before else None, failures
            ),
        )
        told = SwarmFacts(nodes=nodes, services=services, tasks=tasks)
        return before if before is not None and _all_the_same(before, told) else told

    async def _engine_sections(
        self, before: Snapshot | None, failures: list[Failure]
    ) -> tuple[Section[EngineInfo], Section[tuple[Image, ...]]]:
        return await asyncio.gather(
            _section(Section[EngineInfo], self._engine.engine, before.engine if before else None, failures),
            _section(
                Section[tuple[Image, ...]], self._engine.images, before.images if before else None, failures
            ),
        )

    async def _containers(
        self, listing: asyncio.Future[tuple[Network, ...]], only: frozenset[str] | None
    ) -> tuple[Container, ...]:
        containers = await self._engine.containers(only)
        await asyncio.wait({listing})
        networks = () if listing.exception() else listing.result()
        completed = await self._engine.completed(containers, networks)
        return await self._engine.with_wanted_ports(completed)

    async def _facts(self, engine: Section[EngineInfo], before: Snapshot | None) -> HostFacts:
        if engine.value is None:
            return untold_facts()
        facts = await self._host.observe(engine.value)
        return before.facts if before and facts == before.facts else facts


def _alone(
    before: Snapshot | None, changes: Changes | None
) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """The networks and containers that are enough to read; None where all have to be listed."""
    if before is None or changes is None or changes.elsewhere:
        return None, None
    known = before.networks.state is before.containers.state is SectionState.FRESH
    return (changes.networks, changes.containers) if known else (None, None)


async def _section(
    kind: type[Section[T]],
    read: Callable[[], Awaitable[T]],
    before: Section[T] | None,
    failures: list[Failure],
) -> Section[T]:
    try:
        value = await read()
    except EngineError as error:
        failures.append(error.failure)
        reason = _unread_reason(error.failure)
        return (
            stale(before, reason, error.failure)
            if before and before.value is not None
            else kind.model_validate(unavailable(reason, failure=error.failure))
        )
    if before is not None and before.state is SectionState.FRESH and _same(before.value, value):
        return before
    return kind.model_construct(state=SectionState.FRESH, value=value)


def _untold(engine: EngineInfo | None) -> SwarmFacts:
    """Why the swarm's lists can't be had from this engine, and what would help."""
    if engine is None:
        return unknown_swarm(
            N_(CONTEXT, "Whether the engine is in a swarm is not known: the engine did not report it.")
        )
    state = engine.swarm
    if state.active:
        return unknown_swarm(
            N_(CONTEXT, "Only a manager lists the nodes, services and tasks, and this node is a worker."),
            N_(
                CONTEXT,
                "Connect the console to a manager, or promote this node on one: docker node promote {node}",
                node=engine.host_name or state.node_id,
            ),
        )
    if state.local_node_state == "inactive":
        return unknown_swarm(
            N_(CONTEXT, "This engine is not in a swarm."), N_(CONTEXT, "Create a swarm here, or join one.")
        )
    return unknown_swarm(
        N_(
            CONTEXT,
            "The node's part in the swarm is {state}: {error}",
            state=state.local_node_state,
            error=state.error or "-",
        )
    )


def _all_the_same(old: SwarmFacts, new: SwarmFacts) -> bool:
    return all(getattr(old, name) is getattr(new, name) for name in SwarmFacts.model_fields)


def _same(old: object, new: object) -> bool:
    """Whether nothing changed. Records that did not change are the same objects (see decoding)."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(map(is_, old, new))
    return old == new


def _named(identity: HostIdentity, engine: EngineInfo) -> HostIdentity:
    """With the name the host gives itself; a practice host keeps the one it was given."""
    if identity.practice or not engine.host_name:
        return identity
    return identity.model_copy(update={"name": engine.host_name})


def untold_facts() -> HostFacts:
    """The Windows side of a host that is only known through its engine, while that does not tell."""
    return unknown_facts(
        N_(CONTEXT, "What the host runs is not known, because its engine did not report it.")
    )


def first_snapshot(identity: HostIdentity, facts: HostFacts, taken_at: datetime) -> Snapshot:
    """A host of which only the Windows side is known yet."""
    section = unavailable(_BEING_READ)
    return Snapshot(
        host=identity,
        taken_at=taken_at,
        engine=section,
        networks=section,
        containers=section,
        facts=facts,
        swarm=_UNREAD_SWARM,
        images=section,
    )


def stale_snapshot(snapshot: Snapshot, failure: Failure, *, with_facts: bool = True) -> Snapshot:
    """What was known before, marked as old. ``with_facts``: the host's facts came with the engine."""
    reason = lost_reason(failure)
    update: dict[str, object] = {
        name: _lost(getattr(snapshot, name), reason, failure)
        for name in ("engine", "images", "networks", "containers")
    }
    update["swarm"] = snapshot.swarm.model_copy(
        update={
            name: _lost(getattr(snapshot.swarm, name), reason, failure) for name in SwarmFacts.model_fields
        }
    )
    if with_facts:
        facts = {name: stale(getattr(snapshot.facts, name), reason) for name in HostFacts.model_fields}
        update["facts"] = snapshot.facts.model_copy(update=facts)
    return snapshot.model_copy(update=update)


def _lost(section: Section[T], reason: Text, failure: Failure) -> Section[T]:
    if section.value is not None:
        return stale(section, reason, failure)
    unread = N_(CONTEXT, "The engine can't be reached: {raw}", raw=failure.raw)
    return section.model_copy(update={"reason": unread, "remedy": None, "failure": failure})
