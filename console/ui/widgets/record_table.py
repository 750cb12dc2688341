"""A table of records: sorting, column choice, copying, and a place kept over refreshes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console.ui.models.records import RECORD_ROLE, AnyIndex, Column, RecordModel
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.column_widths import ColumnWidth, shared
from console.ui.widgets.title_row import SORT_ARROW, TITLE_PADDING, TitleRow
from console.ui.window_state import WindowState

R = TypeVar("R")

ROW_HEIGHT = 28
LEAST_WIDTH = 40

TITLE_ROOM = 2 * TITLE_PADDING + SORT_ARROW + 6
"""Beside a title: its padding and the sort arrow."""

CELL_ROOM = 20
"""Beside the words of a cell: its padding."""

READABLE = 26
"""Characters: longer texts are sentences and lists, whose beginning says most."""

MARK_ROOM = 22
"""Beside the words of a cell: its icon."""

FIELD_SEPARATOR = "\t"


class MiddleElided(QStyledItemDelegate):
    """Leaves out the middle of what has no room, so that names with one beginning are told apart."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class RecordTable(QTableView, Generic[R]):
    """Shows one :class:`RecordModel`. ``chosen`` tells that another row is current or selected;
    ``opened`` that a row was double-clicked or Enter was pressed.

    ``name`` is what screen readers call the table and ``state_id`` where its columns are remembered.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(
        self,
        model: RecordModel[R],
        name: str,
        state: WindowState,
        state_id: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.records: RecordModel[R] = model
        self._state = state
        self._state_id = state_id
        self._untold = False
        self._top: QPersistentModelIndex | None = None
        self._titles = TitleRow(Qt.Orientation.Horizontal, self)
        self._natural: tuple[ColumnWidth, ...] = ()
        self._own_widths = False
        self._laying_out = False
        self.setAccessibleName(name)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self._set_up_header()
        self.setModel(model)
        self._follow(model)
        self._measure()
        self._let_alike_be_told_apart()
        self.restore()
        self._titles.sectionResized.connect(self._width_chosen)
        self._titles.sectionMoved.connect(lambda *_: self._share_room())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _set_up_header(self) -> None:
        header = self._titles
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(LEAST_WIDTH)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self.open_column_menu(self.horizontalHeader().mapToGlobal(at))
        )

    def _follow(self, model: RecordModel[R]) -> None:
        model.layoutAboutToBeChanged.connect(self._hold_top)
        model.layoutChanged.connect(self._give_back_top)
        self.selectionModel().selectionChanged.connect(lambda *_: self._choice_changed())
        self.selectionModel().currentChanged.connect(lambda *_: self._choice_changed())
        model.dataChanged.connect(lambda *_: self.chosen.emit())
        model.searched.connect(self._stay_at_current)

    # What is selected

    def _choice_changed(self) -> None:
        """Tell of it, though not between Qt's two steps, of which one selects and one makes current.

        Told there, that no row is chosen, details would be hidden and shown again. Where the second step
        does not come, as when a row is taken out of the selection, it is told a turn later.
        """
        index, rows = self.currentIndex(), self.selectionModel()
        outside = index.isValid() and not rows.isRowSelected(index.row(), QModelIndex())
        if outside and rows.hasSelection():
            self._untold = True
            QTimer.singleShot(0, self, self._tell_choice)
        else:
            self._untold = False
            self.chosen.emit()

    def _tell_choice(self) -> None:
        if self._untold:
            self._untold = False
            self.chosen.emit()

    def selected(self) -> list[R]:
        """The records of the selected rows, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.records.record(row) for row in rows]

    def current(self) -> R | None:
        """The record of the row the keyboard is on, if it is selected."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            return None
        record: R = index.data(RECORD_ROLE)
        return record

    def select_key(self, key: Hashable) -> bool:
        """Select and show the row with ``key``; False where it is not among the visible ones."""
        row = self.records.row_of(key)
        if row is None:
            return False
        column = self.horizontalHeader().logicalIndex(0)
        self.selectionModel().setCurrentIndex(
            self.records.index(row, column),
            QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(self.records.index(row, column))
        return True

    # Staying where one looked

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight when the room shrinks, as when the details open below."""
        current = self.currentIndex()
        in_sight = current.isValid() and QRect(QPoint(), event.oldSize()).intersects(self.visualRect(current))
        super().resizeEvent(event)
        self._share_room()
        if in_sight and event.size().height() < event.oldSize().height():
            self.scrollTo(current)

    def whole_height(self) -> int:
        """The height at which every row is seen."""
        bar = self.horizontalScrollBar()
        scrolling = bar.sizeHint().height() if bar.maximum() > 0 else 0
        rows = self.verticalHeader().length()
        return self.horizontalHeader().sizeHint().height() + rows + scrolling + 2 * self.frameWidth()

    def _stay_at_current(self) -> None:
        # Rows that come back above it would push the selected one out of sight, with its details left over.
        if self.current() is not None:
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def _hold_top(self) -> None:
        at_top = self.verticalScrollBar().value() == 0
        self._top = None if at_top else QPersistentModelIndex(self.indexAt(QPoint(2, 2)))

    def _give_back_top(self) -> None:
        top, self._top = self._top, None
        if top is not None and top.isValid():
            self.scrollTo(self.records.index(top.row(), 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def rowsInserted(self, parent: AnyIndex, start: int, end: int) -> None:
        """Rows that come above the visible ones push the scroll bar, not the rows."""
        bar = self.verticalScrollBar()
        before = bar.value()
        super().rowsInserted(parent, start, end)
        if before > 0 and start <= before:
            self.executeDelayedItemsLayout()
            self.updateGeometries()
            bar.setValue(before + end - start + 1)

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        """Rows that go above the visible ones pull the scroll bar, not the rows."""
        bar = self.verticalScrollBar()
        before = bar.value()
        super().rowsAboutToBeRemoved(parent, start, end)
        if start < before:
            bar.setValue(before - (min(end + 1, before) - start))

    # Columns

    def column_actions(self, menu: QMenu) -> None:
        """One checkable entry per column; the last visible column can't be hidden."""
        visible = self._visible_columns()
        for at, column in enumerate(self.records.columns):
            action = QAction(shown(column.title), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.setEnabled(visible != [at])
            action.toggled.connect(lambda on, at=at: self._set_column_shown(at, shown_now=on))
            menu.addAction(action)
        menu.addSeparator()
        reset = QAction(self.tr("&Reset columns"), menu)
        reset.triggered.connect(self.reset_columns)
        menu.addAction(reset)

    def open_column_menu(self, at: QPoint) -> None:
        """The column chooser at a place of the screen."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Columns"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column_actions(menu)
        menu.popup(at)

    def _set_column_shown(self, at: int, *, shown_now: bool) -> None:
        self.setColumnHidden(at, not shown_now)
        if shown_now and self.columnWidth(at) < LEAST_WIDTH:
            self._set_width(at, self._natural[at].width)
        self._share_room()

    def _visible_columns(self) -> list[int]:
        """Logical numbers of the visible columns, in the order they stand."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(visual) for visual in range(header.count()))
        return [at for at in order if not self.isColumnHidden(at)]

    def visible_columns(self) -> list[Column[R]]:
        """The visible columns in the order they stand: what is copied and exported."""
        return [self.records.columns[at] for at in self._visible_columns()]

    def _natural_width(self, column: Column[R]) -> ColumnWidth:
        title = self._titles.words_width(self.records.columns.index(column)) + TITLE_ROOM
        # By a digit: addresses and numbers fill their columns, and letters are narrower on the whole.
        digit = self.fontMetrics().horizontalAdvance("0")
        words = digit * column.width + CELL_ROOM
        wanted = max(words + (MARK_ROOM if column.mark is not None else 0), title)
        fair = max(title, digit * READABLE + CELL_ROOM) if column.width > READABLE else wanted
        return ColumnWidth(wanted, fair, title, gives=not column.numeric)

    # Widths

    def _measure(self) -> None:
        self._natural = tuple(self._natural_width(column) for column in self.records.columns)

    def _set_width(self, at: int, width: int) -> None:
        """Nobody's choice, in distinction to what comes from the header itself."""
        before, self._laying_out = self._laying_out, True
        self.setColumnWidth(at, width)
        self._laying_out = before

    def _width_chosen(self, at: int, old: int, new: int) -> None:
        """A person drags: from now on all widths stay as they are on the screen."""
        stretched = self._titles.stretchLastSection() and at == self._visible_columns()[-1]
        if not self._laying_out and not stretched and old and new:
            self._own_widths = True

    def _share_room(self) -> None:
        """Let the columns have the width of the table, unless a person has set their widths."""
        visible = self._visible_columns()
        if not visible:
            return
        if self._own_widths:
            self._stretch_last(visible)
            return
        widths = shared([self._natural[at] for at in visible], self.viewport().width())
        for at, width in zip(visible, widths, strict=True):
            self._set_width(at, width)
        self._stretch_last(visible)

    def _stretch_last(self, visible: list[int]) -> None:
        """The last column takes what is left; not numbers, which would stand alone at the far edge."""
        last = visible[-1]
        wanted = self._natural[last].least if self._own_widths else self.columnWidth(last)
        fits = sum(self.columnWidth(at) for at in visible[:-1]) + wanted <= self.viewport().width()
        at_the_right = self.records.columns[last].numeric
        before, self._laying_out = self._laying_out, True
        self._titles.setStretchLastSection(fits and not at_the_right)
        self._laying_out = before

    def _let_alike_be_told_apart(self) -> None:
        for at, column in enumerate(self.records.columns):
            if column.alike:
                self.setItemDelegateForColumn(at, MiddleElided(self))

    def reset_columns(self) -> None:
        """Columns as they are declared: order, widths, visibility, sorted by the first."""
        header = self.horizontalHeader()
        self._own_widths = False
        for at, column in enumerate(self.records.columns):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnHidden(at, not column.shown)
            self._set_width(at, self._natural[at].width)
        self._share_room()
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    # Remembering

    def restore(self) -> None:
        """Columns and sorting as remembered; unknown columns of another version are passed over."""
        self.setSortingEnabled(True)
        self.reset_columns()
        remembered = self._state.get(self._state_id)
        known = {column.id: at for at, column in enumerate(self.records.columns)}
        header = self.horizontalHeader()
        order = [one for one in _list(remembered.get("columns")) if isinstance(one, dict)]
        for visual, one in enumerate(one for one in order if one.get("id") in known):
            at = known[one["id"]]
            header.moveSection(header.visualIndex(at), visual)
            self.setColumnHidden(at, not one.get("shown", True))
            width = one.get("width")
            if isinstance(width, int) and width >= header.minimumSectionSize():
                self._set_width(at, width)
                self._own_widths = True
        self._share_room()
        for column_id, descending in reversed(_pairs(remembered.get("sort"))):
            if column_id in known:
                down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
                self.sortByColumn(known[column_id], down if descending else up)

    def remember(self) -> None:
        """Put columns and sorting into the window's state."""
        header = self.horizontalHeader()
        columns = self.records.columns
        order = [header.logicalIndex(visual) for visual in range(header.count())]
        hidden = {at for at in order if self.isColumnHidden(at)}
        last = self._visible_columns()[-1] if self._titles.stretchLastSection() else -1
        kept = {at for at in order if self._own_widths and at not in hidden and at != last}
        self._state.set(
            self._state_id,
            columns=[
                {
                    "id": columns[at].id,
                    "shown": at not in hidden,
                    # A shared width, as that of a stretched column, says nothing of what was wanted.
                    **({"width": self.columnWidth(at)} if at in kept else {}),
                }
                for at in order
            ],
            sort=[[columns[at].id, descending] for at, descending in self.records.sorting],
        )

    # Copying and keys

    def copy_rows(self) -> None:
        """The selected rows to the clipboard: tab-separated, with titles, as a spreadsheet takes it."""
        columns = self.visible_columns()
        lines = [[shown(column.title) for column in columns]]
        lines += [[_one_line(column.cell(record)) for column in columns] for record in self.selected()]
        text = "\n".join(FIELD_SEPARATOR.join(line) for line in lines)
        QGuiApplication.clipboard().setText(text)

    def copy_cell(self) -> None:
        """The current cell's text to the clipboard, unchanged."""
        text = self.currentIndex().data()
        QGuiApplication.clipboard().setText(text if isinstance(text, str) else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies rows (not the one cell Qt would), Home and End go to the ends."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(row_height(self))
            self._measure()
            self._share_room()


def row_height(view: QWidget) -> int:
    """How high a row of words is in every table."""
    return max(ROW_HEIGHT, view.fontMetrics().height() + 10)


def _one_line(text: str) -> str:
    # A tab or line break inside a cell would become a cell or row of its own.
    return " ".join(text.split()) if any(mark in text for mark in "\t\r\n") else text


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _pairs(value: Any) -> list[tuple[str, bool]]:
    return [(str(one[0]), bool(one[1])) for one in _list(value) if isinstance(one, list) and len(one) == 2]
