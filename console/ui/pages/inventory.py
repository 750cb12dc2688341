"""A page of the inventory: the tables of its kinds, in tabs where there are several."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from console.ui.actions import Context
from console.ui.container_actions import CONTAINER_ACTIONS
from console.ui.host_actions import HOST_ACTIONS
from console.ui.loading import loaded
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef
    from console.ui.inventory.kind import AnyKind
    from console.ui.pages.inventory_view import InventoryView


class InventoryPage(ContextPage):
    """The objects of some kinds. ``page_id`` is the page's id in the registry.

    The page itself is there at once; what knows the Windows side is imported by another thread.
    """

    def __init__(self, page_id: str, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page_id = page_id
        self._parts = parts
        self._dialogs: set[QDialog] = set()
        self._views: list[InventoryView] = []
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Kinds of objects"))
        self._show_tab_bar(needed=False)
        self._tabs.currentChanged.connect(lambda _at: self.contextChanged.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.addWidget(self._tabs)
        parts.tasks.start(self._load(), owner=self)

    async def _load(self) -> None:
        catalog = await loaded("console.ui.inventory.catalog")
        await loaded("console.ui.inventory.deeds")
        views = await loaded("console.ui.pages.inventory_view")
        kinds: tuple[AnyKind, ...] = catalog.KINDS_BY_PAGE[self._page_id]
        for kind in kinds:
            if kind.tabs:
                await loaded(kind.tabs.partition(":")[0])
            view: InventoryView = views.InventoryView(kind, self._parts, self, beneath_tabs=len(kinds) > 1)
            self._views.append(view)
            self._tabs.addTab(view, shown(kind.title))
            view.contextChanged.connect(self.contextChanged)
            await asyncio.sleep(0)  # each table takes some milliseconds to build
        self._show_tab_bar(needed=len(kinds) > 1)
        self._bind()
        self._show_tab_of(self._parts.session.selection.ref)
        self.contextChanged.emit()

    def _show_tab_bar(self, *, needed: bool) -> None:
        """A bar for one tab alone says nothing, and must not be in the way of the Tab key.

        A QTabWidget hands the keyboard on to its bar (Qt 6.11: also to a hidden one, where it is lost, so
        that the Tab key goes no further).
        """
        self._tabs.tabBar().setVisible(needed)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus if needed else Qt.FocusPolicy.NoFocus)

    @property
    def view(self) -> InventoryView:
        """The table in sight."""
        return self._views[self._tabs.currentIndex()]

    def _bind(self) -> None:
        actions, page = self._parts.actions, self._page_id
        actions.bind("find", lambda: self.view.bar.start_search(), page=page)
        actions.bind("copy-rows", lambda: self.view.table.copy_rows(), page=page)
        actions.bind("copy-cell", lambda: self.view.table.copy_cell(), page=page)
        actions.bind("select-all", lambda: self.view.table.selectAll(), page=page)
        actions.bind("columns", lambda: self.view.choose_columns(), page=page)
        for suffix in ("csv", "json"):
            export = partial(self._start_export, suffix)
            actions.bind(f"export-{suffix}", export, page=page)
        actions["show-details"].toggled.connect(lambda _on: self._arrange())
        for action in (*HOST_ACTIONS, *CONTAINER_ACTIONS):
            if any(action.id in (*one.kind.actions, *one.kind.more_actions) for one in self._views):
                actions.bind(action.id, partial(self._start, action.id), page=page)
        self._parts.session.selection.opened.connect(self._show_tab_of)

    def _start_export(self, suffix: str) -> None:
        self._parts.tasks.start(self.view.export(suffix), owner=self)

    def _start(self, deed_id: str) -> None:
        self._parts.tasks.start(self._do(deed_id), owner=self)

    def _arrange(self) -> None:
        for view in self._views:
            view.arrange()

    def _show_tab_of(self, ref: ObjectRef | None) -> None:
        for at, view in enumerate(self._views):
            if ref is not None and view.kind.shows is ref.kind:
                self._tabs.setCurrentIndex(at)
                view.table.setFocus()

    async def _do(self, deed_id: str) -> None:
        """Open the dialog that asks before the deed is done."""
        deed = (await loaded("console.ui.inventory.deeds")).DEEDS[deed_id]
        selected = self.view.table.selected()
        module, _, name = deed.dialog.partition(":")
        make = getattr(await loaded(module), name)
        rows = tuple(selected) if deed.several else selected[0] if deed.needs_row else None
        dialog = make(self._parts.session, self._parts.tasks, self._parts.inventory, deed, rows, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        if self._views:
            return self.view.context(self._page_id)
        session = self._parts.session
        return Context(page=self._page_id, connected=session.connected, snapshot=session.snapshot)

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        if not self._views:
            return (self,)
        tabs = (self._tabs.tabBar(),) if len(self._views) > 1 else ()
        return (*tabs, *self.view.panes())

    def remember(self) -> None:
        """Put columns, sorting and splitters into the window's state."""
        for view in self._views:
            view.remember()
