"""A host out of a support bundle, to be looked at like any other: :class:`BundleService`."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from console.backend.bundle.contents import Bundle
from console.backend.connection import Connection
from console.backend.engine.channel import EngineChannel
from console.backend.executor import StopRequest
from console.backend.failures import EngineError
from console.backend.journal import Journal, JournalEntry
from console.backend.service import ConnectionState, HostService, Outcome, Status
from console.domain.failure import Failure, FailureKind
from console.domain.plan import Plan, StepState
from console.domain.snapshot import EngineInfo, HostFacts, HostIdentity, Snapshot

T = TypeVar("T")

_REFUSAL = "This host is shown out of a support bundle: it can only be looked at, as it was then."


class BundleService(HostService):
    """Shows a bundle's host. Nothing is asked of any host, and nothing is written to the journal.

    :meth:`observe` always gives the bundle's snapshot, :meth:`journal_entries` the bundle's excerpt, and
    :meth:`apply` raises EngineError, as does whatever would ask an engine.
    """

    def __init__(self, bundle: Bundle, path: Path, journal: Journal) -> None:
        connection = _connection(bundle, path)
        engine = _NoEngine(connection)
        channel = _BundleHostChannel(bundle.snapshot.facts)
        super().__init__(connection, journal, channel, read_only=True, engine=engine, remember=False)
        self.bundle = bundle
        self.identity = _identity(bundle.snapshot.host, connection)
        self._shown = bundle.snapshot.model_copy(update={"host": self.identity})
        self._entries = tuple(entry.model_copy(update={"host": self.identity}) for entry in bundle.journal)

    async def run(self) -> None:
        """Show the snapshot, then do nothing until it is closed or cancelled."""
        self._running = asyncio.current_task()
        try:
            self._publish(self._shown)
            self._set_status(Status(ConnectionState.CONNECTED))
            await asyncio.get_running_loop().create_future()
        finally:
            self._running = None

    async def observe(self) -> Snapshot:
        """The bundle's snapshot."""
        return self._shown

    async def examine(self) -> Snapshot:
        """The bundle's snapshot."""
        return self._shown

    async def inspect_network(self, network: str) -> str:
        """The bundle's record of one network, as JSON. Raises EngineError where it has none."""
        for found in self._shown.networks.known() or ():
            if network in {found.id, found.name}:
                return json.dumps(found.model_dump(mode="json"), indent=4, ensure_ascii=False)
        raise EngineError(Failure(kind=FailureKind.REFUSED, raw=f"network {network} not found", status=404))

    async def apply(
        self,
        plan: Plan,  # noqa: ARG002 (none is carried out)
        *,
        on_step: Callable[[StepState], None] | None = None,  # noqa: ARG002
        stop: StopRequest | None = None,  # noqa: ARG002
        undoes: int | None = None,  # noqa: ARG002
    ) -> Outcome:
        """Raises EngineError: nothing can be changed on a host as it was."""
        raise EngineError(_refusal())

    async def journal_entries(
        self,
        *,
        limit: int = 500,
        all_hosts: bool = False,  # noqa: ARG002 (a bundle has one host)
    ) -> tuple[JournalEntry, ...]:
        """The newest entries of the bundle's excerpt."""
        return self._entries[:limit]

    async def journal_length(
        self,
        *,
        all_hosts: bool = False,  # noqa: ARG002 (a bundle has one host)
    ) -> int:
        """How many entries the bundle's excerpt has."""
        return len(self._entries)

    async def journal_entry(self, entry_id: int) -> JournalEntry | None:
        """One entry of the bundle's excerpt."""
        return next((entry for entry in self._entries if entry.id == entry_id), None)

    async def interrupted(self) -> tuple[JournalEntry, ...]:
        """None: what was under way there is that host's matter."""
        return ()

    async def settle(self, entry_id: int) -> JournalEntry | None:  # noqa: ARG002
        """Raises EngineError: there is no host to ask."""
        raise EngineError(_refusal())


class _NoEngine(EngineChannel):
    """The engine of a host that is not there: every request is refused before it begins."""

    async def _call(self, call: Callable[[], T], seconds: float, *, changing: bool = False) -> T:  # noqa: ARG002
        raise EngineError(_refusal())


class _BundleHostChannel:
    """The Windows side as the bundle has it."""

    def __init__(self, facts: HostFacts) -> None:
        self._facts = facts

    async def observe(self, engine: EngineInfo) -> HostFacts:  # noqa: ARG002 (it is known)
        return self._facts

    async def close(self) -> None:
        """Nothing is held open."""


def _connection(bundle: Bundle, path: Path) -> Connection:
    digest = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]
    return Connection(
        id=f"bundle:{digest}",
        name=bundle.snapshot.host.name,
        url=path.name,
        practice=bundle.snapshot.host.practice,
        source="bundle",
    )


def _identity(host: HostIdentity, connection: Connection) -> HostIdentity:
    return HostIdentity(id=connection.id, name=host.name, practice=host.practice, bundle=True)


def _refusal() -> Failure:
    return Failure(kind=FailureKind.READ_ONLY, raw=_REFUSAL)
