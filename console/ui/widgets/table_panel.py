"""A table with its search, columns, count, copying and export: for pages of several tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from console.ui.actions import Context
from console.ui.models.records import Column, RecordModel
from console.ui.pages.registry import Parts
from console.ui.pages.table_export import Unwritten, export_table
from console.ui.widgets.counted import Counted
from console.ui.widgets.record_view import RecordView
from console.ui.widgets.table_bar import TableBar

COPYING = ("copy-rows", "copy-cell")


class TablePanel(QWidget):
    """``changed``: another row is selected, or the rows shown are others."""

    changed = Signal()

    def __init__(
        self,
        parts: Parts,
        state_id: str,
        title: str,
        columns: Sequence[Column[Any]],
        key: Callable[[Any], Hashable],
        parent: QWidget | None = None,
        *,
        narrowing: str = "",
    ) -> None:
        """``title`` is what is listed; ``narrowing`` the words of the tick box, "" for none."""
        super().__init__(parent)
        self._state_id = state_id
        self._title = title
        self._actions = parts.actions
        self._none = ""
        self.model: RecordModel[Any] = RecordModel(columns, key, self)
        self.bar = TableBar(parts.actions, ("refresh",), title, narrowing, self)
        self.table = RecordView(self.model, title, self, state=parts.state, state_id=state_id)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        self._counted = Counted(self.table, self)
        column.addWidget(self._counted, 1)
        self.bar.searched.connect(self._filter)
        self.bar.search.returnPressed.connect(self._go_to_first)
        self.table.chosen.connect(self.changed)

    async def arrive(self, rows: Sequence[Any], none: str) -> None:
        """Show ``rows``; ``none`` are the words for when there are none at all."""
        self._none = none
        await self.model.arrive(rows)
        self._tell()

    def clear(self) -> None:
        """Another host: nothing of the one before stays."""
        self.model.set_records(())
        self._tell()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._tell()

    def _go_to_first(self) -> None:
        """From the search field to what it found: the first row, unless another one is selected."""
        self.table.setFocus()
        if self.table.current() is None and self.model.rowCount():
            self.table.selectRow(0)

    def _tell(self) -> None:
        visible, total = self.model.rowCount(), self.model.total
        self._counted.tell_rows(visible, total)
        self.table.show_empty_text(self.tr("No row matches the search.") if total else self._none)
        self.changed.emit()

    def context(self, page: str, parts: Parts) -> Context:
        """What the actions are judged by while this table is in sight."""
        return Context(
            page=page,
            connected=parts.session.connected,
            snapshot=parts.session.snapshot,
            has_table=True,
            selected=len(self.table.selected()),
            visible_rows=self.model.rowCount(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self.bar.search, self.table)

    def _open_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), COPYING)
        menu.setAccessibleName(self._title)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    async def export(self, suffix: str) -> Unwritten | None:
        """Write the visible rows to a file; None: written, or not wanted."""
        return await export_table(
            self, self._state_id, suffix, self.table.visible_columns(), self.model.records()
        )


def bind_tables(
    parts: Parts,
    page: str,
    owner: QWidget,
    current: Callable[[], TablePanel | None],
    unwritten: Callable[[Unwritten], None],
) -> None:
    """Have the actions of tables work on the table that ``current()`` gives, while ``page`` is shown."""

    def on_table(do: Callable[[TablePanel], object]) -> Callable[[], None]:
        def run() -> None:
            panel = current()
            if panel is not None:
                do(panel)

        return run

    async def export(suffix: str) -> None:
        panel = current()
        failed = await panel.export(suffix) if panel is not None else None
        if failed is not None:
            unwritten(failed)

    actions = parts.actions
    actions.bind("find", on_table(lambda panel: panel.bar.start_search()), page=page)
    actions.bind("copy-rows", on_table(lambda panel: panel.table.copy_rows()), page=page)
    actions.bind("copy-cell", on_table(lambda panel: panel.table.copy_cell()), page=page)
    actions.bind("select-all", on_table(lambda panel: panel.table.selectAll()), page=page)
    actions.bind(
        "columns", on_table(lambda panel: panel.table.open_column_menu(panel.bar.columns_place())), page=page
    )
    for suffix in ("csv", "json"):
        actions.bind(f"export-{suffix}", parts.tasks.starts(partial(export, suffix), owner=owner), page=page)
