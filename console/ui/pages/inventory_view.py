"""The table of one kind of object, with its search, details and links."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.ui.actions import SEPARATOR, Context
from console.ui.inventory.kind import AnyKind, InventoryRow, row_key, row_ref
from console.ui.models.findings_column import COLUMN_ID, findings_column
from console.ui.models.records import Column, RecordModel
from console.ui.pages.inventory_notices import InventoryNotices
from console.ui.pages.registry import Parts
from console.ui.pages.table_export import export_table
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.counted import Counted
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.object_details import ObjectDetails
from console.ui.widgets.record_table import RecordTable
from console.ui.widgets.related_list import related_objects
from console.ui.widgets.table_bar import TableBar

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef

SIDE_BY_SIDE = 1150
"""From this width on the details stand beside the table instead of below it."""

COPYING = (SEPARATOR, "copy-rows", "copy-cell")


class InventoryView(QWidget):
    """One kind of object of the host shown. ``contextChanged``: the actions must be judged anew."""

    contextChanged = Signal()

    def __init__(
        self, kind: AnyKind, parts: Parts, parent: QWidget | None = None, *, beneath_tabs: bool = False
    ) -> None:
        """``beneath_tabs``: it is one of several, each with its tab above."""
        super().__init__(parent)
        self.kind = kind
        self._parts = parts
        self._session, self._tasks = parts.session, parts.tasks
        self._actions, self._state = parts.actions, parts.state
        self._inventory = parts.inventory
        self._narrow = False
        self._hidden = 0
        self._chosen: ObjectRef | None = None
        self._detailed: tuple[InventoryRow | None, object] = (None, None)
        self.model: RecordModel[Any] = RecordModel(self._columns(kind), row_key, self)
        self._build(beneath_tabs=beneath_tabs)
        self._bind()
        self._inventory.want(kind)
        self._arrive_soon()
        self._show_state()

    def _columns(self, kind: AnyKind) -> tuple[Column[Any], ...]:
        """The columns of the kind, with what the checks found of the objects behind the first."""
        if kind.shows is None:
            return kind.columns
        first, *others = kind.columns
        return (first, findings_column(self._session.diagnosis, row_ref), *others)

    # What the person sees

    def _build(self, *, beneath_tabs: bool) -> None:
        title = shown(self.kind.title)
        narrowing = shown(self.kind.narrowing.title) if self.kind.narrowing else ""
        self.bar = TableBar(self._actions, (*self.kind.actions, *_refresh(self.kind)), title, narrowing, self)
        self._banner = Banner(self)
        self.table: RecordTable[Any] = RecordTable(
            self.model, title, self._state, f"{self.kind.id}-table", self
        )
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._notices = InventoryNotices(
            self.kind, self._session, self.model, self._actions, self._banner, self._empty
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        self.details = ObjectDetails(self)
        if self.kind.tabs:
            module, _, make = self.kind.tabs.partition(":")
            self.details.add_tabs(partial(getattr(import_module(module), make), self._parts))
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._counted = Counted(self._stack, self)
        self._splitter.addWidget(self._counted)
        self._splitter.addWidget(self.details)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._restore_splitter()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8 if beneath_tabs else 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self._banner)
        column.addWidget(self._splitter, 1)

    def _restore_splitter(self) -> None:
        sizes = self._state.get_bytes(f"{self.kind.id}-view", "splitter")
        if sizes.isEmpty() or not self._splitter.restoreState(sizes):
            self._splitter.setSizes([300, 240])

    def _bind(self) -> None:
        self.table.chosen.connect(self._selection_changed)
        self.table.opened.connect(self.go_to_details)
        self.table.customContextMenuRequested.connect(self._open_context_menu)
        self.bar.searched.connect(self._filter)
        self.bar.narrowed.connect(self._set_narrow)
        self.bar.search.returnPressed.connect(self.table.setFocus)
        self._notices.searchDropped.connect(self._show_all)
        self.details.related.opened.connect(self._session.selection.open)
        self._inventory.changed.connect(self._arrive_soon)
        self._session.statusChanged.connect(lambda _status: self._show_state())
        self._session.snapshotChanged.connect(lambda _snapshot: self._show_state())
        self._session.serviceChanged.connect(lambda _service: self._forget())
        self._session.selection.changed.connect(self._follow_selection)
        if self.kind.shows is not None:
            self._session.diagnosis.changed.connect(self._retell)

    # What there is

    def _retell(self) -> None:
        self.model.retell(COLUMN_ID)
        row = self.table.current()
        self.details.show_findings(self._session.diagnosis, row.ref if row is not None else None)

    def _forget(self) -> None:
        # Another host's objects: nothing of the old ones may stay selected.
        self.model.set_records(())
        self._show_state()

    def _arrive_soon(self) -> None:
        self._tasks.start(self._arrive(), owner=self)

    async def _arrive(self) -> None:
        rows = self._inventory.rows(self.kind.id)
        narrowing = self.kind.narrowing
        kept = [row for row in rows if narrowing.keeps(row)] if self._narrow and narrowing else rows
        self._hidden = len(rows) - len(kept)
        await self.model.arrive(kept)
        if self.table.current() is None:
            self._follow_selection(self._session.selection.ref)
        self._show_state()

    def _set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._arrive_soon()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_state()

    def _show_all(self) -> None:
        self.bar.search.clear()
        self.bar.narrowing.setChecked(False)
        self.table.setFocus()

    def _show_state(self) -> None:
        self._notices.update(hidden=self._hidden, built=self._inventory.relations is not None)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)
        self._show_count()
        self._selection_changed()

    def _show_count(self) -> None:
        self._counted.tell_rows(self.model.rowCount(), self.model.total + self._hidden)

    # What is selected

    def _selection_changed(self) -> None:
        row = self.table.current()
        ref = row.ref if row is not None else None
        if ref is not None and ref != self._chosen and self.isVisible():
            # Told once, when it is chosen: a refresh must not take back what another page chose since.
            self._session.selection.choose(ref)
        self._chosen = ref
        self._show_detailed(row)
        self.contextChanged.emit()

    def _follow_selection(self, ref: ObjectRef | None) -> None:
        """Select the row of what another page chose; search and narrowing give way to it."""
        if ref is None or ref.kind is not self.kind.shows:
            return
        row = self.table.current()
        if row is not None and row.ref == ref:
            return
        if self.model.row_of(ref.id) is None and any(
            one.key == ref.id for one in self._inventory.rows(self.kind.id)
        ):
            self.bar.search.clear()
            self.bar.narrowing.setChecked(False)
        self.table.select_key(ref.id)

    def _show_detailed(self, row: InventoryRow | None) -> None:
        relations = self._inventory.relations
        if row is not None and relations is not None and self._detailed != (row, id(relations)):
            self._detailed = (row, id(relations))
            self.details.show_object(self.kind.warning(row), self.kind.facts(row, relations))
            self.details.show_findings(self._session.diagnosis, row.ref)
            self.details.show_row(row, relations)
            if row.ref is None or not self.kind.linked:
                self.details.hide_related()
            else:
                self.details.show_related(*related_objects(row.ref, relations))
        self.arrange(row is not None and relations is not None)

    def arrange(self, chosen: bool | None = None) -> None:
        """Details beside or below the table, or hidden, as width and choice have it."""
        if chosen is None:
            chosen = self.table.current() is not None and self._inventory.relations is not None
        wide = self.width() >= SIDE_BY_SIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            room = self.width() if wide else self.height()
            self._splitter.setSizes([room * 3 // 5, room * 2 // 5])
        self.details.stack(Qt.Orientation.Vertical if wide else Qt.Orientation.Horizontal)
        in_table = self._stack.currentWidget() is self.table
        self.details.setVisible(chosen and in_table and self._actions["show-details"].isChecked())

    def go_to_details(self) -> None:
        """Put the keyboard into the details of the current row."""
        self._actions["show-details"].setChecked(True)
        if self.details.isVisible():
            self.details.setFocus(Qt.FocusReason.OtherFocusReason)

    def context(self, page: str) -> Context:
        """What the actions are judged by while this table is shown."""
        selected = tuple(self.table.selected())
        return Context(
            page=page,
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            has_table=True,
            selected=len(selected),
            kind=self.kind.id,
            objects=selected,
            relations=self._inventory.relations,
            visible_rows=self.model.rowCount(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        details = self.details.panes() if self.details.isVisible() else ()
        return (self.bar.search, self.table, *details)

    def _open_context_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), (*self.kind.actions, *self.kind.more_actions, *COPYING))
        menu.setAccessibleName(shown(self.kind.title))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def choose_columns(self) -> None:
        """The column chooser below its button."""
        self.table.open_column_menu(self.bar.columns_place())

    async def export(self, suffix: str) -> None:
        """Write the visible rows to a file."""
        unwritten = await export_table(
            self, self.kind.id, suffix, self.table.visible_columns(), self.model.records()
        )
        if unwritten is not None:
            self._notices.tell_unwritten(unwritten)

    # Life

    def remember(self) -> None:
        """Put columns, sorting and the splitter into the window's state."""
        self.table.remember()
        self._state.set_bytes(f"{self.kind.id}-view", splitter=self._splitter.saveState())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Details beside or below, as the width allows."""
        super().resizeEvent(event)
        self.arrange()


def _refresh(kind: AnyKind) -> tuple[str, ...]:
    return (SEPARATOR, "refresh") if kind.actions else ("refresh",)
