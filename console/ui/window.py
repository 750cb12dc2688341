"""The window: navigation, header, pages, menus, and a quiet end."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.ui.actions import (
    EDIT_MENU,
    MAP_MAIN_MENU,
    NETWORK_MENU,
    SEPARATOR,
    THEME_ACTIONS,
    VIEW_MENU,
    ActionSet,
    Context,
)
from console.ui.bundle_actions import BUNDLE_ACTIONS, BUNDLE_MENU
from console.ui.bundles import Bundles
from console.ui.check_actions import CHECK_ACTIONS, CHECKS_MENU
from console.ui.compose_actions import COMPOSE_ACTIONS, COMPOSE_MENU
from console.ui.container_actions import CONTAINER_ACTIONS, CONTAINER_BAR, CONTAINER_MORE
from console.ui.host_actions import HOST_ACTIONS
from console.ui.host_list_actions import HOST_LIST_ACTIONS
from console.ui.hosts import Consent
from console.ui.icons import Icon, icon
from console.ui.inventory.source import Inventory
from console.ui.loading import is_loaded, loaded
from console.ui.memory_actions import MEMORY_ACTIONS
from console.ui.pages.page import ContextPage, with_host
from console.ui.pages.registry import GROUPS, PAGES, Page, Parts, help_topic, page_of, pages_in
from console.ui.practice_actions import PRACTICE_ACTIONS
from console.ui.session import Session
from console.ui.swarm_actions import SWARM_ACTIONS
from console.ui.tasks import Tasks, ask
from console.ui.texts import shown
from console.ui.theme import Appearance, Theme
from console.ui.widgets.elided_label import ElidedLabel
from console.ui.widgets.findings_notice import FindingsNotice
from console.ui.widgets.host_bar import HostBar
from console.ui.widgets.host_tabs import HostTabs
from console.ui.widgets.interrupted_notice import InterruptedNotice
from console.ui.window_state import WindowState

if TYPE_CHECKING:
    from console.backend.service import HostService
    from console.domain.object_ref import ObjectRef
    from console.domain.text import Text
    from console.ui.hosts import HostChoice, Hosts
    from console.ui.widgets.plan_runner import Confirmation

FURTHER_ACTIONS = (
    *HOST_ACTIONS,
    *CHECK_ACTIONS,
    *CONTAINER_ACTIONS,
    *MEMORY_ACTIONS,
    *HOST_LIST_ACTIONS,
    *COMPOSE_ACTIONS,
    *SWARM_ACTIONS,
    *BUNDLE_ACTIONS,
    *PRACTICE_ACTIONS,
)
"""The actions of single rooms; those of the window itself stand in :mod:`console.ui.actions`."""

STATE = "window"
SMALLEST = QSize(640, 420)
FIRST_SIZE = QSize(1280, 800)
FRAME = QSize(16, 40)
"""What a window manager puts around a window, at most."""

NAVIGATION_WIDTH = 184
NAVIGATION_ICON = 20
NAVIGATION_ROOM = 9
"""Above and below an entry's text, together."""

PAGE_ID = Qt.ItemDataRole.UserRole


def in_sight(pane: QWidget) -> QWidget | None:
    """The pane, or what stands in its place while it has nothing to show; None where there is neither.

    What is hidden takes no keyboard: going to it would be going nowhere, again and again.
    """
    stack = pane.parentWidget()
    shown_now = stack.currentWidget() if isinstance(stack, QStackedWidget) else pane
    return shown_now if shown_now is not None and shown_now.isVisible() else None


