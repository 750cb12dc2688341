"""The simple editors, one per kind of field, and the table that says which field gets which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.domain.drivers import registry
from console.domain.drivers.option import Option
from console.domain.field import Field
from console.domain.text import N_, Text
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.number_field import NumberField
from console.ui.wizards.draft import option_key, outbound_nat
from console.ui.wizards.editor import Editor, describe
from console.ui.wizards.labels import muted
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState

FIRST_VLAN, LAST_VLAN = 1, 4094


@dataclass(frozen=True)
class FieldText:
    """What a field is called (with its access key) and what helps to fill it in."""

    label: Text
    help: Text | None = None
    example: str = ""


FIELD_TEXTS: Mapping[Field, FieldText] = {
    Field.NAME: FieldText(
        N_("FieldEditor", "N&ame"),
        N_("FieldEditor", "Containers are put on the network by this name: docker run --network NAME …"),
        "web",
    ),
    Field.SCOPE: FieldText(
        N_("FieldEditor", "For the whole &swarm"),
        N_(
            "FieldEditor",
            "The network is known on every node in the swarm, and services can use it. Off: on this host "
            "only.",
        ),
    ),
    Field.ATTACHABLE: FieldText(
        N_("FieldEditor", "Let standalone containers a&ttach"),
        N_(
            "FieldEditor",
            "For a swarm network: containers started by docker run can join it, not only services.",
        ),
    ),
    Field.INTERNAL: FieldText(
        N_("FieldEditor", "Cut off from the &outside"),
        N_("FieldEditor", "Containers reach each other and nothing else (--internal)."),
    ),
    Field.IPV6: FieldText(
        N_("FieldEditor", "IPv&6"),
        N_("FieldEditor", "Containers get IPv6 addresses too (--ipv6)."),
    ),
    Field.VLAN: FieldText(N_("FieldEditor", "&VLAN ID")),
    Field.VSID: FieldText(N_("FieldEditor", "Virtual subnet I&D (VSID)"), None, "5001"),
    Field.DNS_SERVERS: FieldText(N_("FieldEditor", "DNS s&ervers"), None, "4.4.4.4,8.8.8.8"),
    Field.DNS_SUFFIX: FieldText(N_("FieldEditor", "DNS suffi&x"), None, "example.com"),
    Field.HNS_NETWORK_NAME: FieldText(N_("FieldEditor", "&HNS network name")),
    Field.MAC_POOL: FieldText(
        N_("FieldEditor", "&MAC address pool"), None, "00-15-5D-52-C0-00,00-15-5D-52-CF-FF"
    ),
    Field.GATEWAY_DNS: FieldText(
        N_("FieldEditor", "No name resolution at the &gateway"),
    ),
    Field.OUTBOUND_NAT: FieldText(N_("FieldEditor", "&Outbound NAT")),
    Field.OUTBOUND_NAT_EXCEPTIONS: FieldText(
        N_("FieldEditor", "Excep&tions from NAT"), None, "10.0.0.0/8,192.168.0.0/16"
    ),
    Field.VXLAN_IDS: FieldText(N_("FieldEditor", "VXLAN I&Ds"), None, "5000"),
}


def option_of(state: DraftState, field: Field) -> Option | None:
    """The option of the catalog that ``field`` fills for the driver chosen."""
    key = option_key(field, state.driver)
    catalog = {option.key: option for option in registry.options_of(state.driver)}
    return catalog.get(key) if key else None


def label_words(field: Field) -> str:
    """What a field is called, with its access key."""
    return shown(FIELD_TEXTS[field].label)


def plain_words(field: Field) -> str:
    """What a field is called, without the mark of its access key."""
    return label_words(field).replace("&", "")


class _OneField(Editor):
    """One control, its help below it, and what is wrong with it below that."""

    def __init__(self, state: DraftState, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(state, (field,), parent)
        self.field = field
        self.help = self._help_words()
        self.messages = FieldMessages(plain_words(field), self.take, self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)

    def arrange(self, control: QWidget) -> None:
        """Put the control at its place."""
        self.control = control
        self.column.addWidget(control)
        if self.help:
            self.column.addWidget(muted(self.help))
        self.column.addWidget(self.messages)
        control.setAccessibleName(plain_words(self.field))
        describe(control, self.messages, self.help)

    @override
    def show_messages(self) -> None:
        self.messages.show_violations(self.state.shown(self.field))
        describe(self.control, self.messages, self.help)

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        self.control.setFocus()

    def take(self, value: str, _position: int = 0) -> None:
        """Fill in a suggested value."""
        self.write(value)
        self.load()
        self.edited(self.field)
        self.state.check()
        self.focus_field(self.field)

    def read(self) -> str:
        """The field's value in the draft."""
        if self.field is Field.NAME:
            return self.state.draft.name
        key = option_key(self.field, self.state.driver)
        return self.state.draft.options.get(key, "") if key else ""

    def write(self, value: str) -> None:
        """Put ``value`` into the draft."""
        if self.field is Field.NAME:
            self.state.draft.name = value
            return
        key = option_key(self.field, self.state.driver)
        if key is None:
            raise KeyError(self.field)
        self.state.draft.options[key] = value

    def _help_words(self) -> str:
        words = FIELD_TEXTS[self.field].help
        if words is not None:
            return shown(words)
        option = option_of(self.state, self.field)
        return shown(option.help) if option else ""


