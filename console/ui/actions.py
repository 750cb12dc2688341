"""Everything a person can do, declared once: menus, tool bar, context menus and the command palette
are built from here, so a deed has one name, one icon, one shortcut and one reason when it can't be done.

What an action does is bound by the window or page it belongs to (:meth:`ActionSet.bind`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.text import N_, Text
from console.ui.icons import Icon, icon
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.checks.check import Finding
    from console.domain.compose.model import Project
    from console.domain.memory import RememberedNetwork
    from console.domain.relations import Relations
    from console.domain.snapshot import Network, Snapshot
    from console.ui.hosts import Lesson
    from console.ui.inventory.kind import InventoryRow
    from console.ui.models.hosts import HostRow

CONTEXT = "Actions"

SEARCHED_PAGES = frozenset({"help", "map"})
"""The pages with a search field but those with a table, which all have one."""


@dataclass(frozen=True)
class Context:
    """What an action is judged by.

    ``has_table`` is whether the page shows a table, ``selected`` how many of its rows are.
    ``endpoints`` is how many endpoints the selected networks have, None where that is not known. ``kind``
    is the kind of object an inventory page shows, ``objects`` its selected rows and ``relations`` how
    they hang together, None while that is not known. ``finding`` is what is selected among the checks'
    findings, ``finding_has_page`` whether its object has rows on a page of its own. ``hosts`` are the
    selected rows of the page of hosts; ``read_only`` is whether the host shown may only be looked at.
    ``compose`` is the Compose project that is open.
    ``remembered`` are the selected rows of the page of remembered networks, ``lesson`` is the selected
    practice scenario. ``restartable`` is whether the Windows of the host shown can be restarted,
    ``signed_out`` whether its Windows side waits for somebody to sign in.
    """

    page: str = ""
    connected: bool = False
    snapshot: Snapshot | None = None
    networks: tuple[Network, ...] = ()
    endpoints: int | None = None
    has_table: bool = False
    selected: int = 0
    kind: str = ""
    objects: tuple[InventoryRow, ...] = ()
    relations: Relations | None = None
    visible_rows: int = 0
    object_chosen: bool = False
    object_has_page: bool = False
    map_shown: bool = False
    picture_shown: bool = False
    path_shown: bool = False
    finding: Finding | None = None
    finding_has_page: bool = False
    hosts: tuple[HostRow, ...] = ()
    read_only: bool = False
    open_hosts: int = 0
    compose: Project | None = None
    remembered: tuple[RememberedNetwork, ...] = ()
    lesson: Lesson | None = None
    restartable: bool = False
    signed_out: bool = False


Judgement = Callable[[Context], Text | None]


def never_blocked(_context: Context) -> Text | None:
    """Can be done at any time."""
    return None


def without_connection(context: Context) -> Text | None:
    """Blocked while the host does not answer, and where it is none that could."""
    if context.snapshot is not None and context.snapshot.host.bundle:
        return N_(CONTEXT, "This host is shown from a support bundle: it can only be viewed.")
    if context.connected:
        return None
    return N_(CONTEXT, "The host does not answer. Wait for the connection, or choose another host.")


def connected(context: Context) -> Text | None:
    """Blocked while there is nothing to retry."""
    return N_(CONTEXT, "The host is connected.") if context.connected else None


def signed_in(context: Context) -> Text | None:
    """Blocked while the Windows side waits for nobody."""
    if context.signed_out:
        return None
    return N_(CONTEXT, "The Windows side of this host waits for no password.")


def without_two_hosts(context: Context) -> Text | None:
    """Blocked while no other host could be shown instead."""
    return None if context.open_hosts > 1 else N_(CONTEXT, "No other host is open.")


def off_networks_page(context: Context) -> Text | None:
    """Blocked on other pages."""
    return None if context.page == "networks" else N_(CONTEXT, "Go to the Networks page first.")


def without_selection(context: Context) -> Text | None:
    """Blocked until a network is selected."""
    return off_networks_page(context) or (
        None if context.networks else N_(CONTEXT, "Select a network in the table first.")
    )


def without_search(context: Context) -> Text | None:
    """Blocked on pages that have no search field."""
    searched = context.has_table or context.page in SEARCHED_PAGES
    return None if searched else N_(CONTEXT, "This page has no search field.")


def without_map(context: Context) -> Text | None:
    """Blocked until there is a map to look at."""
    if context.page != "map":
        return N_(CONTEXT, "Go to the map first.")
    return None if context.map_shown else N_(CONTEXT, "There is nothing on the map yet.")


def without_picture(context: Context) -> Text | None:
    """Blocked while the map is not seen as a picture."""
    return without_map(context) or (
        None if context.picture_shown else N_(CONTEXT, "Go to the tab Picture first.")
    )


def without_object(context: Context) -> Text | None:
    """Blocked until an object of the map is chosen."""
    return without_map(context) or (
        None if context.object_chosen else N_(CONTEXT, "Select an object on the map first.")
    )


def without_own_page(context: Context) -> Text | None:
    """Blocked where the chosen object has no page with rows of its kind."""
    return without_object(context) or (
        None if context.object_has_page else N_(CONTEXT, "Objects of this kind have no page of their own.")
    )


def everything_shown(context: Context) -> Text | None:
    """Blocked while nothing of the map is left away."""
    return without_map(context) or (
        None if context.path_shown else N_(CONTEXT, "The map shows the whole host.")
    )


def without_table(context: Context) -> Text | None:
    """Blocked on pages that show no table."""
    return None if context.has_table else N_(CONTEXT, "Go to a page with a table first.")


def without_selected_rows(context: Context) -> Text | None:
    """Blocked until a row is selected, whatever it is about."""
    return without_table(context) or (
        None if context.selected else N_(CONTEXT, "Select a row in the table first.")
    )


def without_rows(context: Context) -> Text | None:
    """Blocked while the table is empty."""
    return without_table(context) or (None if context.visible_rows else N_(CONTEXT, "The table is empty."))


def without_one_network(context: Context) -> Text | None:
    """Blocked unless exactly one network is selected on a host that answers."""
    blocked = without_connection(context) or without_selection(context)
    if blocked or len(context.networks) == 1:
        return blocked
    return N_(CONTEXT, "Select one network only.")


def not_removable(context: Context) -> Text | None:
    """Blocked where the engine keeps one of the selected networks for itself."""
    blocked = without_connection(context) or without_selection(context)
    if blocked or context.snapshot is None:
        return blocked
    from console.domain.removal import refused_because

    refusals = (refused_because(network, context.snapshot) for network in context.networks)
    return next((refusal for refusal in refusals if refusal), None)


def not_connectable(context: Context) -> Text | None:
    """Blocked where the network takes no containers."""
    blocked = without_one_network(context)
    if blocked:
        return blocked
    name = context.networks[0].name
    if name == "none":
        return N_(CONTEXT, "The network {name} is for containers without a network.", name=name)
    if context.networks[0].config_only:
        return N_(CONTEXT, "The network {name} only holds a configuration.", name=name)
    return None


def nothing_attached(context: Context) -> Text | None:
    """Blocked where no container is attached."""
    blocked = without_one_network(context)
    if blocked or context.endpoints:
        return blocked
    if context.endpoints is None:
        return N_(CONTEXT, "Which containers are attached could not be read.")
    return N_(CONTEXT, "No container is attached to {name}.", name=context.networks[0].name)


@dataclass(frozen=True)
class Action:
    """One deed. ``text`` carries the mnemonic of menus; ``blocked_by`` gives the sentence that says
    why it can't be done now. ``palette`` is False where the command palette would be no use.
    ``elevated`` is whether Windows wants an administrator for it: it is shown with a shield.
    ``changes_host`` is whether it is blocked on a host that may only be looked at.
    """

    id: str
    text: Text
    tip: Text
    icon: Icon | None = None
    shortcut: str = ""
    blocked_by: Judgement = never_blocked
    checkable: bool = False
    palette: bool = True
    elevated: bool = False
    changes_host: bool = False

    def why_blocked(self, context: Context) -> Text | None:
        """Why it can't be done now; None where it can."""
        if context.read_only and self.changes_host:
            return READ_ONLY
        return self.blocked_by(context)


