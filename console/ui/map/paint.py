"""How nodes and edges are painted: on the screen, and by a worker thread into a file.

Nothing here asks a widget: all that is needed comes along. Edges leave a node on the right and
reach the next on the left, as data flows from the wire to the container.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from console.domain.map.layout import trouble_lines
from console.domain.map.model import EdgeKind, NodeState
from console.ui.icons import Icon
from console.ui.map.look import ICONS, EdgeLook, NodeLook
from console.ui.map.style import Style

RADIUS = 7.0
STRIPE = 5.0
MARGIN = 8.0
"""What a ring, or the cards under a fold, need around a node."""

TITLE_LEFT, TITLE_ROOM, LINES_TOP, LINE_HEIGHT = 40.0, 30.0, 30.0, 17.0
TEXT_LEFT, TEXT_RIGHT = 15.0, 10.0
ICON_SIDE, MARK_SIDE = 18.0, 14.0
DIMMED = 0.28
WIDTHS = {EdgeKind.BINDING: 2.6, EdgeKind.CARRYING: 1.9, EdgeKind.ATTACHMENT: 1.4}

DrawIcon = Callable[[QPainter, QRectF, Icon, QColor], None]
"""Paints an icon in one colour: from a cache of pixels on the screen, as lines in a file."""


@dataclass(frozen=True, slots=True)
class Words:
    """A node's texts, shortened to its width."""

    title: str
    lines: tuple[str, ...]
    problems: tuple[tuple[str, ...], ...]
    middle: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What is special about a node now."""

    selected: bool = False
    on_path: bool = False
    dimmed: bool = False


PLAIN = Mark()


def words_of(look: NodeLook, style: Style) -> Words:
    """The words of a node as far as they fit."""
    width = look.node.width
    room = width - TEXT_LEFT - TEXT_RIGHT
    badge = MARK_SIDE + 6
    return Words(
        title=_cut(style.title_metrics, look.title, width - TITLE_LEFT - TEXT_RIGHT - badge),
        lines=tuple(_cut(style.line_metrics, line, room) for line in look.lines),
        problems=tuple(
            _wrapped(style.line_metrics, problem, room - badge + 4, trouble_lines(problem))
            for problem in look.problems
        ),
        middle=_cut(style.middle_metrics, look.title, room),
    )


def _cut(metrics: QFontMetricsF, text: str, room: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _wrapped(metrics: QFontMetricsF, text: str, room: float, most: int) -> tuple[str, ...]:
    """``text`` in at most so many lines; what the last can't hold ends in an ellipsis."""
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        fitting = 1
        while fitting < len(rest) and metrics.horizontalAdvance(" ".join(rest[: fitting + 1])) <= room:
            fitting += 1
        lines.append(_cut(metrics, " ".join(rest[:fitting]), room))
        rest = rest[fitting:]
    return (*lines, _cut(metrics, " ".join(rest), room)) if rest else tuple(lines)


@lru_cache(maxsize=512)
def _card(width: float, height: float) -> QPainterPath:
    """The part of a node right of its stripe: round on the right only."""
    path = QPainterPath()
    path.moveTo(STRIPE, 0)
    path.lineTo(width - RADIUS, 0)
    path.arcTo(width - 2 * RADIUS, 0, 2 * RADIUS, 2 * RADIUS, 90, -90)
    path.lineTo(width, height - RADIUS)
    path.arcTo(width - 2 * RADIUS, height - 2 * RADIUS, 2 * RADIUS, 2 * RADIUS, 0, -90)
    path.lineTo(STRIPE, height)
    path.closeSubpath()
    return path


@lru_cache(maxsize=512)
def _stripe(height: float) -> QPainterPath:
    """The coloured edge of a node: round on the left only."""
    path = QPainterPath()
    path.moveTo(STRIPE + 0.5, 0)
    path.lineTo(RADIUS, 0)
    path.arcTo(0, 0, 2 * RADIUS, 2 * RADIUS, 90, 90)
    path.lineTo(0, height - RADIUS)
    path.arcTo(0, height - 2 * RADIUS, 2 * RADIUS, 2 * RADIUS, 180, 90)
    path.lineTo(STRIPE + 0.5, height)
    path.closeSubpath()
    return path


def paint_node(
    painter: QPainter, look: NodeLook, words: Words, style: Style, mark: Mark, draw_icon: DrawIcon
) -> None:
    """A node with everything that stands in it; the painter's origin is its upper left corner."""
    _paint_frame(painter, look, style, mark)
    node = look.node
    draw_icon(painter, QRectF(14, 7, ICON_SIDE, ICON_SIDE), ICONS[node.column], style.kinds[node.column])
    painter.setFont(style.title_font)
    painter.setPen(style.text)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(TITLE_LEFT, 2, node.width - TITLE_LEFT, TITLE_ROOM - 2), flags, words.title)
    _paint_state(painter, look, style, draw_icon)
    painter.setFont(style.line_font)
    painter.setPen(style.muted)
    base = LINES_TOP + style.line_metrics.ascent()
    for at, line in enumerate(words.lines):
        painter.drawText(QPointF(TEXT_LEFT, base + at * LINE_HEIGHT), line)
    at = len(words.lines)
    for severity, lines in zip(look.severities, words.problems, strict=True):
        place = QRectF(TEXT_LEFT, LINES_TOP + at * LINE_HEIGHT + 1, MARK_SIDE, MARK_SIDE)
        sign, colour = style.signs[severity]
        draw_icon(painter, place, sign, colour)
        painter.setPen(colour)
        for line in lines:
            painter.drawText(QPointF(TEXT_LEFT + MARK_SIDE + 4, base + at * LINE_HEIGHT), line)
            at += 1


