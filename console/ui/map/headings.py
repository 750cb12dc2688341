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
                self._paint(painter, column, count, node.x, node.width)

    def _paint(self, painter: QPainter, column: MapColumn, count: int, left: float, width: float) -> None:
        scene = self._view.map_scene
        style = scene.style_now
        begin = self._view.mapFromScene(QPointF(left, 0)).x()
        room = width * self._view.scale_now
        top = (self.height() - ICON_SIDE) / 2
        draw_pixels(painter, QRectF(begin, top, ICON_SIDE, ICON_SIDE), ICONS[column], style.kinds[column])
        if room >= LEAST_WIDTH:
            place = QRectF(
                begin + ICON_SIDE + 6, 0, self._end(left) - begin - ICON_SIDE - 6, self.height() - 1
            )
            painter.setPen(style.text)
            title = self._fitted(shown(COLUMN_TEXTS[column]), f"  {count:n}", place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _end(self, left: float) -> int:
        """Where on the screen the title of the column at ``left`` must end: at the next, or with the map."""
        scene = self._view.map_scene
        columns = scene.picture.columns.values() if scene.picture is not None else ()
        right = [looks[0].node.x for looks in columns if looks and looks[0].node.x > left]
        end = min(right) if right else scene.sceneRect().right()
        return self._view.mapFromScene(QPointF(end, 0)).x()

    def _fitted(self, title: str, count: str, room: float) -> str:
        """The title and its count; of the two the title gives way."""
        metrics = self._view.map_scene.style_now.title_metrics
        left = room - metrics.horizontalAdvance(count)
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, left) + count
