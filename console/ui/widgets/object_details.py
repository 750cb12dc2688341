"""Everything about the object that is selected on an inventory page: what is wrong, facts, links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from console.domain.text import Text
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.fact_sheet import Fact, FactSheet
from console.ui.widgets.finding_links import FindingLinks
from console.ui.widgets.related_list import RelatedList, RelatedObject

if TYPE_CHECKING:
    from console.domain.relations import Relations


LINKS_WIDTH = 300


class DetailTab(QWidget):
    """One more tab of the details. ``title`` carries the mnemonic."""

    title = ""

    def show_row(self, row: Any, relations: Relations) -> None:
        """Speak of the object of ``row`` from now on."""
        raise NotImplementedError

    def looked_at(self) -> None:
        """Somebody sees it now: what takes time is made or fetched here, not before."""


if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef
    from console.ui.diagnosis import Diagnosis


class ObjectDetails(QWidget):
    """Facts beside or above the related objects, whichever way there is more room; in the first of
    several tabs where a kind has more to show.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Details"))
        self._warning = Banner(self)
        self._findings = FindingLinks(self)
        self._facts = FactSheet(self)
        self._facts.setAccessibleName(self.tr("Facts"))
        self.related = RelatedList(self)
        title = QLabel(self.tr("Re&lated"), self)
        title.setProperty("role", "heading")
        title.setBuddy(self.related)
        self._links = QWidget(self)
        below = QVBoxLayout(self._links)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(title)
        below.addWidget(self.related, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self._facts)
        self._splitter.addWidget(self._links)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._parted = False
        self._splitter.splitterMoved.connect(lambda *_: self._part_by_hand())
        self._tabs: QTabWidget | None = None
        self._more: list[DetailTab] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._warning)
        self._column.addWidget(self._findings)
        self._column.addWidget(self._splitter, 1)
        self.setFocusProxy(self.related)

    def add_tabs(self, make: Callable[[QWidget], Sequence[DetailTab]]) -> None:
        """Put the facts into the first tab of several; ``make`` gives the others, for their parent.

        They are made after the tabs they stand in: that is the order in which Tab goes through them.
        """
        tabs = QTabWidget(self)
        tabs.setAccessibleName(self.tr("Details"))
        tabs.setDocumentMode(True)
        tabs.addTab(self._splitter, self.tr("&Summary"))
        QWidget.setTabOrder(tabs, self._facts)
        QWidget.setTabOrder(self._facts, self.related)
        self._more = list(make(tabs))
        for tab in self._more:
            tabs.addTab(tab, tab.title)
        tabs.currentChanged.connect(self._look)
        self._tabs = tabs
        self._column.addWidget(tabs, 1)
        self.setFocusProxy(tabs)

    def _look(self) -> None:
        tab = self._tabs.currentWidget() if self._tabs is not None else None
        if isinstance(tab, DetailTab):
            tab.looked_at()

    def showEvent(self, event: QShowEvent) -> None:
        """The tab in front is seen now."""
        super().showEvent(event)
        self._part()
        self._look()

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        if self._tabs is not None:
            return (self._tabs,)
        return (self.related,) if self.related.isVisible() else ()

    def stack(self, orientation: Qt.Orientation) -> None:
        """Put the links beside the facts, or below them."""
        if self._splitter.orientation() == orientation:
            return
        self._splitter.setOrientation(orientation)
        self._parted = False
        self._part()

    def _part_by_hand(self) -> None:
        self._parted = True

    def _part(self) -> None:
        """Give the links the same width on every page, unless a person gave them another."""
        if self._parted:
            return
        upright = self._splitter.orientation() == Qt.Orientation.Vertical
        room = self._splitter.height() if upright else self._splitter.width()
        links = room * 2 // 5 if upright else min(LINKS_WIDTH, room * 2 // 5)
        self._splitter.setSizes([room - links, links])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Facts and links share the room anew."""
        super().resizeEvent(event)
        self._part()

    def show_row(self, row: Any, relations: Relations) -> None:
        """Tell the further tabs which object is shown."""
        for tab in self._more:
            tab.show_row(row, relations)
        if self.isVisible():
            self._look()

    def show_object(self, warning: Text | None, facts: tuple[Fact, ...]) -> None:
        """Say what is wrong with it, if anything, and its facts."""
        if warning is None:
            self._warning.hide()
        else:
            self._warning.tell("warning", shown(warning))
        self._facts.show_facts(facts)

    def show_findings(self, diagnosis: Diagnosis, ref: ObjectRef | None) -> None:
        """Say what the checks found of it."""
        self._findings.show_findings(diagnosis, ref)

    def show_related(self, related: Sequence[RelatedObject], more: int) -> None:
        """List what hangs together with it."""
        self._links.setVisible(True)
        self.related.show_related(related, more)

    def hide_related(self) -> None:
        """It is no object others hang on."""
        self._links.setVisible(False)
