"""The editor of the adapter: which network adapter, or team of adapters, carries the network."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from console.domain.adapter_standing import Standing, standings
from console.domain.drivers.adapter_option import adapter_names, adapter_value
from console.domain.field import Field
from console.domain.snapshot import Adapter, Snapshot
from console.domain.text import N_, Text
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.wizards.draft import option_key
from console.ui.wizards.editor import Editor, describe
from console.ui.wizards.labels import muted, sentence
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState
from console.ui.wizards.suggestions import effect_of_adapters

INDENT = 26
DOCKER_ID_DIGITS = 64
HEXADECIMAL = frozenset("0123456789abcdef")
CONTEXT = "NetworkWizard"


class AdapterRow(QFrame):
    """One adapter: a box to tick, what it is, and why it can't be taken where it can't."""

    def __init__(self, name: str, facts: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(name.replace("&", "&&"), self)
        self.box.setAccessibleName(name)
        self._facts = muted(facts, self)
        self._facts.setContentsMargins(INDENT, 0, 0, 0)
        self._reason = sentence("", self)
        self._reason.setContentsMargins(INDENT, 0, 0, 0)
        self._reason.setAccessibleName(self.tr("Why {adapter} is not free").format(adapter=name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(1)
        for widget in (self.box, self._facts, self._reason):
            column.addWidget(widget)

    def show_reason(self, reason: str) -> None:
        """Say why the adapter can't be taken; "" for one that can. A ticked one can be unticked."""
        self._reason.setText(self.tr("Not free: {reason}").format(reason=reason) if reason else "")
        self._reason.setVisible(bool(reason))
        self.box.setEnabled(not reason or self.box.isChecked())
        self.box.setAccessibleDescription(f"{self._facts.text()} {self._reason.text()}".strip())


