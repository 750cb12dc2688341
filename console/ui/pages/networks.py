"""The networks page: the table, what can be done with its rows, and the details of one of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.ui.actions import CONTEXT_MENU, TOOLBAR, Context
from console.ui.loading import loaded
from console.ui.models.findings_column import COLUMN_ID, findings_column
from console.ui.models.networks import NETWORKS, NetworkRow, network_id, network_ref
from console.ui.models.records import RecordModel
from console.ui.pages.network_notices import NetworkNotices
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.pages.table_export import export_table
from console.ui.widgets.action_bar import ActionBar, columns_button
from console.ui.widgets.banner import Banner
from console.ui.widgets.counted import Counted
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.record_table import RecordTable
from console.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef
    from console.domain.snapshot import Network
    from console.ui.widgets.network_details import NetworkDetails

PRELOADED = (
    "console.ui.widgets.network_details",
    "console.ui.dialogs.remove",
    "console.ui.wizards.network",
    "console.ui.pages.map",
)
"""What is imported off the UI thread once networks are shown."""

STATE = "networks-page"
TABLE_STATE = "networks-table"
AGE_SECONDS = 30
"""How often ages are told anew."""

BUSY_AFTER_MS = 400
"""An observation shorter than this shows no busy mark: a flash says nothing."""

SIDE_BY_SIDE = 1150
"""From this width on the details stand beside the table instead of below it."""

BESIDE_BAR = 250
"""What search field, column chooser and the page's edges need beside the tool bar."""


