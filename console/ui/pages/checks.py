"""The page of the checks: what is wrong on the host, why, and the ways out."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from console.checks.check import Severity
from console.domain.object_ref import ObjectRef
from console.ui.actions import Context
from console.ui.check_actions import CHECKS_TOOLBAR, FINDING_MENU
from console.ui.icons import Icon
from console.ui.loading import loaded
from console.ui.models.findings import (
    FINDING_COLUMNS,
    SILENT_COLUMNS,
    FindingRow,
    SilentRow,
    finding_key,
    silent_key,
)
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import Parts, page_of
from console.ui.pages.table_export import export_table
from console.ui.severities import tally
from console.ui.texts import time_of_day
from console.ui.widgets.banner import Banner
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.finding_details import FindingDetails
from console.ui.widgets.record_table import RecordTable
from console.ui.widgets.record_view import RecordView
from console.ui.widgets.silent_details import SilentDetails
from console.ui.widgets.table_bar import TableBar

STATE = "checks-page"
SIDE_BY_SIDE = 1100
"""From this width on the details stand beside the table instead of below it."""


class ChecksPage(ContextPage):
    """What the checks say about the host that is shown."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = parts.session, parts.tasks
        self._actions, self._state = parts.actions, parts.state
        self._diagnosis = parts.session.diagnosis
        self._errors_only = False
        self._until_dismissed = False
        self._dialogs: set[QDialog] = set()
        self.model: RecordModel[FindingRow] = RecordModel(FINDING_COLUMNS, finding_key, self)
        self.silent: RecordModel[SilentRow] = RecordModel(SILENT_COLUMNS, silent_key, self)
        self._build()
        self._bind()
        self._arrived()

    # What the person sees

    def _build(self) -> None:
        self._bar = TableBar(self._actions, CHECKS_TOOLBAR, self.tr("Findings"), self.tr("Errors only"), self)
        self._summary = QLabel(self)
        self._summary.setProperty("role", "muted")
        self._summary.setAccessibleName(self.tr("Result of the checks"))
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._banner = Banner(self)
        self._tabs = QTabWidget(self)  # made before what it holds: the Tab key goes in the order of making
        self._table: RecordTable[FindingRow] = RecordTable(
            self.model, self.tr("Findings"), self._state, "checks-table", self
        )
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._details = FindingDetails(self._diagnosis, self._tasks, self)
        self._splitter = self._build_splitter(self._stack, self._details)
        self._silent_table = RecordView(
            self.silent, self.tr("Not checked"), self, state=self._state, state_id="checks-silent-table"
        )
        self._silent_table.show_empty_text(self.tr("Every check could be run."))
        self._silent_details = SilentDetails(self)
        self._silent_splitter = self._build_splitter(self._silent_table, self._silent_details)
        self._silent_splitter.setOrientation(Qt.Orientation.Vertical)
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Check results"))
        self._tabs.addTab(self._splitter, self.tr("&Findings"))
        self._tabs.addTab(self._silent_splitter, self.tr("&Not checked"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._banner)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._summary)

    def _build_splitter(self, first: QWidget, second: QWidget) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.addWidget(first)
        splitter.addWidget(second)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 3)
        return splitter

    # What can be done

    def _bind(self) -> None:
        actions = self._actions
        bind = partial(actions.bind, page="checks")
        bind("find", self._bar.start_search)
        bind("copy-rows", lambda: self._front.copy_rows())
        bind("copy-cell", lambda: self._front.copy_cell())
        bind("select-all", lambda: self._front.selectAll())
        bind("columns", lambda: self._front.open_column_menu(self._bar.columns_place()))
        for suffix in ("csv", "json"):
            bind(f"export-{suffix}", self._tasks.starts(partial(self._export, suffix), owner=self))
        bind("finding-fix", self._fix)
        bind("finding-show", self._show_object)
        bind("finding-help", self._show_help)
        actions["show-details"].toggled.connect(lambda _on: self._arrange())
        self._bar.searched.connect(self._filter)
        self._bar.narrowed.connect(self._narrow)
        self._bar.search.returnPressed.connect(lambda: self._front.setFocus())
        self._table.chosen.connect(self._selection_changed)
        self._table.opened.connect(self._fix)
        self._table.customContextMenuRequested.connect(self._open_menu)
        self._silent_table.chosen.connect(self._silent_changed)
        self._tabs.currentChanged.connect(lambda _at: self._tab_changed())
        self._empty.chosen.connect(self._do_next)
        self._banner.chosen.connect(self._banner_answered)
        self._details.fixWanted.connect(self._open_fix)
        self._diagnosis.changed.connect(self._arrived)
        self._diagnosis.checked.connect(self._tell)
        self._diagnosis.opened.connect(self._show_wanted)
        self._session.statusChanged.connect(lambda _status: self._tell())

    @property
    def _front(self) -> RecordTable[Any]:
        """The table in sight."""
        return self._silent_table if self._tabs.currentIndex() else self._table

    def context(self) -> Context:
        """What the actions are judged by while this page is shown."""
        row = None if self._tabs.currentIndex() else self._table.current()
        subject = row.finding.subject if row is not None else None
        return Context(
            page="checks",
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            has_table=True,
            selected=len(self._front.selected()),
            visible_rows=self._front.records.rowCount(),
            finding=row.finding if row is not None else None,
            finding_has_page=subject is not None and page_of(subject.kind) is not None,
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        details = self._silent_details if self._tabs.currentIndex() else self._details
        shown_now = (details,) if details.isVisible() else ()
        return (self._bar.search, self._tabs.tabBar(), self._front, *shown_now)

    def _fix(self) -> None:
        row = self._table.current()
        if row is not None:
            self._open_fix(row, None)

    def _open_fix(self, row: FindingRow, remedy: int | None) -> None:
        self._tasks.start(self._start_fix(row, remedy), owner=self)

    async def _start_fix(self, row: FindingRow, remedy: int | None) -> None:
        """Open the guided fix of one finding."""
        report = self._diagnosis.report
        dialogs = await loaded("console.ui.fix.dialog")
        if report is None:
            return
        dialog = dialogs.FixDialog(self._session, self._tasks, row, remedy, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    def _show_object(self) -> None:
        row = self._table.current()
        if row is not None and isinstance(row.finding.subject, ObjectRef):
            self._session.selection.open(row.finding.subject)

    def _show_help(self) -> None:
        row = self._table.current()
        if row is not None:
            self._session.help.open(row.finding.check.help_id)

    def _open_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), FINDING_MENU)
        menu.setAccessibleName(self.tr("Finding"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.viewport().mapToGlobal(at))

    async def _export(self, suffix: str) -> None:
        name = "not-checked" if self._tabs.currentIndex() else "findings"
        table = self._front
        unwritten = await export_table(self, name, suffix, table.visible_columns(), table.records.records())
        if unwritten is not None:
            self._until_dismissed = True
            self._banner.tell(
                "error",
                self.tr("The file {path} was not written.").format(path=unwritten.path),
                self.tr("{reason}. Choose another folder.").format(reason=unwritten.reason),
                self.tr("Dismiss"),
            )

    # What there is

    def _arrived(self) -> None:
        self._tasks.start(self._arrive(), owner=self)

    async def _arrive(self) -> None:
        rows = [row for row in self._diagnosis.rows if not self._errors_only or _is_error(row)]
        await self.model.arrive(rows)
        await self.silent.arrive(self._diagnosis.silent)
        if self._diagnosis.wanted is not None:
            self._show_wanted()
        elif self._table.current() is None and self.model.rowCount():
            self._table.select_key(finding_key(self.model.record(0)))
        self._tell()

    def _show_wanted(self) -> None:
        wanted = self._diagnosis.wanted
        if wanted is None or not any(row.key == wanted for row in self._diagnosis.rows):
            return
        self._tabs.setCurrentIndex(0)
        if self.model.row_of(wanted) is None:
            self._show_all()  # filtered away; it comes with the next arrival where it was narrowed away
        if self._table.select_key(wanted):
            self._diagnosis.wanted = None
            self._table.setFocus()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self.silent.set_filter(text)
        self._tell()

    def _narrow(self, errors_only: bool) -> None:
        self._errors_only = errors_only
        self._arrived()

    def _show_all(self) -> None:
        self._bar.search.clear()
        self._bar.narrowing.setChecked(False)

    # What is said of it

    def _tell(self) -> None:
        there = self.model.rowCount() > 0
        self._stack.setCurrentWidget(self._table if there else self._empty)
        self._tabs.setTabText(0, self.tr("&Findings ({count})").format(count=len(self._diagnosis.rows)))
        self._tabs.setTabText(1, self.tr("&Not checked ({count})").format(count=len(self._diagnosis.silent)))
        self._summary.setText(self._summary_words())
        if not there:
            self._tell_emptiness()
        self._show_banner()
        self._selection_changed()

    def _summary_words(self) -> str:
        report = self._diagnosis.report
        if report is None:
            return ""
        found = tally(one.check.severity for one in report.findings)
        when = time_of_day(report.host.snapshot.taken_at)
        words = self.tr("{found}. {asked} checks, run on what was read of the host at {when}.")
        return words.format(found=found or self.tr("No findings"), asked=report.asked, when=when)

    def _tell_emptiness(self) -> None:
        tell, report = self._empty.tell, self._diagnosis.report
        if self.model.total or (self._errors_only and self._diagnosis.rows):
            words = self.tr("The search looks at every text column, also hidden ones.")
            tell(Icon.SEARCH, self.tr("Nothing matches"), words, self.tr("Show all"))
        elif self._session.service is None:
            words = self.tr(
                "Choose a host with “Switch host”, or one that is broken on purpose to practise on."
            )
            tell(Icon.HOST, self.tr("No host is shown"), words, self.tr("Practice"))
        elif report is None:
            tell(Icon.CHECKS, self.tr("Looking…"), self.tr("The findings appear here in a moment."))
        elif not report.about_windows:
            words = self.tr("This engine runs Linux containers: the checks are about Windows containers.")
            tell(Icon.CHECKS, self.tr("No check applies"), words)
        elif self._diagnosis.silent:
            words = self.tr("Nothing was found. {count} checks could not be run: see “Not checked”.")
            words = words.format(count=len(self._diagnosis.silent))
            tell(
                Icon.WARNING, self.tr("Not everything is known"), words, self.tr("Show what was not checked")
            )
        else:
            words = self.tr("All {count} checks were run, and none found anything.")
            tell(Icon.OK, self.tr("Nothing is wrong"), words.format(count=report.asked), self.tr("Run again"))

    def _do_next(self) -> None:
        """What the empty state's button offers just now."""
        if self.model.total or (self._errors_only and self._diagnosis.rows):
            self._show_all()
        elif self._session.service is None:
            self._actions["practice-go"].trigger()
        elif self._diagnosis.silent:
            self._tabs.setCurrentIndex(1)
            self._silent_table.setFocus()
        else:
            self._actions["checks-run"].trigger()

    def _show_banner(self) -> None:
        status = self._session.status
        if self._until_dismissed:
            return
        if status is not None and status.state == "lost" and self._diagnosis.report is not None:
            words = self.tr("The host does not answer: these findings may be out of date.")
            self._banner.tell("warning", words, button=self.tr("Try again now"))
        else:
            self._banner.hide()

    def _banner_answered(self) -> None:
        if self._until_dismissed:
            self._until_dismissed = False
            self._show_banner()
        else:
            self._actions["retry"].trigger()

    # What is selected

    def _selection_changed(self) -> None:
        row = self._table.current()
        self._details.show_row(row)
        self._arrange()
        self.contextChanged.emit()

    def _silent_changed(self) -> None:
        self._silent_details.show_row(self._silent_table.current())
        self._arrange()
        self.contextChanged.emit()

    def _tab_changed(self) -> None:
        if self._tabs.currentIndex() and self._silent_table.current() is None and self.silent.rowCount():
            self._silent_table.select_key(silent_key(self.silent.record(0)))
        self.contextChanged.emit()

    def _arrange(self) -> None:
        """Details beside or below the table, or hidden, as width and choice have it."""
        wide = self.width() >= SIDE_BY_SIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
            room = self.width() if wide else self.height()
            self._splitter.setSizes([room // 2, room // 2])
        wished = self._actions["show-details"].isChecked()
        in_table = self._stack.currentWidget() is self._table
        self._details.setVisible(wished and in_table and self._table.current() is not None)
        self._silent_details.setVisible(wished and self._silent_table.current() is not None)

    # Life

    def remember(self) -> None:
        """Put columns and sorting into the window's state."""
        self._table.remember()
        self._silent_table.remember()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Details beside or below, as the width allows."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """A finding that was asked for before the page was there is shown now."""
        super().showEvent(event)
        self._show_wanted()


def _is_error(row: FindingRow) -> bool:
    return row.finding.check.severity is Severity.ERROR
