"""One journal entry in full: its steps, the commands, the results and the raw errors."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.plan import StepState
from console.domain.render.plan import Dialect, usual_dialect
from console.ui.icons import Icon, icon
from console.ui.models.activity import (
    ActivityRow,
    duration_words,
    not_undoable_because,
    result_words,
)
from console.ui.session import Session
from console.ui.texts import moment, shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.plain_label import plain_label
from console.ui.widgets.plan_view import CommandView, PlanView
from console.ui.widgets.problem_card import ProblemCard

EMPTY, FILLED = 0, 1
STEPS_TAB, FAILURE_TAB, COMMANDS_TAB, RAW_TAB = range(4)


class EntryDetails(QWidget):
    """Shows one entry and offers its undo; ``undo_wanted`` carries the row."""

    undo_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Entry"))
        self._session = session
        self._row: ActivityRow | None = None
        self._title = plain_label(role="title")
        self._how = plain_label(role="muted")
        self._steps = PlanView(self)
        self._results = plain_label()
        self._problem = ProblemCard(self, session=session)
        self._commands = CommandView(self, lines=2)
        self._unreadable = plain_label()
        self._raw = CodeView(self.tr("Raw text"), self)
        self._undo = QPushButton(icon(Icon.UNDO), self.tr("&Undo…"), self)
        self._undo.clicked.connect(lambda: self.undo_wanted.emit(self._row))
        self._why_not = plain_label(role="muted")
        self._why_not.setAccessibleName(self.tr("Why this can't be undone"))
        self._tabs = self._build_tabs()
        self._stack = QStackedWidget(self)
        self._arrange()
        for one, following in pairwise((self._undo, self._tabs.tabBar(), self._steps)):
            self.setTabOrder(one, following)

    def show_row(self, row: ActivityRow | None, host_id: str | None) -> None:
        """Show ``row``; ``host_id`` is the host that is connected, on which alone it can be undone."""
        self._stack.setCurrentIndex(EMPTY if row is None else FILLED)
        if row is None:
            self._row = None
            return
        if row != self._row:
            self._row = row
            self._fill(row)
        reason = not_undoable_because(row, host_id)
        self._undo.setEnabled(not reason)
        self._undo.setToolTip(reason)
        self._why_not.setText(reason)
        self._why_not.setVisible(bool(reason))

    def _fill(self, row: ActivityRow) -> None:
        entry = row.entry
        self._title.setText(shown(entry.plan.title))
        parts = [moment(entry.started_at), entry.host.name, result_words(row.result)]
        if entry.ended_at is not None:
            parts.append(duration_words((entry.ended_at - entry.started_at).total_seconds()))
        self._how.setText("  ·  ".join(parts))
        self._steps.show_plan(entry.plan, entry.states)
        self._commands.show_plan(entry.plan)
        if usual_dialect(entry.plan) is Dialect.POWERSHELL:  # the others have a comment for what scripts did
            self._commands.choose(Dialect.POWERSHELL)
        results = [line for state in entry.states for line in self._result_lines(state)]
        self._results.setText("\n".join(results))
        self._results.setVisible(bool(results))
        self._show_failure(row)
        self._show_unreadable(row)

    def _result_lines(self, state: StepState) -> list[str]:
        told = [state.result] if state.result else []
        if state.warning:
            told.append(self.tr("The engine warned: {warning}").format(warning=state.warning))
        told += [shown(note) for note in state.notes]
        line = self.tr("Step {number}: {told}")
        return [line.format(number=state.index + 1, told=one) for one in told]

    def _show_failure(self, row: ActivityRow) -> None:
        failed = next((state for state in row.entry.states if state.failure is not None), None)
        self._tabs.setTabVisible(FAILURE_TAB, failed is not None)
        if failed is None or failed.failure is None:
            self._problem.clear()
            return
        self._tabs.setCurrentIndex(FAILURE_TAB)
        entry = row.entry
        problem = self._session.explain(
            failed.failure, step=entry.plan.steps[failed.index], past_host=entry.host
        )
        self._problem.show_problem(problem)

    def _show_unreadable(self, row: ActivityRow) -> None:
        """What another version wrote has neither steps nor commands: only its text."""
        unreadable = row.entry.unreadable
        for tab in (STEPS_TAB, COMMANDS_TAB):
            self._tabs.setTabVisible(tab, unreadable is None)
        self._tabs.setTabVisible(RAW_TAB, unreadable is not None)
        self._unreadable.setText(shown(unreadable.reason) if unreadable is not None else "")
        self._raw.show_text(unreadable.raw if unreadable is not None else "")
        self._raw.setVisible(unreadable is not None and bool(unreadable.raw))  # a bundle has only the reason

    def _arrange(self) -> None:
        nothing = QLabel(self.tr("Select an entry to see its steps, commands and results."), self)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setWordWrap(True)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(self._build_heading())
        column.addWidget(self._tabs, 1)
        self._stack.addWidget(nothing)
        self._stack.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _build_heading(self) -> QHBoxLayout:
        """What it was, and the way back beside it."""
        words = QVBoxLayout()
        for label in (self._title, self._how, self._why_not):
            words.addWidget(label)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_tabs(self) -> QTabWidget:
        tabs = QTabWidget(self)
        tabs.setAccessibleName(self.tr("Details of the entry"))
        tabs.setDocumentMode(True)
        steps = QWidget(tabs)
        column = QVBoxLayout(steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._steps, 1)
        column.addWidget(self._results)
        failure = QScrollArea(tabs)
        failure.setWidgetResizable(True)
        failure.setFrameShape(QScrollArea.Shape.NoFrame)
        failure.setAccessibleName(self.tr("Why it failed"))
        content = QWidget(failure)
        inside = QVBoxLayout(content)
        inside.addWidget(self._problem)
        inside.addStretch(1)
        failure.setWidget(content)
        tabs.addTab(steps, self.tr("Ste&ps"))
        tabs.addTab(failure, self.tr("&Why it failed"))
        tabs.addTab(self._commands, self.tr("C&ommands"))
        tabs.addTab(self._raw_text(tabs), self.tr("&Raw text"))
        return tabs

    def _raw_text(self, tabs: QTabWidget) -> QWidget:
        page = QWidget(tabs)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._unreadable)
        column.addWidget(self._raw, 1)
        column.addStretch()
        return page
