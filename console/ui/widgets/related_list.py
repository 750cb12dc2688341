"""What an object hangs together with, as links to the pages of those objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from console.domain.text import N_
from console.ui.icons import Icon, icon
from console.ui.overriding import override
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef
    from console.domain.relations import Relations

CONTEXT = "Related"

MOST = 200
"""So many related objects are listed; a network can have thousands of endpoints."""

KINDS = {
    "adapter": (Icon.ADAPTER, N_(CONTEXT, "Adapter")),
    "vswitch": (Icon.SWITCH, N_(CONTEXT, "vSwitch")),
    "hns-network": (Icon.HNS, N_(CONTEXT, "HNS network")),
    "network": (Icon.NETWORKS, N_(CONTEXT, "Network")),
    "hns-endpoint": (Icon.CONNECT, N_(CONTEXT, "HNS endpoint")),
    "container": (Icon.CONTAINER, N_(CONTEXT, "Container")),
    "compartment": (Icon.COMPARTMENT, N_(CONTEXT, "Compartment")),
    "hns-namespace": (Icon.COMPARTMENT, N_(CONTEXT, "HNS namespace")),
    "hns-load-balancer": (Icon.ACTIVITY, N_(CONTEXT, "Load balancer")),
    "nat": (Icon.NAT, N_(CONTEXT, "NAT instance")),
    "port-mapping": (Icon.PORT, N_(CONTEXT, "Port")),
    "firewall-rule": (Icon.FIREWALL, N_(CONTEXT, "Firewall rule")),
    "service": (Icon.SERVICE, N_(CONTEXT, "Service")),
}
"""Icon and name of each :class:`~console.domain.object_ref.ObjectKind`."""


@dataclass(frozen=True)
class RelatedObject:
    """One link."""

    ref: ObjectRef
    title: str


def related_objects(ref: ObjectRef, relations: Relations) -> tuple[tuple[RelatedObject, ...], int]:
    """The first of what hangs on ``ref``, and how many more there are. Touches no widget."""
    found = relations.related(ref)
    links = tuple(RelatedObject(one, shown(relations.title_of(one))) for one in found[:MOST])
    return links, len(found) - len(links)


class RelatedList(QListWidget):
    """``opened(ObjectRef)``: a link was clicked, or Enter was pressed on it."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("related")
        self.setAccessibleName(self.tr("Related objects"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._listed: tuple[RelatedObject, ...] | None = None
        self._more = 0
        self.itemClicked.connect(self._open)
        self.itemEntered.connect(self._point)
        self.viewportEntered.connect(lambda: self.viewport().unsetCursor())

    def show_related(self, related: Sequence[RelatedObject], more: int) -> None:
        """List ``related`` and how many there are besides; nothing moves where they are listed already."""
        if tuple(related) == self._listed and more == self._more:
            return
        self._listed, self._more = tuple(related), more
        self.clear()
        for one in related:
            which, kind = KINDS[one.ref.kind]
            sentence = self.tr("{kind}: {name}").format(kind=shown(kind), name=one.title)
            item = QListWidgetItem(icon(which), sentence)
            item.setToolTip(sentence)
            item.setForeground(self.palette().brush(QPalette.ColorRole.Link))
            self.addItem(item)
        if not related:
            self._say(self.tr("Nothing related is known."))
        elif more:
            self._say(self.tr("… and {count} more").format(count=more))

    def _say(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _ref(self, item: QListWidgetItem) -> ObjectRef | None:
        listed, row = self._listed or (), self.row(item)
        return listed[row].ref if row < len(listed) else None

    def _open(self, item: QListWidgetItem) -> None:
        ref = self._ref(item)
        if ref is not None:
            self.opened.emit(ref)

    def _point(self, item: QListWidgetItem) -> None:
        if self._ref(item) is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows the link."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Links have the colour of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in range(self.count()):
                item = self.item(row)
                if self._ref(item) is not None:
                    item.setForeground(self.palette().brush(QPalette.ColorRole.Link))
