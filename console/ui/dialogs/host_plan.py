"""The confirmation before the Windows side of a host is changed: what stops meanwhile, what uses it.

It comes before Windows asks for an administrator, and the shield stands on the button that leads
there (peers, 5, points 12 and 13).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.domain.plan import Plan
from console.domain.text import Text
from console.ui.dialogs.plan_dialog import PlanDialog, instruction
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.domain.relations import Relations
    from console.ui.inventory.deeds import Deed
    from console.ui.inventory.kind import InventoryRow
    from console.ui.inventory.source import Inventory

SIGN = 16


class Consequences(QScrollArea):
    """What a plan interrupts, a sentence each with a warning sign; or that it interrupts nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("What happens meanwhile"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        policy.setRetainSizeWhenHidden(True)  # nothing jumps when there is something to tell
        self.setSizePolicy(policy)
        self._told: tuple[str, ...] | None = None

    def show_interruptions(self, interruptions: Sequence[Text]) -> None:
        """Tell each of them; nothing moves where they are told already."""
        told = tuple(shown(text) for text in interruptions)
        if told == self._told:
            return
        self._told = told
        block = QFrame(self)
        block.setObjectName("block")
        grid = QGridLayout(block)
        grid.setColumnStretch(1, 1)
        signs = [(Icon.WARNING, "warning", words) for words in told]
        for row, (which, role, words) in enumerate(
            signs or [(Icon.OK, "ok", self.tr("Nothing else is interrupted."))]
        ):
            sign = QLabel(block)
            sign.setPixmap(icon(which, role).pixmap(SIGN, SIGN))
            line = QLabel(words, block)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line, row, 1)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(block)
        column.addStretch(1)
        self.setWidget(content)


class HostPlanDialog(PlanDialog):
    """Shows what one deed does to one object, and does it.

    Subclasses that ask for more override :meth:`answer`, put their fields into ``question`` before
    the consequences, and call :meth:`refresh` when something was entered.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        inventory: Inventory,
        deed: Deed,
        row: InventoryRow | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.SHIELD, safe=False)
        self._inventory = inventory
        self._deed_of_host = deed
        self._key = row.key if row is not None else None
        self.row = row
        self.commands.choose("powershell")
        self._title = instruction("")
        self._consequences = Consequences(self)
        self.question.addWidget(self._title)
        self._complete = False
        self.add_fields()
        self._complete = True
        self.question.addWidget(self._consequences, 1)
        inventory.changed.connect(self.refresh)
        self.refresh()
        self.resize(640, 380)

    def add_fields(self) -> None:
        """Put what has to be entered into ``question``; nothing here."""

    def answer(self, relations: Relations) -> tuple[Plan | None, Text | None]:
        """The plan for what is entered, or why there is none."""
        deed = self._deed_of_host
        blocked = deed.blocked(self.row, relations)
        return (None, blocked) if blocked or deed.plan is None else (deed.plan(self.row, relations), None)

    def headline(self, plan: Plan | None) -> str:
        """The main instruction."""
        return shown(plan.title) if plan is not None else self._title.text()

    def refresh(self) -> None:
        """Judge again: by what is entered, and by the host as it is now."""
        relations = self._inventory.relations
        if relations is None or not self.asking or not self._complete:
            return
        self._take_row()
        words = shown(self._deed_of_host.deed)
        if self._key is not None and self.row is None:
            self.propose(None, words, self.tr("It is no longer there."))
            return
        plan, blocked = self.answer(relations)
        self._title.setText(self.headline(plan))
        self.setWindowTitle(self._title.text())
        self._consequences.setVisible(plan is not None)
        if plan is not None:
            self._consequences.show_interruptions(plan.interruptions)
        self.propose(plan, words, shown(blocked) if blocked else "")

    def _take_row(self) -> None:
        """The same object as it is in the latest look at the host."""
        if self._key is None:
            return
        found = (
            row
            for kind in self._deed_of_host.kinds
            for row in self._inventory.rows(kind)
            if row.key == self._key
        )
        self.row = next(found, None)
