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

from console.domain.plan import Plan
from console.domain.text import N_
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
"""How long after the time is up the host is looked at: until then it has taken the change back."""


class ConfirmChangeDialog(QDialog):
    """Counts down. "Keep the change" confirms it on the host; else the host takes it back by itself."""

    def __init__(
        self, confirmation: Confirmation, session: Session, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._confirmation = confirmation
        self._session = session
        self._tasks = tasks
        self._ends = time.monotonic() + confirmation.watchdog.seconds
        self._settled = False
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
        self._timer.start()
        self._tick()

    def reject(self) -> None:
        """Close; without an answer the host takes the change back."""
        self._timer.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is no confirmation."""
        self._timer.stop()
        super().closeEvent(event)

    def _tick(self) -> None:
        left = self._ends - time.monotonic()
        self._bar.setValue(max(0, round(left * 1000)))
        if left > 0:
            self._left.setText(self.tr("{seconds} s left").format(seconds=round(left)))
        elif not self._settled:
            self._settled = True
            self._keep.setEnabled(False)
            self._left.setText(self.tr("Not confirmed: the host is reverting the change."))
            self._let.setText(self.tr("&Close"))
        elif left < -LOOK_SECONDS:
            self._timer.stop()
            self._tasks.start(self._look(), owner=self)

    async def _look(self) -> None:
        from console.backend.failures import EngineError

        try:
            await self._confirmation.service.observe()
        except EngineError as error:
            self._problem.show_problem(problem_of(error, self._session))
            return
        self._left.setText(self.tr("Not confirmed: the host has reverted the change."))

    async def _confirm(self) -> None:
        from console.backend.failures import EngineError
        from console.backend.journal import JournalError

        self._keep.setEnabled(False)
        step = self._confirmation.watchdog.confirmation
        plan = Plan(title=N_(CONTEXT, "Keep: {plan}", plan=self._confirmation.plan.title), steps=(step,))
        try:
            outcome = await self._confirmation.service.apply(plan)
        except (EngineError, JournalError) as error:
            self._keep.setEnabled(True)
            self._problem.show_problem(problem_of(error, self._session))
            return
        self._conclude(outcome)

    def _conclude(self, outcome: Outcome) -> None:
        (state,) = outcome.states
        if state.failure is not None:
            self._keep.setEnabled(True)
            self._problem.show_problem(self._session.explain(state.failure))
        elif state.notes:
            self._timer.stop()
            self._settled = True
            self._left.setText("\n".join(shown(note) for note in state.notes))
            self._let.setText(self.tr("&Close"))
        else:
            self._timer.stop()
            self.accept()
