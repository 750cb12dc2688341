"""The scene of a map: one item for each object, kept while the object is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QStyleOptionGraphicsItem,
    QWidget,
)

from console.domain.map.model import NodeRef
from console.ui import icons
from console.ui.icons import Icon
from console.ui.map import paint
from console.ui.map.look import EdgeLook, NodeLook, Picture
from console.ui.map.paint import MARGIN, Mark, Words, words_of
from console.ui.map.style import Level, Style, style_of
from console.ui.tasks import in_slices

ROOM = 34.0
"""Around the map, so that its border can be seen away from the window's."""

SHARP = 3.0
"""Icons on the screen are kept in this many pixels for each of the map's, for when it is enlarged."""


class MapScene(QGraphicsScene):
    """Shows a :class:`Picture`. ``arriving`` and ``arrived`` come around a change of what is shown.

    ``current`` is the node the person has chosen, ``hovered`` the one below the mouse; the path of
    either is marked. ``matches`` are the nodes a search found, None while nothing is searched for.
    """

    arriving = Signal()
    arrived = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.style_now: Style = style_of()
        self.picture: Picture | None = None
        self.level = Level.NEAR
        self.labels = True
        self.current: NodeRef | None = None
        self.hovered: NodeRef | None = None
        self.matches: frozenset[NodeRef] | None = None
        self.path: frozenset[NodeRef] = frozenset()
        self._nodes: dict[NodeRef, NodeItem] = {}
        self._awaited: Picture | None = None
        self._preparing: Picture | None = None
        self._busy = False
        self._edges = _EdgeLayer(self)
        self._blocks = _BlockLayer(self)
        self._near = QGraphicsRectItem()
        self.setBackgroundBrush(self.style_now.ground)
        self._near.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        for at, layer in enumerate((self._edges, self._blocks, self._near)):
            layer.setZValue(at)
            self.addItem(layer)

    # What is shown

    async def arrive(self, picture: Picture) -> None:
        """Show ``picture``, item by item in slices; of several that wait only the last is shown."""
        self._awaited = picture
        if self._busy:
            return
        self._busy = True
        try:
            while self._awaited is not None:
                picture, self._awaited = self._awaited, None
                self._preparing = picture
                await in_slices(self._prepare(picture))
                if self._preparing is picture:  # not cleared meanwhile
                    self._show(picture)
        finally:
            self._preparing = None
            self._busy = False

    def _prepare(self, picture: Picture) -> Iterator[None]:
        """Items for new objects, not yet seen: they come all at once in :meth:`_show`."""
        for ref, look in picture.nodes.items():
            if self._preparing is not picture:
                return
            if ref not in self._nodes:
                item = NodeItem(self, look)
                item.setVisible(False)
                item.setParentItem(self._near)
                self._nodes[ref] = item
            yield

    def _show(self, picture: Picture) -> None:
        self.arriving.emit()
        for ref in [ref for ref in self._nodes if ref not in picture.nodes]:
            item = self._nodes.pop(ref)
            self.removeItem(item)
        self.picture = picture
        for ref, look in picture.nodes.items():
            self._nodes[ref].show_look(look)
        for kept in ("current", "hovered"):
            if getattr(self, kept) not in picture.nodes:
                setattr(self, kept, None)
        self.setSceneRect(picture.size.adjusted(-ROOM, -ROOM, ROOM, ROOM))
        for layer in (self._edges, self._blocks):
            layer.take(picture)
        self._mark()
        self.arrived.emit()

    def clear_picture(self) -> None:
        """Show nothing: another host is looked at."""
        self._awaited = self._preparing = None
        for item in self._nodes.values():
            self.removeItem(item)
        self._nodes.clear()
        self.picture = self.current = self.hovered = self.matches = None
        for layer in (self._edges, self._blocks):
            layer.take(None)
        self._mark()

    def restyle(self) -> None:
        """Paint in the colours of another theme."""
        self.style_now = style_of()
        self.setBackgroundBrush(self.style_now.ground)
        for item in self._nodes.values():
            item.forget_words()
        self.update()

    def set_level(self, level: Level) -> None:
        """Paint more or less of each node."""
        if level is not self.level:
            self.level = level
            self._near.setOpacity(0.0 if level is Level.FAR else 1.0)
            self.update()

    # What is marked

    def choose(self, ref: NodeRef | None) -> None:
        """Make a node the current one."""
        if ref != self.current:
            self.current = ref
            self._mark()

    def hover(self, ref: NodeRef | None) -> None:
        """The mouse is over a node, or over none."""
        if ref != self.hovered:
            self.hovered = ref
            self._mark()

    def search(self, words: str) -> tuple[NodeLook, ...]:
        """Mark the nodes that hold all ``words`` and give them in reading order; "" ends the search."""
        wanted = words.casefold().split()
        found: tuple[NodeLook, ...] = ()
        if self.picture is not None and wanted:
            order = self.picture.reading_order()
            found = tuple(look for look in order if all(word in look.search for word in wanted))
        self.matches = frozenset(look.ref for look in found) if wanted else None
        self.update()
        return found

    def show_labels(self, shown: bool) -> None:
        """Write the addresses and VLANs on the edges, or leave them away."""
        self.labels = shown
        self.update()

    def mark_of(self, ref: NodeRef) -> Mark:
        """What is special about a node now."""
        return Mark(
            selected=ref == self.current,
            on_path=ref in self.path,
            dimmed=self.matches is not None and ref not in self.matches,
        )

    def _mark(self) -> None:
        start = self.hovered if self.hovered is not None else self.current
        known = self.picture is not None and start is not None
        self.path = self.picture.path_of(start) if known and self.picture and start else frozenset()
        self.update()


