"""What the signs and lines of a map mean: below it. Its columns are explained by their own titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.map.model import NodeState
from console.ui.icons import Icon
from console.ui.map.scene import MapScene, draw_pixels
from console.ui.map.style import Style
from console.ui.severities import severity_word

LINE_HEIGHT = 24
LEAST_WIDTH = 200
MARGIN = 2.0
SIGN = 16.0
GAP = 18.0

Sign = Callable[[QPainter, QRectF], None]
"""Paints what is explained."""


class Legend(QWidget):
    """Painted in the colours of its map, in as many lines as the width asks for."""

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self.setAccessibleName(self.tr("Legend"))
        self.setAccessibleDescription(
            self.tr(
                "Filled dot: in use. Ring and dashed border: not in use. Signs of errors, warnings and "
                "notes: what the checks found. Dashed line: no traffic. Cards under a node: a folded group."
            )
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(LEAST_WIDTH, LINE_HEIGHT)

    def hasHeightForWidth(self) -> bool:
        """A narrow legend has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its lines."""
        places = self._places(self._scene.style_now, width)
        return LINE_HEIGHT * (1 + max(line for line, _left in places))

    def _places(self, style: Style, width: int) -> list[tuple[int, float]]:
        """The line of each entry, and where in it the entry begins."""
        places, line, left = [], 0, MARGIN
        for _sign, words in self._entries(style):
            wanted = SIGN + 6 + style.line_metrics.horizontalAdvance(words)
            if left > MARGIN and left + wanted > width:
                line, left = line + 1, MARGIN
            places.append((line, left))
            left += wanted + GAP
        return places

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Signs with their words, from the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        style = self._scene.style_now
        painter.setFont(style.line_font)
        places = self._places(style, self.width())
        for (line, left), (sign, words) in zip(places, self._entries(style), strict=True):
            top = line * LINE_HEIGHT
            sign(painter, QRectF(left, top + (LINE_HEIGHT - SIGN) / 2, SIGN, SIGN))
            painter.setPen(style.muted)
            place = QRectF(left + SIGN + 6, top, self.width(), LINE_HEIGHT)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _entries(self, style: Style) -> Iterator[tuple[Sign, str]]:
        for state, words in (
            (NodeState.UP, self.tr("in use")),
            (NodeState.DOWN, self.tr("not in use")),
        ):
            yield _dot(style, state), words
        for severity, (sign, colour) in style.signs.items():
            yield _icon(colour, sign), severity_word(severity).lower()
        yield _line(style, dashed=False), self.tr("connected")
        yield _line(style, dashed=True), self.tr("no traffic")
        yield _cards(style), self.tr("folded group: double-click to unfold")


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
