"""The frame of every dialog that changes a host: ask, show the commands, run, offer to undo.

Opened with ``open()``, never ``exec()``. The question's default button is chosen by the subclass;
while the plan runs the dialog can't be closed, only stopped after the step under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.plan import Plan
from console.ui.actions import READ_ONLY
from console.ui.icons import Icon, icon
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.cut_off_notice import CutOffNotice
from console.ui.widgets.plan_runner import Guard, PlanRunner
from console.ui.widgets.plan_view import CommandView, PlanView
from console.ui.widgets.problem_card import problem_of
from console.ui.widgets.reading_order import tab_in_reading_order

if TYPE_CHECKING:
    from console.backend.service import Outcome


TICK_BOX = 28
WIDEST_COLUMN = 280


class PlanDialog(QDialog):
    """Asks a question whose answer is a plan, and applies it.

    Subclasses fill :attr:`question` and call :meth:`propose` whenever the answer changes, which also
    shows the plan in :attr:`commands`.
    ``applied`` carries the outcome of each plan that ran (also of the undo).
    """

    applied = Signal(object)

    def __init__(
        self, session: Session, tasks: Tasks, parent: QWidget | None, *, deed_icon: Icon, safe: bool
    ) -> None:
        """``safe``: the deed may be the default button, as nothing is lost by it."""
        super().__init__(parent)
        self.session = session
        self.tasks = tasks
        self._proposed: tuple[Plan | None, str, str] = (None, "", "")
        self._plan: Plan | None = None
        self._guard = Guard(session)
        self._undo_asked: Plan | None = None
        self._undo_plan: Plan | None = None
        self._undoes: int | None = None
        self.question = QVBoxLayout()
        self._reason = QLabel(self)
        self._reason.setWordWrap(True)
        self._reason.setProperty("role", "reason")
        self._reason.setAccessibleName(self.tr("Why this can't be done yet"))
        self._notice = CutOffNotice(self)
        self._notice.agreedChanged.connect(self._let_do)
        self._undo_notice = CutOffNotice(self, title=self.tr("If you undo it:"))
        self._undo_notice.agreedChanged.connect(self._let_undo)
        self.commands = CommandView(self, lines=3, grows=False)
        self._runner = PlanRunner(session, tasks, self)
        self._runner.began.connect(self._began)
        self._runner.finished.connect(self._finished)
        self._runner.gave_up.connect(self._gave_up)
        self._stack = QStackedWidget(self)
        self._buttons = QDialogButtonBox(self)
        self._deed = QPushButton(icon(deed_icon), "", self)
        self._undo = QPushButton(icon(Icon.UNDO), self.tr("&Undo"), self)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._arrange(safe=safe)

    def propose(self, plan: Plan | None, deed: str, reason: str = "") -> None:
        """Offer ``plan`` under the button text ``deed``; without one, ``reason`` says why not.

        On a host that may only be looked at a plan is shown and never offered. What it cuts off is said
        beside it, by what is known of the host: when that changes it is said anew.
        """
        self._proposed = plan, deed, reason
        self._show()

    def _show(self) -> None:
        """Show what was proposed as it is on the host as it is known now."""
        plan, deed, reason = self._proposed
        if plan is not None:
            plan = self._guard.over(plan)
        if plan is not None and self.session.service is not None and self.session.service.read_only:
            reason = shown(READ_ONLY)
            self._plan = None
        else:
            self._plan = plan
        self._notice.show_plan(plan)
        self._deed.setText(deed)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.commands.show_plan(plan)
        self._let_do()

    def _let_do(self) -> None:
        self._deed.setEnabled(self._plan is not None and bool(self._plan.steps) and self._notice.agreed)

    @property
    def asking(self) -> bool:
        """Whether the question is still open (nothing was begun)."""
        return self._stack.currentIndex() == 0

    def reject(self) -> None:
        """Close; while a plan runs, only ask it to stop after this step."""
        if self._runner.running:
            self._runner.stop()
        else:
            super().reject()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Its fields were made after what stands below them."""
        super().showEvent(event)
        tab_in_reading_order(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has more to say grows downwards: it is moved up before its buttons leave the screen."""
        super().resizeEvent(event)
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        below = frame.bottom() - screen.bottom()
        if self.isVisible() and below > 0:
            self.move(self.x(), max(self.y() - below, screen.top()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's close button does what Cancel does."""
        if self._runner.running:
            self._runner.stop()
            event.ignore()
        else:
            super().closeEvent(event)

    def _do(self) -> None:
        read = self._plan
        self._show()
        # Nobody has agreed to what was found out since: then it is only shown, to be pressed again.
        if self._plan is not None and self._plan == read and self._notice.agreed:
            self._run(self._plan, self._undoes)

    def _run(self, plan: Plan, undoes: int | None = None) -> None:
        self._stack.setCurrentIndex(1)
        self._deed.hide()
        self._runner.start(plan, undoes=undoes)

    def _began(self) -> None:
        self._undo.hide()
        self._cancel.setText(self.tr("Close"))
        self._cancel.setEnabled(False)

    def _finished(self, outcome: Outcome) -> None:
        self._cancel.setEnabled(True)
        self._cancel.setDefault(True)
        self.applied.emit(outcome)
        self.tasks.start(self._offer_undo(outcome.entry), owner=self)

    def _gave_up(self, _problem: object) -> None:
        self._cancel.setEnabled(True)
        self._cancel.setDefault(True)

    async def _offer_undo(self, entry_id: int) -> None:
        from console.backend.journal import JournalError

        service = self.session.service
        try:
            entry = await service.journal_entry(entry_id) if service else None
        except JournalError as error:
            self._runner.show_problem(problem_of(error, self.session))
            return
        if entry is not None and entry.undo is not None and entry.undoes is None:
            self._undo_asked = entry.undo
            self._undoes = entry.id
            self._show_undo()

    def _arrange(self, *, safe: bool) -> None:
        asking = QWidget(self)
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.question, 1)
        column.addWidget(self._notice)
        column.addWidget(self.commands)
        column.addWidget(self._reason)
        self._stack.addWidget(asking)
        doing = QWidget(self)
        column = QVBoxLayout(doing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._runner, 1)
        column.addWidget(self._undo_notice)
        self._stack.addWidget(doing)
        role = QDialogButtonBox.ButtonRole
        self._buttons.addButton(self._undo, role.ActionRole)
        self._buttons.addButton(self._deed, role.ActionRole)
        self._buttons.addButton(self._cancel, role.RejectRole)
        self._undo.hide()
        self._reason.hide()
        self._deed.setAutoDefault(safe)
        self._deed.setDefault(safe)
        self._cancel.setDefault(not safe)
        (self._deed if safe else self._cancel).setFocus()
        self._deed.clicked.connect(self._do)
        self._undo.clicked.connect(self._run_undo)
        self._buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._buttons)
        self.session.snapshotChanged.connect(self._look_again)

    def _look_again(self, _snapshot: object) -> None:
        if self.asking:
            self._show()
        elif not self._runner.running:
            self._show_undo()

    def _show_undo(self) -> None:
        """Offer to take back what was done; what that cuts off is said beside it."""
        plan = self._undo_plan = None if self._undo_asked is None else self._guard.over(self._undo_asked)
        self._undo_notice.show_plan(plan)
        self._undo.setVisible(plan is not None)
        self._let_undo()

    def _let_undo(self) -> None:
        self._undo.setEnabled(self._undo_notice.agreed)

    def _run_undo(self) -> None:
        read = self._undo_plan
        self._show_undo()
        if self._undo_plan is not None and self._undo_plan == read and self._undo_notice.agreed:
            self._undo_asked = None
            self._undo_notice.show_plan(None)
            self._run(self._undo_plan, self._undoes)


class ApplyPlanDialog(PlanDialog):
    """Shows the steps of a finished plan and applies it; ``deed`` names the button."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        plan: Plan,
        parent: QWidget | None = None,
        *,
        deed: str,
        undoes: int | None = None,
    ) -> None:
        """``undoes``: the journal entry that the plan takes back."""
        super().__init__(session, tasks, parent, deed_icon=Icon.OK, safe=True)
        self._undoes = undoes
        self.setWindowTitle(shown(plan.title))
        steps = PlanView(self)
        steps.show_plan(plan)
        self.question.addWidget(instruction(shown(plan.title)))
        self.question.addWidget(steps, 1)
        self.propose(plan, deed)
        self.resize(640, 440)


def instruction(words: str) -> QLabel:
    """The one main instruction of a dialog."""
    label = QLabel()
    label.setText(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "title")
    return label


def fit_columns(table: QTreeWidget) -> None:
    """Make every column but the last as wide as its words, with room for a tick box."""
    for column in range(table.columnCount() - 1):
        table.resizeColumnToContents(column)
        table.setColumnWidth(column, min(table.columnWidth(column) + TICK_BOX, WIDEST_COLUMN))
