"""The Compose page: a project's networks, services and problems, beside the lines they come from."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFileSystemWatcher, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.ui.actions import Context
from console.ui.compose.rows import (
    NETWORK_COLUMNS,
    PROBLEM_COLUMNS,
    SERVICE_COLUMNS,
    VARIABLE_COLUMNS,
    NetworkRow,
    ProblemRow,
    ProjectRow,
    ProjectRows,
    project_rows,
    row_key,
    severity_words,
)
from console.ui.compose.source_view import LineMark, SourceView
from console.ui.compose_actions import COMPOSE_TOOLBAR, NETWORK_ROW_MENU
from console.ui.icons import Icon, icon
from console.ui.loading import loaded
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts
from console.ui.pages.table_export import export_table
from console.ui.tasks import ask
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.record_view import RecordView
from console.ui.widgets.table_bar import TableBar

if TYPE_CHECKING:
    from console.backend.compose_files import OpenedProject
    from console.domain.compose.edits import Edit
    from console.domain.compose.tree import Place
    from console.domain.text import Text

STATE = "compose-page"
SIDE_BY_SIDE = 1000
"""From this width on the source stands beside the tables instead of below them."""
SETTLE_MS = 250
"""How long a file is left alone after a change: editors write in several steps."""
NETWORKS, SERVICES, PROBLEMS, VARIABLES = range(4)


class ComposePage(ContextPage):
    """One Compose project, judged for the host that is shown."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session, self._tasks, self._actions = parts.session, parts.tasks, parts.actions
        self._opened: OpenedProject | None = None
        self._rows = ProjectRows()
        self._paths: list[Path] = []
        self._profiles: set[str] = set()
        self._reading: asyncio.Task[None] | None = None
        self._filling: asyncio.Task[None] | None = None
        self._written: Edit | None = None
        self._unread = False
        self._remembered = False
        self._dialogs: set[QDialog] = set()
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._build()
        self._bind()
        self._show_state()

    # What the person sees

    def _build(self) -> None:
        self._bar = TableBar(self._actions, COMPOSE_TOOLBAR, self.tr("Compose project"), parent=self)
        self._banner = Banner(self)
        self._tabs = QTabWidget(self)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Parts of the project"))
        self._tables: list[RecordView] = []
        for name, columns, empty in self._kinds():
            model: RecordModel[Any] = RecordModel(columns, row_key, self)
            table = RecordView(model, name, self, state=self._parts.state, state_id=f"compose-{name}")
            table.show_empty_text(empty)
            self._tables.append(table)
            self._tabs.addTab(table, name)
        self._tables[NETWORKS].setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._splitter.addWidget(self._tabs)
        self._splitter.addWidget(self._build_source())
        self._splitter.setSizes([600, 460])
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._banner)
        column.addLayout(self._build_summary())
        column.addWidget(self._stack, 1)

    def _kinds(self) -> tuple[tuple[str, Any, str], ...]:
        return (
            (self.tr("Networks"), NETWORK_COLUMNS, self.tr("The project has no networks.")),
            (self.tr("Services"), SERVICE_COLUMNS, self.tr("The project has no services.")),
            (self.tr("Problems"), PROBLEM_COLUMNS, self.tr("No problem was found in this project.")),
            (self.tr("Variables"), VARIABLE_COLUMNS, self.tr("The files use no variables.")),
        )

    def _build_summary(self) -> QHBoxLayout:
        self._summary = QLabel(self)
        self._summary.setAccessibleName(self.tr("Project"))
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._profile_menu = QMenu(self.tr("Profiles"), self)
        self._profile_button = QPushButton(icon(Icon.EXPAND), "", self)
        # Not setMenu(): such a button runs an event loop of its own while its menu is open.
        self._profile_button.clicked.connect(self._open_profiles)
        row = QHBoxLayout()
        row.addWidget(self._summary, 1)
        row.addWidget(self._profile_button)
        return row

    def _build_source(self) -> QWidget:
        pane = QWidget(self)
        self._file = QComboBox(pane)
        self._file.setAccessibleName(self.tr("File"))
        self._file.currentIndexChanged.connect(lambda _at: self._show_file())
        label = QLabel(self.tr("Fi&le:"), pane)
        label.setBuddy(self._file)
        self._source = SourceView(self.tr("Text of the file"), pane)
        self._said = QLabel(pane)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setAccessibleName(self.tr("Problems in this line"))
        self._source.cursorPositionChanged.connect(self._say_line)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self._file, 1)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._source, 1)
        column.addWidget(self._said)
        return pane

    def _bind(self) -> None:
        actions, page = self._actions, "compose"
        actions.bind("compose-open", self._tasks.starts(self._choose_files, owner=self), page=page)
        actions.bind("compose-reload", self.reload, page=page)
        actions.bind("compose-create", self._create, page=page)
        actions.bind("compose-existing", partial(self._edit, "ExistingNetworkDialog"), page=page)
        actions.bind("compose-nat", partial(self._edit, "CustomNatDialog"), page=page)
        actions.bind("find", self._bar.start_search, page=page)
        actions.bind("copy-rows", lambda: self._table.copy_rows(), page=page)
        actions.bind("copy-cell", lambda: self._table.copy_cell(), page=page)
        actions.bind("select-all", lambda: self._table.selectAll(), page=page)
        actions.bind("columns", self._choose_columns, page=page)
        for suffix in ("csv", "json"):
            actions.bind(f"export-{suffix}", partial(self._start_export, suffix), page=page)
        self._bar.searched.connect(self._filter)
        self._bar.search.returnPressed.connect(lambda: self._table.setFocus())
        self._tabs.currentChanged.connect(lambda _at: self._tab_changed())
        for table in self._tables:
            table.chosen.connect(self._row_chosen)
            table.opened.connect(self._source.setFocus)
        self._tables[NETWORKS].customContextMenuRequested.connect(self._open_context_menu)
        self._empty.chosen.connect(actions["compose-open"].trigger)
        self._banner.chosen.connect(self._tasks.starts(self._take_back, owner=self))
        self._watcher.fileChanged.connect(lambda _path: self._settling.start())
        self._watcher.directoryChanged.connect(lambda _path: self._settling.start())
        self._settling.timeout.connect(self.reload)
        self._session.snapshotChanged.connect(lambda _snapshot: self._fill_soon())
        self._session.serviceChanged.connect(lambda _service: self._fill_soon())

    @property
    def _table(self) -> RecordView:
        return self._tables[self._tabs.currentIndex()]

    # Files

    async def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Open Compose files"), self._start_folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Compose files (*.yaml *.yml)"), self.tr("All files (*)")])
        if not await ask(dialog):
            return
        chosen = [Path(name) for name in dialog.selectedFiles()]
        if len(chosen) == 1:
            files = await loaded("console.backend.compose_files")
            chosen = list(await asyncio.to_thread(files.with_override, chosen[0]))
        self._profiles.clear()
        self.open_files(chosen)

    def _start_folder(self) -> str:
        return str(self._paths[0].parent) if self._paths else ""

    def open_files(self, paths: list[Path]) -> None:
        """Show the project of these files from now on."""
        self._paths = paths
        self._banner.hide()
        self.reload()

    def reload(self) -> None:
        """Read the files again."""
        if not self._paths:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._tasks.start(self._read(), owner=self)

    async def _read(self) -> None:
        files = await loaded("console.backend.compose_files")
        await loaded("console.checks.compose.judge")
        try:
            opened: OpenedProject = await asyncio.to_thread(
                files.open_project, self._paths, profiles=frozenset(self._profiles)
            )
        except files.ComposeFileError as error:
            self._tell_error(error.text)
            self._unread = True
            self._watch_for_return()
            self._show_state()
            return
        if self._unread:
            self._unread = False
            self._banner.hide()
        self._opened = opened
        self._watch([str(path) for path in opened.paths.values()])
        await self._fill()

    def _watch(self, paths: list[str]) -> None:
        # A file that was replaced is watched no more: the list is made anew.
        before = [*self._watcher.files(), *self._watcher.directories()]
        if before:
            self._watcher.removePaths(before)
        self._watcher.addPaths(paths)

    def _watch_for_return(self) -> None:
        """Notice when a file that can't be read is put right, or is there again."""
        folders = {str(path.parent) for path in self._paths}
        self._watch([*map(str, self._paths), *folders])

    def _tell_error(self, text: Text) -> None:
        self._written = None
        self._banner.tell("error", shown(text))

    # What there is

    def _fill_soon(self) -> None:
        if self._opened is not None and (self._filling is None or self._filling.done()):
            self._filling = self._tasks.start(self._fill(), owner=self)
        self.contextChanged.emit()

    async def _fill(self) -> None:
        """Judge the project for the host as it is now; what changes meanwhile is judged after it."""
        seen: tuple[object, object] = (None, None)
        while self._opened is not None and seen != (self._opened, self._session.snapshot):
            opened, snapshot = seen = (self._opened, self._session.snapshot)
            rows = await asyncio.to_thread(project_rows, opened.project, snapshot)
            self._rows = rows
            kinds = (rows.networks, rows.services, rows.problems, rows.variables)
            for table, records in zip(self._tables, kinds, strict=True):
                await table.records.arrive(list(records))
            self._show_files()
        self._show_state()

    def _show_state(self) -> None:
        opened = self._opened
        self._stack.setCurrentWidget(self._splitter if opened is not None else self._empty)
        if opened is None:
            self._empty.tell(
                Icon.COMPOSE,
                self.tr("No Compose file is open"),
                self.tr(
                    "Open a Compose file to see its networks and services and what will not work on "
                    "Windows, line by line, and to create its networks."
                ),
                self.tr("Open Compose files…"),
            )
        self._show_summary()
        self._show_profiles()
        self._show_titles()
        self.contextChanged.emit()

    def _show_summary(self) -> None:
        opened = self._opened
        words = ""
        if opened is not None:
            files = ", ".join(file.path for file in opened.files)
            words = self.tr("Project {name}: {files}").format(name=opened.project.name, files=files)
        self._summary.setText(words)
        self._summary.setToolTip(", ".join(map(str, self._paths)))

    def _show_titles(self) -> None:
        rows = self._rows
        kinds = (rows.networks, rows.services, rows.problems, rows.variables)
        for at, (name, _, _) in enumerate(self._kinds()):
            self._tabs.setTabText(at, f"{name} ({len(kinds[at])})" if self._opened is not None else name)

    def _show_profiles(self) -> None:
        names = self._opened.project.profiles if self._opened is not None else ()
        self._profile_button.setVisible(bool(names))
        active = [name for name in names if name in self._profiles]
        self._profile_button.setText(
            self.tr("Profiles: {names}").format(names=", ".join(active) or self.tr("none"))
        )
        self._profile_menu.clear()
        for name in names:
            action = self._profile_menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in self._profiles)
            action.toggled.connect(partial(self._set_profile, name))

    def _open_profiles(self) -> None:
        self._profile_menu.popup(self._profile_button.mapToGlobal(self._profile_button.rect().bottomLeft()))

    def _set_profile(self, name: str, active: bool) -> None:
        (self._profiles.add if active else self._profiles.discard)(name)
        self.reload()

    # The source

    def _show_files(self) -> None:
        if self._opened is None:
            return
        before = self._file.currentText()
        names = [file.path for file in self._opened.files]
        if [self._file.itemText(at) for at in range(self._file.count())] != names:
            self._file.blockSignals(True)
            self._file.clear()
            self._file.addItems(names)
            self._file.setCurrentIndex(max(0, self._file.findText(before)))
            self._file.blockSignals(False)
        self._show_file()

    def _show_file(self) -> None:
        if self._opened is None:
            return
        name = self._file.currentText()
        text = next((file.text for file in self._opened.files if file.path == name), "")
        self._source.show_source(text, self._marks(name))
        self._say_line()

    def _marks(self, file: str) -> dict[int, LineMark]:
        """The worst of what is said about each line, and all of the words."""
        marks: dict[int, LineMark] = {}
        order = ("error", "warning", "note")
        for row in self._rows.problems:
            if row.place is None or row.place.file != file:
                continue
            severity, words = row.problem.severity.value, _words(row)
            before = marks.get(row.place.line)
            if before is not None:
                severity = min(severity, before.severity, key=order.index)
                words = f"{before.words}\n{words}"
            marks[row.place.line] = LineMark(severity, words)
        return marks

    def _say_line(self) -> None:
        words = self._line_words()
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _line_words(self) -> str:
        row = self._table.current()
        if isinstance(row, ProblemRow) and row.place is None:
            return _words(row)  # it stands on no line
        mark = self._marks(self._file.currentText()).get(self._source.line)
        return mark.words if mark is not None else ""

    def _go_to(self, place: Place | None) -> None:
        at = self._file.findText(place.file) if place is not None else -1
        if place is None or at < 0:
            return
        self._file.setCurrentIndex(at)
        self._source.go_to_line(place.line)

    # What is chosen

    def _row_chosen(self) -> None:
        row: ProjectRow | None = self._table.current()
        if row is not None:
            self._go_to(row.place)
            self._say_line()
        self.contextChanged.emit()

    def _tab_changed(self) -> None:
        self._filter(self._bar.search.text())
        self.contextChanged.emit()

    def _filter(self, text: str) -> None:
        self._table.records.set_filter(text)

    def _chosen_network(self) -> str:
        row = self._tables[NETWORKS].current()
        return row.network.key if isinstance(row, NetworkRow) else ""

    def _open_context_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), NETWORK_ROW_MENU)
        menu.setAccessibleName(self.tr("Network of the project"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._tables[NETWORKS].viewport().mapToGlobal(at))

    def _choose_columns(self) -> None:
        self._table.open_column_menu(self._bar.columns_place())

    def _start_export(self, suffix: str) -> None:
        self._tasks.start(self._export(suffix), owner=self)

    async def _export(self, suffix: str) -> None:
        table = self._table
        unwritten = await export_table(
            self, "compose", suffix, table.visible_columns(), table.records.records()
        )
        if unwritten is not None:
            self._banner.tell(
                "error",
                self.tr("{path} could not be written: {reason}").format(
                    path=unwritten.path, reason=unwritten.reason
                ),
            )

    # What is done

    def _create(self) -> None:
        self._tasks.start(self._open_plan(), owner=self)

    async def _open_plan(self) -> None:
        standing = await loaded("console.domain.compose.standing")
        dialogs = await loaded("console.ui.dialogs.plan_dialog")
        if self._opened is None or self._session.snapshot is None:
            return
        plan = standing.creation_plan(self._opened.project, self._session.snapshot)
        if plan is not None:
            self._open_dialog(
                dialogs.ApplyPlanDialog(
                    self._session, self._tasks, plan, self, deed=self.tr("&Create networks")
                )
            )

    def _edit(self, dialog: str) -> None:
        self._tasks.start(self._open_edit(dialog), owner=self)

    async def _open_edit(self, name: str) -> None:
        dialogs = await loaded("console.ui.compose.edit_dialog")
        await loaded("console.backend.compose_files")
        if self._opened is None:
            return
        make = getattr(dialogs, name)
        dialog = make(self._session, self._tasks, self._opened, self._chosen_network(), self)
        dialog.written.connect(self._tell_written)
        self._open_dialog(dialog)

    def _open_dialog(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def _tell_written(self, edit: Edit) -> None:
        self._written, self._unread = edit, False
        self._banner.tell(
            "ok",
            self.tr("{file} was written.").format(file=edit.before.path),
            shown(edit.title),
            self.tr("&Undo"),
        )
        self.reload()

    async def _take_back(self) -> None:
        """Write the file as it was before the last change, unless somebody changed it since."""
        edit, opened = self._written, self._opened
        if edit is None or opened is None:
            return
        files = await loaded("console.backend.compose_files")
        try:
            await asyncio.to_thread(files.take_back, opened, edit)
        except files.ComposeFileError as error:
            self._tell_error(error.text)
            return
        self._written, self._unread = None, False
        self._banner.tell("ok", self.tr("{file} is as it was before.").format(file=edit.before.path))
        self.reload()

    # Life

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        table = self._table
        there = self._opened is not None
        return Context(
            page="compose",
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            has_table=there,
            selected=len(table.selected()) if there else 0,
            visible_rows=table.records.rowCount() if there else 0,
            compose=self._opened.project if self._opened is not None else None,
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        if self._opened is None:
            return (self._empty,)
        return (self._bar.search, self._tabs.tabBar(), self._table, self._source)

    def remember(self) -> None:
        """Put the files, their profiles, columns and sizes into the window's state."""
        for table in self._tables:
            table.remember()
        self._parts.state.set(
            STATE, files=[str(path) for path in self._paths], profiles=sorted(self._profiles)
        )

    def showEvent(self, event: QShowEvent) -> None:
        """The project of the last time is there again."""
        super().showEvent(event)
        if self._remembered:
            return
        self._remembered = True
        state = self._parts.state.get(STATE)
        files, profiles = state.get("files"), state.get("profiles")
        if isinstance(files, list) and files and not self._paths:
            self._profiles = {one for one in profiles or () if isinstance(one, str)}
            self.open_files([Path(name) for name in files if isinstance(name, str)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The source beside the tables, or below them where it is narrow."""
        super().resizeEvent(event)
        wanted = Qt.Orientation.Horizontal if self.width() >= SIDE_BY_SIDE else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            room = self.width() if wanted is Qt.Orientation.Horizontal else self.height()
            self._splitter.setSizes([room * 11 // 20, room * 9 // 20])


def _words(row: ProblemRow) -> str:
    """All that is known of one problem, in sentences."""
    problem = row.problem
    said = [f"{severity_words(problem.severity.value)}: {shown(problem.message)}"]
    said += [shown(text) for text in (problem.why, problem.remedy) if text is not None]
    return " ".join(said)
