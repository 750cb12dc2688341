"""Changes of the Windows side that ask for a value: a name, a VLAN, a machine's adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
)

from console.domain import host_actions
from console.domain.adapter_standing import machine_meaning
from console.domain.plan import Plan
from console.domain.text import N_, Text
from console.ui.dialogs.host_plan import HostPlanDialog
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from console.domain.relations import Relations
    from console.ui.inventory.kinds.adapters import AdapterRow
    from console.ui.inventory.kinds.switches import SwitchRow

CONTEXT = "HostDialogs"
LAST_VLAN = 4094


class RenameSwitchDialog(HostPlanDialog):
    """Gives one vSwitch another name."""

    row: SwitchRow

    @override
    def add_fields(self) -> None:
        self._name = QLineEdit(self.row.switch.name, self)
        self._name.setAccessibleName(self.tr("New name"))
        self._name.selectAll()
        self._name.textChanged.connect(lambda _text: self.refresh())
        form = QFormLayout()
        form.addRow(self.tr("New &name:"), self._name)
        self.question.addLayout(form)
        self._name.setFocus()

    @override
    def headline(self, plan: Plan | None) -> str:
        return self.tr("Rename the vSwitch “{name}”").format(name=self.row.switch.name)

    @override
    def answer(self, relations: Relations) -> tuple[Plan | None, Text | None]:
        name = self._name.text().strip()
        blocked = host_actions.rename_vswitch_blocked_because(self.row.switch, name, relations)
        return (None, blocked) if blocked else (host_actions.rename_vswitch(self.row.switch, name), None)


class VlanDialog(HostPlanDialog):
    """Puts one vNIC of the host into a VLAN, or takes it out of its own."""

    row: AdapterRow

    @override
    def add_fields(self) -> None:
        self._tagged = QRadioButton(self.tr("In the &VLAN"), self)
        self._untagged = QRadioButton(self.tr("&Untagged, in no VLAN"), self)
        self._choice = QButtonGroup(self)
        for button in (self._tagged, self._untagged):
            self._choice.addButton(button)
            button.toggled.connect(lambda _on: self.refresh())
        self._vlan = NumberField(self)
        self._vlan.setRange(1, LAST_VLAN)
        self._vlan.setAccessibleName(self.tr("VLAN ID"))
        self._vlan.setValue(self.row.adapter.vlan or 1)
        self._vlan.valueChanged.connect(self._entered)
        line = QHBoxLayout()
        line.addWidget(self._tagged)
        line.addWidget(self._vlan)
        line.addStretch(1)
        self.question.addLayout(line)
        self.question.addWidget(self._untagged)
        (self._tagged if self.row.adapter.vlan else self._untagged).setChecked(True)

    def _entered(self) -> None:
        self._tagged.setChecked(True)
        self.refresh()

    @override
    def headline(self, plan: Plan | None) -> str:
        return self.tr("Set the VLAN of {name}").format(name=self.row.adapter.name)

    @override
    def answer(self, relations: Relations) -> tuple[Plan | None, Text | None]:
        vlan = self._vlan.value() if self._tagged.isChecked() else 0
        blocked = host_actions.set_vlan_blocked_because(self.row.adapter, vlan)
        return (None, blocked) if blocked else (host_actions.set_vlan(self.row.adapter, vlan), None)


class MacSpoofingDialog(HostPlanDialog):
    """Allows or forbids MAC address spoofing for a virtual machine of this Hyper-V host."""

    @override
    def add_fields(self) -> None:
        self._machine = self._line(self.tr("Virtual machine"))
        self._adapter = self._line(self.tr("Adapter of the machine"))
        self._adapter.setText("Network Adapter")
        self._mac = self._line(self.tr("MAC address, if it has several of that name"))
        self._allow = QRadioButton(self.tr("&Allow"), self)
        self._forbid = QRadioButton(self.tr("&Forbid"), self)
        self._allow.setChecked(True)
        self._allow.toggled.connect(lambda _on: self.refresh())
        choice = QHBoxLayout()
        choice.addWidget(self._allow)
        choice.addWidget(self._forbid)
        choice.addStretch(1)
        form = QFormLayout()
        form.addRow(self.tr("Virtual &machine:"), self._machine)
        form.addRow(self.tr("A&dapter:"), self._adapter)
        form.addRow(self.tr("MA&C address:"), self._mac)
        form.addRow(self.tr("Spoofing:"), choice)
        self._here = QLabel(self)
        self._here.setWordWrap(True)
        self._here.setProperty("role", "muted")
        self.question.addLayout(form)
        self.question.addWidget(self._here)
        self._machine.setFocus()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.textChanged.connect(lambda _text: self.refresh())
        return line

    @override
    def headline(self, plan: Plan | None) -> str:
        return self.tr("Set MAC address spoofing for a virtual machine of this host")

    @override
    def answer(self, relations: Relations) -> tuple[Plan | None, Text | None]:
        meaning = machine_meaning(relations.snapshot)
        self._here.setText(shown(meaning.mac_spoofing) if meaning else "")
        machine, adapter = self._machine.text().strip(), self._adapter.text().strip()
        if not machine or not adapter:
            return None, N_(CONTEXT, "Enter the names of the machine and of its adapter.")
        plan = host_actions.set_mac_spoofing(
            machine, adapter, enabled=self._allow.isChecked(), mac_address=self._mac.text().strip()
        )
        return plan, None
