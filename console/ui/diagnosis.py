"""What the checks say about the host that is shown, for all pages: :class:`Diagnosis`.

Kept free of imports the first paint does not need; the checks come with the first snapshot.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from console.backend.rest import rest_after
from console.ui.tasks import Tasks

if TYPE_CHECKING:
    from console.checks.check import Finding
    from console.checks.report import Report
    from console.domain.map.troubles import Found
    from console.domain.object_ref import ObjectRef
    from console.domain.snapshot import Snapshot
    from console.ui.models.findings import FindingKey, FindingRow, SilentRow
    from console.ui.session import Session

_NOTHING: Found = MappingProxyType({})

_SAME_FOR = timedelta(minutes=1)
"""After this time the checks are asked of an unchanged host too: some go by how old a thing is."""
_SETTLING_SECONDS = 0.25
"""How often it is looked whether a reading of the Windows side is over, while something waits for it."""


class Looked(NamedTuple):
    """One run of all checks, with what the window shows of it."""

    report: Report
    rows: tuple[FindingRow, ...]
    silent: tuple[SilentRow, ...]
    by_object: Mapping[ObjectRef, tuple[Finding, ...]]
    problems: Found
    worked_seconds: float
    held_back: bool
    """Whether a difference between engine and Windows waits for the next reading of Windows."""


class Diagnosis(QObject):
    """Asks all checks about each snapshot of a session, off the UI thread.

    Of snapshots that come while the checks run, or rest from it, only the last is asked about, and one
    that says what the last one said is not asked about at all. ``checked()`` comes after each run,
    ``changed()`` when what is found, or what could not be asked, is something else than before.
    ``opened()`` tells that a person wants to see one finding, which is :attr:`wanted` until the page of
    the checks has shown it.
    """

    checked = Signal()
    changed = Signal()
    opened = Signal()

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(session)
        self._session = session
        self._tasks = tasks
        self._run: asyncio.Task[None] | None = None
        self._seen: Snapshot | None = None
        self._asked: Snapshot | None = None
        self._looked: Looked | None = None
        self._held_back = False
        self.wanted: FindingKey | None = None
        session.snapshotChanged.connect(lambda _snapshot: self._ask())
        session.serviceChanged.connect(lambda _service: self._forget())

    @property
    def report(self) -> Report | None:
        """The last run; None before the first."""
        return None if self._looked is None else self._looked.report

    @property
    def rows(self) -> tuple[FindingRow, ...]:
        """All findings, worst first."""
        return () if self._looked is None else self._looked.rows

    @property
    def silent(self) -> tuple[SilentRow, ...]:
        """The checks that could not be asked, or failed."""
        return () if self._looked is None else self._looked.silent

    @property
    def under_way(self) -> bool:
        """Whether the checks run just now, or rest from it."""
        return self._run is not None and not self._run.done()

    def of(self, ref: ObjectRef | None) -> tuple[Finding, ...]:
        """What is found of one object, worst first. A docker network's includes that of its HNS network."""
        return () if self._looked is None or ref is None else self._looked.by_object.get(ref, ())

    @property
    def problems(self) -> Found:
        """What is found of each object, as sentences to stand beside it: the same object until it changes."""
        return _NOTHING if self._looked is None else self._looked.problems

    @property
    def checks(self) -> frozenset[str]:
        """The ids of all checks there are; none before the first look at a host."""
        if self._looked is None:
            return frozenset()
        from console.checks.registry import checks

        return frozenset(checks())

    def finding_of(self, check: str) -> Finding | None:
        """The first finding of one check; None where it found nothing, or is none."""
        found = (row.finding for row in self.rows)
        return next((one for one in found if one.check.id == check), None)

    def open(self, finding: Finding) -> None:
        """Show one finding on the page of the checks."""
        found = (row for row in self.rows if row.finding == finding)
        self.wanted = next((row.key for row in found), (finding.check.id, finding.subject, 0))
        self.opened.emit()

    def _forget(self) -> None:
        # Another host: nothing of the old one's may stand beside the new one's objects.
        if self._run is not None:
            self._run.cancel()
        self._run = self._seen = self._asked = None
        self._held_back = False
        if self._looked is not None:
            self._looked = None
            self.changed.emit()
        self.checked.emit()

    def _ask(self) -> None:
        if not self.under_way:
            self._run = self._tasks.start(self._ask_all(), owner=self)

    def _is_news(self, snapshot: Snapshot) -> bool:
        return snapshot is not self._seen or self._held_back

    def _found(self) -> frozenset[tuple[str, ObjectRef | None]]:
        findings = self.report.findings if self.report is not None else ()
        return frozenset((one.check.id, one.subject) for one in findings)

    async def _ask_all(self) -> None:
        while (snapshot := self._session.snapshot) is not None and self._is_news(snapshot):
            settling = self._session.service is not None and self._session.service.facts_are_due
            if settling and snapshot is self._seen:
                await asyncio.sleep(_SETTLING_SECONDS)
                continue
            asked = None if self._held_back else self._asked
            looked = await asyncio.to_thread(_look, snapshot, asked, self._found() if settling else None)
            self._seen, self._held_back = snapshot, looked is not None and looked.held_back
            if looked is None:
                self.checked.emit()
                continue
            self._asked = snapshot
            # The same object until it changes: whoever draws it need not draw it again.
            problems = self.problems if looked.problems == self.problems else looked.problems
            before, self._looked = self._looked, looked._replace(problems=problems)
            if before is None or (before.rows, before.silent) != (looked.rows, looked.silent):
                self.changed.emit()
            self.checked.emit()
            await asyncio.sleep(rest_after(looked.worked_seconds))


def _same(snapshot: Snapshot, asked: Snapshot | None) -> bool:
    """Whether the checks would say of a snapshot what they said of the one they were ``asked`` about."""
    if asked is None or snapshot.taken_at - asked.taken_at >= _SAME_FOR:
        return False
    # What is unchanged is the same record, so that most of this compares identities.
    return snapshot == asked.model_copy(update={"taken_at": snapshot.taken_at})


def _look(
    snapshot: Snapshot, asked: Snapshot | None, known: frozenset[tuple[str, ObjectRef | None]] | None
) -> Looked | None:
    """Run all checks, on a worker thread; None where they would say what they said when last ``asked``.

    ``known``: the Windows side is about to be read again, and this was found before.
    """
    if _same(snapshot, asked):
        return None
    from console.backend.rest import IdleWork
    from console.checks.report import run_checks, settled
    from console.checks.troubles import by_object, troubles_of
    from console.ui.models.findings import finding_rows, silent_rows

    begun = time.thread_time()
    with IdleWork() as rest:
        whole = run_checks(snapshot, between=rest)
        report = whole if known is None else settled(whole, known)
        found = by_object(report)
        rows, problems = finding_rows(report), troubles_of(found)
        silent = silent_rows(report)
    worked = time.thread_time() - begun
    return Looked(report, rows, silent, found, problems, worked, report is not whole)
