"""Restoring remembered networks, after saying what that takes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.domain.memory import (
    RememberedNetwork,
    restoration_cautions,
    restorations,
    restore_blocked_because,
)
from console.domain.snapshot import Snapshot
from console.ui.dialogs.host_plan import Consequences
from console.ui.dialogs.plan_dialog import PlanDialog, instruction
from console.ui.icons import Icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plan_view import PlanView


class RestoreDialog(PlanDialog):
    """Shows what makes ``records`` be there again, and does it."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        records: tuple[RememberedNetwork, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.UNDO, safe=False)
        self._records = records
        self._title = instruction("")
        self._consequences = Consequences(self)
        self._steps = PlanView(self)
        self.question.addWidget(self._title)
        self.question.addWidget(self._consequences, 2)
        self.question.addWidget(self._steps, 3)
        session.snapshotChanged.connect(self._judge)
        self.resize(680, 560)
        if session.snapshot is not None:
            self._judge(session.snapshot)

    def _judge(self, snapshot: Snapshot) -> None:
        if not self.asking:
            return
        deed = self.tr("&Restore")
        reasons = (restore_blocked_because(one, snapshot) for one in self._records)
        blocked = next((reason for reason in reasons if reason is not None), None)
        if blocked is not None:
            self.propose(None, deed, shown(blocked))
            return
        plan = restorations(self._records, snapshot)
        self._title.setText(shown(plan.title))
        self.setWindowTitle(self._title.text())
        cautions = restoration_cautions(self._records, snapshot)
        self._consequences.show_interruptions([*cautions, *plan.interruptions])
        self._steps.show_plan(plan)
        self.propose(plan, deed)
