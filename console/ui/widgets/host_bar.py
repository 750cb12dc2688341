"""The header: which host this is, whether it is practice, what it runs, and whether it answers."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.windows_releases import release_name
from console.ui.icons import Icon, icon, pixmap
from console.ui.session import Session
from console.ui.texts import moment
from console.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from console.domain.snapshot import EngineInfo

CONTEXT = "HostBar"
ICON_SIDE = 28
MARK_SIDE = 18

# Below this width the name and the connection need the room more than the badge's words do.
NARROW = 760
# The moment of a bundle takes more room than "Connected".
NARROW_FOR_BUNDLES = 900


def windows_text(engine: EngineInfo) -> str:
    """The operating system with its build, such as "Windows Server 2022 (20348.2762)"."""
    windows = engine.windows
    if windows is None:
        return engine.operating_system or engine.os_type
    build = str(windows.build) if windows.revision is None else f"{windows.build}.{windows.revision}"
    # Windows calls Server 2022 "Version 21H2": people know it by the year.
    name = release_name(windows.build, server=windows.server) or windows.name or engine.operating_system
    return QCoreApplication.translate(CONTEXT, "{name} (build {build})").format(name=name, build=build)


def engine_text(engine: EngineInfo) -> str:
    """The engine with its version, such as "Docker Engine 27.3.1"."""
    return QCoreApplication.translate(CONTEXT, "Docker Engine {version}").format(version=engine.version)


class HostBar(QFrame):
    """Shows one session. ``connectionChanged`` tells that :attr:`connection_text` is another one."""

    connectionChanged = Signal()

    def __init__(self, session: Session, retry: QAction, hosts: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hostBar")
        self._session = session
        self._retry_at: float | None = None
        self._meaning = "accent"
        self._build(retry, hosts)
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._show_connection)
        session.serviceChanged.connect(self._show_all)
        session.snapshotChanged.connect(self._show_host)
        session.statusChanged.connect(self._take_status)
        session.hostsChanged.connect(self._fit_badges)
        self._show_all()

    def _build(self, retry: QAction, hosts: QMenu) -> None:
        self._icon = QLabel(self)
        self._name = ElidedLabel(self, edge=Qt.AlignmentFlag.AlignLeft, margin=0)
        self._name.setObjectName("hostName")
        self._name.setAccessibleName(self.tr("Host"))
        self._badge = QLabel(self)
        self._badge.setObjectName("practiceBadge")
        self._read_only = QLabel(self.tr("READ-ONLY"), self)
        self._read_only.setObjectName("readOnlyBadge")
        self._read_only.setAccessibleName(self.tr("Read-only: the console changes nothing on this host"))
        self._facts = ElidedLabel(self, edge=Qt.AlignmentFlag.AlignLeft, margin=0)
        self._facts.setProperty("role", "muted")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._mark = QLabel(self)
        self._connection = QLabel(self)
        self._connection.setObjectName("connectionText")
        self._connection.setAccessibleName(self.tr("Connection"))
        self._retry = QToolButton(self)
        self._retry.setDefaultAction(retry)
        self._retry.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._hosts = QToolButton(self)
        self._hosts.setText(self.tr("Switch &host"))
        self._hosts.setAccessibleName(self.tr("Switch host"))
        self._hosts.setIcon(icon(Icon.HOST))
        self._hosts.setIconSize(QSize(MARK_SIDE, MARK_SIDE))
        self._hosts.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # Not setMenu(): a tool button opens its menu in a nested event loop (model-codebases, 6.4).
        self._hosts.clicked.connect(
            lambda: hosts.popup(self._hosts.mapToGlobal(QPoint(0, self._hosts.height())))
        )
        for button in (self._retry, self._hosts):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setMinimumHeight(30)
        self._lay_out()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._name)
        first.addWidget(self._badge)
        first.addWidget(self._read_only)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(self._facts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addLayout(words, 1)
        layout.addWidget(self._mark)
        layout.addWidget(self._connection)
        layout.addWidget(self._retry)
        layout.addWidget(self._hosts)

    # Texts the title and status bar say too

    @property
    def host_text(self) -> str:
        """The host's name; says so where no host is shown."""
        service = self._session.service
        return self.tr("No host") if service is None else service.identity.name

    @property
    def facts(self) -> tuple[str, ...]:
        """Engine and operating system, as far as they are known."""
        snapshot = self._session.snapshot
        engine = snapshot.engine.known() if snapshot else None
        return () if engine is None else (engine_text(engine), windows_text(engine))

    @property
    def kind_text(self) -> str:
        """Practice, real or a bundle; "" where no host is shown."""
        if self._session.service is None:
            return ""
        if self._session.bundle:
            return self.tr("Bundle of a practice host") if self._session.practice else self.tr("Bundle")
        return self.tr("Practice host") if self._session.practice else self.tr("Real host")

    @property
    def connection_text(self) -> str:
        """Connecting, connected, or lost with the seconds to the next try."""
        return self._state()[1]

    # Showing

    def _show_all(self, *_: object) -> None:
        self._retry_at = None
        self._show_host()
        self._take_status(self._session.status)

    def _show_host(self, *_: object) -> None:
        self._name.setText(self.host_text)
        self._badge.setVisible(self._session.practice)
        facts = "  ·  ".join(self.facts)
        if self._session.service is None:
            facts = self.tr("Choose a host with “Switch host”.")
        elif not facts:
            facts = self._session.service.connection.url
        self._facts.setText(facts)
        self._facts.setAccessibleName(facts)
        self._fit_badges()
        self._paint_icons()
        self.connectionChanged.emit()

    def _take_status(self, status: object) -> None:
        current = self._session.status
        seconds = current.retry_in_seconds if status is not None and current is not None else None
        self._retry_at = None if seconds is None else time.monotonic() + seconds
        if self._retry_at is None:
            self._countdown.stop()
        else:
            self._countdown.start()
        self._show_connection()

    def _state(self) -> tuple[str, str]:
        """(meaning, text) of the connection."""
        status = self._session.status
        if self._session.service is None:
            return "accent", self.tr("Not connected")
        if status is None or status.state == "connecting":
            return "accent", self.tr("Connecting…")
        if status.state == "connected" and self._session.bundle:
            snapshot = self._session.snapshot
            if snapshot is None:
                return "accent", self.tr("As it was")
            return "accent", self.tr("As it was on {moment}").format(moment=moment(snapshot.taken_at))
        if status.state == "connected":
            return "ok", self.tr("Connected")
        if status.state == "closed":
            return "warning", self.tr("Closed")
        left = None if self._retry_at is None else round(self._retry_at - time.monotonic())
        if left is None or left <= 0:
            return "error", self.tr("Connection lost, trying again…")
        return "error", self.tr("Connection lost, next try in {seconds} s").format(seconds=left)

    def _show_connection(self) -> None:
        self._meaning, text = self._state()
        self._connection.setText(text)
        if self._connection.property("meaning") != self._meaning:
            self._connection.setProperty("meaning", self._meaning)
            self._connection.style().unpolish(self._connection)
            self._connection.style().polish(self._connection)
        self._retry.setVisible(self._meaning == "error")
        self._paint_icons()
        self.connectionChanged.emit()

    def _paint_icons(self) -> None:
        ratio = self.devicePixelRatioF()
        which = Icon.PRACTICE if self._session.practice else Icon.HOST
        self._icon.setPixmap(pixmap(which, ICON_SIDE, "", ratio))
        marks = {"ok": Icon.OK, "error": Icon.ERROR, "warning": Icon.WARNING, "accent": Icon.CONNECT}
        self._mark.setPixmap(pixmap(marks[self._meaning], MARK_SIDE, self._meaning, ratio))

    def _fit_badges(self) -> None:
        service = self._session.service
        # With little room the moment of a bundle says that nothing can be changed.
        short_of_room = self._session.bundle and self.width() < NARROW_FOR_BUNDLES
        narrow = short_of_room or self.width() < NARROW
        self._read_only.setVisible(service is not None and service.read_only and not short_of_room)
        self._badge.setText(self.tr("PRACTICE") if narrow else self.tr("PRACTICE HOST"))
        self._badge.setAccessibleName(self.tr("This is a practice host: nothing here changes a real one"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the badges into what room there is."""
        super().resizeEvent(event)
        self._fit_badges()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_hosts"):
            self._paint_icons()
