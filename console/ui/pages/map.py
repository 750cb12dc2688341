"""The map page: how everything on the host hangs together, drawn, as a list, and by addresses."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.map.model import EVERYTHING, MapFilter, NodeRef
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.text import reason_of
from console.ui.actions import MAP_EXPORTS, MAP_TOOLBAR, SEPARATOR, Context
from console.ui.icons import Icon, icon
from console.ui.map.addresses import AddressView
from console.ui.map.drawing import Drawing, drawn, path_filter, refolded
from console.ui.map.export import Format, write
from console.ui.map.legend import LINE_HEIGHT as LEGEND_LINE
from console.ui.map.legend import Legend
from console.ui.map.menu import NodeMenu
from console.ui.map.rows import MAP_COLUMNS, MapRow, row_key
from console.ui.map.scene import MapScene
from console.ui.map.style import style_of
from console.ui.map.view import MapView
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts, page_of
from console.ui.tasks import ask
from console.ui.texts import shown
from console.ui.theme import Theme
from console.ui.widgets.action_bar import TOOL_ICON, ActionBar
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.record_table import RecordTable
from console.ui.widgets.search_field import SearchField

STATE, TABLE_STATE = "map-page", "map-table"
SEARCH_AFTER_MS = 120
"""Typing faster than this is searched for once."""

BESIDE_BAR = 560
"""What the other parts of the top line need. With less room the tool bar shows icons only."""


class MapPage(ContextPage):
    """One session's host as a map."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = parts.session
        self._tasks = parts.tasks
        self._actions = parts.actions
        self._state = parts.state
        self._filter = EVERYTHING
        self._drawing: Drawing | None = None
        self._busy = False
        self._wordy_width = 0
        self._networks: list[tuple[str, str]] = []
        self._dialogs: set[QDialog] = set()
        self._scene = MapScene(self)
        self.model: RecordModel[MapRow] = RecordModel(MAP_COLUMNS, row_key, self)
        self._build()
        self._menus = NodeMenu(self._session, self._tasks, self._actions, self, self._open)
        self._bind()
        self._follow()
        if self._session.selection.path:
            self._show_path_of(self._session.selection.path)
        self._draw_soon()

    # What the person sees

    def _build(self) -> None:
        # In the order of reading: the Tab key goes in the order of making.
        top = self._build_top()
        self._tabs = QTabWidget(self)
        self._view = MapView(self._scene, self)
        self._banner = Banner(self)
        self._failure = Banner(self)
        self._failure.chosen.connect(self._failure.hide)
        self._empty = EmptyState(self)
        self._table: RecordTable[MapRow] = RecordTable(
            self.model, self.tr("Map as a list"), self._state, TABLE_STATE, self
        )
        self._addresses = AddressView(self._session, self._tasks, self._state, self._open, self)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Ways to look at the host"))
        self._tabs.addTab(self._view, icon(Icon.MAP), self.tr("&Picture"))
        self._tabs.addTab(self._table, icon(Icon.COLUMNS), self.tr("As a &list"))
        self._tabs.addTab(self._addresses, icon(Icon.NETWORKS), self.tr("A&ddresses"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*PAGE_EDGES)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._failure)
        layout.addWidget(self._banner)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._build_bottom())

    def _build_top(self) -> QHBoxLayout:
        self._bar = ActionBar(self._actions, MAP_TOOLBAR, self.tr("Map actions"), self)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._bar)
        top.addWidget(self._build_export())
        top.addStretch(1)
        top.addWidget(self._build_choice())
        self._search = SearchField(self.tr("Search the map"), self, width=(120, 300))
        top.addWidget(self._search, 2)
        return top

    def _build_export(self) -> QToolButton:
        self._export_button = QToolButton(self)
        self._export_button.setIcon(icon(Icon.EXPORT))
        self._export_button.setText(self.tr("Export"))
        self._export_button.setAccessibleName(self.tr("Export the map"))
        self._export_button.setIconSize(QSize(TOOL_ICON, TOOL_ICON))
        self._export_button.setAutoRaise(True)
        self._export_button.setMinimumSize(30, 30)
        self._export_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = self._actions.fill(QMenu(self._export_button), (*MAP_EXPORTS, SEPARATOR, "map-labels"))
        menu.setAccessibleName(self.tr("Export the map"))
        # Not the button's own menu: Qt would show it in a nested event loop.
        self._export_button.clicked.connect(
            lambda _checked=False: menu.popup(
                self._export_button.mapToGlobal(QPoint(0, self._export_button.height()))
            )
        )
        return self._export_button

    def _build_choice(self) -> QComboBox:
        self._choice = QComboBox(self)
        self._choice.setAccessibleName(self.tr("What is shown"))
        self._choice.setMinimumWidth(120)
        self._choice.setMaximumWidth(220)
        self._choice.setMaxVisibleItems(20)
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return self._choice

    def _build_bottom(self) -> QHBoxLayout:
        self._count = QLabel(self)
        self._count.setProperty("role", "muted")
        self._count.setAccessibleName(self.tr("What the map shows"))
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        bottom = QHBoxLayout()
        bottom.setSpacing(16)
        self._legend = Legend(self._scene, self)
        self._count.setMinimumHeight(LEGEND_LINE)  # level with the legend's first line
        bottom.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(self._legend, 1)
        return bottom

    def _tab_changed(self) -> None:
        """The legend is the picture's; what is counted are the objects of the picture and of the list."""
        self._legend.setVisible(self._tabs.currentWidget() is self._view)
        self._count.setVisible(self._tabs.currentWidget() is not self._addresses)
        self.contextChanged.emit()

    # What can be done

    def _bind(self) -> None:
        actions, view = self._actions, self._view
        actions.bind("map-zoom-in", view.zoom_in)
        actions.bind("map-zoom-out", view.zoom_out)
        actions.bind("map-fit", view.fit)
        actions.bind("map-open", self._open_chosen)
        actions.bind("map-path", self._show_path)
        actions.bind("map-everything", partial(self._show_filtered, EVERYTHING))
        actions.bind("map-fold", self._fold_chosen)
        actions["map-labels"].setChecked(bool(self._state.get(STATE).get("labels", True)))
        actions["map-labels"].toggled.connect(self._scene.show_labels)
        self._scene.show_labels(actions["map-labels"].isChecked())
        for action_id, form in zip(MAP_EXPORTS, Format, strict=True):
            actions.bind(action_id, self._tasks.starts(partial(self._export, form), owner=self))
        actions.bind("find", self._find, page="map")
        actions.bind("refresh", self._tasks.starts(self._observe, owner=self), page="map")
        view.chosen.connect(self._share)
        view.opened.connect(self._session.selection.open)
        view.folded.connect(self._fold)
        view.menuWanted.connect(self._open_menu)
        self._tabs.currentChanged.connect(lambda _at: self._tab_changed())
        self._table.chosen.connect(self._row_chosen)
        self._table.opened.connect(self._open_chosen)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(SEARCH_AFTER_MS)
        self._typed.timeout.connect(self._search_now)
        self._search.textChanged.connect(self._search_soon)
        self._search.returnPressed.connect(self._next_match)
        self._choice.activated.connect(self._choose_shown)
        self._empty.chosen.connect(self._tasks.starts(self._observe, owner=self))

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        chosen = self._scene.current
        return Context(
            page="map",
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            object_chosen=chosen is not None,
            object_has_page=isinstance(chosen, ObjectRef) and page_of(chosen.kind) is not None,
            map_shown=self._drawing is not None and bool(self._drawing.picture.nodes),
            picture_shown=self._tabs.currentWidget() is self._view,
            path_shown=bool(self._filter.networks or self._filter.containers),
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        current = self._tabs.currentWidget()
        inside = self._addresses.panes() if current is self._addresses else (current,)
        return (self._search, *inside) if self._stack.currentWidget() is self._tabs else (self._search,)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def _open_menu(self, ref: NodeRef, place: QPoint) -> None:
        picture = self._scene.picture
        look = picture.nodes.get(ref) if picture is not None else None
        if look is not None:
            self._actions.judge(self.context())  # choosing the node is judged a moment later
            menu = self._menus.menu(look, self.context())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    def _open_chosen(self) -> None:
        chosen = self._scene.current
        if isinstance(chosen, ObjectRef):
            self._session.selection.open(chosen)
        elif chosen is not None:
            self._fold(chosen)

    async def _observe(self) -> None:
        service = self._session.service
        if service is None:
            return
        from console.backend.failures import EngineError

        try:
            await service.observe()
        except EngineError as error:
            problem = self._session.explain(error.failure)
            self._failure.tell("error", shown(problem.what), shown(problem.why), self.tr("Dismiss"))

    # Searching and filtering

    def _find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _search_soon(self, text: str) -> None:
        if text:
            self._typed.start()
        else:
            self._search_now()

    def _search_now(self) -> None:
        text = self._search.text()
        self._typed.stop()
        self._scene.search(text)
        self.model.set_filter(text)
        self._addresses.search(text)
        self._show_count()

    def _next_match(self) -> None:
        self._search_now()
        found = self._scene.search(self._search.text())
        if found:
            refs = [look.ref for look in found]
            at = refs.index(self._scene.current) + 1 if self._scene.current in refs else 0
            self._view.choose(found[at % len(found)])

    def _choose_shown(self, at: int) -> None:
        if at <= 0:
            self._show_filtered(EVERYTHING)
            return
        ref = ObjectRef(ObjectKind.NETWORK, self._networks[at - 1][1])
        self._show_filtered(MapFilter(networks=frozenset({ref}), expanded=self._filter.expanded))

    def _show_path(self) -> None:
        chosen, picture = self._scene.current, self._scene.picture
        if chosen is not None and picture is not None:
            self._show_filtered(path_filter(picture, chosen, self._filter))

    def _show_path_of(self, containers: frozenset[str]) -> None:
        """Another page wants what hangs together with some containers, drawn."""
        refs = frozenset(ObjectRef(ObjectKind.CONTAINER, one) for one in containers)
        self._tabs.setCurrentWidget(self._view)
        self._show_filtered(MapFilter(containers=refs, expanded=self._filter.expanded))

    def _show_filtered(self, chosen: MapFilter) -> None:
        if chosen != self._filter:
            self._filter = chosen
            self._view.start_over()
            self._draw_soon()

    def _fold_chosen(self) -> None:
        if self._scene.current is not None:
            self._fold(self._scene.current)

    def _fold(self, ref: NodeRef) -> None:
        picture = self._scene.picture
        if picture is not None and ref in picture.nodes:
            self._view.hold_still()
            self._filter = refolded(picture, ref, self._filter)
            self._draw_soon()

    # What is selected

    def _share(self, ref: NodeRef | None) -> None:
        if ref is None or isinstance(ref, ObjectRef):
            self._session.selection.choose(ref)
        self._select_row(ref)
        self.contextChanged.emit()

    def _follow_selection(self, ref: ObjectRef | None) -> None:
        picture = self._scene.picture
        look = picture.look_for(ref) if picture is not None else None
        if look is None or look.ref != self._scene.current:
            self._view.mark(look)
            self._select_row(None if look is None else look.ref)
            self.contextChanged.emit()

    def _select_row(self, ref: NodeRef | None) -> None:
        current = self._table.current()
        if ref is not None and (current is None or current.node != ref):
            self._table.select_key(ref)

    def _row_chosen(self) -> None:
        row, picture = self._table.current(), self._scene.picture
        if row is None or picture is None or row.node == self._scene.current:
            return
        look = picture.nodes.get(row.node)
        if look is not None and self._tabs.currentWidget() is self._table:
            self._view.mark(look)
            if isinstance(look.ref, ObjectRef):
                self._session.selection.choose(look.ref)
            self.contextChanged.emit()

    # What is drawn

    def _follow(self) -> None:
        session = self._session
        session.snapshotChanged.connect(lambda _snapshot: self._draw_soon())
        session.serviceChanged.connect(self._host_changed)
        session.diagnosis.changed.connect(self._draw_soon)
        session.statusChanged.connect(lambda _status: self._show_state())
        session.selection.changed.connect(self._follow_selection)
        session.selection.pathWanted.connect(self._show_path_of)
        self._scene.arrived.connect(self._arrived)

    def _host_changed(self, _service: object) -> None:
        self._drawing = None
        self._filter = EVERYTHING
        self._scene.clear_picture()
        self._view.start_over()
        self.model.set_records(())
        self._addresses.clear()
        self._show_state()

    def _draw_soon(self) -> None:
        if not self._busy and self._session.snapshot is not None:
            self._busy = True
            self._tasks.start(self._draw(), owner=self)
        self._show_state()

    async def _draw(self) -> None:
        """Draw the newest snapshot; what comes meanwhile is drawn once, after it."""
        try:
            while (snapshot := self._session.snapshot) is not None and self._is_outdated():
                found = self._session.diagnosis.problems
                drawing = await asyncio.to_thread(drawn, snapshot, self._filter, self._drawing, found)
                if self._session.snapshot is None:
                    return
                self._drawing = drawing
                await self._scene.arrive(drawing.picture)
                await self.model.arrive(drawing.rows)
                self._addresses.look_at(snapshot)
                self._show_state()
        finally:
            self._busy = False

    def _is_outdated(self) -> bool:
        drawing = self._drawing
        if drawing is None or drawing.snapshot is not self._session.snapshot:
            return True
        return drawing.filter != self._filter or drawing.found is not self._session.diagnosis.problems

    def _arrived(self) -> None:
        wanted = self._session.selection.ref
        if self._scene.current is None and wanted is not None:
            self._follow_selection(wanted)
        self._search_now()
        self._fill_choice()
        self._show_state()

    def _fill_choice(self) -> None:
        snapshot = self._session.snapshot
        networks = [(one.name, one.id) for one in (snapshot.networks.known() or ())] if snapshot else []
        if networks != self._networks or not self._choice.count():
            self._networks = networks
            self._choice.clear()
            self._choice.addItems([self.tr("Whole host"), *(name for name, _id in networks)])
        ids = {ref.id for ref in self._filter.networks}
        at = next((at for at, (_name, one) in enumerate(networks, 1) if {one} == ids), 0)
        self._choice.setCurrentIndex(at)

    def _show_state(self) -> None:
        drawing, snapshot = self._drawing, self._session.snapshot
        there = drawing is not None and bool(drawing.picture.nodes)
        self._stack.setCurrentWidget(self._tabs if there else self._empty)
        if snapshot is None or (drawing is None and self._busy):
            self._empty.tell(Icon.MAP, self.tr("Reading the host…"), self.tr("The map appears in a moment."))
        elif not there:
            self._empty.tell(
                Icon.MAP,
                self.tr("There is nothing to draw"),
                self.tr("No adapters, vSwitches, networks or containers are known on this host."),
                self.tr("Read the host again"),
            )
        self._show_notes()
        self._show_count()
        self.contextChanged.emit()

    def _show_notes(self) -> None:
        drawing = self._drawing
        notes = [shown(note) for note in drawing.picture.map.notes] if drawing is not None else []
        # While the host is being connected to, its parts come one after the other.
        if notes and self._session.connected:
            self._banner.tell("warning", self.tr("Parts of the host are not on the map."), "\n".join(notes))
        else:
            self._banner.hide()

    def _show_count(self) -> None:
        drawing = self._drawing
        if drawing is None:
            self._count.setText("")
            return
        looks = drawing.picture.nodes.values()
        troubled = sum(look.node.state.troubled for look in looks)
        words = [self.tr("{count} objects").format(count=sum(look.node.count for look in looks))]
        if troubled:
            words.append(self.tr("{count} with a problem").format(count=troubled))
        if self._scene.matches is not None:
            words.append(self.tr("{count} found").format(count=len(self._scene.matches)))
        self._count.setText(", ".join(words))

    # Export

    async def _export(self, form: Format) -> None:
        if self._drawing is None:
            return
        picture, style = self._drawing.picture, style_of(Theme.LIGHT)
        suffix = form.value
        kind = self.tr("{kind} files (*.{suffix})").format(kind=suffix.upper(), suffix=suffix)
        dialog = QFileDialog(self, self.tr("Export the map"), f"map.{suffix}", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        if not await ask(dialog):
            return
        path = str(Path(dialog.selectedFiles()[0]))  # as the system writes it
        try:
            await asyncio.to_thread(write, picture, style, path, form)
        except OSError as error:
            what = self.tr("{path} was not written.").format(path=path)
            self._failure.tell("error", what, reason_of(error), self.tr("Dismiss"))

    # Life

    def remember(self) -> None:
        """Put columns and choices into the window's state."""
        self._table.remember()
        self._addresses.remember()
        self._state.set(STATE, labels=self._actions["map-labels"].isChecked())

    def changeEvent(self, event: QEvent) -> None:
        """Paint the map in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._scene.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tool bar with or without words, as the width allows."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        if self._bar.toolButtonStyle() == style.ToolButtonTextBesideIcon:
            self._wordy_width = max(self._wordy_width, self._bar.sizeHint().width())
        narrow = self.width() < self._wordy_width + BESIDE_BAR
        chosen = style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
        self._bar.setToolButtonStyle(chosen)
        self._export_button.setToolButtonStyle(chosen)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts on the map."""
        super().showEvent(event)
        if self.window().focusWidget() is None:
            self._view.setFocus()
