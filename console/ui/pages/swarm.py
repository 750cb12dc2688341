"""The Swarm page: the host's part in a swarm, and what a manager tells of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from console.ui.actions import Context
from console.ui.icons import Icon
from console.ui.loading import loaded
from console.ui.pages.inventory import InventoryPage
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.swarm_actions import SWARM_BAR
from console.ui.texts import shown
from console.ui.widgets.action_bar import ActionBar
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from console.domain.snapshot import EngineInfo

SUMMARY_ROOM = 400
"""What the summary needs beside the buttons; with less room they show icons only."""

DIALOGS = {
    "swarm-init": "InitSwarmDialog",
    "swarm-join": "JoinSwarmDialog",
    "swarm-leave": "LeaveSwarmDialog",
}


class SwarmPage(ContextPage):
    """The state of the node above the tables of nodes, services, tasks and overlay networks."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session, self._tasks = parts.session, parts.tasks
        self._dialogs: set[QDialog] = set()
        self._state = QLabel(self)
        self._state.setWordWrap(True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setAccessibleName(self.tr("State of the node"))
        self._banner = Banner(self)
        self._bar = ActionBar(parts.actions, SWARM_BAR, self.tr("Swarm actions"), self)
        self._wordy_width = 0
        self._outside = self._build_outside()
        self._tables = InventoryPage("swarm", parts, self)
        self._tables.contextChanged.connect(self.contextChanged)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._outside)
        self._stack.addWidget(self._tables)
        self._arrange()
        for action_id, dialog in DIALOGS.items():
            parts.actions.bind(action_id, partial(self._start, dialog))
        self._session.snapshotChanged.connect(lambda _snapshot: self._show_state())
        self._session.serviceChanged.connect(lambda _service: self._show_state())
        self._show_state()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        left, above, right, _below = PAGE_EDGES
        top.setContentsMargins(left, above, right, 0)
        top.addWidget(self._state, 1)
        top.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignRight)
        banner = QVBoxLayout()
        banner.setContentsMargins(left, 0, right, 0)
        banner.addWidget(self._banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(banner)
        column.addWidget(self._stack, 1)

    def _build_outside(self) -> QWidget:
        """What stands in place of the tables on a host that is in no swarm: there is nothing to list."""
        outside = QWidget(self)
        empty = EmptyState(outside)
        empty.tell(
            Icon.SWARM,
            self.tr("This host is not in a swarm."),
            self.tr(
                "“Create swarm” makes it the first manager of a new swarm, “Join swarm” a node of one that "
                "exists. Nodes, services, tasks and overlay networks are listed here then."
            ),
        )
        column = QVBoxLayout(outside)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(empty)
        return outside

    def _show_state(self) -> None:
        snapshot = self._session.snapshot
        engine = snapshot.engine.known() if snapshot is not None else None
        outside = engine is not None and engine.swarm.local_node_state == "inactive"
        self._stack.setCurrentWidget(self._outside if outside else self._tables)
        self._state.setText(
            self._words(engine) if engine is not None else self.tr("The engine did not report it.")
        )
        self._state.setVisible(not outside)  # the empty state says it
        self._fit_bar()
        self.contextChanged.emit()
        if snapshot is None:
            self._banner.hide()
            return
        from console.domain.swarm.standing import missing_ingress

        missing = missing_ingress(snapshot)
        if missing is not None:
            self._banner.tell("warning", shown(missing))
        else:
            self._banner.hide()

    def _words(self, engine: EngineInfo) -> str:
        swarm = engine.swarm
        if not swarm.active:
            return self.tr("This host's part in the swarm: {state}. {error}").format(
                state=swarm.local_node_state, error=swarm.error
            )
        if not swarm.manager:
            managers = ", ".join(swarm.remote_managers) or self.tr("not reported")
            return self.tr("This host, {address}, is a worker. Its managers: {managers}").format(
                address=swarm.node_address, managers=managers
            )
        return self.tr(
            "This host, {address}, is a manager. Nodes: {nodes}, managers: {managers}. Overlay networks get"
            " /{size} subnets of {pools}; VXLAN on UDP {port}."
        ).format(
            address=swarm.node_address,
            nodes=swarm.nodes,
            managers=swarm.managers,
            size=swarm.subnet_size or 24,
            pools=", ".join(swarm.address_pools) or "10.0.0.0/8",
            port=swarm.data_path_port or 4789,
        )

    def _fit_bar(self) -> None:
        """Words on the buttons where they leave the summary room enough, else icons with tips."""
        style = Qt.ToolButtonStyle
        if self._bar.toolButtonStyle() == style.ToolButtonTextBesideIcon:
            self._wordy_width = self._bar.sizeHint().width()
        beside = 0 if self._state.isHidden() else SUMMARY_ROOM
        narrow = self.width() < self._wordy_width + beside
        self._bar.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The summary keeps its room in a narrow window."""
        super().resizeEvent(event)
        self._fit_bar()

    def _start(self, dialog: str) -> None:
        self._tasks.start(self._open(dialog), owner=self)

    async def _open(self, name: str) -> None:
        dialogs = await loaded("console.ui.dialogs.swarm")
        dialog: QDialog = getattr(dialogs, name)(self._session, self._tasks, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        if self._stack.currentWidget() is self._tables:
            return self._tables.context()
        return Context(page="swarm", connected=self._session.connected, snapshot=self._session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        if self._stack.currentWidget() is self._tables:
            return self._tables.panes()
        return tuple(
            self._bar.widgetForAction(action) for action in self._bar.actions() if action.isEnabled()
        )[:1]

    def remember(self) -> None:
        """Columns, sorting and splitters."""
        self._tables.remember()
