"""What the columns of a map are called: above the map, wherever it is scrolled to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.domain.map.model import MapColumn
from console.ui.map.look import COLUMN_TEXTS, ICONS
from console.ui.map.scene import draw_pixels
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.ui.map.view import MapView

HEADINGS_HEIGHT = 34
ICON_SIDE = 18
LEAST_WIDTH = 46
"""A column narrower than this on the screen shows its icon only."""


class Headings(QWidget):
    """Paints a title above each column of the view's map, with how many objects it has."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each title at its column; the line below parts them from the map."""
        scene = self._view.map_scene
        style = scene.style_now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), style.card)
        painter.setPen(style.border)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if scene.picture is None:
            return
        painter.setFont(style.title_font)
        for column, looks in scene.picture.columns.items():
            if looks:
                count = sum(look.node.count for look in looks)
                node = looks[0].node
                self._paint(painter, column, f"{shown(COLUMN_TEXTS[column])}  {count:n}", node.x, node.width)

    def _paint(self, painter: QPainter, column: MapColumn, title: str, left: float, width: float) -> None:
        style = self._view.map_scene.style_now
        begin = self._view.mapFromScene(QPointF(left, 0)).x()
        room = width * self._view.scale_now
        top = (self.height() - ICON_SIDE) / 2
        draw_pixels(painter, QRectF(begin, top, ICON_SIDE, ICON_SIDE), ICONS[column], style.kinds[column])
        if room >= LEAST_WIDTH:
            place = QRectF(begin + ICON_SIDE + 6, 0, max(room - ICON_SIDE, 40) + 40, self.height() - 1)
            painter.setPen(style.text)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
