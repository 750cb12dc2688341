"""How the blocks of the address map are painted: as tiles, in the order of addresses."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.domain.map.model import MapColumn, NodeState
from console.ui.icons import Icon
from console.ui.map.address_rows import AddressRow, RowKind
from console.ui.map.scene import draw_pixels
from console.ui.map.style import Style, style_of
from console.ui.models.records import RECORD_ROLE

TILE_HEIGHT, RANGE_HEIGHT = 58, 40
NARROWEST, WIDTH_PER_BIT = 128, 6
"""A tile grows with each bit of its prefix: a block twice as large is a little wider."""

RADIUS = 6.0


class TileDelegate(QStyledItemDelegate):
    """Paints :class:`AddressRow` records. What a tile is, is told by sign, border and word."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._style: Style = style_of()

    def restyle(self) -> None:
        """Paint in the colours of another theme."""
        self._style = style_of()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A range has a line of its own."""
        row: AddressRow = index.data(RECORD_ROLE)
        if row.kind is RowKind.RANGE:
            return QSize(self._view.viewport().width() - 2 * self._view.spacing() - 4, RANGE_HEIGHT)
        return QSize(NARROWEST + WIDTH_PER_BIT * (32 - row.network.prefixlen), TILE_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one tile, or the heading of a range."""
        row: AddressRow = index.data(RECORD_ROLE)
        place = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if row.kind is RowKind.RANGE:
            self._paint_range(painter, row, place, selected=selected)
        else:
            self._paint_tile(painter, row, place.adjusted(1, 1, -1, -1), selected=selected)
        painter.restore()

    def _paint_range(self, painter: QPainter, row: AddressRow, place: QRectF, *, selected: bool) -> None:
        style = self._style
        painter.setFont(style.title_font)
        painter.setPen(style.accent if selected else style.text)
        baseline = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place.adjusted(2, 4, 0, -8), baseline, row.prefix)
        painter.setFont(style.line_font)
        painter.setPen(style.muted)
        painter.drawText(place.adjusted(130, 4, 0, -8), baseline, row.owner)
        bar = QRectF(place.left() + 2, place.bottom() - 8, place.width() - 6, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.border)
        painter.drawRoundedRect(bar, 2, 2)
        used = bar.width() * (1 - (row.free_share or 0.0))
        painter.setBrush(style.kinds[MapColumn.NETWORKS])
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(used, 3.0), bar.height()), 2, 2)

    def _paint_tile(self, painter: QPainter, row: AddressRow, place: QRectF, *, selected: bool) -> None:
        style = self._style
        sign, colour, fill = self._look(row)
        edge = QPen(style.selected if selected else colour, 3.0 if selected else 1.2)
        if row.kind is RowKind.FREE and not selected:
            edge.setStyle(Qt.PenStyle.DashLine)
            edge.setColor(style.border)
        painter.setPen(edge)
        painter.setBrush(style.selected_card if selected else fill)
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        if row.kind is RowKind.USED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(place.left(), place.top(), 5, place.height()), 2, 2)
        draw_pixels(painter, QRectF(place.left() + 10, place.top() + 8, 16, 16), sign, colour)
        room = place.width() - 38
        painter.setFont(style.title_font)
        painter.setPen(style.text)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        title = style.title_metrics.elidedText(row.prefix, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(place.left() + 30, place.top() + 4, room, 24), flags, title)
        painter.setFont(style.line_font)
        painter.setPen(colour if row.overlaps else style.muted)
        words = row.overlaps[0] if row.overlaps else row.owner
        said = style.line_metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width() - 18)
        painter.drawText(QRectF(place.left() + 10, place.top() + 29, place.width() - 16, 22), flags, said)

    def _look(self, row: AddressRow) -> tuple[Icon, QColor, QColor]:
        """Sign, colour and ground of a tile."""
        style = self._style
        if row.overlaps:
            return Icon.WARNING, style.states[NodeState.WARNING], style.grounds[NodeState.WARNING]
        if row.kind is RowKind.FREE:
            return Icon.NETWORK_NEW, style.states[NodeState.UP], style.ground
        network = any(ref.kind == "network" for ref in row.refs)
        column = MapColumn.NETWORKS if network else MapColumn.ADAPTERS
        return (Icon.NETWORKS if network else Icon.ADAPTER), style.kinds[column], style.card