def _label(editor: Editor, field: Field, buddy: QWidget) -> QLabel:
    label = QLabel(label_words(field), editor)
    label.setBuddy(buddy)
    return label


class TextEditor(_OneField):
    """A line of text."""

    def __init__(self, state: DraftState, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(state, field, parent)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self._example())
        self._line.textEdited.connect(self._typed)
        self.arrange(self._line)
        self.label = _label(self, field, self._line)

    @override
    def load(self) -> None:
        if self._line.text() != self.read():
            self._line.setText(self.read())

    def _typed(self, words: str) -> None:
        self.write(words)
        self.edited(self.field)

    def _example(self) -> str:
        example = FIELD_TEXTS[self.field].example
        return self.tr("e.g. {example}").format(example=example) if example else ""


class ExceptionsEditor(TextEditor):
    """A line of text that means something only while outbound NAT is on."""

    @override
    def load(self) -> None:
        super().load()
        self.show_messages()

    @override
    def show_messages(self) -> None:
        super().show_messages()
        self._line.setEnabled(outbound_nat(self.state.draft, self.state.driver))


class VlanEditor(_OneField):
    """A VLAN ID from 1 to 4094, or none; what was pasted and is no VLAN ID can still be seen."""

    def __init__(self, state: DraftState, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(state, field, parent)
        self._spin = NumberField(self)
        self._spin.setRange(FIRST_VLAN - 1, LAST_VLAN)
        self._spin.setSpecialValueText(self.tr("No VLAN"))
        self._spin.setMinimumWidth(self._spin.fontMetrics().averageCharWidth() * 16)
        self._spin.valueChanged.connect(self._chosen)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._spin)
        line.addStretch(1)
        self.arrange(row)
        self.control = self._spin
        self._spin.setAccessibleName(plain_words(field))
        self.label = _label(self, field, self._spin)

    @override
    def load(self) -> None:
        typed = self.read()
        number = int(typed) if typed.isdecimal() else 0
        self._spin.blockSignals(True)
        self._spin.setValue(number if FIRST_VLAN <= number <= LAST_VLAN else 0)
        self._spin.blockSignals(False)

    def _chosen(self, number: int) -> None:
        self.write(str(number) if number else "")
        self.edited(self.field)


class SwitchEditor(_OneField):
    """A yes/no setting: a flag of the command, or an option whose value is ``true``."""

    def __init__(self, state: DraftState, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(state, field, parent)
        self._box = QCheckBox(label_words(field), self)
        self._box.toggled.connect(self._chosen)
        self.messages.value_words = {"true": self.tr("Turn it on"), "false": self.tr("Turn it off")}
        self.arrange(self._box)

    @override
    def load(self) -> None:
        self._box.blockSignals(True)
        self._box.setChecked(self._is_on())
        self._box.blockSignals(False)

    def _is_on(self) -> bool:
        if option_key(self.field, self.state.driver) is None:
            return self.state.draft.flags.get(self.field, False)
        return self.read() not in _OFF

    def _chosen(self, on: bool) -> None:
        if option_key(self.field, self.state.driver) is None:
            self.state.draft.flags[self.field] = on
        else:
            self.write("true" if on else "")
        self.edited(self.field)


# How Go's ParseBool spells no (reference, 1.1), and nothing at all.
_OFF = frozenset({"", "0", "f", "F", "false", "FALSE", "False"})

SimpleEditor = Callable[[DraftState, Field, QWidget], Editor]

EDITORS: Mapping[Field, SimpleEditor] = {
    Field.NAME: TextEditor,
    Field.SCOPE: SwitchEditor,
    Field.ATTACHABLE: SwitchEditor,
    Field.INTERNAL: SwitchEditor,
    Field.IPV6: SwitchEditor,
    Field.VLAN: VlanEditor,
    Field.VSID: TextEditor,
    Field.DNS_SERVERS: TextEditor,
    Field.DNS_SUFFIX: TextEditor,
    Field.HNS_NETWORK_NAME: TextEditor,
    Field.MAC_POOL: TextEditor,
    Field.GATEWAY_DNS: SwitchEditor,
    Field.OUTBOUND_NAT: SwitchEditor,
    Field.OUTBOUND_NAT_EXCEPTIONS: ExceptionsEditor,
    Field.VXLAN_IDS: TextEditor,
}
