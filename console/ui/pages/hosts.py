"""The hosts a person added: opened, edited, forgotten, taken to another computer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.problem import Problem
from console.domain.text import N_, Text, verbatim
from console.ui.actions import Context
from console.ui.host_list_actions import HOST_LIST_ACTIONS, HOST_LIST_BAR, HOST_LIST_MENU
from console.ui.icons import Icon
from console.ui.models.hosts import HOST_COLUMNS, HostRow, host_key
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.pages.table_export import export_table
from console.ui.tasks import ask
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.problem_card import ProblemCard
from console.ui.widgets.record_table import RecordTable
from console.ui.widgets.table_bar import TableBar

if TYPE_CHECKING:
    from console.backend.hosts.directory import HostDirectory
    from console.backend.hosts.stored import StoredHost
    from console.backend.service import HostService

STATE = "hosts-table"


class HostsPage(ContextPage):
    """The added hosts in a table."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session, self._tasks, self._actions = parts.session, parts.tasks, parts.actions
        self._dialogs: set[QDialog] = set()
        self._hosts: tuple[StoredHost, ...] = ()
        self._opened_as: dict[HostService, StoredHost] = {}
        self._with_old_password: set[HostService] = set()
        self.model: RecordModel[HostRow] = RecordModel(HOST_COLUMNS, host_key, self)
        self._build()
        self._bind()
        self._session.hostsChanged.connect(self._arrive_soon)

    @property
    def _directory(self) -> HostDirectory | None:
        return self._parts.hosts.directory if self._parts.hosts is not None else None

    def context(self) -> Context:
        """The selected hosts."""
        return Context(
            page="hosts",
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            hosts=tuple(self._table.selected()),
            has_table=True,
            selected=len(self._table.selected()),
            visible_rows=self.model.rowCount(),
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._bar.search, self._table)

    def remember(self) -> None:
        """Columns and sorting of the table."""
        self._table.remember()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that comes into sight is up to date."""
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Read the file of hosts again."""
        self._tasks.start(self._read(), owner=self)

    # What the person sees

    def _build(self) -> None:
        self._bar = TableBar(self._actions, HOST_LIST_BAR, self.tr("Hosts"), parent=self)
        self._problem = ProblemCard(self, session=self._session)
        self._reconnect = Banner(self)
        self._table: RecordTable[HostRow] = RecordTable(
            self.model, self.tr("Hosts"), self._parts.state, STATE, self
        )
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._empty.tell(
            Icon.HOST,
            self.tr("No host has been added yet"),
            self.tr(
                "Engines on this computer and docker contexts are found automatically: see Switch host. "
                "Add others by their address here."
            ),
            self.tr("Add host…"),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*PAGE_EDGES)
        layout.setSpacing(8)
        layout.addWidget(self._bar)
        layout.addWidget(self._problem)
        layout.addWidget(self._reconnect)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)

    def _bind(self) -> None:
        deeds = {
            "host-open": self._open,
            "host-add": self._add,
            "host-edit": self._edit,
            "host-remove": self._tasks.starts(self._forget, owner=self),
            "hosts-import": self._tasks.starts(self._take_in, owner=self),
            "hosts-export": self._tasks.starts(self._export, owner=self),
        }
        assert set(deeds) == {action.id for action in HOST_LIST_ACTIONS}  # noqa: S101
        for action_id, deed in deeds.items():
            self._actions.bind(action_id, deed, page="hosts")
        self._actions.bind("find", self._bar.start_search, page="hosts")
        self._actions.bind("copy-rows", self._table.copy_rows, page="hosts")
        self._actions.bind("copy-cell", self._table.copy_cell, page="hosts")
        self._actions.bind("select-all", self._table.selectAll, page="hosts")
        for suffix in ("csv", "json"):
            export = self._tasks.starts(partial(self._export_table, suffix), owner=self)
            self._actions.bind(f"export-{suffix}", export, page="hosts")
        self._actions.bind(
            "columns", lambda: self._table.open_column_menu(self._bar.columns_place()), page="hosts"
        )
        self._bar.searched.connect(self._search)
        self._bar.search.returnPressed.connect(self._table.setFocus)
        self._empty.chosen.connect(self._add)
        self._reconnect.chosen.connect(self._reopen_outdated)
        self._table.chosen.connect(self.contextChanged)
        self._table.opened.connect(self._open)
        self._table.customContextMenuRequested.connect(self._show_menu)

    def _show_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), HOST_LIST_MENU)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _search(self, text: str) -> None:
        self.model.set_filter(text)
        self._tell_count()

    def _tell_count(self) -> None:
        self._stack.setCurrentWidget(self._table if self.model.total else self._empty)
        visible, total = self.model.rowCount(), self.model.total
        words = self.tr("{visible} of {total} hosts") if visible != total else self.tr("{total} hosts")
        self._count.setText(words.format(visible=visible, total=total))
        self.contextChanged.emit()

    # Reading

    async def _read(self) -> None:
        from console.backend.json_file import DocumentError

        if self._directory is None:
            return
        try:
            hosts = await self._directory.hosts()
        except DocumentError as error:
            self._tell(N_("HostsPage", "The list of hosts can't be used."), error.reason)
            return
        self._problem.hide()
        before, self._hosts = self._hosts, hosts
        self._tell_open_hosts(before)
        await self._arrive()

    def _tell_open_hosts(self, before: tuple[StoredHost, ...]) -> None:
        """Have what was changed count for the hosts that are open, or say that it does not yet."""
        known, now = {one.id: one for one in before}, {one.id: one for one in self._hosts}
        for service in self._session.hosts:
            host = now.get(service.connection.id)
            if host is None:
                continue
            self._session.set_read_only(service, host.read_only)
            self._opened_as.setdefault(service, known.get(host.id, host))

    def _outdated(self) -> tuple[HostService, ...]:
        """The open hosts that are not reached as the list says any more."""
        now = {one.id: one for one in self._hosts}
        return tuple(
            service
            for service, host in self._opened_as.items()
            if service in self._with_old_password or not now.get(host.id, host).is_reached_like(host)
        )

    def _offer_to_reconnect(self) -> None:
        """Say which open hosts still use what they were opened with."""
        for closed in [service for service in self._opened_as if service not in self._session.hosts]:
            del self._opened_as[closed]
            self._with_old_password.discard(closed)
        outdated = self._outdated()
        if not outdated:
            self._reconnect.hide()
            return
        names = ", ".join(f"“{self._opened_as[service].name}”" for service in outdated)
        self._reconnect.tell(
            "warning",
            self.tr("{names}: still connected as before the change").format(names=names),
            self.tr(
                "A new name, address, account or password counts once the host is connected again. A plan "
                "that is under way there stops after its step."
            ),
            self.tr("Reconnect now"),
        )

    def _reopen_outdated(self) -> None:
        for service in self._outdated():
            self._parts.reopen_host(service.connection.id)

    def _arrive_soon(self) -> None:
        if self.isVisible():
            self._tasks.start(self._arrive(), owner=self)

    async def _arrive(self) -> None:
        opened = {service.connection.id for service in self._session.hosts}
        self._offer_to_reconnect()
        await self.model.arrive([HostRow(host, host.id in opened) for host in self._hosts])
        self._tell_count()

    def _tell(self, what: Text, why: Text) -> None:
        self._problem.show_problem(Problem(what=what, why=why, do=()))

    # Deeds

    def _chosen(self) -> tuple[StoredHost, ...]:
        return tuple(row.host for row in self._table.selected())

    def _open(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self._parts.open_host(chosen[0].id)

    def _add(self) -> None:
        self._show_form(None)

    def _edit(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self._show_form(chosen[0])

    def _show_form(self, host: StoredHost | None) -> None:
        from console.ui.dialogs.host import HostDialog

        if self._directory is None:
            return
        dialog = HostDialog(self._directory, self._session, self._tasks, host, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._saved)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def _saved(self, host_id: str, with_password: bool) -> None:
        if with_password:
            same = (one for one in self._session.hosts if one.connection.id == host_id)
            self._with_old_password.update(same)
        self._tasks.start(self._select_saved(host_id), owner=self)

    async def _select_saved(self, host_id: str) -> None:
        await self._read()
        self._table.select_key(host_id)

    async def _forget(self) -> None:
        from console.backend.json_file import DocumentError

        chosen = self._chosen()
        if not chosen or self._directory is None:
            return
        box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            self.tr("Forget hosts"),
            self.tr(
                "Remove {names} from the console, with their passwords? Nothing changes on the hosts."
            ).format(names=", ".join(f"“{host.name}”" for host in chosen)),
            parent=self,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        forget = box.addButton(self.tr("Forget"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        await ask(box)
        if box.clickedButton() is not forget:
            return
        try:
            told = [await self._directory.remove(host) for host in chosen]
        except DocumentError as error:
            self._tell(N_("HostsPage", "The hosts could not be forgotten."), error.reason)
            return
        await self._read()
        left = next((text for text in told if text is not None), None)
        if left is not None:
            self._tell(N_("HostsPage", "The hosts are forgotten, but maybe not their passwords."), left)

    async def _take_in(self) -> None:
        from console.backend.json_file import DocumentError

        dialog = QFileDialog(self, self.tr("Import hosts"), "", self.tr("Hosts (*.json)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        if self._directory is None or not await ask(dialog):
            return
        try:
            taken, left = await self._decided(self._directory, Path(dialog.selectedFiles()[0]))
        except DocumentError as error:
            self._tell(N_("HostsPage", "The file was not imported."), error.reason)
            return
        await self._read()
        for host in taken[:1]:
            self._table.select_key(host.id)
        if left is not None:
            self._tell(N_("HostsPage", "The hosts are imported, but a former password may remain."), left)

    async def _decided(
        self, directory: HostDirectory, path: Path
    ) -> tuple[tuple[StoredHost, ...], Text | None]:
        """The hosts of a file that a person chose to take over, and what is left to say of it."""
        from console.ui.dialogs.import_hosts import ImportHostsDialog

        dialog = ImportHostsDialog(await directory.incoming(path), self)
        if not await ask(dialog):
            return (), None
        chosen = dialog.chosen()
        return chosen, await directory.take_in(chosen)

    async def _export_table(self, suffix: str) -> None:
        unwritten = await export_table(
            self, "hosts", suffix, self._table.visible_columns(), self.model.records()
        )
        if unwritten is not None:
            self._problem.show_problem(unwritten.problem)

    async def _export(self) -> None:
        from console.backend.json_file import DocumentError

        dialog = QFileDialog(self, self.tr("Export hosts"), "hosts.json", self.tr("Hosts (*.json)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        chosen = self._chosen()
        if self._directory is None or not await ask(dialog):
            return
        path = Path(dialog.selectedFiles()[0])
        try:
            await self._directory.export(path, chosen)
        except DocumentError as error:
            self._problem.show_problem(
                Problem(
                    what=N_("HostsPage", "The file {path} was not written.", path=path),
                    why=verbatim(shown(error.reason)),
                    do=(N_("HostsPage", "Choose another folder."),),
                )
            )
