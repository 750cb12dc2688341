"""The second page of a fix that the console carries out: its steps, commands and consequences."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.checks.check import Remedy
from console.checks.remedies import interruptions
from console.domain.plan import Plan
from console.ui.dialogs.host_plan import Consequences
from console.ui.widgets.plan_view import CommandView, PlanView
from console.ui.widgets.remedy_card import remedy_facts
from console.ui.wizards.labels import muted


class ReviewPage(QWidget):
    """What will be done, before it is done."""

    def __init__(self, remedy: Remedy, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = PlanView(self)
        self._steps.show_plan(plan)
        height = self._steps.sizeHintForRow(0) * (len(plan.steps) + 1) + 24
        self._steps.setMaximumHeight(max(height, 90))
        consequences = Consequences(self)
        consequences.show_interruptions(interruptions(remedy))
        commands = CommandView(self, lines=4)
        commands.choose("powershell" if any(step.kind == "run-script" for step in plan.steps) else "docker")
        commands.show_plan(plan)
        told = [words for _name, words in remedy_facts(remedy, stops=False)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._steps)
        column.addWidget(muted("  ".join(told), self))
        column.addWidget(consequences, 1)
        column.addWidget(commands, 1)

    def start(self) -> None:
        """Put the keyboard on the steps."""
        self._steps.setFocus()
