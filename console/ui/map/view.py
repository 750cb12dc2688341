"""The window onto a map: pan, zoom, mouse and keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsView, QToolTip, QWidget

from console.domain.map.model import NodeRef
from console.ui.map.headings import HEADINGS_HEIGHT, Headings
from console.ui.map.look import NodeLook
from console.ui.map.scene import MapScene, scale_of
from console.ui.map.style import FAR_BELOW, level_at

SMALLEST_SCALE, LARGEST_SCALE = 0.04, 3.0
ZOOM_STEP = 1.2
WHEEL_NOTCH = 120.0
READABLE = 0.7
"""The smallest scale a host is shown at first: a map too large for it starts at its upper left."""

PAN_STEP = 90
_Key = Qt.Key


class MapView(QGraphicsView):
    """Shows a :class:`MapScene`. ``chosen(NodeRef | None)``: a person chose a node, or none;
    ``opened(NodeRef)``: wants to see it on its page; ``folded(NodeRef)``: wants it folded or unfolded;
    ``menuWanted(NodeRef, QPoint)``: wants to know what can be done with it, at a place on the screen.
    """

    chosen = Signal(object)
    opened = Signal(object)
    folded = Signal(object)
    menuWanted = Signal(object, QPoint)
    scaleChanged = Signal(float)

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.map_scene = scene
        self._untouched = True
        self._held: tuple[NodeRef, QPointF] | None = None
        self._pressed: QPoint | None = None
        self._panning = False
        self.setObjectName("mapView")
        self.setAccessibleName(self.tr("Map of the host"))
        self._describe(None)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState, False)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing, True)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setViewportMargins(0, HEADINGS_HEIGHT, 0, 0)
        self._headings = Headings(self)
        scene.arriving.connect(self._hold)
        scene.arrived.connect(self._give_back)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self._headings.update())

    # Where one looks

    @property
    def scale_now(self) -> float:
        """How much the map is enlarged; 1 is life-size."""
        return scale_of(self.transform())

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge by ``factor`` around a place of the viewport, by default its middle."""
        at = QPointF(self.viewport().rect().center()) if at is None else at
        scale = min(max(self.scale_now * factor, SMALLEST_SCALE), LARGEST_SCALE)
        self._untouched = False
        self._look(scale, self.mapToScene(at.toPoint()), at)

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step further away."""
        self.zoom(1 / ZOOM_STEP)

    def life_size(self) -> None:
        """Show the map as large as it is."""
        self.zoom(1 / self.scale_now)

    def fit(self) -> None:
        """Show the whole map, or as much of it as can be told apart."""
        self._fit(FAR_BELOW / 3)

    def _fit(self, smallest: float) -> None:
        area = self.map_scene.sceneRect()
        view = self.viewport().rect()
        if area.isEmpty() or view.isEmpty():
            return
        whole = min(view.width() / area.width(), view.height() / area.height())
        scale = min(max(whole, smallest), 1.0)
        if scale > whole:
            scale = max(min(view.width() / area.width(), 1.0), smallest)
        left = area.left() - max(view.width() / scale - area.width(), 0) / 2
        top = area.top()
        self._look(scale, QPointF(left, top), QPointF(0, 0))

    def show_node(self, ref: NodeRef) -> None:
        """Scroll as little as needed to see a node."""
        picture = self.map_scene.picture
        look = picture.nodes.get(ref) if picture is not None else None
        if look is not None:
            self.ensureVisible(look.place, 40, 40)

    def _look(self, scale: float, spot: QPointF, at: QPointF) -> None:
        """Show the map at ``scale`` with its place ``spot`` at ``at`` of the viewport."""
        if scale != self.scale_now:
            self.setTransform(QTransform.fromScale(scale, scale))
            self.map_scene.set_level(level_at(scale))
        moved = spot * scale - at
        self._give_room(scale)
        self.horizontalScrollBar().setValue(round(moved.x()))
        self.verticalScrollBar().setValue(round(moved.y()))
        self._headings.update()
        self.scaleChanged.emit(scale)

    def _give_room(self, scale: float) -> None:
        """Let a map that is smaller than the viewport stand in its middle, at the top."""
        view = self.viewport().rect()
        area = self.map_scene.sceneRect()
        across = max(int(view.width() / scale - area.width()), 0) / 2
        down = max(int(view.height() / scale - area.height()), 0)
        self.setSceneRect(area.adjusted(-across, 0, across, down))

    def _hold(self) -> None:
        """Remember a node and where it stands: it stays there while others come and go around it."""
        scene = self.map_scene
        picture = scene.picture
        if picture is None or not picture.nodes:
            self._held = None
            return
        area = self.mapToScene(self.viewport().rect()).boundingRect()
        seen = list(picture.within(area))
        anchor = next((look for look in seen if look.ref == scene.current), seen[0] if seen else None)
        self._held = (anchor.ref, anchor.place.topLeft()) if anchor is not None else None

    def _give_back(self) -> None:
        picture = self.map_scene.picture
        if picture is None:
            return
        if self._untouched:
            self.show_whole()
            return
        self._give_room(self.scale_now)
        held, self._held = self._held, None
        look = picture.nodes.get(held[0]) if held is not None else None
        if held is not None and look is not None:
            moved = (look.place.topLeft() - held[1]) * self.scale_now
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(moved.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(moved.y()))
        self._headings.update()

    def show_whole(self) -> None:
        """The first view of a host: all of it if that can be read, else its upper left part."""
        self._fit(READABLE)

    def start_over(self) -> None:
        """Another host: nothing was looked at yet."""
        self._untouched = True

    def hold_still(self) -> None:
        """Keep what is seen where it is from now on."""
        self._untouched = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the headings as wide, and a map nobody touched in full view."""
        super().resizeEvent(event)
        self._headings.setGeometry(0, 0, self.width(), HEADINGS_HEIGHT)
        if self._untouched and self.map_scene.picture is not None:
            self.show_whole()
            chosen = self.map_scene.current
            if chosen is not None:  # where the whole map has no room the chosen node stays in sight
                self.show_node(chosen)

    # Mouse

    def _node_at(self, at: QPoint) -> NodeLook | None:
        picture = self.map_scene.picture
        return picture.at(self.mapToScene(at)) if picture is not None else None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms where the mouse is; the wheel alone scrolls, with Shift sideways."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(float(ZOOM_STEP ** (event.angleDelta().y() / WHEEL_NOTCH)), event.position())
            event.accept()
            return
        self._untouched = False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - event.angleDelta().y())
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button chooses, and drags the map; the middle one only drags it."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        self._pressed = event.position().toPoint()
        self._panning = False
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map, or mark the path of what the mouse is over."""
        at = event.position().toPoint()
        if self._pressed is None:
            look = self._node_at(at)
            self.map_scene.hover(look.ref if look is not None else None)
            pointing = Qt.CursorShape.PointingHandCursor if look is not None else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(pointing)
            return
        moved = at - self._pressed
        if not self._panning and moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._panning = True
        self._untouched = False
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._scroll_by(-moved.x(), -moved.y())
        self._pressed = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that did not drag chooses what is there."""
        pressed, self._pressed = self._pressed, None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        if pressed is not None and not self._panning and event.button() == Qt.MouseButton.LeftButton:
            look = self._node_at(pressed)
            self.choose(look)
        self._panning = False
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an object on its page; unfold a fold."""
        look = self._node_at(event.position().toPoint())
        if look is not None:
            self._activate(look)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """No node is below the mouse any more."""
        self.map_scene.hover(None)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the whole words of a node whose words did not fit."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            look = self._node_at(event.pos())
            words = "" if look is None else "\n".join((look.title, *look.lines, *look.told))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the node below the mouse, or with the current one by key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            look = self._node_at(event.pos())
            place = event.globalPos()
        else:
            look = self._current()
            corner = look.place.center() if look is not None else QPointF()
            place = self.viewport().mapToGlobal(self.mapFromScene(corner))
        if look is not None:
            self.choose(look)
            self.menuWanted.emit(look.ref, place)
        event.accept()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along edges and columns, with Ctrl they move the map; Enter opens."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held & Qt.KeyboardModifier.ControlModifier:
            pan = _PANS.get(_Key(key))
            if pan is not None:
                self._untouched = False
                self._scroll_by(pan[0] * PAN_STEP, pan[1] * PAN_STEP)
                return
            super().keyPressEvent(event)
            return
        if key in _STEPS:
            self._step(*_STEPS[_Key(key)])
            return
        act = self._keys.get(_Key(key))
        if act is None:
            super().keyPressEvent(event)
            return
        act()

    @property
    def _keys(self) -> Mapping[Qt.Key, Callable[[], None]]:
        return {
            _Key.Key_Plus: self.zoom_in,
            _Key.Key_Equal: self.zoom_in,
            _Key.Key_Minus: self.zoom_out,
            _Key.Key_0: self.fit,
            _Key.Key_1: self.life_size,
            _Key.Key_Return: self._open_current,
            _Key.Key_Enter: self._open_current,
            _Key.Key_Space: self._fold_current,
            _Key.Key_Escape: lambda: self.choose(None),
            _Key.Key_Home: lambda: self._go_to_end(0),
            _Key.Key_End: lambda: self._go_to_end(-1),
            _Key.Key_PageUp: lambda: self._scroll_by(0, -self.viewport().height() * 4 // 5),
            _Key.Key_PageDown: lambda: self._scroll_by(0, self.viewport().height() * 4 // 5),
        }

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes from node to node in reading order and leaves behind the last; Escape ends that."""
        picture, look = self.map_scene.picture, self._current()
        if picture is None or look is None:
            return super().focusNextPrevChild(forwards)
        order = picture.reading_order()
        at = order.index(look) + (1 if forwards else -1)
        if 0 <= at < len(order):
            self.choose(order[at])
            return True
        return super().focusNextPrevChild(forwards)

    def _step(self, columns: int, rows: int) -> None:
        picture, look = self.map_scene.picture, self._current()
        if picture is None or not picture.nodes:
            return
        if look is None:
            self.choose(self._first_seen())
            return
        if rows:
            siblings = picture.columns[look.node.column]
            at = siblings.index(look) + rows
            if 0 <= at < len(siblings):
                self.choose(siblings[at])
            return
        joined = (picture.after if columns > 0 else picture.before).get(look.ref, ())
        others = [picture.nodes[ref] for ref in joined]
        if others:
            middle = look.place.center().y()
            self.choose(min(others, key=lambda other: abs(other.place.center().y() - middle)))

    def _first_seen(self) -> NodeLook | None:
        picture = self.map_scene.picture
        if picture is None:
            return None
        area = self.mapToScene(self.viewport().rect()).boundingRect()
        inside = [look for look in picture.within(area) if QRectF(area).contains(look.place)]
        return next(iter(inside or picture.reading_order()), None)

    def _go_to_end(self, end: int) -> None:
        picture, look = self.map_scene.picture, self._current() or self._first_seen()
        if picture is not None and look is not None:
            self.choose(picture.columns[look.node.column][end])

    def _scroll_by(self, across: int, down: int) -> None:
        for bar, step in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + step)

    # What is chosen

    def _current(self) -> NodeLook | None:
        picture, ref = self.map_scene.picture, self.map_scene.current
        return picture.nodes.get(ref) if picture is not None and ref is not None else None

    def choose(self, look: NodeLook | None) -> None:
        """Choose a node as a person does: it is told, seen and said."""
        self.mark(look)
        self.chosen.emit(None if look is None else look.ref)
        if look is not None:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, look.spoken))

    def mark(self, look: NodeLook | None) -> None:
        """Show a node as chosen, without telling anybody."""
        self.map_scene.choose(None if look is None else look.ref)
        self._describe(look)
        if look is not None:
            self.show_node(look.ref)

    def _describe(self, look: NodeLook | None) -> None:
        how = self.tr(
            "Arrow keys move along the lines, Tab from node to node, Enter opens, Space folds and unfolds, "
            "Escape clears. The list beside it has the same objects."
        )
        self.setAccessibleDescription(how if look is None else look.spoken)

    def _open_current(self) -> None:
        look = self._current()
        if look is not None:
            self._activate(look)

    def _fold_current(self) -> None:
        look = self._current()
        if look is not None:
            self.folded.emit(look.ref)

    def _activate(self, look: NodeLook) -> None:
        (self.folded if look.node.folded else self.opened).emit(look.ref)


_STEPS: dict[Qt.Key, tuple[int, int]] = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_PANS = _STEPS
