"""The editor of addresses: who assigns them, and the subnets with their gateways."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.addressing import first_host, parse_prefix, prefix_index
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.driver import Driver, Requirement
from console.domain.field import Field
from console.domain.spec import SubnetSpec
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.wizards.draft import Addressing, addressing_of, option_key
from console.ui.wizards.editor import Editor, at, describe
from console.ui.wizards.labels import muted, sentence, words_of_choice
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState
from console.ui.wizards.subnet_row import PARTS, SubnetRow
from console.ui.wizards.suggestions import (
    PREFIX_LENGTHS,
    USUAL_PREFIX_LENGTH,
    SubnetSuggestion,
    on_physical_network,
    suggest_subnet,
)

MOST_TAKEN = 8
"""How many prefixes in use are listed; a host of thousands of networks has thousands."""


class AddressEditor(Editor):
    """Automatic or fixed addresses; for fixed ones the subnets, with a free one suggested."""

    def __init__(self, state: DraftState, fields: tuple[Field, ...], parent: QWidget | None = None) -> None:
        super().__init__(state, fields, parent)
        self._rows: list[SubnetRow] = []
        self._driver = ""
        self._filled_in: set[str] = set()
        self._offer: SubnetSuggestion | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._build_choice())
        self._subnets = QWidget(self)
        self._subnet_column = QVBoxLayout(self._subnets)
        self._subnet_column.setContentsMargins(0, 4, 0, 0)
        self._subnet_column.setSpacing(12)
        column.addWidget(self._subnets)
        self._tools = self._build_tools()
        column.addWidget(self._tools)
        self._general = FieldMessages(self.tr("Addresses"), self._take_subnet, self)
        column.addWidget(self._general)
        self._taken_title = sentence(self.tr("In use on this host"), self)
        self._taken = muted("", self)
        self._taken.setAccessibleName(self.tr("In use on this host"))
        column.addSpacing(6)
        column.addWidget(self._taken_title)
        column.addWidget(self._taken)

    @override
    def load(self) -> None:
        driver = self.state.driver
        static = addressing_of(self.state.draft, driver) is Addressing.STATIC
        self._show_choice(driver, static=static)
        self._offer = self._suggestion() if static else None
        if static:
            self._fill_in_suggestion()
        self._show_rows(static=static)
        self._show_tools(driver, static=static)
        self._show_taken(static=static)

    @override
    def show_messages(self) -> None:
        known = {Field.SUBNET, Field.GATEWAY, Field.IP_RANGE}
        seen = len(self._rows)
        static = self._subnets.isVisibleTo(self)
        for row in self._rows:
            for field, messages in row.messages.items():
                messages.show_violations(at(self.state.shown(field), row.position))
                describe(row.lines[field], messages, "")
        rest = [
            each
            for field in known & set(self.fields)
            for each in self.state.shown(field)
            if not static or each.position >= seen
        ]
        self._general.show_violations(tuple(rest))
        self._show_suggestion()

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        if self._rows and self._subnets.isVisibleTo(self):
            row = self._rows[min(position, len(self._rows) - 1)]
            row.lines.get(field, row.lines[Field.SUBNET]).setFocus()
        else:
            self._automatic.setFocus()

    # What the person does.

    def _choose(self) -> None:
        static = self._static.isChecked()
        self.state.draft.addressing = Addressing.STATIC if static else Addressing.AUTOMATIC
        self.load()
        self.edited(Field.SUBNET)

    def _typed(self, position: int, field: Field, words: str) -> None:
        entry = self.state.draft.subnets[position]
        self.state.draft.subnets[position] = entry.model_copy(update={PARTS[field]: words})
        if field is Field.SUBNET:
            self._follow_with_gateway(position, entry)
        self.edited(field)

    def _follow_with_gateway(self, position: int, before: SubnetSpec) -> None:
        """Keep a gateway that was only suggested in step with the subnet it was suggested for."""
        entry = self.state.draft.subnets[position]
        untouched = before.gateway in ("", first_host(before.subnet), *self._filled_in)
        gateway = first_host(entry.subnet) if parse_prefix(entry.subnet) else ""
        if untouched and gateway and self.state.driver.inputs[Field.GATEWAY] is not Requirement.REFUSED:
            self._filled_in.add(gateway)
            self.state.draft.subnets[position] = entry.model_copy(update={"gateway": gateway})
            self._rows[position].show_subnet(self.state.draft.subnets[position])

    def _use(self, field: Field, value: str, position: int) -> None:
        entry = self.state.draft.subnets[position]
        update = {PARTS[field]: value}
        if field is Field.SUBNET and entry.gateway in ("", first_host(entry.subnet), *self._filled_in):
            update["gateway"] = first_host(value)
        self.state.draft.subnets[position] = entry.model_copy(update=update)
        self._rows[position].show_subnet(self.state.draft.subnets[position])
        self.edited(field)
        self.state.check()
        self.focus_field(field, position)

    def _take_subnet(self, value: str, position: int) -> None:
        """A suggestion that concerns no row that is shown: take it as the network's subnet."""
        self.state.draft.addressing = Addressing.STATIC
        while len(self.state.draft.subnets) <= position:
            self.state.draft.subnets.append(SubnetSpec())
        self.load()
        self._use(Field.SUBNET, value, position)

    def _add_subnet(self) -> None:
        suggestion = self._suggestion(one_more=True)
        entry = (
            SubnetSpec(subnet=suggestion.subnet, gateway=suggestion.gateway) if suggestion else SubnetSpec()
        )
        self.state.draft.subnets.append(entry)
        self.load()
        self.edited(Field.SUBNET)
        self.focus_field(Field.SUBNET, len(self._rows) - 1)

    def _remove_subnet(self, position: int) -> None:
        del self.state.draft.subnets[position]
        self.load()
        self.edited(Field.SUBNET)
        self.focus_field(Field.SUBNET, max(position - 1, 0))

    def _size_chosen(self) -> None:
        self._offer = self._suggestion()
        self._show_suggestion()

    def _use_suggestion(self) -> None:
        suggestion = self._offer
        if suggestion is None:
            return
        entry = self.state.draft.subnets[0]
        self._filled_in.add(suggestion.gateway)
        update = {"subnet": suggestion.subnet, "gateway": suggestion.gateway}
        self.state.draft.subnets[0] = entry.model_copy(update=update)
        self.load()
        self.edited(Field.SUBNET)
        self.edited(Field.GATEWAY)
        self.focus_field(Field.SUBNET)

    # What is shown.

    def _show_choice(self, driver: Driver, *, static: bool) -> None:
        choice = driver.inputs[Field.SUBNET] is Requirement.OPTIONAL
        automatic, explained, fixed = choice_words(driver)
        self._automatic.setText(automatic)
        self._automatic_help.setText(explained)
        self._automatic.setAccessibleDescription(explained)
        self._static.setText(fixed)
        for widget in (self._automatic, self._automatic_help, self._static):
            widget.setVisible(choice)
        self._only.setText(shown(driver.ipam_text))
        for button, on in ((self._automatic, not static), (self._static, static)):
            button.blockSignals(True)
            button.setChecked(on)
            button.blockSignals(False)

    def _fill_in_suggestion(self) -> None:
        """Nothing typed yet: start with a value that works."""
        draft = self.state.draft
        if self._driver == self.state.driver.name or any(entry != SubnetSpec() for entry in draft.subnets):
            return
        self._driver = self.state.driver.name
        suggestion = self._offer
        if suggestion is not None:
            self._filled_in.add(suggestion.gateway)
            draft.subnets[0] = SubnetSpec(subnet=suggestion.subnet, gateway=suggestion.gateway)
            self.state.check()

    def _show_rows(self, *, static: bool) -> None:
        self._subnets.setVisible(static)
        if len(self._rows) != len(self.state.draft.subnets):
            self._build_rows()
        for row, entry in zip(self._rows, self.state.draft.subnets, strict=True):
            row.show_subnet(entry)

    def _build_rows(self) -> None:
        for row in self._rows:
            self._subnet_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        parts = tuple(field for field in self.fields if field in PARTS)
        self._rows = []
        for position in range(len(self.state.draft.subnets)):
            row = SubnetRow(
                position,
                parts,
                self._typed,
                self._use,
                self._subnets,
            )
            if position > 0:
                row.grid.addWidget(self._remover(position, row), 0, 2)
            self._subnet_column.addWidget(row)
            # Else a layout shows a late child only when the event loop turns again.
            row.show()
            self._rows.append(row)

    def _remover(self, position: int, row: QWidget) -> QPushButton:
        button = QPushButton(self.tr("Remove"), row)
        button.setAccessibleName(self.tr("Remove subnet {number}").format(number=position + 1))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._remove_subnet(position))
        return button

    def _show_tools(self, driver: Driver, *, static: bool) -> None:
        self._tools.setVisible(static)
        physical = on_physical_network(driver)
        for widget in (self._size, self._size_label):
            widget.setVisible(not physical)
        self._add.setVisible(self._takes_several(driver))
        self._show_suggestion()

    def _show_taken(self, *, static: bool) -> None:
        """The prefixes in use: what a subnet of one's own choice must keep clear of."""
        snapshot = self.state.snapshot
        useful = static and snapshot is not None and not on_physical_network(self.state.driver)
        # A network's route says the same as the network itself: the first owner is the telling one.
        holders = prefix_index(snapshot).holders if useful and snapshot is not None else ()
        used = [each.described() for each in holders[:MOST_TAKEN]]
        words = self.tr("{prefix}: {owner}")
        lines = [words.format(prefix=each.prefix, owner=shown(each.owner)) for each in used]
        if len(holders) > MOST_TAKEN:
            lines.append(self.tr("and {count} more").format(count=len(holders) - MOST_TAKEN))
        self._taken.setText("\n".join(lines))
        self._taken.setAccessibleDescription(self._taken.text())
        self._taken.setVisible(bool(lines))
        self._taken_title.setVisible(bool(lines))

    def _takes_several(self, driver: Driver) -> bool:
        first = driver.multiple_subnets_from
        if first is None:
            return len(self.state.draft.subnets) > 1
        engine = self.state.snapshot.engine.known() if self.state.snapshot else None
        build = engine.windows.build if engine and engine.windows else 0
        return build >= first

    def _show_suggestion(self) -> None:
        suggestion = self._offer
        self._use_button.setVisible(suggestion is not None)
        self._reason.setVisible(suggestion is not None)
        if suggestion is None:
            return
        words = self.tr("&Use {subnet}").format(subnet=suggestion.subnet)
        self._use_button.setText(words)
        self._use_button.setAccessibleName(words.replace("&", ""))
        self._reason.setText(shown(suggestion.reason))
        taken = self.state.draft.subnets[0].subnet == suggestion.subnet
        self._use_button.setEnabled(not taken)

    def _suggestion(self, *, one_more: bool = False) -> SubnetSuggestion | None:
        """A subnet that would do as the first, or as one more beside those that are there."""
        if self.state.snapshot is None:
            return None
        key = option_key(Field.ADAPTER, self.state.driver)
        chosen = adapter_names(self.state.draft.options.get(key, "")) if key else ()
        subnets = self.state.draft.subnets
        rest = [entry.subnet for entry in (subnets if one_more else subnets[1:]) if entry.subnet]
        return suggest_subnet(
            self.state.driver, self.state.snapshot, int(self._size.currentData()), adapters=chosen, avoid=rest
        )

    # How it is built.

    def _build_choice(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._only = sentence("", box)
        self._only.setContentsMargins(0, 0, 0, 6)
        self._automatic = QRadioButton(box)
        self._automatic_help = muted("", box)
        self._automatic_help.setContentsMargins(words_of_choice(self._automatic), 0, 0, 4)
        self._static = QRadioButton(box)
        group = QButtonGroup(box)
        group.addButton(self._automatic)
        group.addButton(self._static)
        self._static.toggled.connect(self._choose)
        for widget in (self._only, self._automatic, self._automatic_help, self._static):
            column.addWidget(widget)
        return box

    def _build_tools(self) -> QWidget:
        tools = QWidget(self)
        self._size = QComboBox(tools)
        for length in PREFIX_LENGTHS:
            count = 2 ** (32 - length) - 3
            words = self.tr("/{length} ({count} containers)")
            self._size.addItem(words.format(length=length, count=count), length)
        self._size.setCurrentIndex(PREFIX_LENGTHS.index(USUAL_PREFIX_LENGTH))
        self._size.setAccessibleName(self.tr("Prefix length of the suggestion"))
        self._size.currentIndexChanged.connect(self._size_chosen)
        self._size_label = QLabel(self.tr("Free subnet, &prefix length:"), tools)
        self._size_label.setBuddy(self._size)
        self._use_button = QPushButton(tools)
        self._use_button.setAutoDefault(False)
        self._use_button.clicked.connect(self._use_suggestion)
        self._add = QPushButton(self.tr("A&dd a subnet"), tools)
        self._add.setAccessibleName(self.tr("Add a subnet"))
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_subnet)
        self._reason = muted("", tools)
        row = QHBoxLayout()
        for widget in (self._size_label, self._size, self._use_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._add)
        column = QVBoxLayout(tools)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(row)
        column.addWidget(self._reason)
        return tools