READ_ONLY = N_(CONTEXT, "This host is read-only in the console: nothing is changed on it.")

ACTIONS: tuple[Action, ...] = (
    Action(
        "network-new", N_(CONTEXT, "&New network…"), N_(CONTEXT, "Create a network step by step"),
        Icon.NETWORK_NEW, "Ctrl+N", without_connection, changes_host=True,
    ),
    Action(
        "network-remove", N_(CONTEXT, "&Remove…"), N_(CONTEXT, "Remove the selected networks"),
        Icon.REMOVE, "Del", not_removable, changes_host=True,
    ),
    Action(
        "network-prune", N_(CONTEXT, "&Prune…"), N_(CONTEXT, "Remove all unused networks"),
        Icon.PRUNE, "", without_connection, changes_host=True,
    ),
    Action(
        "network-connect", N_(CONTEXT, "&Connect…"),
        N_(CONTEXT, "Attach a container to the selected network"), Icon.CONNECT, "", not_connectable,
        changes_host=True,
    ),
    Action(
        "network-disconnect", N_(CONTEXT, "&Disconnect…"),
        N_(CONTEXT, "Detach a container from the selected network"), Icon.DISCONNECT, "",
        nothing_attached, changes_host=True,
    ),
    Action(
        "network-details", N_(CONTEXT, "D&etails"), N_(CONTEXT, "Go to the details of the selected network"),
        Icon.INFO, "", without_selection,
    ),
    Action(
        "refresh", N_(CONTEXT, "Re&fresh"), N_(CONTEXT, "Read the host now"),
        Icon.REFRESH, "F5", without_connection,
    ),
    Action(
        "retry", N_(CONTEXT, "Retr&y now"), N_(CONTEXT, "Try to reach the host now"),
        Icon.REFRESH, "", connected,
    ),
    Action(
        "sign-in", N_(CONTEXT, "Si&gn in…"),
        N_(CONTEXT, "Give the password for the Windows side of the host shown"),
        Icon.HOST, "", signed_in,
    ),
    Action(
        "find", N_(CONTEXT, "&Find"), N_(CONTEXT, "Go to the search field"),
        Icon.SEARCH, "Ctrl+F", without_search,
    ),
    Action(
        "copy-rows", N_(CONTEXT, "&Copy rows"), N_(CONTEXT, "Copy the selected rows, with headers"),
        Icon.COPY, "", without_selected_rows,
    ),
    Action(
        "copy-cell", N_(CONTEXT, "Copy c&ell"), N_(CONTEXT, "Copy the text of the current cell"),
        Icon.COPY, "Ctrl+Shift+C", without_selected_rows,
    ),
    Action(
        "select-all", N_(CONTEXT, "Select &all"), N_(CONTEXT, "Select every visible row"),
        Icon.NETWORKS, "", without_rows,
    ),
    Action(
        "export-csv", N_(CONTEXT, "Export as CS&V…"), N_(CONTEXT, "Write the visible rows to a CSV file"),
        Icon.EXPORT, "", without_rows,
    ),
    Action(
        "export-json", N_(CONTEXT, "Export as &JSON…"), N_(CONTEXT, "Write the visible rows to a JSON file"),
        Icon.EXPORT, "", without_rows,
    ),
    Action(
        "columns", N_(CONTEXT, "C&olumns…"), N_(CONTEXT, "Choose which columns are shown"),
        Icon.COLUMNS, "", without_table,
    ),
    Action(
        "show-details", N_(CONTEXT, "&Details pane"), N_(CONTEXT, "Show or hide the details pane"),
        Icon.INFO, "F4", without_table, checkable=True,
    ),
    Action(
        "map-open", N_(CONTEXT, "&Open on its page"),
        N_(CONTEXT, "Show the selected object on the page for its kind"),
        Icon.INFO, "", without_own_page,
    ),
    Action(
        "map-path", N_(CONTEXT, "Only its &path"),
        N_(CONTEXT, "Show only what is related to the selected network or container"),
        Icon.PATH, "", without_object,
    ),
    Action(
        "map-everything", N_(CONTEXT, "&Whole host"), N_(CONTEXT, "Show the whole host on the map"),
        Icon.HOST, "", everything_shown,
    ),
    Action(
        "map-fold", N_(CONTEXT, "&Fold or unfold"),
        N_(CONTEXT, "Draw a group as one node, or each of its nodes"),
        Icon.EXPAND, "", without_object,
    ),
    Action(
        "map-labels", N_(CONTEXT, "&Labels on lines"),
        N_(CONTEXT, "Write addresses and VLANs on the lines of the map"), Icon.INFO, "", without_map,
        checkable=True,
    ),
    Action("map-zoom-in", N_(CONTEXT, "&Zoom in"), N_(CONTEXT, "Enlarge the map (+)"), Icon.ZOOM_IN, "",
           without_picture),
    Action("map-zoom-out", N_(CONTEXT, "Zoom o&ut"), N_(CONTEXT, "Make the map smaller (-)"), Icon.ZOOM_OUT,
           "", without_picture),
    Action("map-fit", N_(CONTEXT, "F&it"), N_(CONTEXT, "Show the whole map (0)"), Icon.FIT, "",
           without_picture),
    Action(
        "map-export-svg", N_(CONTEXT, "Export map as &SVG…"),
        N_(CONTEXT, "Write the map to a vector file, for documents and the web"), Icon.EXPORT, "",
        without_map,
    ),
    Action(
        "map-export-png", N_(CONTEXT, "Export map as P&NG…"),
        N_(CONTEXT, "Write the map to a picture file"), Icon.EXPORT, "", without_map,
    ),
    Action(
        "map-export-pdf", N_(CONTEXT, "Export map as P&DF…"),
        N_(CONTEXT, "Write the map to a page of its own size"), Icon.EXPORT, "", without_map,
    ),
    Action(
        "next-pane", N_(CONTEXT, "Ne&xt pane"), N_(CONTEXT, "Move the keyboard focus to the next pane"),
        None, "F6", palette=False,
    ),
    Action(
        "find-port", N_(CONTEXT, "Find a free por&t…"),
        N_(CONTEXT, "See what holds a host port, and which one is free"), Icon.PORT_FINDER,
    ),
    Action(
        "palette", N_(CONTEXT, "&Command palette…"), N_(CONTEXT, "Find any command by typing"),
        Icon.COMMAND, "Ctrl+K", palette=False,
    ),
    Action(
        "close-host", N_(CONTEXT, "&Close host"), N_(CONTEXT, "Close the connection to the host shown"),
        Icon.DISCONNECT, "Ctrl+W", without_two_hosts,
    ),
    Action(
        "help", N_(CONTEXT, "&Help on this page"), N_(CONTEXT, "Read about what is shown"), Icon.HELP, "F1"
    ),
    Action("quit", N_(CONTEXT, "&Quit"), N_(CONTEXT, "Close the console"), Icon.CLOSE, "Ctrl+Q"),
    Action("theme-system", N_(CONTEXT, "&As the system"), N_(CONTEXT, "Colours as set in the system"),
           Icon.THEME, checkable=True),
    Action("theme-light", N_(CONTEXT, "&Light"), N_(CONTEXT, "Light colours"), Icon.THEME, checkable=True),
    Action("theme-dark", N_(CONTEXT, "Dar&k"), N_(CONTEXT, "Dark colours"), Icon.THEME, checkable=True),
    Action("theme-high-contrast", N_(CONTEXT, "&High contrast"),
           N_(CONTEXT, "Colours with the highest contrast"), Icon.THEME, checkable=True),
)  # fmt: skip