class NodeItem(QGraphicsRectItem):
    """One node. Its rectangle is Qt's, so that only painting calls into Python."""

    def __init__(self, scene: MapScene, look: NodeLook) -> None:
        super().__init__()
        self._scene = scene
        self._look: NodeLook | None = None
        self._words: Words | None = None
        self.setPen(_margin_pen())
        self.setRect(0, 0, look.node.width, look.node.height)

    def show_look(self, look: NodeLook) -> None:
        """Stand for ``look`` from now on."""
        if look is not self._look:
            self._look = look
            self._words = None
            self.setRect(0, 0, look.node.width, look.node.height)
            self.setPos(look.node.x, look.node.y)
        self.setVisible(True)

    def forget_words(self) -> None:
        """Measure the words anew: fonts may have changed."""
        self._words = None

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the node at the scene's level of detail."""
        look, scene = self._look, self._scene
        if look is None:
            return
        if self._words is None:
            self._words = words_of(look, scene.style_now)
        mark = scene.mark_of(look.ref)
        if scene.level is Level.NEAR:
            paint.paint_node(painter, look, self._words, scene.style_now, mark, draw_pixels)
        else:
            paint.paint_title(painter, look, self._words, scene.style_now, mark)


def _margin_pen() -> QPen:
    # Never drawn: it makes Qt's rectangle of the item large enough for rings and cards around it.
    pen = QPen()
    pen.setWidthF(2 * MARGIN)
    return pen


def draw_pixels(painter: QPainter, place: QRectF, which: Icon, colour: QColor) -> None:
    """Paint an icon from pixels that are kept."""
    painter.drawPixmap(place, _pixels(which, round(place.width() * SHARP), colour.name()), QRectF())


@lru_cache(maxsize=256)
def _pixels(which: Icon, side: int, ink: str) -> QPixmap:
    pixels = QPixmap(side, side)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    icons.draw(painter, QRectF(0, 0, side, side), which, ink, ink)
    painter.end()
    return pixels


