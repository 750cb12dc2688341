"""Colours and fonts of a map, taken from the theme once and then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from console.domain.map.model import MapColumn, NodeState
from console.domain.severity import Severity
from console.ui import theme
from console.ui.icons import Icon
from console.ui.severities import SIGNS
from console.ui.theme import Theme


class Level(IntEnum):
    """How much of a node is painted: a block, its title, or everything."""

    FAR = 0
    MIDDLE = 1
    NEAR = 2


FAR_BELOW = 0.34
"""Scale below which no word can be read."""

MIDDLE_BELOW = 0.62


def level_at(scale: float) -> Level:
    """How much is painted at a scale (1: life-size)."""
    if scale < FAR_BELOW:
        return Level.FAR
    return Level.MIDDLE if scale < MIDDLE_BELOW else Level.NEAR


@dataclass(frozen=True)
class Style:
    """Everything painting needs to know of the theme."""

    ground: QColor
    card: QColor
    text: QColor
    muted: QColor
    border: QColor
    accent: QColor
    selected_card: QColor
    selected: QColor
    kinds: Mapping[MapColumn, QColor]
    states: Mapping[NodeState, QColor]
    grounds: Mapping[NodeState, QColor]
    """The ground of a node with which something is wrong."""
    signs: Mapping[Severity, tuple[Icon, QColor]]
    title_font: QFont
    line_font: QFont
    middle_font: QFont
    title_metrics: QFontMetricsF
    line_metrics: QFontMetricsF
    middle_metrics: QFontMetricsF


def style_of(which: Theme | None = None) -> Style:
    """The style of a theme, by default of the one shown. To be made on the UI thread."""
    roles = theme.roles(which)
    colours = QApplication.palette() if which is None else theme.palette(which)
    part = QPalette.ColorRole
    title, line, middle = _fonts(QApplication.font())
    return Style(
        ground=colours.color(part.Window),
        card=colours.color(part.Base),
        text=colours.color(part.Text),
        muted=QColor(roles.muted),
        border=QColor(roles.border),
        accent=QColor(roles.accent),
        selected_card=QColor(roles.accent_back),
        selected=colours.color(part.Highlight),
        kinds={
            MapColumn.ADAPTERS: QColor(roles.adapter),
            MapColumn.VSWITCHES: QColor(roles.vswitch),
            MapColumn.NETWORKS: QColor(roles.network),
            MapColumn.ENDPOINTS: QColor(roles.container),
        },
        states={
            NodeState.UP: QColor(roles.ok),
            NodeState.DOWN: QColor(roles.muted),
            NodeState.WARNING: QColor(roles.warning),
            NodeState.ERROR: QColor(roles.error),
        },
        grounds={
            NodeState.WARNING: QColor(roles.warning_back),
            NodeState.ERROR: QColor(roles.error_back),
        },
        signs={severity: (icon, QColor(getattr(roles, role))) for severity, (icon, role) in SIGNS.items()},
        title_font=title,
        line_font=line,
        middle_font=middle,
        title_metrics=QFontMetricsF(title),
        line_metrics=QFontMetricsF(line),
        middle_metrics=QFontMetricsF(middle),
    )


TITLE_PIXELS, LINE_PIXELS, MIDDLE_PIXELS = 13, 12, 20
"""Heights of the letters on the map, which is laid out in the same pixels and zoomed as a whole."""


def _fonts(base: QFont) -> tuple[QFont, QFont, QFont]:
    title, line, middle = QFont(base), QFont(base), QFont(base)
    title.setPixelSize(TITLE_PIXELS)
    title.setWeight(QFont.Weight.DemiBold)
    line.setPixelSize(LINE_PIXELS)
    middle.setPixelSize(MIDDLE_PIXELS)
    middle.setWeight(QFont.Weight.DemiBold)
    return title, line, middle