class AdapterEditor(Editor):
    """The adapters of the host to choose from; a line of text where they can't be listed."""

    def __init__(self, state: DraftState, fields: tuple[Field, ...], parent: QWidget | None = None) -> None:
        super().__init__(state, fields, parent)
        self._rows: dict[str, AdapterRow] = {}
        self._listed: tuple[tuple[str, str], ...] | None = None
        self._stood_in: Snapshot | None = None
        self._stands: Mapping[str, Standing] = {}
        self._intro = sentence("", self)
        self._list = QWidget(self)
        self._list_column = QVBoxLayout(self._list)
        self._list_column.setContentsMargins(0, 0, 0, 0)
        self._list_column.setSpacing(0)
        self._line = QLineEdit(self)
        self._line.textEdited.connect(self._typed)
        self._line_label = QLabel(self.tr("A&dapter name"), self)
        self._line_label.setBuddy(self._line)
        self._line.setAccessibleName(self.tr("Adapter name"))
        self._unknown = muted("", self)
        self.messages = FieldMessages(self.tr("Adapter"), self._take, self)
        self._effect = sentence("", self)
        self._effect.setAccessibleName(self.tr("What happens to the host"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._intro, self._list, self._line_label, self._line, self._unknown):
            column.addWidget(widget)
        column.addWidget(self.messages)
        column.addWidget(self._effect)

    @override
    def load(self) -> None:
        known = self._inventory() is not None
        self._list.setVisible(known)
        for widget in (self._line, self._line_label):
            widget.setVisible(not known)
        self._show_intro(known=known)
        if known:
            self._show_rows()
        elif self._line.text() != self._value():
            self._line.setText(self._value())

    @override
    def show_messages(self) -> None:
        if self._inventory() is not None:
            self._show_rows()
        self.messages.show_violations(self.state.shown(Field.ADAPTER))
        describe(self._line, self.messages, self._unknown.text())
        self._show_effect()

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        ready = [row.box for row in self._rows.values() if row.box.isEnabled()]
        if self._inventory() is None:
            self._line.setFocus()
        elif ready:
            next((box for box in ready if box.isChecked()), ready[0]).setFocus()

    def _show_intro(self, *, known: bool) -> None:
        driver = self.state.driver
        if driver.platform == "linux":
            words = self.tr("The host interface whose network the containers join, such as eth0.")
        elif driver.name == "overlay":
            words = self.tr(
                "The adapter that carries the traffic between the hosts (VXLAN). Nothing selected: Windows "
                "chooses."
            )
        else:
            words = self.tr(
                "The network gets an external vSwitch on this adapter. Select several to join them into a "
                "team (Switch Embedded Teaming). Nothing selected: Windows uses a free one."
            )
        self._intro.setText(words if known or driver.platform == "linux" else "")
        self._intro.setVisible(bool(self._intro.text()))
        self._unknown.setVisible(not known and driver.platform == "windows")
        self._unknown.setText("" if known else self._why_unknown())

    def _why_unknown(self) -> str:
        if self.state.driver.platform == "linux":
            return ""
        section = self.state.snapshot.facts.adapters if self.state.snapshot else None
        parts = [shown(text) for text in (section and section.reason, section and section.remedy) if text]
        parts.append(
            self.tr(
                "Type the adapter's name as Get-NetAdapter shows it; several, separated by commas, make a "
                "team. If left empty, Windows uses a free one."
            )
        )
        return " ".join(parts)

    def _show_rows(self) -> None:
        chosen = adapter_names(self._value())
        wanted = tuple((name, shown(facts)) for name, facts in self._listing(chosen))
        if wanted != self._listed:
            self._build_rows(wanted)
        ticked = {name.casefold() for name in chosen}
        for name, row in self._rows.items():
            row.box.blockSignals(True)
            row.box.setChecked(name.casefold() in ticked)
            row.box.blockSignals(False)
            row.show_reason(self._refusal(name))

    def _build_rows(self, wanted: tuple[tuple[str, str], ...]) -> None:
        for row in self._rows.values():
            self._list_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for name, facts in wanted:
            row = AdapterRow(name, facts, self._list)
            row.box.toggled.connect(self._ticked)
            self._list_column.addWidget(row)
            row.show()
            self._rows[name] = row
        self._listed = wanted

    def _listing(self, chosen: tuple[str, ...]) -> list[tuple[str, Text]]:
        adapters = [each for each in self._inventory() or () if not each.host_vnic]
        listed = [(each.name, _facts(each)) for each in adapters]
        known = {each.name.casefold() for each in adapters}
        missing = N_(CONTEXT, "This host has no adapter of that name.")
        listed += [(name, missing) for name in chosen if name.casefold() not in known]
        return listed

    def _refusal(self, name: str) -> str:
        """Where the adapter stands, in the words of the Adapters page; "" for one that can be had."""
        known = self._standings().get(name)
        if known is None:
            return ""
        free = known.free_for_overlay if self.state.driver.name == "overlay" else known.free
        return "" if free else shown(known.reason)

    def _standings(self) -> Mapping[str, Standing]:
        """Of all adapters, worked out once for each look at the host."""
        snapshot = self.state.snapshot
        if snapshot is not None and snapshot is not self._stood_in:
            self._stood_in, self._stands = snapshot, standings(snapshot)
        return self._stands

    def _show_effect(self) -> None:
        snapshot = self.state.snapshot
        chosen = adapter_names(self._value())
        texts = effect_of_adapters(self.state.driver, snapshot, chosen) if snapshot else ()
        self._effect.setText("\n".join(shown(text) for text in texts))
        self._effect.setVisible(bool(texts))

    def _ticked(self) -> None:
        ticked = [name for name, row in self._rows.items() if row.box.isChecked()]
        self._write(adapter_value(ticked))

    def _typed(self, words: str) -> None:
        self._write(words)

    def _take(self, value: str, _position: int) -> None:
        self._write(value)
        self.load()
        self.state.check()
        self.focus_field(Field.ADAPTER)

    def _write(self, value: str) -> None:
        key = option_key(Field.ADAPTER, self.state.driver)
        if key is not None:
            self.state.draft.options[key] = value
            self.edited(Field.ADAPTER)

    def _value(self) -> str:
        key = option_key(Field.ADAPTER, self.state.driver)
        return self.state.draft.options.get(key, "") if key else ""

    def _inventory(self) -> tuple[Adapter, ...] | None:
        if self.state.snapshot is None or self.state.driver.platform == "linux":
            return None
        return self.state.snapshot.facts.adapters.known()


def _facts(adapter: Adapter) -> Text:
    addresses = ", ".join(adapter.addresses)
    facts = " · ".join(part for part in (adapter.description, adapter.status, addresses) if part)
    if adapter.vswitch:
        vswitch = adapter.vswitch
        # HNS calls a switch by docker's 64-digit network id; its start is what docker shows of it.
        if len(vswitch) == DOCKER_ID_DIGITS and set(vswitch) <= HEXADECIMAL:
            vswitch = f"{vswitch[:12]}…"
        return N_(CONTEXT, "{facts} · vSwitch {vswitch}", facts=facts, vswitch=vswitch)
    return Text("", "{facts}", (("facts", facts),))