class _Layer(QGraphicsItem):
    """Paints what there are thousands of in one go."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__()
        self._map = scene
        self._area = QRectF()
        # Else Qt tells it to paint everything, whatever can be seen of it.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        """The whole map."""
        return self._area

    def take(self, picture: Picture | None) -> None:
        """Paint another picture from now on."""
        self.prepareGeometryChange()
        margin = 2 * MARGIN
        self._area = QRectF() if picture is None else picture.size.adjusted(-margin, -margin, margin, margin)


class _EdgeLayer(_Layer):
    """All edges: curves close by, straight lines from afar."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._edges: tuple[EdgeLook, ...] = ()
        self._lines: list[QLineF] = []

    def take(self, picture: Picture | None) -> None:
        """Prepare the lines for the view from afar."""
        super().take(picture)
        self._edges = picture.edges if picture is not None else ()
        self._lines = [QLineF(edge.start, edge.end) for edge in self._edges]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint the edges that can be seen, those of the path last."""
        exposed: QRectF = option.exposedRect
        if self._map.level is Level.FAR:
            self._paint_far(painter, exposed)
        else:
            self._paint_near(painter, exposed)

    def _paint_far(self, painter: QPainter, exposed: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._map.style_now.border, 0))
        top, bottom = exposed.top(), exposed.bottom()
        lines = [
            line
            for line, edge in zip(self._lines, self._edges, strict=True)
            if edge.top <= bottom and edge.bottom >= top
        ]
        painter.drawLines(lines)
        path = self._map.path
        if path:
            painter.setPen(QPen(self._map.style_now.accent, 0))
            painter.drawLines([QLineF(one.start, one.end) for one in self._edges if _on_path(one, path)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_near(self, painter: QPainter, exposed: QRectF) -> None:
        style, path = self._map.style_now, self._map.path
        seen = self._seen(exposed)
        marked = [edge for edge in seen if _on_path(edge, path)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        quiet = self._map.matches is not None or self._map.hovered is not None
        painter.setOpacity(0.4 if quiet and (marked or self._map.matches is not None) else 1.0)
        for edge in seen:
            if not _on_path(edge, path):
                painter.setPen(paint.edge_pen(edge, style, on_path=False))
                painter.drawPath(paint.edge_path(edge))
        painter.setOpacity(1.0)
        for edge in marked:
            painter.setPen(paint.edge_pen(edge, style, on_path=True))
            painter.drawPath(paint.edge_path(edge))
        if self._map.labels and self._map.level is Level.NEAR:
            for edge in seen:
                if edge.label and exposed.top() - 20 <= edge.end.y() <= exposed.bottom() + 20:
                    paint.paint_label(painter, edge, style)

    def _seen(self, exposed: QRectF) -> list[EdgeLook]:
        top, bottom, left, right = exposed.top(), exposed.bottom(), exposed.left(), exposed.right()
        return [
            edge
            for edge in self._edges
            if edge.top <= bottom and edge.bottom >= top and edge.start.x() <= right and edge.end.x() >= left
        ]


def _on_path(edge: EdgeLook, path: frozenset[NodeRef]) -> bool:
    return edge.edge.source in path and edge.edge.target in path


class _BlockLayer(_Layer):
    """The nodes from afar, where a node is a block of colour."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Paint a block for each node that can be seen; nothing close by."""
        scene = self._map
        if scene.level is not Level.FAR or scene.picture is None:
            return
        exposed: QRectF = option.exposedRect
        groups: dict[str, list[QRectF]] = {}
        faint: dict[str, list[QRectF]] = {}
        rings: list[QRectF] = []
        for look in scene.picture.within(exposed):
            ref, node = look.ref, look.node
            colour = (
                scene.style_now.states[node.state]
                if node.state.troubled
                else scene.style_now.kinds[node.column]
            )
            dimmed = scene.matches is not None and ref not in scene.matches
            (faint if dimmed else groups).setdefault(colour.name(), []).append(look.place)
            if ref in scene.path:
                rings.append(look.place)
        self._paint_blocks(painter, faint, groups, rings)

    def _paint_blocks(
        self,
        painter: QPainter,
        faint: dict[str, list[QRectF]],
        groups: dict[str, list[QRectF]],
        rings: list[QRectF],
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for blocks, opacity in ((faint, paint.DIMMED), (groups, 1.0)):
            painter.setOpacity(opacity)
            for colour, places in blocks.items():
                painter.setBrush(QColor(colour))
                painter.drawRects(places)
        pen = QPen(self._map.style_now.selected, 3)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects(rings)


def scale_of(transform: QTransform) -> float:
    """How much a view enlarges the map."""
    return transform.m11()
