"""Runs a plan through the host service and shows how it goes, step by step."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from console.domain import cut_off
from console.domain.plan import Plan, RunScript, Step, StepState, Watchdog
from console.domain.problem import Problem
from console.domain.scripts import START_WATCHDOG
from console.domain.text import N_
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plan_view import PlanView
from console.ui.widgets.problem_card import ProblemCard, problem_of

if TYPE_CHECKING:
    from console.backend.service import HostService, Outcome, StopRequest
    from console.domain.connection_loss.way import Way
    from console.domain.snapshot import Snapshot

CONTEXT = "PlanRunner"
ARMING = START_WATCHDOG.id
SETTLED = frozenset({"done", "failed", "unknown", "skipped"})
_ANOTHER_HOST = Problem(
    what=N_(CONTEXT, "Nothing was changed: another host is shown now."),
    why=N_(CONTEXT, "The plan was made for the host that was shown when this window opened."),
    do=(N_(CONTEXT, "Close this window, switch back to that host, and begin again."),),
)


@dataclass(frozen=True)
class Confirmation:
    """A change that ``service``'s host takes back unless a person confirms it in time."""

    service: HostService
    plan: Plan
    watchdog: Watchdog


def guarded(plan: Plan, session: Session) -> Plan:
    """The plan as it is on the host that is shown: with what it cuts off, and a watchdog where one helps."""
    return Guard(session).over(plan)


class Guard:
    """Gives plans their watchdogs, by what is known of the host at the moment.

    A watchdog has an id of its own, which stays the same for the same plan: what is known may change all
    the time and nothing in a plan by it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: Plan | None = None
        self._watch_id = ""
        self._known: tuple[Snapshot, tuple[Way, ...]] | None = None
        self._given: Plan | None = None

    def over(self, plan: Plan) -> Plan:
        """The plan as :func:`console.domain.cut_off.guarded` gives it."""
        service, snapshot = self._session.service, self._session.snapshot
        if service is None or snapshot is None:
            return plan
        # By identity: to compare all of a large host would take longer than to look at its adapters.
        known = snapshot, service.ways
        same = self._known is not None and self._known[0] is snapshot and self._known[1] == service.ways
        if self._given is not None and plan == self._asked and same:
            return self._given
        if plan != self._asked:
            self._asked, self._watch_id = plan, uuid.uuid4().hex
        self._known = known
        self._given = cut_off.guarded(plan, *known, lambda: self._watch_id)
        return self._given


def _arming(plan: Plan) -> Step | None:
    """The step that armed the plan's watchdog."""
    return next((one for one in plan.steps if isinstance(one, RunScript) and one.script == ARMING), None)


