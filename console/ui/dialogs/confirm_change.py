"""Asks whether a change that could have cut the host off may stay; without an answer it does not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.problem import Problem
from console.domain.text import N_, Text
from console.domain.watch_report import SETTLED, WatchReport, WatchState
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plan_runner import Confirmation
from console.ui.widgets.problem_card import ProblemCard, problem_of

if TYPE_CHECKING:
    from console.backend.service import Outcome

CONTEXT = "ConfirmChange"
TICK_MS = 250
LOOK_SECONDS = 3.0
"""How long after the time is up, and after each look, the host is asked how far it is."""

ENDINGS: dict[WatchState, Text] = {
    WatchState.ARMED: N_(CONTEXT, "Not confirmed: the host is about to revert the change."),
    WatchState.ACTING: N_(CONTEXT, "Not confirmed: the host is still reverting the change."),
    WatchState.TAKEN_BACK: N_(CONTEXT, "Not confirmed: the host has reverted the change."),
    WatchState.FAILED: N_(CONTEXT, "Not confirmed: the host could not revert the change."),
    WatchState.CONFIRMED: N_(CONTEXT, "Confirmed in time: the change stays."),
    WatchState.GONE: N_(CONTEXT, "The host has no such watchdog any more: nothing reverts the change."),
}
"""What the host's answer means once the time is up."""


class ConfirmChangeDialog(QDialog):
    """Counts down. "Keep the change" confirms it on the host; else the host takes it back by itself.

    How it ended is what the host says of it, never what a clock here lets expect.
    """

    def __init__(
        self, confirmation: Confirmation, session: Session, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._confirmation = confirmation
        self._session = session
        self._tasks = tasks
        self._up = False
        self._confirming = False
        self.setWindowTitle(self.tr("Keep the change?"))
        title = QLabel(
            self.tr("Can you still reach {host}?").format(host=confirmation.service.identity.name), self
        )
        title.setProperty("role", "title")
        words = QLabel(
            self.tr(
                "{plan}. That can cut the host off. Check that what you need still works, such as Remote "
                "Desktop, then keep the change. If you don't, the host reverts it by itself."
            ).format(plan=shown(confirmation.plan.title)),
            self,
        )
        words.setWordWrap(True)
        self._left = QLabel(self)
        self._left.setAccessibleName(self.tr("Time left"))
        self._left.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, confirmation.watchdog.seconds * 1000)
        self._problem = ProblemCard(self)
        buttons = QDialogButtonBox(self)
        self._keep = QPushButton(icon(Icon.OK), self.tr("&Keep the change"), self)
        self._let = QPushButton(self.tr("&Let it be reverted"), self)
        buttons.addButton(self._keep, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._let, QDialogButtonBox.ButtonRole.RejectRole)
        self._let.setDefault(True)
        self._keep.setAutoDefault(False)
        self._let.setFocus()
        self._keep.clicked.connect(tasks.starts(self._confirm, owner=self))
        self._let.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (title, words, self._bar, self._left, self._problem, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(480)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(round(LOOK_SECONDS * 1000))
        self._look_again.timeout.connect(tasks.starts(self._look, owner=self))
        self._timer.start()
        self._tick()

    def reject(self) -> None:
        """Close; without an answer the host takes the change back."""
        self._stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is no confirmation."""
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        self._timer.stop()
        self._look_again.stop()

    def _tick(self) -> None:
        left = self._confirmation.ends - time.monotonic()
        self._bar.setValue(max(0, round(left * 1000)))
        if self._confirming:
            return  # the host's answer says whether it came in time
        if left > 0:
            self._left.setText(self.tr("{seconds} s left").format(seconds=round(left)))
        else:
            self._time_is_up(WatchState.ACTING)

    def _time_is_up(self, state: WatchState) -> None:
        """Say what is known, and ask the host until it has come to an end."""
        self._timer.stop()
        self._up = True
        self._keep.setEnabled(False)
        self._let.setText(self.tr("&Close"))
        self._left.setText(shown(ENDINGS[state]))
        self._look_again.start()

    async def _look(self) -> None:
        from console.backend.failures import EngineError

        service, watchdog = self._confirmation.service, self._confirmation.watchdog
        try:
            report = await service.watch_report(watchdog)
        except EngineError as error:
            # The change may have cut the host off until it is reverted.
            self._problem.show_problem(problem_of(error, self._session))
            self._look_again.start()
            return
        self._problem.clear()
        self._tell(report)

    def _tell(self, report: WatchReport) -> None:
        if report.state not in SETTLED:
            self._time_is_up(report.state)
            return
        self._stop()
        self._keep.setEnabled(False)
        self._bar.setValue(0)
        self._let.setText(self.tr("&Close"))
        self._left.setText(shown(ENDINGS[report.state]))
        if report.state is WatchState.FAILED:
            self._problem.show_problem(_not_reverted(report))

    async def _confirm(self) -> None:
        from console.backend.failures import EngineError
        from console.backend.journal import JournalError

        self._keep.setEnabled(False)
        self._confirming = True
        self._left.setText(self.tr("Confirming…"))
        try:
            outcome = await self._confirmation.service.keep(
                self._confirmation.watchdog, self._confirmation.plan
            )
        except (EngineError, JournalError) as error:
            self._not_confirmed(problem_of(error, self._session))
            return
        finally:
            self._confirming = False
        self._conclude(outcome)

    def _conclude(self, outcome: Outcome) -> None:
        (state,) = outcome.states
        if state.failure is not None or state.watch is None:
            self._not_confirmed(self._session.explain(state.failure) if state.failure else None)
        elif state.watch.state is WatchState.CONFIRMED:
            self._stop()
            self.accept()
        else:
            self._tell(state.watch)

    def _not_confirmed(self, problem: Problem | None) -> None:
        """It may have been all the same: once the time is up the host says so."""
        self._keep.setEnabled(not self._up)
        if problem is not None:
            self._problem.show_problem(problem)


def _not_reverted(report: WatchReport) -> Problem:
    return Problem(
        what=N_(CONTEXT, "The host could not revert the change."),
        why=N_(CONTEXT, "Windows refused it. Its own words are below."),
        do=(
            N_(CONTEXT, "Undo the change on the page Activity, if you still reach the host."),
            N_(CONTEXT, "Else sign in at the host's own screen and undo it there."),
        ),
        raw=report.problem,
    )
