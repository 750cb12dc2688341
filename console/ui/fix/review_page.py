"""The second page of a fix that the console carries out: its steps, commands and consequences."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.checks.check import Remedy
from console.checks.remedies import interruptions
from console.domain.plan import Plan
from console.ui.dialogs.host_plan import Consequences
from console.ui.widgets.cut_off_notice import CutOffNotice
from console.ui.widgets.plan_view import CommandView, PlanView
from console.ui.widgets.remedy_card import remedy_facts
from console.ui.wizards.labels import muted


class ReviewPage(QWidget):
    """What will be done, before it is done. ``agreedChanged`` tells that :attr:`agreed` may be another."""

    agreedChanged = Signal()

    def __init__(self, remedy: Remedy, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._notice = CutOffNotice(self)
        self._notice.agreedChanged.connect(self.agreedChanged)
        self._steps = PlanView(self)
        self._steps.show_plan(plan)
        height = self._steps.sizeHintForRow(0) * (len(plan.steps) + 1) + 24
        self._steps.setMaximumHeight(max(height, 90))
        consequences = Consequences(self)
        consequences.show_interruptions(interruptions(remedy))
        self._commands = CommandView(self, lines=4)
        scripted = any(step.kind == "run-script" for step in plan.steps)
        self._commands.choose("powershell" if scripted else "docker")
        told = [words for _name, words in remedy_facts(remedy, stops=False)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._steps)
        column.addWidget(muted("  ".join(told), self))
        column.addWidget(consequences, 1)
        column.addWidget(self._notice)
        column.addWidget(self._commands, 1)
        self.show_plan(plan)

    @property
    def plan(self) -> Plan:
        """The plan as it is shown."""
        return self._plan

    @property
    def agreed(self) -> bool:
        """Whether the plan may be carried out as it is shown."""
        return self._notice.agreed

    def show_plan(self, plan: Plan) -> None:
        """Show the remedy's plan as it is on the host as it is known now."""
        self._plan = plan
        self._steps.show_plan(plan)
        self._notice.show_plan(plan)
        self._commands.show_plan(plan)

    def start(self) -> None:
        """Put the keyboard on the steps."""
        self._steps.setFocus()
