"""The address map: who has which addresses, what overlaps, and where there is room for a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.domain.address_map import FreeBlock, subnet_in
from console.domain.addressing import first_host
from console.domain.drivers.availability import offered_drivers
from console.domain.object_ref import ObjectRef
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec, SubnetSpec
from console.ui.icons import Icon, icon
from console.ui.loading import loaded
from console.ui.map.address_rows import (
    ADDRESS_COLUMNS,
    TILES,
    AddressRow,
    RowKind,
    address_key,
    address_rows,
)
from console.ui.map.tiles import TileDelegate
from console.ui.models.records import RECORD_ROLE, RecordModel
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.widgets.record_table import RecordTable
from console.ui.window_state import WindowState

STATE, TABLE_STATE = "address-map", "address-table"
USUAL_PREFIX_LENGTH = 24
"""What a network is suggested with in a larger free block."""


class TileView(QListView):
    """The blocks as tiles, wrapped into lines."""

    def __init__(self, model: RecordModel[AddressRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Address blocks"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(3)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.tiles = TileDelegate(self)
        self.setItemDelegate(self.tiles)
        self.setModel(model)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A range's line is as wide as the view."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Paint in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.tiles.restyle()
            self.viewport().update()


class AddressView(QWidget):
    """Tiles above, the same blocks as a table below, and a network made from a free one."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        state: WindowState,
        open_dialog: Callable[[QDialog], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._state = state
        self._open = open_dialog
        self._following = False
        self._work: asyncio.Task[None] | None = None
        self._wanted: Snapshot | None = None
        self._tile_model: RecordModel[AddressRow] = RecordModel(TILES, address_key, self)
        self.model: RecordModel[AddressRow] = RecordModel(ADDRESS_COLUMNS, address_key, self)
        self._build()
        self._bind()
        self._show_choice()

    def _build(self) -> None:
        self._tiles = TileView(self._tile_model, self)
        self._table: RecordTable[AddressRow] = RecordTable(
            self.model, self.tr("Address map as a table"), self._state, TABLE_STATE, self
        )
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self._tiles)
        self._splitter.addWidget(self._table)
        sizes = self._state.get_bytes(STATE, "splitter")
        if sizes.isEmpty() or not self._splitter.restoreState(sizes):
            self._splitter.setSizes([420, 200])
        self._said = QLabel(self)
        self._said.setAccessibleName(self.tr("Selected block"))
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._create = QPushButton(icon(Icon.NETWORK_NEW), self.tr("&Create a network here…"), self)
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(self._create)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._splitter, 1)
        layout.addLayout(below)

    def _bind(self) -> None:
        self._create.clicked.connect(self._tasks.starts(self._create_network, owner=self))
        self._tiles.selectionModel().currentChanged.connect(lambda *_: self._tile_chosen())
        self._tiles.activated.connect(lambda _index: self._activate())
        self._table.chosen.connect(self._row_chosen)
        self._table.opened.connect(self._activate)
        self._session.selection.changed.connect(self._follow)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return self._tiles, self._table

    # What is shown

    def look_at(self, snapshot: Snapshot) -> None:
        """Show the addresses of a snapshot, at once or when the view is next seen."""
        self._wanted = snapshot
        if self.isVisible() and (self._work is None or self._work.done()):
            self._work = self._tasks.start(self._arrive(), owner=self)

    async def _arrive(self) -> None:
        while (snapshot := self._wanted) is not None:
            self._wanted = None
            rows = await asyncio.to_thread(address_rows, snapshot)
            await self._tile_model.arrive(rows)
            await self.model.arrive(rows)
            self._follow(self._session.selection.ref)
            self._show_choice()

    def showEvent(self, event: QShowEvent) -> None:
        """Nobody saw the last snapshots' addresses: show those of the newest."""
        super().showEvent(event)
        if self._wanted is not None:
            self.look_at(self._wanted)

    def clear(self) -> None:
        """Show nothing: another host is looked at."""
        self._wanted = None
        if self._work is not None:
            self._work.cancel()
            self._work = None
        for model in (self._tile_model, self.model):
            model.set_records(())
        self._show_choice()

    def search(self, text: str) -> None:
        """Show only the blocks whose words hold all of ``text``."""
        for model in (self._tile_model, self.model):
            if model.filter_text != text:
                model.set_filter(text)

    # What is chosen

    def chosen(self) -> AddressRow | None:
        """The block a person has chosen."""
        index = self._tiles.currentIndex()
        row: AddressRow | None = index.data(RECORD_ROLE) if index.isValid() else None
        return row

    def _tile_chosen(self) -> None:
        row = self.chosen()
        if row is not None and not self._following:
            self._following = True
            self._table.select_key(address_key(row))
            self._following = False
            self._share(row)
        self._show_choice()

    def _row_chosen(self) -> None:
        row = self._table.current()
        if row is not None and not self._following:
            self._following = True
            self._select_tile(row)
            self._following = False
            self._share(row)
        self._show_choice()

    def _share(self, row: AddressRow) -> None:
        if row.refs and self._session.selection.ref not in row.refs:
            self._session.selection.choose(row.refs[0])

    def _follow(self, ref: ObjectRef | None) -> None:
        row = self.chosen()
        if ref is None or (row is not None and ref in row.refs):
            return
        holding = next((one for one in self._tile_model.records() if ref in one.refs), None)
        if holding is not None and not self._following:
            self._following = True
            self._select_tile(holding)
            self._table.select_key(address_key(holding))
            self._following = False
            self._show_choice()

    def _select_tile(self, row: AddressRow) -> None:
        at = self._tile_model.row_of(address_key(row))
        if at is not None and at != self._tiles.currentIndex().row():
            index: QModelIndex = self._tile_model.index(at, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._tiles.selectionModel().setCurrentIndex(index, flags)
            self._tiles.scrollTo(index)

    def _show_choice(self) -> None:
        row = self.chosen()
        self._create.setEnabled(row is not None and row.kind is RowKind.FREE and self._session.connected)
        if row is None:
            said = self.tr("Select a free block to create a network in it.")
        elif row.kind is RowKind.FREE:
            said = self.tr("{prefix} is free: {owner}. A network here would get {subnet}.").format(
                prefix=row.prefix, owner=row.owner, subnet=_subnet(row)
            )
        else:
            said = row.spoken
        self._said.setText(said)
        self._create.setToolTip("" if self._create.isEnabled() else self.tr("Select a free block first."))

    # What can be done

    def _activate(self) -> None:
        row = self.chosen()
        if row is None:
            return
        if row.kind is RowKind.FREE:
            self._create.click()
        elif row.refs:
            self._session.selection.open(row.refs[0])

    async def _create_network(self) -> None:
        row, snapshot = self.chosen(), self._session.snapshot
        if row is None or row.kind is not RowKind.FREE or snapshot is None:
            return
        subnet = _subnet(row)
        spec = NetworkSpec(
            driver=next((driver.name for driver in offered_drivers(snapshot)), "nat"),
            subnets=(SubnetSpec(subnet=subnet, gateway=first_host(subnet)),),
        )
        wizards = await loaded("console.ui.wizards.network")
        self._open(wizards.NetworkWizard(self._session, self._tasks, self, draft=spec))

    def remember(self) -> None:
        """Put columns and sizes into the window's state."""
        self._table.remember()
        self._state.set_bytes(STATE, splitter=self._splitter.saveState())


def _subnet(row: AddressRow) -> str:
    return subnet_in(FreeBlock(row.prefix), USUAL_PREFIX_LENGTH)
