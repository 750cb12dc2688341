"""A tab for each host that is open, as soon as there are two: the switcher between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.texts import moment, shown

if TYPE_CHECKING:
    from console.backend.service import HostService


CLOSE_AT = QTabBar.ButtonPosition.RightSide
CLOSE_SIDE = 14


class HostTabs(QTabBar):
    """``closeWanted(HostService)`` asks for one to be closed. Ctrl+Tab goes to the next one."""

    closeWanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._services: tuple[HostService, ...] = ()
        self.setAccessibleName(self.tr("Open hosts"))
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.currentChanged.connect(self._choose)
        session.hostsChanged.connect(self._follow)
        session.serviceChanged.connect(lambda _service: self._follow())
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self.window() if parent is None else parent)
            shortcut.activated.connect(lambda step=step: self._go(step))
        self._follow()

    def _follow(self) -> None:
        """Show what is open; a host that stays keeps its tab."""
        self.blockSignals(True)
        services = self._session.hosts
        while self.count() > len(services):
            self.removeTab(self.count() - 1)
        while self.count() < len(services):
            self._add_tab()
        self._services = services
        for at, service in enumerate(services):
            self.setTabText(at, self._name(service).replace("&", "&&"))
            self.setTabIcon(at, icon(self._mark(service)))
            self.setTabToolTip(at, self._told(service))
            self.setAccessibleTabName(at, self._told(service))
            close = self.tabButton(at, CLOSE_AT)
            if close is not None:
                close.setAccessibleName(self.tr("Close {host}").format(host=self._name(service)))
        if self._session.service in services:
            self.setCurrentIndex(services.index(self._session.service))
        self.blockSignals(False)
        self.setVisible(len(services) > 1)

    def _add_tab(self) -> None:
        """One more tab, with a button of our own to close it: the style's can't be seen in every theme."""
        at = self.addTab("")
        close = QToolButton(self)
        close.setIcon(icon(Icon.CLOSE))
        close.setIconSize(QSize(CLOSE_SIDE, CLOSE_SIDE))
        close.setToolTip(self.tr("Close this host"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the tabs have the keyboard, and Ctrl+W closes
        close.clicked.connect(lambda: self.closeWanted.emit(self._services[self._tab_of(close)]))
        self.setTabButton(at, CLOSE_AT, close)

    def _tab_of(self, close: QToolButton) -> int:
        return next(at for at in range(self.count()) if self.tabButton(at, CLOSE_AT) is close)

    def _name(self, service: HostService) -> str:
        """The host's name, with what tells it from another open host of the same name.

        A bundle's has the moment of which it tells, a practice host's the situation it shows.
        """
        name = service.identity.name
        if service.identity.bundle and service.snapshot is not None:
            return f"{name} ({moment(service.snapshot.taken_at)})"
        namesakes = [other for other in self._services if other.identity.name == name]
        if len(namesakes) < 2:
            return name
        situation = service.connection.situation
        if situation is None:
            return f"{name} ({self._build(service)})"
        alike = [other for other in namesakes if other.connection.situation == situation]
        told = [shown(situation), *([self._build(service)] if len(alike) > 1 else [])]
        return f"{name} ({', '.join(told)})"

    def _build(self, service: HostService) -> str:
        """The Windows build, or where the engine is reached as long as that is not known."""
        engine = service.snapshot.engine.known() if service.snapshot is not None else None
        build = engine.windows.build if engine is not None and engine.windows is not None else None
        return service.connection.url if build is None else str(build)

    def _mark(self, service: HostService) -> Icon:
        if service.status.state == "lost":
            return Icon.ERROR
        if service.identity.bundle:
            return Icon.BUNDLE
        return Icon.PRACTICE if service.identity.practice else Icon.HOST

    def _told(self, service: HostService) -> str:
        words = {
            "connecting": self.tr("connecting"),
            "connected": self.tr("connected"),
            "lost": self.tr("connection lost"),
        }
        state = self.tr("support bundle") if service.identity.bundle else words.get(service.status.state, "")
        said = [self._name(service), state]
        if service.identity.practice:
            said.append(self.tr("practice host"))
        if service.read_only:
            said.append(self.tr("read-only"))
        return ", ".join(word for word in said if word)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._services):
            self._session.show(self._services[at])

    def _go(self, step: int) -> None:
        if self.count() > 1:
            self.setCurrentIndex((self.currentIndex() + step) % self.count())
