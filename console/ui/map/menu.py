"""What can be done with an object of the map: its context menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from console.domain.snapshot import Network
from console.ui.actions import MAP_MENU, ActionSet, Context
from console.ui.icons import icon
from console.ui.loading import loaded
from console.ui.map.look import NodeLook
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown

NETWORK_DEEDS = ("network-connect", "network-disconnect", "network-remove")

Open = Callable[[QDialog], None]


class NodeMenu:
    """Makes the menus. ``open_dialog`` shows a dialog and keeps it while it is open."""

    def __init__(
        self, session: Session, tasks: Tasks, actions: ActionSet, page: QWidget, open_dialog: Open
    ) -> None:
        self._session = session
        self._tasks = tasks
        self._actions = actions
        self._page = page
        self._open = open_dialog

    def menu(self, look: NodeLook, context: Context) -> QMenu:
        """The menu of one node; of a network also what can be done with networks anywhere."""
        menu = self._actions.fill(QMenu(self._page), MAP_MENU)
        menu.setAccessibleName(look.title)
        network = self._network(look)
        if network is not None:
            menu.addSeparator()
            self._add_network_deeds(menu, network, context)
        menu.addSeparator()
        copy = menu.addAction(self._page.tr("&Copy name"))
        copy.triggered.connect(lambda _checked=False: QGuiApplication.clipboard().setText(look.title))
        words = menu.addAction(self._page.tr("Copy a&ll details"))
        words.triggered.connect(
            lambda _checked=False: QGuiApplication.clipboard().setText(
                "\n".join((look.title, *look.lines, *look.told))
            )
        )
        return menu

    def _network(self, look: NodeLook) -> Network | None:
        snapshot = self._session.snapshot
        if look.ref.kind != "network" or look.node.folded or snapshot is None:
            return None
        ref = look.ref
        return next((one for one in snapshot.networks.known() or () if (one.id,) == tuple(ref[1:])), None)

    def _add_network_deeds(self, menu: QMenu, network: Network, context: Context) -> None:
        # The same judgement as on the networks page, about this one network.
        rows = (row for row in self._session.network_rows if row.network.id == network.id)
        endpoints = next((row.endpoints for row in rows), None)
        judged = replace(context, page="networks", networks=(network,), endpoints=endpoints)
        declared = {action.id: action for action in self._actions.declared()}
        for action_id in NETWORK_DEEDS:
            deed = declared[action_id]
            entry = menu.addAction(shown(deed.text))
            if deed.icon is not None:
                entry.setIcon(icon(deed.icon))
            blocked = deed.why_blocked(judged)
            entry.setEnabled(blocked is None)
            entry.setToolTip(shown(deed.tip if blocked is None else blocked))
            entry.triggered.connect(
                self._tasks.starts(partial(self._start, deed.id, network), owner=self._page)
            )

    async def _start(self, action_id: str, network: Network) -> None:
        self._open(await _DIALOGS[action_id](self, network))

    async def _connect(self, network: Network) -> QDialog:
        dialogs = await loaded("console.ui.dialogs.connect")
        dialog: QDialog = dialogs.ConnectDialog(self._session, self._tasks, network, self._page)
        return dialog

    async def _disconnect(self, network: Network) -> QDialog:
        dialogs = await loaded("console.ui.dialogs.disconnect")
        dialog: QDialog = dialogs.DisconnectDialog(self._session, self._tasks, network, self._page)
        return dialog

    async def _remove(self, network: Network) -> QDialog:
        dialogs = await loaded("console.ui.dialogs.remove")
        dialog: QDialog = dialogs.RemoveNetworksDialog(self._session, self._tasks, (network,), self._page)
        return dialog


_DIALOGS: Mapping[str, Callable[[NodeMenu, Network], Awaitable[QDialog]]] = {
    "network-connect": NodeMenu._connect,
    "network-disconnect": NodeMenu._disconnect,
    "network-remove": NodeMenu._remove,
}
