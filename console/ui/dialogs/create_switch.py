"""Making a vSwitch: its type, its name, and for an external one the adapters that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QTreeWidgetItem

from console.domain import host_actions
from console.domain.adapter_standing import standings
from console.domain.plan import Plan
from console.domain.snapshot import VSwitchKind
from console.domain.text import Text
from console.ui.dialogs.host_plan import HostPlanDialog
from console.ui.dialogs.plan_dialog import fit_columns
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from console.domain.relations import Relations

NAME = Qt.ItemDataRole.UserRole
ADAPTERS_HEIGHT = 120
"""Three adapters are seen at once."""


class CreateSwitchDialog(HostPlanDialog):
    """Asks what the vSwitch shall be. Adapters are offered with where they stand."""

    @override
    def add_fields(self) -> None:
        self._listed: tuple[tuple[str, str, bool], ...] = ()
        self._kind = QComboBox(self)
        self._kind.setAccessibleName(self.tr("Type"))
        for kind, words in (
            (VSwitchKind.INTERNAL, self.tr("Internal: containers and the host reach each other")),
            (VSwitchKind.EXTERNAL, self.tr("External: bound to adapters, out to the network")),
            (VSwitchKind.PRIVATE, self.tr("Private: containers reach only each other")),
        ):
            self._kind.addItem(words, kind.value)
        self._kind.currentIndexChanged.connect(lambda _at: self.refresh())
        self._name = QLineEdit(self)
        self._name.setAccessibleName(self.tr("Name"))
        self._name.textChanged.connect(lambda _text: self.refresh())
        headers = (self.tr("Adapter"), self.tr("For a new vSwitch"))
        self._adapters = PlainTable(self.tr("Adapters"), headers, self)
        self._adapters.setMinimumHeight(ADAPTERS_HEIGHT)
        self._adapters.itemChanged.connect(lambda *_: self.refresh())
        self._team = QLabel(self.tr("Several adapters form one team (Switch Embedded Teaming)."), self)
        self._team.setProperty("role", "muted")
        self._share = QCheckBox(self.tr("The &host keeps using these adapters (it gets a vNIC)"), self)
        self._share.setChecked(True)
        self._share.toggled.connect(lambda _on: self.refresh())
        self._later = QLabel(shown(host_actions.SEEN_AFTER_RESTART), self)
        self._later.setWordWrap(True)
        self._later.setProperty("role", "muted")
        form = QFormLayout()
        form.addRow(self.tr("&Name:"), self._name)
        form.addRow(self.tr("&Type:"), self._kind)
        self.question.addLayout(form)
        self.question.addWidget(self._adapters, 2)
        for widget in (self._team, self._share, self._later):
            self.question.addWidget(widget)
        self._name.setFocus()

    @override
    def headline(self, plan: Plan | None) -> str:
        return self.tr("Create a vSwitch")

    @override
    def answer(self, relations: Relations) -> tuple[Plan | None, Text | None]:
        kind = VSwitchKind(self._kind.currentData())
        external = kind is VSwitchKind.EXTERNAL
        for widget in (self._adapters, self._team, self._share):
            widget.setVisible(external)
        self._list_adapters(relations)
        name, adapters = self._name.text().strip(), self._chosen() if external else ()
        blocked = host_actions.create_vswitch_blocked_because(name, kind, adapters, relations.snapshot)
        if blocked is not None:
            return None, blocked
        plan = host_actions.create_vswitch(
            name, kind, adapters=adapters, allow_management_os=self._share.isChecked()
        )
        return plan, None

    def _list_adapters(self, relations: Relations) -> None:
        """All adapters that are no vNICs, with the same words as on the Adapters page."""
        known = standings(relations.snapshot)
        listed = tuple(
            (one.name, shown(known[one.name].reason), known[one.name].free or known[one.name].by_name)
            for one in relations.snapshot.facts.adapters.known() or ()
            if not one.host_vnic
        )
        if listed == self._listed:
            return
        self._listed = listed
        chosen = set(self._chosen())
        self._adapters.blockSignals(True)
        self._adapters.clear()
        for name, reason, free in listed:
            item = QTreeWidgetItem([name, reason])
            item.setData(0, NAME, name)
            item.setToolTip(1, reason)
            item.setCheckState(0, Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked)
            item.setDisabled(not free)
            self._adapters.addTopLevelItem(item)
        self._adapters.blockSignals(False)
        fit_columns(self._adapters)

    def _chosen(self) -> tuple[str, ...]:
        items = (self._adapters.topLevelItem(row) for row in range(self._adapters.topLevelItemCount()))
        return tuple(
            item.data(0, NAME)
            for item in items
            if item is not None and item.checkState(0) == Qt.CheckState.Checked
        )
