"""What to take over of the hosts in an exported file: :class:`ImportHostsDialog`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.ui.overriding import override
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.backend.hosts.incoming import IncomingHost
    from console.backend.hosts.stored import StoredHost

LEAVE, TAKE, COPY = "leave", "take", "copy"
SIZE = (640, 520)


class _Deeds(QComboBox):
    """What to do with a host. The wheel scrolls the list of hosts, and decides on none of them."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Choice(QFrame):
    """One host of the file: what it is, what would become different, and what to do with it."""

    changed = Signal()

    def __init__(self, incoming: IncomingHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.incoming = incoming
        self.is_new = incoming.here is None
        self._deed = _Deeds(self)
        self._deed.setAccessibleName(self.tr("What to do with {host}").format(host=incoming.host.name))
        for words, deed in self._deeds():
            self._deed.addItem(words, deed)
        self._deed.currentIndexChanged.connect(self.changed)
        row = QHBoxLayout()
        row.addWidget(self._label(incoming.host.name, "title"), 1)
        row.addWidget(self._deed)
        column = QVBoxLayout(self)
        column.addLayout(row)
        for line in self._lines():
            column.addWidget(self._label(line, ""))
        for note in incoming.notes:
            column.addWidget(self._label(shown(note), "muted"))

    def decide(self, deed: str) -> None:
        """Choose one of the deeds."""
        self._deed.setCurrentIndex(self._deed.findData(deed))

    def result(self) -> StoredHost | None:
        """The host to keep; None where nothing is taken over."""
        deed = self._deed.currentData()
        if deed == COPY:
            return self.incoming.copy(self.tr("{host} (imported)").format(host=self.incoming.host.name))
        return self.incoming.host if deed == TAKE else None

    def _deeds(self) -> tuple[tuple[str, str], ...]:
        if self.is_new:
            return (self.tr("Add"), TAKE), (self.tr("Leave out"), LEAVE)
        return (
            (self.tr("Keep mine"), LEAVE),
            (self.tr("Replace mine"), TAKE),
            (self.tr("Add as a copy"), COPY),
        )

    def _lines(self) -> Iterator[str]:
        host = self.incoming.host
        if self.is_new:
            yield self.tr("New: {address}").format(address=host.engine_url)
            if host.windows_side is not None:
                yield self.tr("Windows side: {computer}").format(computer=host.windows_side.host)
        for change in self.incoming.changes:
            yield self.tr("{what}: {here} → {in_file}").format(
                what=shown(change.what), here=shown(change.here), in_file=shown(change.in_file)
            )

    def _label(self, words: str, role: str) -> QLabel:
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label


class ImportHostsDialog(QDialog):
    """Lets a person decide on each host; :meth:`chosen` is what to keep."""

    def __init__(self, incoming: Sequence[IncomingHost], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import hosts"))
        same = [one.host.name for one in incoming if one.here == one.host]
        self._choices = [_Choice(one, self) for one in incoming if one.here != one.host]
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        for choice in self._choices:
            choice.changed.connect(self._judge)
            column.addWidget(choice)
        if same:
            column.addWidget(self._same(same))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.addWidget(self._intro())
        if sum(not choice.is_new for choice in self._choices) > 1:
            layout.addLayout(self._for_all())
        layout.addWidget(area, 1)
        layout.addWidget(self._buttons())
        self.resize(*SIZE)
        self._judge()

    def chosen(self) -> tuple[StoredHost, ...]:
        """The hosts to add or replace."""
        results = (choice.result() for choice in self._choices)
        return tuple(host for host in results if host is not None)

    def _intro(self) -> QLabel:
        words = (
            self.tr(
                "The file has no passwords. Hosts that are here already are kept as they are unless you say "
                "otherwise."
            )
            if self._choices
            else self.tr("There is nothing to import.")
        )
        label = QLabel(words, self)
        label.setWordWrap(True)
        return label

    def _same(self, names: Sequence[str]) -> QLabel:
        label = QLabel(self.tr("Here already, and the same: {names}").format(names=", ".join(names)), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        return label

    def _for_all(self) -> QHBoxLayout:
        deeds = QComboBox(self)
        for words, deed in (
            (self.tr("Keep mine"), LEAVE),
            (self.tr("Replace mine"), TAKE),
            (self.tr("Add as a copy"), COPY),
        ):
            deeds.addItem(words, deed)
        deeds.activated.connect(lambda _at: self._decide_all(deeds.currentData()))
        label = QLabel(self.tr("&All that are here already:"), self)
        label.setBuddy(deeds)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(deeds)
        row.addStretch(1)
        return row

    def _decide_all(self, deed: str) -> None:
        for choice in self._choices:
            if not choice.is_new:
                choice.decide(deed)

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self._take = buttons.addButton(self.tr("&Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        close = self.tr("Cancel") if self._choices else self.tr("Close")
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _judge(self) -> None:
        self._take.setEnabled(bool(self.chosen()))
