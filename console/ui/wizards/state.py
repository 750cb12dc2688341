"""The wizard's draft while it is being edited: checked against the host as it changes.

Every page and editor reads and writes the one :class:`DraftState`; none of them knows another.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from console.checks.bearing import bearing_on
from console.checks.check import Finding
from console.domain.addressing import prefix_index
from console.domain.drivers import registry
from console.domain.drivers.availability import offered_drivers, unavailable_because
from console.domain.drivers.driver import Driver
from console.domain.field import Field
from console.domain.host_adapters import adapter_uses
from console.domain.preflight.check import preflight
from console.domain.problem import Problem
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec
from console.domain.violation import Violation
from console.ui.tasks import Tasks
from console.ui.wizards.draft import Draft, draft_violations, spec_of_draft
from console.ui.wizards.flow import Flow, Step, flow_of

CHECK_DELAY_MS = 60
"""How long typing must pause before it is judged: short enough to feel live (100 ms)."""

FACTS_DELAY_MS = 500
"""How long after a change of the host the draft is judged by it."""

LARGE_HOST = 500
"""From this many networks and routes on the draft is judged off the UI thread: there, sorting what is
held takes longer than a frame."""


@dataclass(frozen=True)
class Question:
    """What is judged: the spec, with what is wrong in the draft that the spec no longer shows."""

    spec: NetworkSpec
    of_draft: tuple[Violation, ...]


class DraftState(QObject):
    """A draft, the host's facts, and what preflight says of the two.

    On a large host ``violations`` follow what is asked a moment later: see :attr:`settled`. There
    ``snapshot`` is newer facts only once they were sorted, so that editors can ask them at once.

    ``checked`` comes after every judgement, ``loaded`` when the draft was changed as a whole (a
    pasted command, a fresh start, another driver) and editors must show it anew, ``refused`` when
    the engine said no or that answer is no longer of interest.
    """

    checked = Signal()
    loaded = Signal()
    refused = Signal()

    def __init__(
        self, draft: Draft, snapshot: Snapshot | None, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self.snapshot = snapshot
        self._newest = snapshot
        self._tasks = tasks
        self._to_judge: tuple[Question, Snapshot] | None = None
        self._judging: asyncio.Task[None] | None = None
        self._judged: Question | None = None
        self.violations: tuple[Violation, ...] = ()
        self.refusal: Problem | None = None
        self._findings: tuple[Finding, ...] = ()
        self._revealed: set[Field] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_DELAY_MS)
        self._timer.timeout.connect(self.check)
        self._facts_timer = QTimer(self)
        self._facts_timer.setSingleShot(True)
        self._facts_timer.setInterval(FACTS_DELAY_MS)
        self._facts_timer.timeout.connect(self.check)
        if not draft.driver:
            draft.driver = self._first_choice()
        self.check()

    @property
    def windows(self) -> bool:
        """Whether the engine runs Windows containers; taken for granted until it is known."""
        engine = self.snapshot.engine.known() if self.snapshot else None
        return engine is None or engine.is_windows

    @property
    def driver(self) -> Driver:
        """The driver chosen; the platform's default where the draft names one nobody knows."""
        fallback = "nat" if self.windows else "bridge"
        for name in (self.draft.driver, fallback):
            found = registry.driver(name, windows=self.windows)
            if found is not None and (found.creatable or name == fallback):
                return found
        raise LookupError(fallback)

    @property
    def flow(self) -> Flow:
        """The steps of the driver chosen."""
        return flow_of(self.driver.name, windows=self.windows)

    def spec(self) -> NetworkSpec:
        """What would be asked of the engine now."""
        return spec_of_draft(self.draft, self.driver, self.flow.fields)

    def question(self) -> Question:
        """What there is to judge now."""
        return Question(self.spec(), draft_violations(self.draft, self.driver))

    @property
    def settled(self) -> bool:
        """Whether :attr:`violations` are about what is asked now."""
        return self._judged == self.question()

    def choose_driver(self, name: str) -> None:
        """Take another driver; what was typed for the one before is kept."""
        if name != self.draft.driver:
            self.draft.driver = name
            self.forget_refusal()
            self.check()
            self.loaded.emit()

    def replace(self, draft: Draft) -> None:
        """Go on with another draft."""
        self.draft = draft
        self._revealed = set()
        self.forget_refusal()
        self.check()
        self.loaded.emit()

    def edited(self, field: Field) -> None:
        """A person changed ``field``: judge it soon, and show what is wrong with it from now on."""
        self._revealed.add(field)
        self.forget_refusal()
        self._timer.start()

    def reveal(self, fields: tuple[Field, ...]) -> None:
        """Show what is wrong with ``fields``, also where nothing was typed yet."""
        self._revealed.update(fields)
        if self._is_large() and self.settled:
            # Judged already; newer facts are looked at as they come.
            self.checked.emit()
        else:
            self.check()

    def look_at(self, snapshot: Snapshot) -> None:
        """Judge by newer facts."""
        self._newest = snapshot
        if self.snapshot is None or not self._is_large():
            self.snapshot = snapshot
        if not self.draft.driver:
            self.draft.driver = self._first_choice()
        # Typing is judged as it pauses; a host that changes all the time only now and then.
        if not self._facts_timer.isActive():
            self._facts_timer.start()

    def check(self) -> None:
        """Judge the draft now, by the newest facts; ``checked`` comes after it, or soon on a large host."""
        self._timer.stop()
        question, facts = self.question(), self._newest
        if facts is None:
            self._settle(question, ())
        elif not self._is_large():
            self._settle(question, preflight(question.spec, facts))
        else:
            self._to_judge = question, facts
            if self._judging is None or self._judging.done():
                self._judging = self._tasks.start(self._judge(), owner=self)

    def _is_large(self) -> bool:
        facts = self._newest
        if facts is None:
            return False
        held = len(facts.networks.known() or ()) + len(facts.facts.routes.known() or ())
        return held >= LARGE_HOST

    async def _judge(self) -> None:
        while self._to_judge is not None:
            (question, facts), self._to_judge = self._to_judge, None
            found = await asyncio.to_thread(_judged, question.spec, facts)
            if self._is_large():
                self.snapshot = facts
            if self._to_judge is None:
                self._settle(question, found)

    def _settle(self, question: Question, found: tuple[Violation, ...]) -> None:
        self._judged = question
        self.violations = (*question.of_draft, *found)
        self.checked.emit()

    def shown(self, field: Field) -> tuple[Violation, ...]:
        """What to say of ``field`` now: nothing of a field no one has come to yet."""
        found = tuple(each for each in self.violations if each.field is field)
        if field not in self._revealed:
            found = tuple(each for each in found if each.severity is not Severity.ERROR)
        bearing = bearing_on(self._findings, self.driver.name)
        return (*found, *(each for each in bearing if each.field is field))

    def take_findings(self, findings: tuple[Finding, ...]) -> None:
        """Tell beside their fields what the checks found on the host and what bears on the driver."""
        self._findings = findings
        self.checked.emit()

    def errors(self, step: Step) -> tuple[Violation, ...]:
        """What keeps ``step`` from being done."""
        return tuple(
            each
            for each in self.violations
            if each.severity is Severity.ERROR and self.flow.step_of(each.field).id == step.id
        )

    def refuse(self, problem: Problem) -> None:
        """The engine said no."""
        self.refusal = problem
        self.refused.emit()

    def forget_refusal(self) -> None:
        """The engine's last answer no longer fits what is asked now."""
        if self.refusal is not None:
            self.refusal = None
            self.refused.emit()

    def _first_choice(self) -> str:
        # The safest driver first: nat (bridge on Linux) needs nothing and touches no adapter.
        if self.snapshot is None:
            return ""
        possible = [
            each.name
            for each in offered_drivers(self.snapshot)
            if each.creatable and unavailable_because(each, self.snapshot) is None
        ]
        return possible[0] if possible else ""


def _judged(spec: NetworkSpec, facts: Snapshot) -> tuple[Violation, ...]:
    # Worked out here even where no rule asks: the editors will.
    prefix_index(facts)
    adapter_uses(facts)
    return preflight(spec, facts)
