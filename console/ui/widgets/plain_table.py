"""A short list in columns, for dialogs: it looks as the tables of the pages do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QWidget,
)

from console.ui.models.records import AnyIndex
from console.ui.overriding import override
from console.ui.theme import roles
from console.ui.widgets.record_table import row_height


class RowsOfTables(QStyledItemDelegate):
    """Rows as high as those of a record table, whether with a tick box or an icon or without.

    The style sheet's own row height does not reach rows with a tick box.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), row_height(self._view))


class PlainTable(QTreeWidget):
    """Rows to choose from; the last column takes the rest of the width."""

    def __init__(self, name: str, headers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHeaderLabels(list(headers))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setItemDelegate(RowsOfTables(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    @override
    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """An edge around the whole row the keyboard is on: the choice is of a row, not of a cell."""
        super().drawRow(painter, option, index)
        if not self.hasFocus() or index.row() != self.currentIndex().row():
            return
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        edge = self.palette().color(QPalette.ColorRole.HighlightedText) if chosen else QColor(roles().accent)
        painter.save()
        painter.setPen(edge)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()
