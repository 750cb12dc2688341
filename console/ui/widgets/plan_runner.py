"""Runs a plan through the host service and shows how it goes, step by step."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from console.domain import cut_off
from console.domain.plan import Plan, StepState, Watchdog
from console.domain.problem import Problem
from console.domain.text import N_
from console.domain.watchdog import arming_at, guarded_steps, with_own_watchdog, without_watchdog
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plan_view import PlanView
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.unwatched_offer import UnwatchedOffer

if TYPE_CHECKING:
    from console.backend.service import HostService, Outcome, StopRequest
    from console.domain.connection_loss.way import Way
    from console.domain.snapshot import Snapshot

CONTEXT = "PlanRunner"
SETTLED = frozenset({"done", "failed", "unknown", "skipped"})
CHANGING = frozenset({"done", "unknown"})
ENDING = frozenset({"failed", "unknown"})
"""After a step in one of these states no further one is begun."""
_ANOTHER_HOST = Problem(
    what=N_(CONTEXT, "Nothing was changed: another host is shown now."),
    why=N_(CONTEXT, "The plan was made for the host that was shown when this window opened."),
    do=(N_(CONTEXT, "Close this window, switch back to that host, and begin again."),),
)
_UNKNOWN_END = Problem(
    what=N_(CONTEXT, "The console failed here: how this ended is not known."),
    why=N_(CONTEXT, "It made a mistake of its own while the steps were carried out."),
    do=(N_(CONTEXT, "See the page Activity: it knows which steps were begun, and can look how they ended."),),
)


@dataclass(frozen=True)
class Confirmation:
    """A change that ``service``'s host takes back unless a person confirms it in time.

    ``ends``: when that time is up, on this computer's monotonic clock.
    """

    service: HostService
    plan: Plan
    watchdog: Watchdog
    ends: float


def guarded(plan: Plan, session: Session) -> Plan:
    """The plan as it is on the host that is shown: with what it cuts off, and a watchdog where one helps."""
    return Guard(session).over(plan)


class Guard:
    """Gives plans their watchdogs, by what is known of the host at the moment."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: Plan | None = None
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
        self._asked, self._known = plan, known
        self._given = cut_off.guarded(plan, *known)
        return self._given


class PlanRunner(QWidget):
    """Applies one plan at a time; ``finished`` carries the :class:`Outcome` of each.

    ``gave_up`` is emitted with the problem instead where the plan could not be carried to its end:
    no host answers for it, or the journal can't be written. ``began`` is emitted with each start, also
    where a person goes on without the watchdog that could not be armed.
    """

    began = Signal()
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
        self._undoes: int | None = None
        self._ends = 0.0
        self._changed = False
        self._settled: set[int] = set()
        self._status = QLabel(self)
        self._status.setWordWrap(True)
        self._status.setAccessibleName(self.tr("Progress"))
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Steps done"))
        self._steps = PlanView(self)
        self._problem = ProblemCard(self, session=session)
        self._offer = UnwatchedOffer(self)
        self._offer.agreed.connect(self._go_on_unwatched)
        self._stop = QPushButton(icon(Icon.STOP), self.tr("&Stop after this step"), self)
        self._stop.setAutoDefault(False)
        self._stop.clicked.connect(self.stop)
        self._arrange()

    @property
    def running(self) -> bool:
        """Whether a plan is under way."""
        return self._stop_request is not None

    @property
    def offers_to_go_on(self) -> bool:
        """Whether a person may go on without the watchdog that could not be armed."""
        return self._offer.isVisibleTo(self)

    def start(self, plan: Plan, *, undoes: int | None = None) -> None:
        """Apply ``plan``, its watchdog under an id of this run.

        ``undoes`` is the journal entry it takes back.

        Raises RuntimeError while another plan is under way.
        """
        from console.backend.service import StopRequest

        if self.running:
            raise RuntimeError("a plan is already under way")
        plan = with_own_watchdog(plan, uuid.uuid4().hex)
        self._plan, self._undoes = plan, undoes
        self._stop_request = StopRequest()
        self._settled = set()
        self._changed = False
        self._problem.clear()
        self._offer.hide()
        self._steps.show_plan(plan)
        self._bar.setRange(0, max(len(plan.steps), 1))
        self._bar.setValue(0)
        self._bar.show()
        self._stop.setVisible(len(plan.steps) > 1)
        self._stop.setEnabled(True)
        self._status.setText(shown(plan.title))
        self.began.emit()
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
        except Exception:  # a mistake of the console: told as such elsewhere, and what is open can be closed
            self._rest()
            self._give_up(_UNKNOWN_END)
            raise
        self._rest()
        self._conclude(plan, outcome)

    def _rest(self) -> None:
        self._stop_request = None
        self._stop.hide()
        self._bar.hide()  # the words and the steps say how it ended

    def show_problem(self, problem: Problem) -> None:
        """Tell what went wrong beside the plan that was run."""
        self._problem.show_problem(problem)

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
        self._follow_watchdog(self._plan, state)
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

    def _follow_watchdog(self, plan: Plan, state: StepState) -> None:
        """Its time runs from its arming; who must confirm is asked as soon as no guarded step is to come."""
        if state.index == arming_at(plan) and state.watch is not None:
            self._ends = time.monotonic() + state.watch.seconds_left
        steps = guarded_steps(plan)
        if state.index not in steps:
            return
        self._changed |= state.state in CHANGING
        last = state.index == steps[-1] and state.state in SETTLED
        if last or state.state in ENDING:
            self._want_confirmation(plan)

    def _want_confirmation(self, plan: Plan) -> None:
        """Ask once whether what was done may stay; where nothing was, nothing is asked."""
        if self._changed and plan.watchdog is not None and self._service is not None:
            self._changed = False
            wanted = Confirmation(self._service, plan, plan.watchdog, self._ends)
            self._session.confirmationWanted.emit(wanted)

    def _go_on_unwatched(self) -> None:
        if self._plan is not None and not self.running:
            self.start(without_watchdog(self._plan), undoes=self._undoes)

    def _tell_of_watchdog(self, plan: Plan, outcome: Outcome) -> None:
        at = arming_at(plan)
        self._offer.setVisible(at is not None and outcome.states[at].state == "failed")
        if outcome.still_armed is not None and plan.watchdog is not None:
            words = self.tr(
                "The watchdog could not be disarmed: within {seconds} seconds it reverts what is made on the "
                "same adapter. Wait that long before you try again. ({reason})"
            ).format(seconds=plan.watchdog.seconds, reason=outcome.still_armed.raw)
            self._status.setText("\n".join([self._status.text(), words]))

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
        self._tell_of_watchdog(plan, outcome)
        self._want_confirmation(plan)  # where a person stopped it between two guarded steps
        self.finished.emit(outcome)

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
        column.addWidget(self._offer)
