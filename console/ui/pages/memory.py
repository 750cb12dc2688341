"""The page of remembered networks: what this host has had, what of it is gone, and the way back."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QMenu, QSplitter, QVBoxLayout, QWidget

from console.domain.memory import RememberedNetwork
from console.ui.actions import Context
from console.ui.loading import loaded
from console.ui.memory_actions import MEMORY_BAR, MEMORY_MENU
from console.ui.models.memory import MEMORY_COLUMNS, memory_key
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.table_export import export_table
from console.ui.widgets.counted import Counted
from console.ui.widgets.memory_details import MemoryDetails
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.record_view import RecordView
from console.ui.widgets.table_bar import TableBar

if TYPE_CHECKING:
    from console.ui.pages.registry import Parts

PAGE = "memory"


class MemoryPage(ContextPage):
    """The networks the host that is shown is known to have had."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = parts.session, parts.tasks
        self._actions, self._state = parts.actions, parts.state
        self._reading: asyncio.Task[None] | None = None
        self._again = False
        self._only_gone = False
        self._records: tuple[RememberedNetwork, ...] = ()
        self._dialogs: set[QDialog] = set()
        self.model: RecordModel[RememberedNetwork] = RecordModel(MEMORY_COLUMNS, memory_key, self)
        self._build()
        self._bind()

    def _build(self) -> None:
        title = self.tr("Remembered networks")
        self._bar = TableBar(self._actions, MEMORY_BAR, title, self.tr("Changed onl&y"), self)
        self._problem = ProblemCard(self)
        self._table = RecordView(self.model, title, self, state=self._state, state_id="memory-table")
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._details = MemoryDetails(self)
        self._details.hide()
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._counted = Counted(self._table, self)
        self._splitter.addWidget(self._counted)
        self._splitter.addWidget(self._details)
        self._splitter.setSizes([300, 260])
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._problem)
        column.addWidget(self._splitter, 1)

    def _bind(self) -> None:
        actions = self._actions
        actions.bind("memory-restore", self._tasks.starts(self._restore, owner=self))
        actions.bind("memory-forget", self._tasks.starts(self._forget, owner=self))
        actions.bind("find", self._bar.start_search, page=PAGE)
        actions.bind("copy-rows", self._table.copy_rows, page=PAGE)
        actions.bind("copy-cell", self._table.copy_cell, page=PAGE)
        actions.bind("select-all", self._table.selectAll, page=PAGE)
        actions.bind("columns", self._choose_columns, page=PAGE)
        for suffix in ("csv", "json"):
            export = partial(self._export, suffix)
            actions.bind(f"export-{suffix}", self._tasks.starts(export, owner=self), page=PAGE)
        actions["show-details"].toggled.connect(lambda _on: self._show_chosen())
        self._bar.searched.connect(self._filter)
        self._bar.search.returnPressed.connect(self._table.setFocus)
        self._bar.narrowed.connect(self._narrow)
        self._table.chosen.connect(self._show_chosen)
        self._table.customContextMenuRequested.connect(self._open_context_menu)
        self._session.snapshotChanged.connect(self._host_changed)
        self._session.serviceChanged.connect(self._another_host)

    # What is remembered

    def reload(self) -> None:
        """Read again; requests that come meanwhile become one more reading."""
        self._again = True
        if self._reading is None or self._reading.done():
            self._reading = self._tasks.start(self._read(), owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """A page that comes into sight is up to date."""
        super().showEvent(event)
        self.reload()

    def _host_changed(self, _snapshot: object) -> None:
        if self.isVisible():
            self.reload()

    def _another_host(self, _service: object) -> None:
        self._records = ()
        self.model.set_records(())
        self._problem.clear()
        self.reload()

    async def _read(self) -> None:
        from console.backend.database import DatabaseError

        while self._again:
            self._again = False
            service = self._session.service
            if service is None:
                return
            try:
                records = await service.remembered_networks()
            except DatabaseError as error:
                if service is self._session.service:
                    self._problem.show_problem(problem_of(error, self._session))
                continue
            if service is self._session.service:
                self._problem.clear()
                self._records = records
                await self._arrive()

    async def _arrive(self) -> None:
        kept = [one for one in self._records if not self._only_gone or one.state != "there"]
        await self.model.arrive(kept)
        self._arrived()

    def _arrived(self) -> None:
        visible, total = self.model.rowCount(), len(self._records)
        words = self.tr("{visible} of {total} networks") if visible != total else self.tr("{total} networks")
        self._counted.tell(words.format(visible=visible, total=total) if total else "")
        if not total and self._session.bundle:
            empty = self.tr("A support bundle shows one moment only: what was before is not in it.")
        elif not total:
            empty = self.tr(
                "Nothing is remembered about this host yet. Every network that the console sees on it is "
                "kept here, even after the engine has lost it."
            )
        elif self._only_gone and not self.model.total:
            empty = self.tr("Every network this host is known to have had is present and unchanged.")
        else:
            empty = self.tr("No network matches the search.")
        self._table.show_empty_text(empty)
        self._show_chosen()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._arrived()

    def _narrow(self, only_gone: bool) -> None:
        self._only_gone = only_gone
        self._tasks.start(self._arrive(), owner=self)

    # What can be done

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        selected = tuple(self._table.selected())
        return Context(
            page=PAGE,
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            has_table=True,
            selected=len(selected),
            remembered=selected,
            visible_rows=self.model.rowCount(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        details = (self._details,) if self._details.isVisible() else ()
        return (self._bar.search, self._table, *details)

    def remember(self) -> None:
        """Columns and sorting of the table."""
        self._table.remember()

    def _show_chosen(self) -> None:
        wanted = self._actions["show-details"].isChecked()
        self._details.show_record(self._table.current() if wanted else None)
        self.contextChanged.emit()

    async def _restore(self) -> None:
        records = tuple(self._table.selected())
        dialogs = await loaded("console.ui.dialogs.restore")
        dialog = dialogs.RestoreDialog(self._session, self._tasks, records, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.applied.connect(self.reload)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    async def _forget(self) -> None:
        from console.backend.database import DatabaseError

        service = self._session.service
        if service is None:
            return
        try:
            await service.forget_networks([one.id for one in self._table.selected()])
        except DatabaseError as error:
            self._problem.show_problem(problem_of(error, self._session))
            return
        self.reload()

    def _open_context_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), MEMORY_MENU)
        menu.setAccessibleName(self.tr("Remembered networks"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _choose_columns(self) -> None:
        self._table.open_column_menu(self._bar.columns_place())

    async def _export(self, suffix: str) -> None:
        unwritten = await export_table(
            self, "networks", suffix, self._table.visible_columns(), self.model.records()
        )
        if unwritten is not None:
            self._problem.show_problem(unwritten.problem)
