"""Icons: one name each, recoloured from the palette whenever they are painted.

The files in resources/icons are 24 px stroke drawings of our own with two inks: ``currentColor``
(the text colour of where they stand) and ``accentColor`` (the theme's accent). An icon never
stands alone: its control carries text or an accessible name.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from console.resource_files import resource
from console.ui import theme

FOLDER = resource("icons")

SHIELD_SHARE = 0.6
"""How much of an icon's side the shield takes."""


class Icon(StrEnum):
    """Every icon of the console; the value is its file in resources/icons."""

    APPLICATION = "application.svg"
    NETWORKS = "networks.svg"
    NETWORK_NEW = "network-new.svg"
    ACTIVITY = "activity.svg"
    REMOVE = "remove.svg"
    PRUNE = "prune.svg"
    CONNECT = "connect.svg"
    DISCONNECT = "disconnect.svg"
    REFRESH = "refresh.svg"
    SEARCH = "search.svg"
    COLUMNS = "columns.svg"
    COPY = "copy.svg"
    EXPORT = "export.svg"
    IMPORT = "import.svg"
    OK = "ok.svg"
    WARNING = "warning.svg"
    ERROR = "error.svg"
    INFO = "info.svg"
    HELP = "help.svg"
    SHIELD = "shield.svg"
    HOST = "host.svg"
    HOSTS = "hosts.svg"
    PRACTICE = "practice.svg"
    CONTAINER = "container.svg"
    CONTAINER_NEW = "container-new.svg"
    MEMORY = "memory.svg"
    LIMITS = "limits.svg"
    ADAPTER = "adapter.svg"
    SWITCH = "switch.svg"
    UNDO = "undo.svg"
    STOP = "stop.svg"
    PENDING = "pending.svg"
    RUNNING = "running.svg"
    SKIPPED = "skipped.svg"
    CLOSE = "close.svg"
    EXPAND = "expand.svg"
    COMMAND = "command.svg"
    THEME = "theme.svg"
    HNS = "hns.svg"
    NAT = "nat.svg"
    FIREWALL = "firewall.svg"
    SERVICE = "service.svg"
    START = "start.svg"
    RENAME = "rename.svg"
    VLAN = "vlan.svg"
    SWITCH_NEW = "switch-new.svg"
    MAP = "map.svg"
    ZOOM_IN = "zoom-in.svg"
    ZOOM_OUT = "zoom-out.svg"
    FIT = "fit.svg"
    PATH = "path.svg"
    COMPARTMENT = "compartment.svg"
    PORT = "port.svg"
    DISCOVERY = "discovery.svg"
    REACHABILITY = "reachability.svg"
    PORT_FINDER = "port-finder.svg"
    CHECKS = "checks.svg"
    EXPLAIN = "explain.svg"
    FIX = "fix.svg"
    COMPOSE = "compose.svg"
    COMPOSE_OPEN = "compose-open.svg"
    SWARM = "swarm.svg"
    BUNDLE = "bundle.svg"
    COMPARE = "compare.svg"


@cache
def _drawing(icon: Icon) -> bytes:
    file = QFile(str(FOLDER / icon.value))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(str(FOLDER / icon.value))
    try:
        return bytes(file.readAll().data())
    finally:
        file.close()


@lru_cache(maxsize=1024)
def _painted(icon: Icon, width: int, height: int, ink: str, accent: str) -> QPixmap:
    drawing = _drawing(icon).replace(b"currentColor", ink.encode()).replace(b"accentColor", accent.encode())
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    side = min(width, height)
    QSvgRenderer(QByteArray(drawing)).render(
        painter, QRectF((width - side) / 2, (height - side) / 2, side, side)
    )
    painter.end()
    return pixmap


class _PaletteEngine(QIconEngine):
    """Paints one icon in the colours that hold at that moment."""

    def __init__(self, icon: Icon, role: str, *, elevated: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self._role = role
        self._elevated = elevated

    def clone(self) -> QIconEngine:
        return _PaletteEngine(self._icon, self._role, elevated=self._elevated)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        # ``size`` is in logical pixels: Qt 6.8 and later multiply by ``scale`` in here, not before.
        ink, accent = self._inks(mode)
        width, height = round(size.width() * scale), round(size.height() * scale)
        painted = QPixmap(_painted(self._icon, width, height, ink, accent))
        if self._elevated:
            _put_shield(painted, ink, accent)
        painted.setDevicePixelRatio(scale)
        return painted

    def _inks(self, mode: QIcon.Mode) -> tuple[str, str]:
        palette = QApplication.palette()
        if mode == QIcon.Mode.Disabled:
            grey = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
            return grey, grey
        if mode == QIcon.Mode.Selected:
            on_highlight = palette.color(QPalette.ColorRole.HighlightedText).name()
            return on_highlight, on_highlight
        if self._role:
            meaning = str(getattr(theme.roles(), self._role))
            return meaning, meaning
        return palette.color(QPalette.ColorRole.ButtonText).name(), theme.roles().accent


def _put_shield(painted: QPixmap, ink: str, accent: str) -> None:
    """Windows' sign for what asks for an administrator, in the lower right corner."""
    side = round(min(painted.width(), painted.height()) * SHIELD_SHARE)
    place = QRectF(painted.width() - side, painted.height() - side, side, side)
    painter = QPainter(painted)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillRect(place.adjusted(-1, -1, 0, 0), Qt.GlobalColor.transparent)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.drawPixmap(place.toRect(), _painted(Icon.SHIELD, side, side, ink, accent))
    painter.end()


@lru_cache(maxsize=256)
def icon(which: Icon, role: str = "", *, elevated: bool = False) -> QIcon:
    """``which`` as a QIcon that follows the theme. ``role`` names a colour of
    :class:`console.ui.theme.Roles` for an icon that is coloured by meaning (``"error"``);
    ``elevated`` puts the shield on it.
    """
    return QIcon(_PaletteEngine(which, role, elevated=elevated))


def draw(painter: QPainter, place: QRectF, which: Icon, ink: str, accent: str) -> None:
    """Paint ``which`` as lines, not as pixels: for pictures that are scaled or written to a file.

    ``ink`` and ``accent`` are ``#rrggbb``. Can be called on any thread.
    """
    drawing = _drawing(which).replace(b"currentColor", ink.encode()).replace(b"accentColor", accent.encode())
    QSvgRenderer(QByteArray(drawing)).render(painter, place)


def pixmap(which: Icon, side: int, role: str = "", ratio: float = 1.0) -> QPixmap:
    """``which`` as a picture ``side`` logical pixels wide, for labels; repaint it on PaletteChange."""
    return icon(which, role).pixmap(QSize(side, side), ratio)