class NetworksPage(ContextPage):
    """One session's networks."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = parts.session
        self._tasks = parts.tasks
        self._actions = parts.actions
        self._state = parts.state
        self._details: NetworkDetails | None = None
        self._detailed: Network | None = None
        self._preloading = False
        self._details_wanted = False
        self._awaited_name = ""
        self._dialogs: set[QDialog] = set()
        checked = findings_column(parts.session.diagnosis, network_ref)
        self.model: RecordModel[NetworkRow] = RecordModel(
            (NETWORKS[0], checked, *NETWORKS[1:]), network_id, self
        )
        self._details_due = QTimer(self)
        self._details_due.setSingleShot(True)
        self._details_due.timeout.connect(self._show_detailed)
        self._build()
        self._bind()
        self._follow_session()
        self._show_state()

    # What the person sees

    def _build(self) -> None:
        self._banner = Banner(self)
        self._table: RecordTable[NetworkRow] = RecordTable(
            self.model, self.tr("Networks"), self._state, TABLE_STATE, self
        )
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._notices = NetworkNotices(self._session, self.model, self._actions, self._banner, self._empty)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._counted = Counted(self._stack, self)
        self._splitter.addWidget(self._counted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*PAGE_EDGES)
        layout.setSpacing(8)
        layout.addLayout(self._build_top())
        layout.addWidget(self._banner)
        layout.addWidget(self._splitter, 1)
        self.setTabOrder(self._search, self._table)

    def _build_top(self) -> QHBoxLayout:
        self._bar = ActionBar(self._actions, TOOLBAR, self.tr("Network actions"), self)
        self._search = SearchField(self.tr("Search networks"), self)
        self._columns = columns_button(self._actions, self)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._bar)
        top.addStretch(1)
        self._busy = self._build_busy()
        top.addWidget(self._busy)
        top.addWidget(self._search, 2)
        top.addWidget(self._columns)
        return top

    def _build_busy(self) -> QProgressBar:
        busy = QProgressBar(self)
        busy.setRange(0, 0)
        busy.setTextVisible(False)
        busy.setFixedSize(90, 8)
        busy.setAccessibleName(self.tr("Reading the host"))
        busy.setVisible(False)
        return busy

    # What can be done

    def _bind(self) -> None:
        actions = self._actions
        actions.bind("network-new", self._tasks.starts(self.open_wizard, owner=self))
        actions.bind("network-remove", self._tasks.starts(self._remove, owner=self))
        actions.bind("network-prune", self._tasks.starts(self._prune, owner=self))
        actions.bind("network-connect", self._tasks.starts(self._connect_container, owner=self))
        actions.bind("network-disconnect", self._tasks.starts(self._disconnect_container, owner=self))
        actions.bind("network-details", self._go_to_details)
        actions.bind("network-compose", self._tasks.starts(self._export_compose, owner=self))
        actions.bind("refresh", self.refresh, page="networks")
        actions.bind("find", self._find, page="networks")
        actions.bind("copy-rows", self._table.copy_rows, page="networks")
        actions.bind("copy-cell", self._table.copy_cell, page="networks")
        actions.bind("select-all", self._table.selectAll, page="networks")
        actions.bind("export-csv", self._tasks.starts(self._export_csv, owner=self), page="networks")
        actions.bind("export-json", self._tasks.starts(self._export_json, owner=self), page="networks")
        actions.bind("columns", self._choose_columns, page="networks")
        actions["show-details"].toggled.connect(lambda _on: self._arrange_details())
        self._table.customContextMenuRequested.connect(self._open_context_menu)
        self._table.chosen.connect(self._selection_changed)
        self._table.opened.connect(self._go_to_details)
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._table.setFocus)
        self._notices.searchDropped.connect(self._search.clear)

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        rows = self._table.selected()
        networks = tuple(row.network for row in rows)
        counts = [row.endpoints for row in rows if row.endpoints is not None]
        return Context(
            page="networks",
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            networks=networks,
            # Counted with the rows: looking through all containers for each selection would be felt.
            endpoints=sum(counts) if len(counts) == len(rows) else None,
            has_table=True,
            selected=len(networks),
            visible_rows=self.model.rowCount(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        details = (self._details,) if self._details is not None and self._details.isVisible() else ()
        return (self._search, self._table, *details)

    async def open_wizard(self) -> None:
        """The new-network wizard; the network it creates is selected when it appears."""
        wizards = await loaded("console.ui.wizards.network")
        wizard = wizards.NetworkWizard(self._session, self._tasks, self)
        wizard.created.connect(self.select_when_there)
        self._open(wizard)

    async def _remove(self) -> None:
        networks = self.context().networks
        dialogs = await loaded("console.ui.dialogs.remove")
        self._open(dialogs.RemoveNetworksDialog(self._session, self._tasks, networks, self))

    async def _prune(self) -> None:
        dialogs = await loaded("console.ui.dialogs.prune")
        self._open(dialogs.PruneDialog(self._session, self._tasks, self))

    async def _connect_container(self) -> None:
        network = self.context().networks[0]
        dialogs = await loaded("console.ui.dialogs.connect")
        self._open(dialogs.ConnectDialog(self._session, self._tasks, network, self))

    async def _disconnect_container(self) -> None:
        network = self.context().networks[0]
        dialogs = await loaded("console.ui.dialogs.disconnect")
        self._open(dialogs.DisconnectDialog(self._session, self._tasks, network, self))

    async def _export_compose(self) -> None:
        networks = self.context().networks
        dialogs = await loaded("console.ui.compose.export_dialog")
        self._open(dialogs.ExportDialog(self._tasks, networks, self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def refresh(self) -> None:
        """Observe the host now; the busy mark shows if it takes a while."""
        self._tasks.start(self._observe(), owner=self)

    async def _observe(self) -> None:
        service = self._session.service
        if service is None:
            return
        from console.backend.failures import EngineError

        mark = asyncio.get_running_loop().call_later(BUSY_AFTER_MS / 1000, self._busy.setVisible, True)
        try:
            await service.observe()
        except EngineError as error:
            if service is self._session.service:  # else it says nothing of the host that is shown by now
                self._notices.tell_failure(error.failure)
        finally:
            mark.cancel()
            self._busy.setVisible(False)

    def _find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _open_context_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), CONTEXT_MENU)
        menu.setAccessibleName(self.tr("Network"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _choose_columns(self) -> None:
        self._table.open_column_menu(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    # Export

    async def _export_csv(self) -> None:
        await self._export("csv")

    async def _export_json(self) -> None:
        await self._export("json")

    async def _export(self, suffix: str) -> None:
        unwritten = await export_table(
            self, "networks", suffix, self._table.visible_columns(), self.model.records()
        )
        if unwritten is not None:
            self._notices.tell_unwritten(unwritten)

    # What is shown

    def _follow_session(self) -> None:
        session = self._session
        session.networkRowsChanged.connect(lambda _rows: self._tasks.start(self._arrive(), owner=self))
        session.snapshotChanged.connect(lambda _snapshot: self._show_state())
        session.statusChanged.connect(lambda _status: self._show_state())
        session.serviceChanged.connect(self._host_changed)
        session.diagnosis.changed.connect(lambda: self.model.retell(COLUMN_ID))
        session.selection.changed.connect(self._follow_selection)
        ages = QTimer(self)
        ages.setInterval(AGE_SECONDS * 1000)
        ages.timeout.connect(lambda: self.model.retell("age"))
        ages.start()
        if session.network_rows:
            self._tasks.start(self._arrive(), owner=self)

    def _host_changed(self, _service: object) -> None:
        # Another host's networks: nothing of the old ones may stay selected.
        self._awaited_name = ""
        self.model.set_records(())
        self._notices.forget()
        self._show_state()

    async def _arrive(self) -> None:
        await self.model.arrive(self._session.network_rows)
        self._preload_details()
        if self._table.current() is None:
            self._follow_selection(self._session.selection.ref)
        if self._awaited_name and self._select_named(self._awaited_name):
            self._awaited_name = ""
        self._show_state()

    def select_when_there(self, name_or_id: str) -> None:
        """Select the network of this name or id now, or when it appears; a filter gives way to it."""
        self._awaited_name = "" if self._select_named(name_or_id) else name_or_id

    def _select_named(self, name_or_id: str) -> bool:
        wanted = next(
            (
                row.network.id
                for row in self._session.network_rows
                if name_or_id in (row.network.id, row.network.name)
            ),
            None,
        )
        if wanted is None or self.model.find(wanted) is None:
            return False
        if self.model.row_of(wanted) is None:
            self._search.clear()
        self._stack.setCurrentWidget(self._table)
        self._table.setFocus()
        return self._table.select_key(wanted)

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._show_state()

    def _show_state(self) -> None:
        self._notices.update()
        self._stack.setCurrentWidget(self._table if self.model.rowCount() else self._empty)
        self._show_count()
        self._selection_changed()

    def _show_count(self) -> None:
        visible, total = self.model.rowCount(), self.model.total
        if visible == total:
            text = self.tr("%n network(s)", "", total).replace("(s)", "" if total == 1 else "s")
        else:
            text = self.tr("{visible} of {total} networks").format(visible=visible, total=total)
        self._counted.tell(text if total else "")

    # Details

    def _selection_changed(self) -> None:
        # The row is seen to be chosen first: its details take a frame of their own, and those of rows that
        # the arrow keys pass by are left out.
        self._details_due.start()
        self._share_selection()
        self.contextChanged.emit()

    def _share_selection(self) -> None:
        row = self._table.current()
        if row is not None and self.isVisible():  # out of sight nobody chooses here
            from console.domain.object_ref import ref_of

            self._session.selection.choose(ref_of(row.network))

    def _follow_selection(self, ref: ObjectRef | None) -> None:
        row = self._table.current()
        if ref is not None and ref.kind == "network" and (row is None or row.network.id != ref.id):
            self._table.select_key(ref.id)

    def _show_detailed(self) -> None:
        row = self._table.current()
        if self._details is None and row is not None:
            # Never made right here: importing its parts would hold the window, or wait for the
            # thread that is importing them already. It shows this row when it is ready.
            self._preload_details()
        network = row.network if row is not None else None
        if network is not self._detailed:
            self._detailed = network
            if self._details is not None:
                self._details.show_network(network)
        self._arrange_details()

    def _preload_details(self) -> None:
        if not self._preloading:
            self._preloading = True
            self._tasks.start(self._preload(), owner=self)

    async def _preload(self) -> None:
        """Have ready what the next click needs: importing it then would hold the window too long."""
        for module in PRELOADED:
            await loaded(module)
        await asyncio.sleep(0)  # what the import brought with it is a turn of its own
        self._make_details()
        await asyncio.sleep(0)
        self._detailed = None
        self._show_detailed()
        if self._details_wanted:
            self._go_to_details()

    def _make_details(self) -> None:
        # Not with the page: its parts are heavy, and the first paint does not need them.
        from console.ui.widgets.network_details import NetworkDetails

        self._details = NetworkDetails(self._session, self._tasks)
        self._details.setAccessibleName(self.tr("Network details"))
        self._splitter.addWidget(self._details)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        sizes = self._state.get_bytes(STATE, "splitter")
        if sizes.isEmpty() or not self._splitter.restoreState(sizes):
            self._splitter.setSizes([300, 260])
        self._arrange_details()

    def _arrange_details(self) -> None:
        if self._details is None:
            return
        wide = self.width() >= SIDE_BY_SIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            room = self.width() if wide else self.height()
            self._splitter.setSizes([room * 3 // 5, room * 2 // 5])
        shown_now = self._actions["show-details"].isChecked() and self._stack.currentWidget() is self._table
        self._details.setVisible(shown_now and self._detailed is not None)

    def _go_to_details(self) -> None:
        self._actions["show-details"].setChecked(True)
        self._show_detailed()
        self._details_wanted = self._details is None
        if self._details is not None and self._details.isVisible():
            self._details.setFocus(Qt.FocusReason.OtherFocusReason)

    # Life

    def remember(self) -> None:
        """Put columns, sorting and the splitter into the window's state."""
        self._table.remember()
        if self._details is not None:
            self._state.set_bytes(STATE, splitter=self._splitter.saveState())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Details beside or below, tool bar with or without words, as the width allows."""
        super().resizeEvent(event)
        self._bar.fit(self.width() - BESIDE_BAR)
        self._arrange_details()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts in the table."""
        super().showEvent(event)
        if self.window().focusWidget() is None:
            self._table.setFocus()
