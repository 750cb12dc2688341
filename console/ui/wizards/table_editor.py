"""The editors of free rows (labels, other options) and of what a pasted command brought along."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.drivers import registry
from console.domain.field import Field
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.wizards.draft import drop_leftovers, leftovers
from console.ui.wizards.editor import Editor
from console.ui.wizards.labels import muted, sentence, strong
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState

Rows = list[tuple[str, str]]


class PairRow(QWidget):
    """One key and its value."""

    def __init__(
        self, name: str, keys: tuple[str, ...], changed: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.key = _key_line(keys, self)
        self.value = QLineEdit(self)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.remove.setAutoDefault(False)
        self.key.setAccessibleName(self.tr("{row}: key").format(row=name))
        self.value.setAccessibleName(self.tr("{row}: value").format(row=name))
        self.remove.setAccessibleName(self.tr("{row}: remove").format(row=name))
        _line(self.key).setPlaceholderText(self.tr("key"))
        self.value.setPlaceholderText(self.tr("value"))
        _line(self.key).textChanged.connect(lambda _words: changed())
        self.value.textEdited.connect(lambda _words: changed())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.key, 3)
        row.addWidget(self.value, 2)
        row.addWidget(self.remove)

    def pair(self) -> tuple[str, str]:
        """What is typed."""
        return _line(self.key).text(), self.value.text()

    def show_pair(self, pair: tuple[str, str]) -> None:
        """Show what the draft holds."""
        line = _line(self.key)
        line.blockSignals(True)
        line.setText(pair[0])
        line.setCursorPosition(0)
        line.blockSignals(False)
        self.value.setText(pair[1])


def _key_line(keys: tuple[str, ...], parent: QWidget) -> QComboBox | QLineEdit:
    if not keys:
        return QLineEdit(parent)
    box = QComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(keys))
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setCurrentIndex(-1)
    return box


def _line(key: QComboBox | QLineEdit) -> QLineEdit:
    if isinstance(key, QLineEdit):
        return key
    line = key.lineEdit()
    if line is None:
        raise TypeError("the box of keys can't be typed into")
    return line


class PairsEditor(Editor):
    """Any number of keys with a value each."""

    def __init__(self, state: DraftState, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(state, (field,), parent)
        self.field = field
        self._rows: list[PairRow] = []
        title, help_text, add, self._row_name = self._words()
        self.messages = FieldMessages(title, self._take, self)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._add = QPushButton(add, self)
        self._add.setAccessibleName(add.replace("&", ""))
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_row)
        self._about = muted("", self)
        heading = QGridLayout(self)
        heading.setContentsMargins(0, 0, 0, 8)
        heading.setColumnStretch(0, 1)
        heading.addWidget(strong(title, self), 0, 0)
        heading.addWidget(self._add, 0, 1)
        heading.addWidget(muted(help_text, self), 1, 0, 1, 2)
        heading.addLayout(self._column, 2, 0, 1, 2)
        heading.addWidget(self._about, 3, 0, 1, 2)
        heading.addWidget(self.messages, 4, 0, 1, 2)

    @override
    def load(self) -> None:
        pairs = self._pairs()
        if [row.pair() for row in self._rows] == pairs:
            return
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for pair in pairs:
            self._append(pair)
        self._explain_keys()

    @override
    def show_messages(self) -> None:
        self.messages.show_violations(self.state.shown(self.field))

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        if self._rows:
            self._rows[min(position, len(self._rows) - 1)].key.setFocus()
        else:
            self._add.setFocus()

    def _add_row(self) -> None:
        self._append(("", ""))
        self._store()
        self._rows[-1].key.setFocus()

    def _append(self, pair: tuple[str, str]) -> None:
        name = self._row_name.format(number=len(self._rows) + 1)
        row = PairRow(name, self._known_keys(), self._store, self)
        row.show_pair(pair)
        row.remove.clicked.connect(lambda: self._remove(row))
        self._column.addWidget(row)
        row.show()
        self._rows.append(row)

    def _remove(self, row: PairRow) -> None:
        del self._pairs()[self._rows.index(row)]
        self._rows = []
        self._rebuild()
        self.edited(self.field)
        self.focus_field(self.field)

    def _rebuild(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for pair in self._pairs():
            self._append(pair)
        self._explain_keys()

    def _store(self) -> None:
        self._pairs()[:] = [row.pair() for row in self._rows]
        self._explain_keys()
        self.edited(self.field)

    def _take(self, value: str, position: int) -> None:
        pairs = self._pairs()
        if position < len(pairs):
            pairs[position] = (value, pairs[position][1])
            self._rebuild()
            self.edited(self.field)
            self.state.check()

    def _explain_keys(self) -> None:
        """The help of the options that are named, below their rows."""
        helps = {option.key: option for option in registry.options_of(self.state.driver)}
        lines = [
            self.tr("{title}: {help}").format(title=shown(helps[key].title), help=shown(helps[key].help))
            for key, _value in self._pairs()
            if self.field is Field.OPTIONS and key in helps
        ]
        self._about.setText("\n".join(lines))
        self._about.setVisible(bool(lines))

    def _known_keys(self) -> tuple[str, ...]:
        if self.field is not Field.OPTIONS:
            return ()
        asked = frozenset(self.state.flow.fields) - {Field.OPTIONS}
        return tuple(
            option.key for option in registry.options_of(self.state.driver) if option.field not in asked
        )

    def _pairs(self) -> Rows:
        draft = self.state.draft
        return draft.labels if self.field is Field.LABELS else draft.other_options

    def _words(self) -> tuple[str, str, str, str]:
        if self.field is Field.LABELS:
            return (
                self.tr("Labels"),
                self.tr("Notes for people and tools, as key=value. They don't change how the network works."),
                self.tr("Add a &label"),
                self.tr("Label {number}"),
            )
        return (
            self.tr("Other driver options"),
            self.tr(
                "Options that have no field on the previous pages (-o key=value). The engine accepts any "
                "key and ignores those it does not know."
            ),
            self.tr("Add an &option"),
            self.tr("Option {number}"),
        )


class LeftoverEditor(Editor):
    """Settings no page asks for (out of a pasted command or a copy), and what is wrong with them."""

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(state, (), parent)
        self._title = strong(self.tr("Settings from the command"), self)
        self._words = sentence("", self)
        self._words.setAccessibleName(self.tr("Settings from the command"))
        self._drop = QPushButton(self.tr("&Drop these settings"), self)
        self._drop.setAccessibleName(self.tr("Drop these settings"))
        self._drop.setAutoDefault(False)
        self._drop.clicked.connect(self._drop_all)
        self.messages = FieldMessages(self.tr("Other settings"), lambda _value, _position: None, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(self._drop)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.messages)

    @override
    def load(self) -> None:
        found = leftovers(self.state.draft, self.state.driver, self.state.flow.fields)
        self._words.setText("\n".join(each.words for each in found))
        for widget in (self._title, self._words, self._drop):
            widget.setVisible(bool(found))

    @override
    def show_messages(self) -> None:
        asked = frozenset(self.state.flow.fields)
        homeless = tuple(each for each in self.state.violations if each.field not in asked)
        # A suggestion has no control here that could take it.
        self.messages.show_violations(tuple(each.model_copy(update={"suggestion": ""}) for each in homeless))

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        self._drop.setFocus()

    def _drop_all(self) -> None:
        drop_leftovers(self.state.draft, self.state.flow.fields)
        self.load()
        self.edited(Field.OPTIONS)