SEPARATOR = ""

MAP_TOOLBAR = ("map-zoom-in", "map-zoom-out", "map-fit", SEPARATOR, "map-path", "map-everything")
MAP_MENU = ("map-open", SEPARATOR, "map-path", "map-everything", "map-fold")
MAP_MAIN_MENU = (
    *MAP_MENU, SEPARATOR, "map-zoom-in", "map-zoom-out", "map-fit", "map-labels", SEPARATOR,
    "map-export-svg", "map-export-png", "map-export-pdf",
)  # fmt: skip
MAP_EXPORTS = ("map-export-svg", "map-export-png", "map-export-pdf")

THEME_ACTIONS = ("theme-system", "theme-light", "theme-dark", "theme-high-contrast")

TOOLBAR = (
    "network-new", SEPARATOR, "network-remove", "network-prune", SEPARATOR,
    "network-connect", "network-disconnect", SEPARATOR, "refresh",
)  # fmt: skip

CONTEXT_MENU = (
    "network-details", SEPARATOR, "network-connect", "network-disconnect", "network-remove", SEPARATOR,
    "network-compose", "copy-rows", "copy-cell",
)  # fmt: skip

NETWORK_MENU = (
    "network-new", SEPARATOR, "network-remove", "network-connect", "network-disconnect", SEPARATOR,
    "network-prune",
)  # fmt: skip
EDIT_MENU = (
    "copy-rows",
    "copy-cell",
    "select-all",
    SEPARATOR,
    "find",
    SEPARATOR,
    "export-csv",
    "export-json",
)
VIEW_MENU = (
    "refresh", SEPARATOR, "show-details", "columns", "next-pane", SEPARATOR, "find-port", "palette",
)  # fmt: skip


