"""What the colours, signs and lines of a map mean: one line below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.domain.map.model import MapColumn, NodeState
from console.ui.icons import Icon
from console.ui.map.look import COLUMN_TEXTS, ICONS
from console.ui.map.scene import MapScene, draw_pixels
from console.ui.map.style import Style
from console.ui.texts import shown

HEIGHT = 26
SIGN = 16.0
GAP = 18.0

Sign = Callable[[QPainter, QRectF], None]
"""Paints what is explained."""


class Legend(QWidget):
    """Painted in the colours of its map; what doesn't fit into the width is left away from the right."""

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self.setAccessibleName(self.tr("Legend"))
        self.setAccessibleDescription(
            self.tr(
                "Filled dot: in use. Ring and dashed border: not in use. Warning sign: a problem. Dashed "
                "line: no traffic. Cards under a node: a folded group."
            )
        )
        self.setFixedHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Signs with their words, from the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        style = self._scene.style_now
        painter.setFont(style.line_font)
        left = 2.0
        for sign, words in self._entries(style):
            width = SIGN + 6 + style.line_metrics.horizontalAdvance(words) + GAP
            if left + width - GAP > self.width():
                return
            sign(painter, QRectF(left, (HEIGHT - SIGN) / 2, SIGN, SIGN))
            painter.setPen(style.muted)
            place = QRectF(left + SIGN + 6, 0, width, HEIGHT)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            left += width

    def _entries(self, style: Style) -> Iterator[tuple[Sign, str]]:
        for state, words in (
            (NodeState.UP, self.tr("in use")),
            (NodeState.DOWN, self.tr("not in use")),
        ):
            yield _dot(style, state), words
        yield _icon(style.states[NodeState.PROBLEM], Icon.WARNING), self.tr("problem")
        yield _line(style, dashed=False), self.tr("connected")
        yield _line(style, dashed=True), self.tr("no traffic")
        yield _cards(style), self.tr("folded group: double-click to unfold")
        for column in MapColumn:
            yield _icon(style.kinds[column], ICONS[column]), shown(COLUMN_TEXTS[column])


def _dot(style: Style, state: NodeState) -> Sign:
    def sign(painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(style.states[state], 1.6))
        painter.setBrush(style.states[state] if state is NodeState.UP else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place.center(), 4.0, 4.0)

    return sign


def _icon(colour: QColor, which: Icon) -> Sign:
    def sign(painter: QPainter, place: QRectF) -> None:
        draw_pixels(painter, place, which, colour)

    return sign


def _line(style: Style, *, dashed: bool) -> Sign:
    def sign(painter: QPainter, place: QRectF) -> None:
        pen = QPen(style.border, 1.8)
        if dashed:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(
            QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y())
        )

    return sign


def _cards(style: Style) -> Sign:
    def sign(painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(style.border, 1.0))
        painter.setBrush(style.card)
        for step in (4.0, 2.0, 0.0):
            painter.drawRoundedRect(QRectF(place.left() + step, place.top() + 2 + step, 11, 7), 2, 2)

    return sign
