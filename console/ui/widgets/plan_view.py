"""A plan as people see it: its steps with their state, and what it would be as commands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.plan import Plan, StepState
from console.ui.icons import Icon, icon
from console.ui.texts import shown
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.plain_table import PlainTable

STEP, STATE = 0, 1
STATE_MARGIN = 28

STATE_ICONS = {
    "pending": (Icon.PENDING, "muted"),
    "running": (Icon.RUNNING, "accent"),
    "done": (Icon.OK, "ok"),
    "failed": (Icon.ERROR, "error"),
    "skipped": (Icon.SKIPPED, "muted"),
    "unknown": (Icon.WARNING, "warning"),
}


def state_words(state: str) -> str:
    """The state of a step in a person's words."""
    words = {
        "pending": QCoreApplication.translate("StepState", "Waiting"),
        "running": QCoreApplication.translate("StepState", "In progress"),
        "done": QCoreApplication.translate("StepState", "Done"),
        "failed": QCoreApplication.translate("StepState", "Failed"),
        "skipped": QCoreApplication.translate("StepState", "Not started"),
        "unknown": QCoreApplication.translate("StepState", "Outcome unknown"),
    }
    return words[state]


class PlanView(PlainTable):
    """The steps of one plan, each with the icon and the word of its state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        headers = (translate("PlanView", "Step"), translate("PlanView", "State"))
        super().__init__(translate("PlanView", "Steps"), headers, parent)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(STEP, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Fixed)
        widest = max(self.fontMetrics().horizontalAdvance(state_words(state)) for state in STATE_ICONS)
        header.resizeSection(STATE, widest + STATE_MARGIN)

    def show_plan(self, plan: Plan, states: Iterable[StepState] = ()) -> None:
        """Show ``plan``; steps without a state are waiting."""
        self.clear()
        for number, step in enumerate(plan.steps, start=1):
            words = shown(step.describe())
            item = QTreeWidgetItem([f"{number}.  {words}"])
            item.setToolTip(STEP, words)
            self.addTopLevelItem(item)
            self._mark(item, "pending")
        for state in states:
            self.show_state(state)

    def show_state(self, state: StepState) -> None:
        """Show how far one step is; the step under way is kept in sight."""
        item = self.topLevelItem(state.index)
        if item is None:
            raise IndexError(state.index)
        self._mark(item, state.state)
        if state.state == "running":
            self.scrollToItem(item)

    def _mark(self, item: QTreeWidgetItem, state: str) -> None:
        item.setIcon(STEP, icon(*STATE_ICONS[state]))
        item.setText(STATE, state_words(state))


class CommandView(QWidget):
    """What a plan is as docker, PowerShell, shell or Compose text, with the choice and Copy."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 4, grows: bool = True) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._choice = QComboBox(self)
        self._choice.setAccessibleName(self.tr("Show commands for"))
        for dialect, words in self._dialects():
            self._choice.addItem(words, dialect)
        self._choice.currentIndexChanged.connect(self._refresh)
        label = QLabel(self.tr("Co&mmands for:"), self)
        label.setBuddy(self._choice)
        self._code = CodeView(self.tr("Commands"), self, lines=lines, grows=grows)
        self._code.lead_with(_beside(label, self._choice))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._code)

    def show_plan(self, plan: Plan | None) -> None:
        """Show the commands of ``plan``; nothing for None."""
        if plan != self._plan:
            self._plan = plan
            self._refresh()

    def choose(self, dialect: str) -> None:
        """Show the commands in this dialect (a value of ``Dialect``) until somebody chooses another."""
        self._choice.setCurrentIndex(self._choice.findData(dialect))

    def text(self) -> str:
        """The commands that are shown."""
        return self._code.text()

    def _refresh(self) -> None:
        if self._plan is None or not self._plan.steps:
            self._code.show_text("")
            return
        # Imported when first needed: the YAML reader behind it is nothing the first paint needs.
        from console.domain.render.errors import InexpressibleError
        from console.domain.render.plan import Dialect, preview

        try:
            self._code.show_text(preview(self._plan, Dialect(self._choice.currentData())))
        except InexpressibleError as refused:
            self._code.show_text(shown(refused.text), copyable=False)

    def _dialects(self) -> tuple[tuple[str, str], ...]:
        """The values of :class:`console.domain.render.plan.Dialect` with their names."""
        return (
            ("docker", self.tr("Command Prompt")),
            ("powershell", self.tr("PowerShell")),
            ("posix", self.tr("Linux shell")),
            ("compose", self.tr("Compose file")),
        )


def _beside(label: QLabel, control: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(control)
    return pair