def plain(text: str) -> str:
    """``text`` without mnemonic and ellipsis: a name for screen readers and lists."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


class ActionSet(QObject):
    """The actions of one window as QActions. ``judged`` is emitted when they were enabled anew."""

    judged = Signal()

    def __init__(self, window: QWidget, extra: tuple[Action, ...] = ()) -> None:
        super().__init__(window)
        self._declared = {action.id: action for action in (*ACTIONS, *extra)}
        self._actions = {action.id: self._make(action, window) for action in self._declared.values()}
        self._reasons: dict[str, str] = {}
        self._page = ""
        self.judge(Context())

    def _make(self, declared: Action, window: QWidget) -> QAction:
        action = QAction(shown(declared.text), self)
        action.setObjectName(declared.id)
        if declared.icon is not None:
            action.setIcon(icon(declared.icon, elevated=declared.elevated))
        if declared.shortcut:
            action.setShortcut(QKeySequence(declared.shortcut))
        action.setCheckable(declared.checkable)
        window.addAction(action)
        return action

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def declared(self) -> tuple[Action, ...]:
        """All actions in the order of their declaration."""
        return tuple(self._declared.values())

    def bind(self, action_id: str, run: Callable[[], object], page: str = "") -> None:
        """Do ``run`` when the action is triggered; with ``page`` only while that page is shown."""

        def triggered(_checked: bool = False) -> None:
            if page in {"", self._page}:
                run()

        self._actions[action_id].triggered.connect(triggered)

    def reason(self, action_id: str) -> str:
        """Why the action is blocked now; "" where it is not."""
        return self._reasons.get(action_id, "")

    def judge(self, context: Context) -> None:
        """Enable each action, or disable it and let its tip say why."""
        self._page = context.page
        for declared in self._declared.values():
            blocked = declared.why_blocked(context)
            reason = "" if blocked is None else shown(blocked)
            if self._reasons.get(declared.id) == reason:
                continue  # most stay as they are when a row is selected
            self._reasons[declared.id] = reason
            action = self._actions[declared.id]
            action.setEnabled(not reason)
            action.setToolTip(self._tip(declared, reason))
            action.setStatusTip(reason or shown(declared.tip))
        self.judged.emit()

    def _tip(self, declared: Action, reason: str) -> str:
        tip = shown(declared.tip)
        if declared.shortcut:
            keys = QKeySequence(declared.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            tip = QCoreApplication.translate(CONTEXT, "{tip} ({keys})").format(tip=tip, keys=keys)
        return f"{tip}\n{reason}" if reason else tip

    def fill(self, menu: QMenu, ids: tuple[str, ...]) -> QMenu:
        """Put the actions of ``ids`` into ``menu``; it shows their tips, so also their reasons."""
        menu.setToolTipsVisible(True)
        for action_id in ids:
            if action_id == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action_id])
        return menu
