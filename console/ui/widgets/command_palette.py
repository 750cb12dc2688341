"""Ctrl+K: every command by typing a part of its name, and for blocked ones why they are blocked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.ui.actions import ActionSet, plain
from console.ui.widgets.plain_table import PlainTable

_ID = Qt.ItemDataRole.UserRole
_TYPED_FOR_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """Lists all actions of ``actions``; the chosen one runs after the palette has closed."""

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self._search = QLineEdit(self)
        self._search.setObjectName("search")
        self._search.setAccessibleName(self.tr("Command"))
        self._search.setPlaceholderText(self.tr("Type a part of a command's name"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._list = self._build_list()
        self._answer = QLabel(self)
        self._answer.setWordWrap(True)
        self._answer.setAccessibleName(self.tr("Why not"))
        layout = QVBoxLayout(self)
        layout.addWidget(self._search)
        layout.addWidget(self._list)
        layout.addWidget(self._answer)
        self.resize(640, 420)
        self._fill()

    def _build_list(self) -> PlainTable:
        headers = (self.tr("Command"), self.tr("Keys"), self.tr("Why it can't be done now"))
        view = PlainTable(self.tr("Commands"), headers, self)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        view.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        view.itemActivated.connect(lambda *_: self._run())
        view.currentItemChanged.connect(lambda *_: self._explain())
        return view

    def _fill(self) -> None:
        grey = self.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        for declared in self._actions.declared():
            if not declared.palette:
                continue
            action = self._actions[declared.id]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            reason = self._actions.reason(declared.id)
            item = QTreeWidgetItem([plain(action.text()), keys, reason])
            item.setIcon(0, action.icon())
            item.setData(0, _ID, declared.id)
            item.setToolTip(2, reason)
            if reason:
                for column in range(3):
                    item.setForeground(column, grey)
            self._list.addTopLevelItem(item)
        self._filter("")

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        first = None
        for at in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(at)
            if item is None:
                continue
            matches = all(word in item.text(0).lower() for word in words)
            item.setHidden(not matches)
            if matches and first is None:
                first = item
        if first is not None:
            self._list.setCurrentItem(first)
        else:
            self._list.setCurrentIndex(QModelIndex())

    def _explain(self) -> None:
        item = self._list.currentItem()
        self._answer.setText(item.text(2) if item is not None else self.tr("No command has that name."))

    def _run(self) -> None:
        item = self._list.currentItem()
        if item is None or item.isHidden():
            return
        action = self._actions[str(item.data(0, _ID))]
        if action.isEnabled():
            self.accept()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While typing, arrows move in the list and Enter runs."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _TYPED_FOR_LIST:
                self._list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)