class MainWindow(QMainWindow):
    """Shows one session at a time.

    ``close_requested`` is set when somebody wants to end the console; whoever runs the window then
    awaits :meth:`say_goodbye`. Closing itself is never done inside ``closeEvent``: what has to be
    ended is awaited, and nothing may spin the event loop meanwhile (model-codebases, 6.4).
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        appearance: Appearance,
        state: WindowState,
        hosts: Hosts | None = None,
        log_menu: QMenu | None = None,
    ) -> None:
        super().__init__()
        self.close_requested = asyncio.Event()
        self.painted = asyncio.Event()
        self._session = session
        self._tasks = tasks
        self._appearance = appearance
        self._state = state
        self._hosts = hosts
        self._log_menu = log_menu
        self._leaving = False
        self._opening: set[str] = set()
        self._commands = ActionSet(self, FURTHER_ACTIONS)
        self._parts = Parts(
            session,
            tasks,
            self._commands,
            state,
            Inventory(session, tasks, self),
            hosts,
            self._open_chosen,
            self._reopen_chosen,
            self.go_to,
        )
        self._pages: dict[str, QWidget] = {}
        self._wanted_page = ""
        self.setMinimumSize(SMALLEST)
        self._build()
        self._bind()
        self._restore()
        self._follow()

    # What the person sees

    def _build(self) -> None:
        self._host_menu = QMenu(self.tr("Switch host"), self)
        self._host_menu.setToolTipsVisible(True)
        self._build_menus()
        self._host_bar = HostBar(self._session, self._commands["retry"], self._host_menu, self)
        self._tabs = HostTabs(self._session, self)
        self._tabs.closeWanted.connect(self._close_host)
        self._navigation = self._build_navigation()
        self._stack = QStackedWidget(self)
        self._interrupted = InterruptedNotice(self._session, self._tasks, self)
        self._interrupted.chosen.connect(lambda: self.go_to("activity"))
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._navigation)
        below.addWidget(self._stack, 1)
        middle = QWidget(self)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._host_bar)
        layout.addWidget(self._tabs)
        layout.addWidget(self._interrupted)
        layout.addLayout(below, 1)
        self._above_pages = layout
        self.setCentralWidget(middle)
        self._build_status_bar()

    def _build_navigation(self) -> QListWidget:
        navigation = QListWidget(self)
        navigation.setObjectName("navigation")
        navigation.setAccessibleName(self.tr("Pages"))
        navigation.setFixedWidth(NAVIGATION_WIDTH)
        navigation.setIconSize(QSize(NAVIGATION_ICON, NAVIGATION_ICON))
        navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for group in GROUPS:
            pages = pages_in(group)
            if pages and group.title is not None:
                navigation.addItem(self._heading(shown(group.title)))
            for page in pages:
                item = QListWidgetItem(icon(page.icon), shown(page.title))
                item.setData(PAGE_ID, page.id)
                item.setSizeHint(QSize(0, navigation.fontMetrics().height() + NAVIGATION_ROOM))
                navigation.addItem(item)
        navigation.currentItemChanged.connect(lambda item, _before: self.go_to(item.data(PAGE_ID)))
        return navigation

    def _heading(self, words: str) -> QListWidgetItem:
        """A line between two groups of pages, which the keyboard passes over."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, self.fontMetrics().height() + NAVIGATION_ROOM))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item

    def _navigation_item(self, page_id: str) -> QListWidgetItem:
        items = (self._navigation.item(row) for row in range(self._navigation.count()))
        return next(item for item in items if item.data(PAGE_ID) == page_id)

    @property
    def _page_id(self) -> str:
        """The page shown; "" before the first."""
        item = self._navigation.currentItem()
        return "" if item is None else str(item.data(PAGE_ID))

    def _build_menus(self) -> None:
        bar, actions = self.menuBar(), self._commands
        host = bar.addMenu(self.tr("&Host"))
        host.addMenu(self._host_menu)
        actions.fill(host, ("practice-go", "practice-restart", SEPARATOR))
        actions.fill(host, ("refresh", "retry", "sign-in", "close-host", SEPARATOR, *BUNDLE_MENU, "quit"))
        actions.fill(bar.addMenu(self.tr("&Edit")), EDIT_MENU)
        actions.fill(bar.addMenu(self.tr("&Network")), NETWORK_MENU)
        actions.fill(bar.addMenu(self.tr("C&ontainer")), (*CONTAINER_BAR, *CONTAINER_MORE))
        actions.fill(bar.addMenu(self.tr("&Map")), MAP_MAIN_MENU)
        actions.fill(bar.addMenu(self.tr("&Checks")), CHECKS_MENU)
        actions.fill(bar.addMenu(self.tr("Com&pose")), COMPOSE_MENU)
        view = bar.addMenu(self.tr("&View"))
        self._page_actions(view)
        actions.fill(view, VIEW_MENU)
        if self._log_menu is not None:
            view.addMenu(self._log_menu)
        themes = actions.fill(view.addMenu(icon(Icon.THEME), self.tr("Co&lours")), THEME_ACTIONS)
        actions.fill(bar.addMenu(self.tr("He&lp")), ("help",))
        group = QActionGroup(themes)
        for action in themes.actions():
            group.addAction(action)

    def _page_actions(self, menu: QMenu) -> None:
        """The group's keys and a number for each page; a menu for each group but the first."""
        for group in GROUPS:
            pages = pages_in(group)
            where = menu if group.menu_title is None else QMenu(shown(group.menu_title), menu)
            for number, page in enumerate(pages, start=1):
                action = QAction(icon(page.icon), shown(page.title), self)
                action.setShortcut(f"{group.keys}+{number}")
                action.triggered.connect(lambda _checked=False, page=page: self.go_to(page.id))
                where.addAction(action)
                self.addAction(action)
            if pages and where is not menu:
                menu.addMenu(where)
        menu.addSeparator()

    def _build_status_bar(self) -> None:
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self._status = ElidedLabel(self)
        self._status.setAccessibleName(self.tr("Host status"))
        self._findings = FindingsNotice(self._session.diagnosis, self)
        self._findings.changed.connect(self._show_finding_count)
        self._findings.clicked.connect(lambda: self.go_to("checks"))
        status.addWidget(self._findings)
        status.addPermanentWidget(self._status, 1)

    def _show_finding_count(self) -> None:
        """The number of findings stands beside the page's name."""
        page = next(page for page in PAGES if page.id == "checks")
        count, item = self._findings.count, self._navigation_item("checks")
        words = self.tr("{page} ({count})").format(page=shown(page.title), count=count)
        item.setText(words if count else shown(page.title))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, self._findings.spoken if count else None)

    # What can be done

    def _bind(self) -> None:
        actions = self._commands
        actions.bind("retry", self._retry)
        actions.bind("sign-in", self._tasks.starts(self._sign_in, owner=self))
        actions.bind("palette", self._open_palette)
        actions.bind("find-port", lambda: self.go_to("ports"))
        actions.bind("checks-run", self._tasks.starts(self._observe, owner=self))
        actions.bind("practice-go", lambda: self.go_to("practice"))
        actions.bind("practice-restart", self._tasks.starts(self._restart_practice, owner=self))
        actions.bind("quit", self.close)
        actions.bind("next-pane", self._next_pane)
        actions.bind("help", self._help_on_page)
        for page in PAGES:
            if page.id not in {"networks", "map"}:  # which tell themselves of an observation that fails
                actions.bind("refresh", self._tasks.starts(self._observe, owner=self), page=page.id)
        for action_id in THEME_ACTIONS:
            actions.bind(action_id, partial(self._choose_theme, action_id))
        self._host_menu.aboutToShow.connect(self._fill_host_menu)
        actions.bind("close-host", self._close_shown_host)
        self._bundles = Bundles(self._parts, self.go_to, self)

    async def _observe(self) -> None:
        if self._session.service is None:
            return
        from console.backend.failures import EngineError

        with contextlib.suppress(EngineError):  # the session's status says what failed, on every page
            await self._session.service.observe()

    async def _restart_practice(self) -> None:
        service = self._session.service
        if service is not None:
            dialogs = await loaded("console.ui.restart")
            await dialogs.restarted(service, self._session.snapshot, self)

    def _retry(self) -> None:
        if self._session.service is not None:
            self._session.service.retry_now()

    async def _sign_in(self) -> None:
        service = self._session.service
        if service is None:
            return
        from pydantic import SecretStr

        await loaded("console.ui.dialogs.consent")
        from console.ui.dialogs.consent import PasswordDialog

        without = self.tr("Cancel")
        dialog = PasswordDialog(service.identity.name, service.sign_in_account, without, parent=self)
        if await ask(dialog):
            await service.sign_in(SecretStr(dialog.password()))

    def _open_palette(self) -> None:
        from console.ui.widgets.command_palette import CommandPalette

        self._judge()  # the reasons it lists must be those of this moment
        CommandPalette(self._commands, self).open()

    def _help_on_page(self) -> None:
        self._session.help.open(help_topic(self._page_id))

    def _show_help(self) -> None:
        """On its page; in front of a dialog that is open, as the page behind it could not be used."""
        modal = QApplication.activeModalWidget()
        if modal is None:
            self.go_to("help")
        else:
            self._tasks.start(self._open_help(modal), owner=self)

    async def _open_help(self, modal: QWidget) -> None:
        dialogs = await loaded("console.ui.dialogs.help")
        dialog = dialogs.HelpDialog(self._tasks, self._session.help.topic, modal)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_theme(self, action_id: str) -> None:
        wanted = action_id.removeprefix("theme-")
        self._appearance.choose(None if wanted == "system" else Theme(wanted))
        self._state.set(STATE, theme=wanted)

    def _next_pane(self) -> None:
        page = self._stack.currentWidget()
        inside = page.panes() if isinstance(page, ContextPage) else (page,)
        there = (in_sight(pane) for pane in inside if pane is not None)
        panes = [self._navigation, *(pane for pane in there if pane is not None)]
        focus = QApplication.focusWidget()
        holders = (
            at for at, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))
        )
        at = next(holders, -1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focusNextPrevChild(self, following: bool) -> bool:
        """The Tab key goes round as one reads: the status bar comes after the page.

        Qt puts what is made later behind it, and pages make parts at any time; so it is put last again
        before each step.
        """
        last = self.previousInFocusChain()
        while last is not None and last is not self and last.focusPolicy() == Qt.FocusPolicy.NoFocus:
            last = last.previousInFocusChain()  # Qt puts nothing behind what takes no keyboard
        if last is not None and last is not self._findings:
            self.setTabOrder(last, self._findings)
        return super().focusNextPrevChild(following)

    # Pages

    def go_to(self, page_id: str) -> None:
        """Show a page; it is made when it is shown for the first time, once its parts are loaded."""
        self._wanted_page = page_id
        page = next(page for page in PAGES if page.id == page_id)
        if page_id in self._pages or is_loaded(page.module):
            self._show_page(page)
        else:
            self._tasks.start(self._load_page(page), owner=self)

    async def _load_page(self, page: Page) -> None:
        await loaded(page.module)
        if self._wanted_page == page.id:  # else the person went on to another one meanwhile
            self._show_page(page)

    def _show_page(self, page: Page) -> None:
        if page.id not in self._pages:
            made = page.make(self._parts)
            if isinstance(made, ContextPage):
                made.contextChanged.connect(self._judge_soon)
            self._pages[page.id] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._pages[page.id])
        if self._page_id != page.id:
            self._navigation.setCurrentItem(self._navigation_item(page.id))
        self._judge_soon()

    def _open_object(self, ref: ObjectRef) -> None:
        page = page_of(ref.kind)
        if page is not None:
            self.go_to(page.id)

    def add_notice(self, notice: QWidget) -> None:
        """Have something said above every page from now on."""
        self._above_pages.insertWidget(self._above_pages.indexOf(self._interrupted) + 1, notice)

    def page(self, page_id: str) -> QWidget:
        """A page, made and shown at once if it was not before."""
        self._wanted_page = page_id
        self._show_page(next(page for page in PAGES if page.id == page_id))
        return self._pages[page_id]

    def _judge(self) -> None:
        page = self._stack.currentWidget()
        elsewhere = Context(
            page=self._page_id,
            connected=self._session.connected,
            snapshot=self._session.snapshot,
        )
        context = page.context() if isinstance(page, ContextPage) else elsewhere
        self._commands.judge(with_host(context, self._session))

    def _judge_soon(self) -> None:
        # Selecting a row tells several changes at once: judged once, after the last of them.
        self._judging.start()

    # Hosts

    def _fill_host_menu(self) -> None:
        self._host_menu.clear()
        waiting = self._host_menu.addAction(self.tr("Looking for hosts…"))
        waiting.setEnabled(False)
        if self._hosts is not None:
            self._tasks.start(self._offer_hosts(self._hosts), owner=self)

    async def _offer_hosts(self, hosts: Hosts) -> None:
        choices = await hosts.choices()
        self._host_menu.clear()
        menus: dict[Text | None, QMenu] = {None: self._host_menu}
        for choice in choices:
            if choice.group is not None and choice.group not in menus:
                menus[choice.group] = self._host_menu.addMenu(icon(Icon.PRACTICE), shown(choice.group))
                menus[choice.group].setToolTipsVisible(True)
            menus[choice.group].addAction(self._host_action(choice))

    def _host_action(self, choice: HostChoice) -> QAction:
        # A host's name is data: an ampersand in it is no mnemonic.
        action = QAction(choice.title.replace("&", "&&"), self._host_menu)
        action.setIcon(icon(Icon.PRACTICE if choice.practice else Icon.HOST))
        action.setToolTip(choice.detail)
        action.setStatusTip(choice.detail)
        action.setCheckable(True)
        service = self._session.service
        action.setChecked(service is not None and service.connection.id == choice.id)
        action.triggered.connect(lambda _checked=False: self._open_chosen(choice.id))
        return action

    def _open_chosen(self, choice_id: str) -> None:
        self._tasks.start(self.open_host(choice_id), owner=self)

    def _reopen_chosen(self, choice_id: str) -> None:
        self._tasks.start(self.open_host(choice_id, anew=True), owner=self)

    async def open_host(self, choice_id: str, *, anew: bool = False) -> None:
        """Show a host: one that is open already, or else opened beside the others.

        ``anew``: one that is open is closed, and opened as it is reached by now.
        Where that takes a person's word (a connection at risk, a password), it is asked for.
        """
        if self._hosts is None or choice_id in self._opening:
            return  # asked for twice, as by a double click: one is enough
        there = next((one for one in self._session.hosts if one.connection.id == choice_id), None)
        if there is not None and not anew:
            self._session.show(there)
            return
        self._opening.add(choice_id)
        try:
            await self._open_anew(self._hosts, choice_id)
        finally:
            self._opening.discard(choice_id)

    async def _open_anew(self, hosts: Hosts, choice_id: str) -> None:
        consent = await self._asked(hosts, choice_id)
        if consent is None or self.close_requested.is_set():
            return
        opened = await hosts.open(choice_id, consent)
        if self.close_requested.is_set():  # the goodbye ends the hosts that were open then, and no other
            await opened.close()
            return
        await self._session.open(opened.service, opened.close)

    async def _asked(self, hosts: Hosts, choice_id: str) -> Consent | None:
        """What a person says to the opening of a host; None: not to open it."""
        await loaded("console.ui.dialogs.consent")
        from console.ui.dialogs.consent import PasswordDialog, RiskDialog

        choice = next((one for one in await hosts.choices() if one.id == choice_id), None)
        if choice is None:
            return Consent()
        risk = choice.risk
        if risk is not None and not await ask(RiskDialog(risk, choice.title, choice.detail, self)):
            return None
        consent = Consent(risk=risk)
        if choice.account:
            from pydantic import SecretStr

            without, why = self.tr("Engine only"), choice.password_note
            dialog = PasswordDialog(choice.title, choice.account, without, why, self)
            if await ask(dialog):
                return replace(consent, password=SecretStr(dialog.password()))
        return consent

    async def _ask_to_keep(self, confirmation: Confirmation) -> None:
        await loaded("console.ui.dialogs.confirm_change")
        from console.ui.dialogs.confirm_change import ConfirmChangeDialog

        # Not above the dialog that made the change: with that one's end it would end too.
        dialog = ConfirmChangeDialog(confirmation, self._session, self._tasks, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _close_shown_host(self) -> None:
        if self._session.service is not None:
            self._close_host(self._session.service)

    def _close_host(self, service: HostService) -> None:
        self._tasks.start(self._session.close_host(service), owner=self)

    # What the title and status bar say

    def _follow(self) -> None:
        self._judging = QTimer(self)
        self._judging.setSingleShot(True)
        self._judging.setInterval(0)
        self._judging.timeout.connect(self._judge)
        self._host_bar.connectionChanged.connect(self._tell_host)
        self._session.statusChanged.connect(lambda _status: self._judge_soon())
        self._session.snapshotChanged.connect(lambda _snapshot: self._judge_soon())
        self._session.serviceChanged.connect(lambda _service: self._judge_soon())
        self._session.hostsChanged.connect(self._judge_soon)
        self._session.confirmationWanted.connect(
            lambda confirmation: self._tasks.start(self._ask_to_keep(confirmation), owner=self)
        )
        self._session.selection.opened.connect(self._open_object)
        self._session.diagnosis.opened.connect(lambda: self.go_to("checks"))
        self._session.help.wanted.connect(self._show_help)
        self._session.selection.pathWanted.connect(lambda _containers: self.go_to("map"))
        self._tell_host()
        self._wanted_page = self._first_page()

    def _first_page(self) -> str:
        remembered = self._state.get(STATE).get("page")  # whatever a file can hold
        return next((page.id for page in PAGES if page.id == remembered), PAGES[0].id)

    def _tell_host(self) -> None:
        bar = self._host_bar
        # The connection first: in a narrow window the end is cut off, and the header has the rest.
        words = [word for word in (bar.connection_text, bar.host_text, bar.kind_text, *bar.facts) if word]
        self._status.setText("  |  ".join(words))
        title = " - ".join([word for word in (bar.host_text, bar.kind_text) if word])
        details = ", ".join([*bar.facts, bar.connection_text])
        self.setWindowTitle(
            self.tr("{host} ({details}) - Container Network Console").format(host=title, details=details)
        )

    # Remembering and ending

    def _restore(self) -> None:
        if not self.restoreGeometry(self._state.get_bytes(STATE, "geometry")):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self._commands["show-details"].setChecked(bool(self._state.get(STATE).get("details", True)))
        wanted = self._state.get(STATE).get("theme", "system")
        chosen = f"theme-{wanted}"
        self._commands[chosen if chosen in THEME_ACTIONS else "theme-system"].setChecked(True)

    def remember(self) -> None:
        """Write geometry, page, columns and sort orders to the state file."""
        self._state.set_bytes(STATE, geometry=self.saveGeometry())
        self._state.set(STATE, page=self._wanted_page, details=self._commands["show-details"].isChecked())
        for page in self._pages.values():
            if isinstance(page, ContextPage):
                page.remember()
        self._state.save()

    def come_to_front(self) -> None:
        """Show the window before all others, whether it is minimized or covered; not one that is leaving."""
        if self.close_requested.is_set():
            return
        self.setWindowState(
            (self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell whoever waits that the window has been seen."""
        super().paintEvent(event)
        if not self.painted.is_set():
            self.painted.set()
            # The first page is a third of the window's making: its frame is seen meanwhile.
            QTimer.singleShot(0, self, lambda: self.page(self._wanted_page))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask to end; the window goes when :meth:`say_goodbye` is awaited."""
        if self._leaving:
            event.accept()
            return
        event.ignore()
        self.close_requested.set()

    async def say_goodbye(self, grace: float = 5.0) -> None:
        """Remember, hide, end the host (a step under way ends first) and all tasks, then close."""
        self.remember()
        self.hide()
        try:
            await asyncio.wait_for(self._session.close(), grace + 1.0)
        except TimeoutError:
            # The journal knows what was under way; the next start says so.
            self._status.setText(self.tr("The host did not disconnect in time."))
        await self._tasks.close(grace)
        self._leaving = True
        self.close()