def choice_words(driver: Driver) -> tuple[str, str, str]:
    """The automatic way, what it means, and the fixed way, as ``driver`` has them."""
    fixed = QCoreApplication.translate("AddressEditor", "Use &fixed addresses from this subnet")
    if driver.dhcp:
        return (
            QCoreApplication.translate("AddressEditor", "Get addresses from &DHCP"),
            QCoreApplication.translate(
                "AddressEditor",
                "The DHCP server of the physical network assigns each container an address. No subnet is "
                "set here.",
            ),
            fixed,
        )
    if driver.name == "overlay":
        return (
            QCoreApplication.translate("AddressEditor", "Let the swarm manager &choose"),
            QCoreApplication.translate(
                "AddressEditor", "The manager takes the next free /24 of its pool for the network."
            ),
            fixed,
        )
    if driver.platform == "linux":
        return (
            QCoreApplication.translate("AddressEditor", "Let the engine &choose"),
            QCoreApplication.translate(
                "AddressEditor", "The engine takes the next free subnet of its address pools."
            ),
            fixed,
        )
    return (
        QCoreApplication.translate("AddressEditor", "Let Windows &choose"),
        QCoreApplication.translate(
            "AddressEditor",
            "Windows (HNS) picks a subnet. After a restart of the host it may be a different one.",
        ),
        fixed,
    )
