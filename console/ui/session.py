"""The window's view of its hosts: :class:`Session`, the only QObject that listens to services.

Pages never await the service for data they show: they read the session and follow its signals.
Kept free of imports the first paint does not need; the service comes with the first connect.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.ui.diagnosis import Diagnosis
from console.ui.help.desk import HelpDesk
from console.ui.selection import Selection
from console.ui.tasks import Tasks

if TYPE_CHECKING:
    from console.backend.service import HostService, Status
    from console.checks.explain.ranking import Report as Explanations
    from console.domain.failure import Failure
    from console.domain.plan import Step
    from console.domain.problem import Problem
    from console.domain.snapshot import HostIdentity, Snapshot
    from console.ui.models.networks import NetworkRow


@dataclass
class _Opened:
    """What a host that is open holds: how it ends, its run, and who listens to it."""

    end: Callable[[], Awaitable[None]]
    run: asyncio.Task[None]
    forget: Callable[[], None]


class Session(QObject):
    """The hosts that are open side by side, and the one of them that is shown.

    ``snapshotChanged(Snapshot)`` and ``statusChanged(Status)`` come on the UI thread, as does
    ``networkRowsChanged(tuple[NetworkRow, ...])``, whose rows were built off it; all speak of the host
    that is shown. ``serviceChanged(HostService | None)`` tells that another host is shown from now on:
    all that was known of the one before is gone. ``hostsChanged`` tells that a host was opened or
    closed, that one's status is another, or that one may be changed no more, or again.
    ``confirmationWanted(Confirmation)`` tells that a change was made that its host takes back unless a
    person confirms it. ``tasks`` is where what belongs to it runs, ``selection`` the object all pages
    look at, ``diagnosis`` what the checks say, ``help`` where a help page is asked for.
    """

    snapshotChanged = Signal(object)
    statusChanged = Signal(object)
    serviceChanged = Signal(object)
    networkRowsChanged = Signal(object)
    hostsChanged = Signal()
    confirmationWanted = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self._opened: dict[HostService, _Opened] = {}
        self._forget: Callable[[], None] | None = None
        self._row_build: asyncio.Task[None] | None = None
        self.service: HostService | None = None
        self.snapshot: Snapshot | None = None
        self.status: Status | None = None
        self.network_rows: tuple[NetworkRow, ...] = ()
        self.selection = Selection(self)
        self.diagnosis = Diagnosis(self, tasks)
        self.help = HelpDesk(self)

    @property
    def hosts(self) -> tuple[HostService, ...]:
        """The hosts that are open, in the order in which they were opened."""
        return tuple(self._opened)

    @property
    def connected(self) -> bool:
        """Whether the host answers now."""
        return self.status is not None and self.status.state == "connected"

    @property
    def practice(self) -> bool:
        """Whether the host is simulated."""
        return self.service is not None and self.service.identity.practice

    @property
    def bundle(self) -> bool:
        """Whether the host is shown out of a support bundle, as it was."""
        return self.service is not None and self.service.identity.bundle

    @property
    def sign_in_wanted(self) -> bool:
        """Whether the Windows side of the host shown waits for somebody to sign in."""
        return self.service is not None and bool(self.service.sign_in_account)

    def explain(
        self, failure: Failure, *, step: Step | None = None, past_host: HostIdentity | None = None
    ) -> Problem:
        """What ``failure`` means; the one place from which the window asks for an explanation.

        ``step`` is the step of a plan that failed. The address of the connection decides which
        advice fits the way the engine is reached. ``past_host`` is where it happened for a failure
        of the journal: what is seen of a host today does not explain it, and the address counts
        only if that is the host shown.
        """
        from console.checks.errors import explain

        service = self.service
        here = service is not None and (past_host is None or past_host.id == service.identity.id)
        address = service.connection.url if service is not None and here else ""
        snapshot = self.snapshot if past_host is None else None
        return explain(failure, step=step, snapshot=snapshot, address=address)

    async def explanations(self, text: str) -> Explanations:
        """All that a pasted or raised error text may mean, likeliest first; worked out off the UI thread.

        What the checks say of the host shown makes a cause likelier, or less so.
        """
        from console.ui.loading import loaded

        explain = await loaded("console.checks.explain")
        report = self.diagnosis.report
        if report is None:  # no host was looked at: the text alone speaks
            found: Explanations = await asyncio.to_thread(explain.explain_paste, text)
        else:
            found = await asyncio.to_thread(explain.explain_for, text, report)
        return found

    def explain_at(self, failure: Failure, address: str) -> Problem:
        """What ``failure`` means where it did not happen on the host that is shown, but at ``address``."""
        from console.checks.errors import explain

        return explain(failure, address=address)

    async def open(self, service: HostService, end: Callable[[], Awaitable[None]] | None = None) -> None:
        """Open a host beside the others and show it; one that is open by its id already is replaced.

        ``end`` is what closes it with all that was started for it; by default the service's own.
        """
        for same in [one for one in self._opened if one.connection.id == service.connection.id]:
            await self.close_host(same)
        self._opened[service] = _Opened(
            end or service.close,
            self.tasks.start(service.run(), owner=self),
            service.subscribe(_nothing, lambda _status: self.hostsChanged.emit()),
        )
        self.show(service)
        self.hostsChanged.emit()

    def show(self, service: HostService | None) -> None:
        """Show one of the open hosts, or none; the others go on being followed."""
        if self.service is service:
            return
        if self.service is not None:
            self._leave()
        if service is None:
            return
        self.service = service
        self._forget = service.subscribe(
            partial(self._hear, service, self._take_snapshot), partial(self._hear, service, self._take_status)
        )
        self.status = service.status
        self.serviceChanged.emit(service)
        if service.snapshot is not None:
            self._take_snapshot(service.snapshot)

    def set_read_only(self, service: HostService, read_only: bool) -> None:
        """Only look at an open host from now on, or let it be changed again; all that shows it follows."""
        if service.read_only != read_only:
            service.set_read_only(read_only)
            self.hostsChanged.emit()

    async def close_host(self, service: HostService) -> None:
        """End one host; where it was shown, the one opened before it is shown next.

        One that is closed already, or is being closed, stays so.
        """
        opened = self._opened.pop(service, None)
        if opened is None:
            return
        if self.service is service:
            self.show(next(reversed(self._opened), None))
        opened.forget()
        opened.run.cancel()
        self.hostsChanged.emit()
        await opened.end()

    async def close(self) -> None:
        """End all hosts and forget what they told."""
        self.show(None)
        hosts, self._opened = self._opened, {}
        for opened in hosts.values():
            opened.forget()
            opened.run.cancel()
        if hosts:
            self.hostsChanged.emit()
            await asyncio.gather(*(opened.end() for opened in hosts.values()))

    def _leave(self) -> None:
        """Forget what the host that is shown told."""
        if self._forget is not None:
            self._forget()
            self._forget = None
        if self._row_build is not None:
            self._row_build.cancel()
            self._row_build = None
        self.service = None
        self.snapshot = self.status = None
        self.network_rows = ()
        self.selection.forget()
        self.serviceChanged.emit(None)
        self.networkRowsChanged.emit(())

    def _hear(self, service: HostService, take: Callable[[Any], None], news: object) -> None:
        # News on its way when another host was chosen is news of a host that is not shown.
        if self.service is service:
            take(news)

    def _take_status(self, status: Status) -> None:
        self.status = status
        self.statusChanged.emit(status)

    def _take_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.snapshotChanged.emit(snapshot)
        if self._row_build is None or self._row_build.done():
            self._row_build = self.tasks.start(self._build_rows(), owner=self)

    async def _build_rows(self) -> None:
        from console.ui.models.networks import network_rows

        built_from: Snapshot | None = None
        while self.snapshot is not None and self.snapshot is not built_from:
            built_from = self.snapshot
            rows = await asyncio.to_thread(network_rows, built_from, self.network_rows)
            if rows is not self.network_rows:
                self.network_rows = rows
                self.networkRowsChanged.emit(rows)


def _nothing(_news: object) -> None:
    """What a host that is not shown tells of itself, but for its status."""