class PlanRunner(QWidget):
    """Applies one plan at a time; ``finished`` carries the :class:`Outcome` of each.

    ``gave_up`` is emitted with the problem instead where the plan could not be carried to its end:
    no host answers for it, or the journal can't be written.
    """

    finished = Signal(object)
    gave_up = Signal(object)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        # The host whose facts the plan was made of: another one may be shown when it is applied.
        self._service = session.service
        self._plan: Plan | None = None
        self._stop_request: StopRequest | None = None
        self._settled: set[int] = set()
        self._status = QLabel(self)
        self._status.setWordWrap(True)
        self._status.setAccessibleName(self.tr("Progress"))
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Steps done"))
        self._steps = PlanView(self)
        self._problem = ProblemCard(self, session=session)
        self._stop = QPushButton(icon(Icon.STOP), self.tr("&Stop after this step"), self)
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stop)
        self._arrange()

    @property
    def running(self) -> bool:
        """Whether a plan is under way."""
        return self._stop_request is not None

    def start(self, plan: Plan, *, undoes: int | None = None) -> None:
        """Apply ``plan``; ``undoes`` is the journal entry it takes back.

        Raises RuntimeError while another plan is under way.
        """
        from console.backend.service import StopRequest

        if self.running:
            raise RuntimeError("a plan is already under way")
        self._plan = plan
        self._stop_request = StopRequest()
        self._settled = set()
        self._problem.clear()
        self._steps.show_plan(plan)
        self._bar.setRange(0, max(len(plan.steps), 1))
        self._bar.setValue(0)
        self._bar.show()
        self._stop.setVisible(len(plan.steps) > 1)
        self._stop.setEnabled(True)
        self._status.setText(shown(plan.title))
        self._tasks.start(self._run(plan, self._stop_request, undoes), owner=self)

    def stop(self) -> None:
        """Let the step under way end and begin no other."""
        if self._stop_request is not None:
            self._stop_request.stop()
            self._stop.setEnabled(False)
            self._status.setText(self.tr("Stopping after this step…"))

    async def _run(self, plan: Plan, stop: StopRequest, undoes: int | None) -> None:
        from console.backend.failures import EngineError
        from console.backend.journal import JournalError

        service = self._service
        if service is None or service is not self._session.service:
            self._rest()
            self._give_up(_ANOTHER_HOST)
            return
        try:
            outcome = await service.apply(plan, on_step=self._show_step, stop=stop, undoes=undoes)
        except (EngineError, JournalError) as error:
            self._rest()
            self._give_up(problem_of(error, self._session))
            return
        self._rest()
        self._conclude(plan, outcome)

    def _rest(self) -> None:
        self._stop_request = None
        self._stop.hide()
        self._bar.hide()  # the words and the steps say how it ended

    def _give_up(self, problem: Problem) -> None:
        begun = bool(self._settled)
        self._status.setText(
            self.tr("Stopped in the middle: see the steps.") if begun else self.tr("Nothing was changed.")
        )
        self._problem.show_problem(problem)
        self.gave_up.emit(problem)

    def _show_step(self, state: StepState) -> None:
        # The service tells a step's end also when the window is already gone.
        if not shiboken6.isValid(self) or self._plan is None:
            return
        self._steps.show_state(state)
        step = self._plan.steps[state.index]
        if state.state == "running":
            sentence = self.tr("Step {number} of {count}: {step}")
            self._status.setText(
                sentence.format(
                    number=state.index + 1, count=len(self._plan.steps), step=shown(step.describe())
                )
            )
        if state.state in SETTLED:
            self._settled.add(state.index)
            self._bar.setValue(len(self._settled))
        if state.failure is not None:
            self._problem.show_problem(self._session.explain(state.failure, step=step))

    def _want_confirmation(self, plan: Plan, outcome: Outcome) -> None:
        # Where the change itself was refused there is nothing to take back: the watchdog finds so too.
        changed = any(
            state.state in {"done", "unknown"} and plan.steps[state.index] is not _arming(plan)
            for state in outcome.states
        )
        if plan.watchdog is not None and changed and self._service is not None:
            self._session.confirmationWanted.emit(Confirmation(self._service, plan, plan.watchdog))

    def _conclude(self, plan: Plan, outcome: Outcome) -> None:
        for state in outcome.states:
            self._steps.show_state(state)
        done = sum(state.state == "done" for state in outcome.states)
        if done == len(plan.steps):
            told = [shown(note) for state in outcome.states for note in state.notes]
            told += [
                self.tr("The engine warned: {warning}").format(warning=state.warning)
                for state in outcome.states
                if state.warning
            ]
            self._status.setText("\n".join([self.tr("Done: {title}").format(title=shown(plan.title)), *told]))
        else:
            sentence = self.tr("Stopped: {done} of {count} steps were done.")
            if not outcome.stopped:
                sentence = self.tr("Not completed: {done} of {count} steps were done.")
            self._status.setText(sentence.format(done=done, count=len(plan.steps)))
        self.finished.emit(outcome)
        self._want_confirmation(plan, outcome)

    def _arrange(self) -> None:
        progress = QHBoxLayout()
        progress.addWidget(self._bar, 1)
        progress.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._status)
        column.addLayout(progress)
        column.addWidget(self._steps, 1)
        column.addWidget(self._problem)
