"""The one table model: any list of records, told its columns.

Qt's proxy model calls back into Python for each cell it compares or filters (peers, 4b: half a
second per keystroke at 10,000 rows), so rows are sorted and filtered here, on keys computed once.
A refresh never resets the model: rows come, go and change as ranges, and selection, scroll position
and screen-reader focus stay where they were.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.text import Text
from console.ui.icons import Icon, icon
from console.ui.tasks import in_slices
from console.ui.texts import shown

R = TypeVar("R")

RECORD_ROLE = Qt.ItemDataRole.UserRole
"""The role under which a cell gives its row's record: actions work on records, never on texts."""

# Beyond this many separate ranges one rearrangement costs the views less than the ranges would.
MOST_RANGES = 24

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RECORD = int(RECORD_ROLE)
_MARK = int(Qt.ItemDataRole.DecorationRole)

_ANSWERED = frozenset({_DISPLAY, _TOOL_TIP, _SPOKEN, _ALIGNMENT, _RECORD, _MARK})
"""All else that a view asks of each cell it paints (fonts, brushes, check marks) has no answer here."""

# Put together once: an enum's | costs more than the rest of an answer.
_TO_THE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of one table: everything a table can do with it comes from here.

    ``value`` is what is exported and, without ``sort``, sorted by; ``text`` what is shown and
    copied; ``spoken`` what a screen reader says where the text alone is not enough; ``sort`` makes
    the sort key of a value. ``width`` is in characters. ``shown`` is whether the column is visible
    until somebody chooses otherwise. ``searched`` is False where the filter should not look. ``mark``
    gives an icon beside the words and the meaning whose colour it has (never the only sign of it).
    ``alike`` says that texts often differ in their ends only: what has no room is left out of the middle.
    """

    id: str
    title: Text
    value: Callable[[R], Any]
    text: Callable[[Any], str] = str
    spoken: Callable[[R], str] | None = None
    sort: Callable[[Any], Any] | None = None
    tip: Callable[[R], str] | None = None
    width: int = 16
    shown: bool = True
    searched: bool = True
    numeric: bool = False
    mark: Callable[[R], tuple[Icon, str] | None] | None = None
    alike: bool = False

    def cell(self, record: R) -> str:
        """The text shown for ``record``."""
        return self.text(self.value(record))

    def sort_key(self, record: R) -> tuple[Any, ...]:
        """What ``record`` is sorted by: nothing last, numbers in "net10" by their value."""
        value = self.value(record)
        if value is None or value == "" or value == ():
            return (1,)
        if self.sort is not None:
            return (0, self.sort(value))
        return (0, natural(self.text(value)) if isinstance(value, str | tuple) else value)


# Longer digit runs are cut into pieces: int() refuses texts of more than 4,300 digits.
_DIGITS = re.compile(r"(\d{1,18})")


def natural(text: str) -> tuple[Any, ...]:
    """A sort key that puts "net2" before "net10" and ignores case; ties go to the exact text."""
    pieces: list[Any] = _DIGITS.split(text.casefold())
    pieces[1::2] = map(int, pieces[1::2])
    # split() gives text, number, text, ...: -1 stands where a number would, so that kinds never meet.
    return (*pieces, -1, text)


class _Row(Generic[R]):
    """One record with what was computed of it: search text; texts and sort keys by column when asked."""

    __slots__ = ("key", "record", "search", "sort_keys", "texts")

    def __init__(self, key: Hashable, record: R, search: str) -> None:
        self.key = key
        self.record = record
        self.search = search
        self.sort_keys: dict[int, Any] = {}
        self.texts: dict[int, str] = {}

    def take(self, made: _Row[R]) -> None:
        """Become what ``made`` is: nothing computed of the record before stays."""
        self.record, self.search = made.record, made.search
        self.sort_keys, self.texts = made.sort_keys, made.texts


class _Arrival(Generic[R]):
    """Rows that are prepared and not shown yet: all there will be, and the new contents of known ones.

    ``order`` is what will be shown of them and in which order, for the sorting and the filter that are
    ``ordered_by``.
    """

    def __init__(self) -> None:
        self.rows: dict[Hashable, _Row[R]] = {}
        self.changed: dict[Hashable, _Row[R]] = {}
        self.order: list[_Row[R]] = []
        self.ordered_by: object = None


class RecordModel(QAbstractTableModel, Generic[R]):
    """Records as a table. ``key`` gives what identifies a record over refreshes.

    ``searched``: other words were searched for, so that other rows may be in sight.
    """

    searched = Signal()

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: dict[Hashable, _Row[R]] = {}
        self._shown: list[_Row[R]] = []
        self._sorting: list[tuple[int, bool]] = []
        self._words: tuple[str, ...] = ()
        self._filter = ""
        self._awaited: Sequence[R] | None = None
        self._arriving = False
        self._preparing: _Arrival[R] | None = None

    # What there is

    @property
    def total(self) -> int:
        """How many records there are, filtered out ones included."""
        return len(self._rows)

    @property
    def filter_text(self) -> str:
        """The words rows are filtered by, as given."""
        return self._filter

    @property
    def sorting(self) -> tuple[tuple[int, bool], ...]:
        """(column, descending), the most significant first."""
        return tuple(self._sorting)

    def record(self, row: int) -> R:
        """The record in a visible row."""
        return self._shown[row].record

    def records(self) -> list[R]:
        """The visible records in their order."""
        return [row.record for row in self._shown]

    def row_of(self, key: Hashable) -> int | None:
        """The visible row of the record with ``key``; None where it is missing or filtered out."""
        row = self._rows.get(key)
        return None if row is None else next((at for at, one in enumerate(self._shown) if one is row), None)

    def find(self, key: Hashable) -> R | None:
        """The record with ``key``, also where the filter hides it."""
        row = self._rows.get(key)
        return None if row is None else row.record

    # Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many records are visible."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are, hidden ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        """What one cell shows, says, or (under :data:`RECORD_ROLE`) is about."""
        if role not in _ANSWERED or not index.isValid():
            return None
        at = index.column()
        column = self.columns[at]
        if role == _ALIGNMENT:
            return _TO_THE_RIGHT if column.numeric else _TO_THE_LEFT
        row = self._shown[index.row()]
        if role == _DISPLAY:
            return self._text(row, at)
        return self._told(column, row.record, role)

    def _text(self, row: _Row[R], at: int) -> str:
        """The text of one cell, kept: a repaint asks for all that are in sight."""
        text = row.texts.get(at)
        if text is None:
            text = row.texts[at] = self.columns[at].cell(row.record)
        return text

    def _told(self, column: Column[R], record: R, role: int) -> Any:
        if role == _RECORD:
            return record
        if role == _SPOKEN and column.spoken is not None:
            return column.spoken(record)
        if role == _TOOL_TIP and column.tip is not None:
            return column.tip(record)
        if role == _MARK and column.mark is not None:
            mark = column.mark(record)
            return None if mark is None else icon(*mark)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """A column's title."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (_DISPLAY, _SPOKEN):
            return shown(column.title)
        if role == _ALIGNMENT:
            return _TO_THE_RIGHT if column.numeric else _TO_THE_LEFT
        return None

    # Sorting and filtering

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by ``column``; what was sorted by before decides between equals."""
        if not 0 <= column < len(self.columns):
            return
        before = [entry for entry in self._sorting if entry[0] != column]
        self._sorting = [(column, order == Qt.SortOrder.DescendingOrder), *before][:3]
        self._rearrange(self._arranged(self._shown))

    def set_filter(self, text: str) -> None:
        """Show only rows whose searched columns hold all words of ``text``, in any case."""
        self._filter = text
        self._words = tuple(text.lower().split())
        self._show(self._arranged(self._rows.values(), filtered=True), set())
        self.searched.emit()

    def _arranged(self, rows: Iterable[_Row[R]], *, filtered: bool = False) -> list[_Row[R]]:
        """``rows`` in order: one key per row, computed once, compared in C."""
        words = self._words if filtered else ()
        arranged = [row for row in rows if all(word in row.search for word in words)] if words else list(rows)
        for column, descending in reversed(self._sorting):
            make = self.columns[column].sort_key
            for row in arranged:
                if column not in row.sort_keys:
                    row.sort_keys[column] = make(row.record)
            arranged.sort(key=lambda row: row.sort_keys[column], reverse=descending)
        return arranged

    # Arrivals

    def set_records(self, records: Sequence[R]) -> None:
        """Show ``records``, at once: for lists that are known to be short.

        What is still arriving was asked for before, and is not shown any more.
        """
        self._awaited = self._preparing = None
        arrival = _Arrival[R]()
        for _ in self._prepare(records, arrival):
            pass
        self._accept(arrival)

    async def arrive(self, records: Sequence[R]) -> None:
        """Show ``records``, preparing rows in slices so that the window stays alive.

        Of arrivals that come while one is being prepared only the last is shown.
        """
        self._awaited = records
        if self._arriving:
            return
        self._arriving = True
        try:
            while self._awaited is not None:
                records, self._awaited = self._awaited, None
                self._preparing = arrival = _Arrival[R]()
                await in_slices(self._prepare(records, arrival))
                await asyncio.sleep(0)  # the views' work over many new rows is a slice of its own
                if self._preparing is arrival:  # not replaced by set_records() meanwhile
                    self._accept(arrival)
                await asyncio.sleep(0)
        finally:
            self._arriving = False
            self._preparing = None

    def _prepare(self, records: Sequence[R], arrival: _Arrival[R]) -> Iterator[None]:
        """Compare with what is there, a step per record that is new or changed.

        Nothing the views can see changes, so any step may be paused at.
        """
        known = self._rows
        for position, record in enumerate(records):
            key = self._key(record)
            row = known.get(key)
            # Identity first: what did not change is the same object, and no comparison is needed.
            if row is None or (row.record is not record and row.record != record):
                made = self._made(key, record)
                if row is not None:
                    arrival.changed[key] = made
                arrival.rows[key] = row or made
                yield
            else:
                arrival.rows[key] = row
                if position % 256 == 0:
                    yield
        yield
        self._put_in_order(arrival)

    def _put_in_order(self, arrival: _Arrival[R]) -> None:
        """Work out what will be shown: a slice of its own, as the views' work over new rows is another."""
        coming = (arrival.changed.get(key, row) for key, row in arrival.rows.items())
        arrival.order = [arrival.rows[one.key] for one in self._arranged(coming, filtered=True)]
        arrival.ordered_by = self._ordering()

    def _ordering(self) -> object:
        return self._words, self.sorting

    def _made(self, key: Hashable, record: R) -> _Row[R]:
        made = _Row(key, record, self._search_text(record))
        for column, _ in self._sorting:
            made.sort_keys[column] = self.columns[column].sort_key(record)
        return made

    def _accept(self, arrival: _Arrival[R]) -> None:
        rows = arrival.rows
        for key, made in arrival.changed.items():
            rows[key].take(made)
        # A row of unchanged order keeps the order in which it arrived only where nothing is sorted.
        self._rows = rows
        if arrival.ordered_by != self._ordering():  # somebody sorted or filtered meanwhile
            arrival.order = self._arranged(rows.values(), filtered=True)
        self._show(arrival.order, {id(rows[key]) for key in arrival.changed})

    def _search_text(self, record: R) -> str:
        # A separator no one types keeps a word from matching over two cells.
        return "\x1f".join(column.cell(record) for column in self.columns if column.searched).lower()

    def _show(self, target: list[_Row[R]], changed: set[int]) -> None:
        """Turn what is shown into ``target`` with as few and as large signals as can be."""
        wanted = {id(row) for row in target}
        self._remove([at for at, row in enumerate(self._shown) if id(row) not in wanted])
        present = {id(row) for row in self._shown}
        self._rearrange([row for row in target if id(row) in present])
        self._insert(target, [at for at, row in enumerate(target) if id(row) not in present])
        if changed:
            self._tell_changed([at for at, row in enumerate(self._shown) if id(row) in changed])

    def _remove(self, positions: list[int]) -> None:
        ranges = list(_ranges(positions))
        if len(ranges) > MOST_RANGES:
            gone = set(positions)
            kept = [row for at, row in enumerate(self._shown) if at not in gone]
            self._rearrange(kept + [self._shown[at] for at in positions])
            ranges = [(len(kept), len(self._shown) - 1)]
        for first, last in reversed(ranges):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()

    def _insert(self, target: list[_Row[R]], positions: list[int]) -> None:
        ranges = list(_ranges(positions))
        if len(ranges) > MOST_RANGES:
            start = len(self._shown)
            self.beginInsertRows(QModelIndex(), start, start + len(positions) - 1)
            self._shown.extend(target[at] for at in positions)
            self.endInsertRows()
            self._rearrange(target)
            return
        for first, last in ranges:
            self.beginInsertRows(QModelIndex(), first, last)
            self._shown[first:first] = target[first : last + 1]
            self.endInsertRows()

    def _rearrange(self, target: list[_Row[R]]) -> None:
        """The same rows in another order: one layout change, with persistent indexes taken along."""
        if all(old is new for old, new in zip(self._shown, target, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = [(self._shown[index.row()], index.column()) for index in before]
        self._shown = target
        if before:
            rows = {id(row) for row, _ in moved}
            places = {id(row): at for at, row in enumerate(target) if id(row) in rows}
            after = [self.createIndex(places[id(row)], column) for row, column in moved]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell_changed(self, positions: list[int]) -> None:
        ranges = list(_ranges(positions))
        if len(ranges) > MOST_RANGES:
            ranges = [(positions[0], positions[-1])]
        last_column = len(self.columns) - 1
        for first, last in ranges:
            self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))

    def retell(self, column_id: str) -> None:
        """Make one column's texts anew and have the views ask for them: for ages, which change with time,
        and for what is known of records from elsewhere.
        """
        column = next(at for at, one in enumerate(self.columns) if one.id == column_id)
        for row in self._rows.values():
            row.texts.pop(column, None)
            row.sort_keys.pop(column, None)
        if any(at == column for at, _descending in self._sorting):
            self._rearrange(self._arranged(self._shown))
        if self._shown:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._shown) - 1, column))


def _ranges(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending ``positions`` as (first, last) of each unbroken run."""
    if not positions:
        return
    first = last = positions[0]
    for position in positions[1:]:
        if position != last + 1:
            yield first, last
            first = position
        last = position
    yield first, last