def paint_title(painter: QPainter, look: NodeLook, words: Words, style: Style, mark: Mark) -> None:
    """A node seen from further away: its frame and its title in larger letters."""
    _paint_frame(painter, look, style, mark)
    node = look.node
    painter.setFont(style.middle_font)
    painter.setPen(style.states[node.state] if node.state.troubled else style.text)
    place = QRectF(TEXT_LEFT, 0, node.width - TEXT_LEFT - TEXT_RIGHT, node.height)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words.middle)


def _paint_frame(painter: QPainter, look: NodeLook, style: Style, mark: Mark) -> None:
    node = look.node
    whole = QRectF(0, 0, node.width, node.height)
    if mark.dimmed:  # edges end at it all the same
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.ground)
        painter.drawRoundedRect(whole, RADIUS, RADIUS)
        painter.setOpacity(DIMMED)
    edge = QPen(_frame_colour(look, style, mark), 2.0 if mark.on_path else 1.0)
    if node.folded:
        painter.setPen(QPen(style.border, 1.0))
        painter.setBrush(style.card)
        for step in (6.0, 3.0):
            painter.drawRoundedRect(whole.translated(step, step), RADIUS, RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    if mark.selected:
        painter.setBrush(style.selected)
        painter.drawRoundedRect(whole.adjusted(-4, -4, 4, 4), RADIUS + 3, RADIUS + 3)
    painter.setBrush(style.kinds[node.column])
    painter.drawPath(_stripe(node.height))
    painter.setBrush(_fill(look, style, mark))
    painter.drawPath(_card(node.width, node.height))
    if node.state is NodeState.DOWN and not mark.on_path:
        edge.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(edge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(whole, RADIUS, RADIUS)


def _fill(look: NodeLook, style: Style, mark: Mark) -> QColor:
    ground = style.grounds.get(look.node.state)
    return ground or (style.selected_card if mark.selected else style.card)


def _frame_colour(look: NodeLook, style: Style, mark: Mark) -> QColor:
    if mark.on_path:
        return style.accent
    return style.states[look.node.state] if look.node.state.troubled else style.border


def _paint_state(painter: QPainter, look: NodeLook, style: Style, draw_icon: DrawIcon) -> None:
    """In use: a full dot; not in use: a ring; something wrong: its sign; a fold: that it can be opened."""
    node, colour = look.node, style.states[look.node.state]
    place = QRectF(node.width - MARK_SIDE - 8, 8, MARK_SIDE, MARK_SIDE)
    if node.folded:
        draw_icon(painter, place.adjusted(-2, -2, 2, 2), Icon.EXPAND, style.text)
    elif node.state.troubled:
        draw_icon(painter, place.adjusted(-1, -1, 1, 1), style.signs[look.severities[0]][0], colour)
    else:
        up = node.state is NodeState.UP
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if up else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place.center(), 4.0, 4.0)


def edge_path(look: EdgeLook) -> QPainterPath:
    """An edge as a curve that leaves and arrives level."""
    path = QPainterPath(look.start)
    reach = max((look.end.x() - look.start.x()) * 0.5, 36.0)
    path.cubicTo(look.start + QPointF(reach, 0), look.end - QPointF(reach, 0), look.end)
    return path


def edge_pen(look: EdgeLook, style: Style, *, on_path: bool) -> QPen:
    """Its line: thicker nearer to the wire, dashed where nothing flows."""
    width = WIDTHS[look.edge.kind]
    pen = QPen(style.accent if on_path else style.border, width + (0.8 if on_path else 0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if not look.edge.live:
        pen.setDashPattern([4.0, 3.0])
    return pen


def paint_label(painter: QPainter, look: EdgeLook, style: Style) -> None:
    """The label beside where the edge arrives, on a ground of its own so that lines don't cross it."""
    metrics = style.line_metrics
    room = look.end.x() - look.start.x() - 12
    label = look.label
    if metrics.horizontalAdvance(label) > room:  # an address without its prefix length
        label = _cut(metrics, label.partition("/")[0], room)
    width, height = metrics.horizontalAdvance(label) + 6, metrics.height()
    place = QRectF(look.end.x() - width - 5, look.end.y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.ground)
    painter.drawRoundedRect(place, 3, 3)
    painter.setFont(style.line_font)
    painter.setPen(style.muted)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label)


def paint_headings(
    painter: QPainter, headings: Sequence[tuple[QRectF, Icon, str, QColor]], style: Style, draw_icon: DrawIcon
) -> None:
    """What the columns are called, each in its place."""
    painter.setFont(style.title_font)
    for place, icon, title, colour in headings:
        draw_icon(painter, QRectF(place.left(), place.center().y() - 9, 18, 18), icon, colour)
        painter.setPen(style.text)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place.adjusted(24, 0, 0, 0), flags, title)
