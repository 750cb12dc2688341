"""The activity page: what was done to this host, what came of it, and the way back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.domain.problem import Problem
from console.domain.text import N_, verbatim
from console.ui.actions import ActionSet, Context
from console.ui.icons import Icon, icon
from console.ui.models.activity import ACTIVITY_COLUMNS, ActivityRow, activity_key
from console.ui.models.activity_export import activity_as_csv, activity_as_json
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.table_export import Writer, export_table
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.widgets.entry_details import EntryDetails
from console.ui.widgets.interrupted import InterruptedBanner
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.record_view import RecordView
from console.ui.window_state import WindowState

if TYPE_CHECKING:
    from console.backend.journal import JournalEntry
    from console.backend.service import HostService

#: So many entries are read at first, and so many more each time older ones are asked for.
ENTRIES_AT_ONCE = 500


class ActivityPage(ContextPage):
    """The journal of the host that is shown."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        state: WindowState | None = None,
        actions: ActionSet | None = None,
    ) -> None:
        """``state`` is where the table's columns are remembered; ``actions`` are the window's."""
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._reading: asyncio.Task[None] | None = None
        self._again = False
        self._known: tuple[JournalEntry, ...] = ()
        self._question: object = None
        self._answered: object = None
        self._limit = ENTRIES_AT_ONCE
        self._in_journal = 0
        self._dialogs: set[QDialog] = set()
        self.model: RecordModel[ActivityRow] = RecordModel(ACTIVITY_COLUMNS, activity_key, self)
        self._interrupted = InterruptedBanner(session, tasks, self)
        self._problem = ProblemCard(self, session=session)
        self._search = QLineEdit(self)
        self._all_hosts = QCheckBox(self.tr("&All hosts"), self)
        self._count = QLabel(self)
        self._older = QPushButton(self.tr("Show ol&der"), self)
        self._table = RecordView(self.model, self.tr("Activity"), self, state=state, state_id="activity")
        self._details = EntryDetails(session, self)
        self._actions = actions
        self._exports: list[QPushButton] = []
        self._arrange()
        self._show_nothing()
        self._table.chosen.connect(self._show_chosen)
        self._details.undo_wanted.connect(self._undo)
        self._search.returnPressed.connect(self._table.setFocus)
        if actions is not None:
            self._bind(actions)
        self._interrupted.settled.connect(self._settled)
        self._interrupted.undo_wanted.connect(self._undo_entry)
        session.snapshotChanged.connect(self._host_changed)
        session.serviceChanged.connect(self._another_host)

    def _bind(self, actions: ActionSet) -> None:
        """Have the window's actions for tables work on this one."""
        table = self._table
        for action_id, do in (
            ("find", self._search.setFocus),
            ("copy-rows", table.copy_rows),
            ("copy-cell", table.copy_cell),
            ("select-all", table.selectAll),
            ("columns", lambda: table.open_column_menu(table.mapToGlobal(QPoint()))),
            ("export-csv", self._tasks.starts(self._export_csv, owner=self)),
            ("export-json", self._tasks.starts(self._export_json, owner=self)),
        ):
            actions.bind(action_id, do, page="activity")
        actions["show-details"].toggled.connect(lambda _on: self._show_chosen())

    def reload(self) -> None:
        """Read the journal again; requests that come meanwhile become one more reading."""
        self._again = True
        if self._reading is None or self._reading.done():
            self._reading = self._tasks.start(self._read(), owner=self)

    def context(self) -> Context:
        """The entries in sight and the selected ones: what can be copied and exported."""
        return Context(
            page="activity",
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            has_table=True,
            selected=len(self._table.selected()),
            visible_rows=self.model.rowCount(),
        )

    def remember(self) -> None:
        """Columns and sorting of the table."""
        self._table.remember()

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        return (self._search, self._table, self._details)

    def showEvent(self, event: QShowEvent) -> None:
        """A page that comes into sight is up to date."""
        super().showEvent(event)
        self._interrupted.look()
        self.reload()

    def _host_changed(self) -> None:
        # Every plan ends with a new look at the host, so that a look is when there may be news.
        if self.isVisible():
            self.reload()

    def _another_host(self) -> None:
        self._known, self._limit, self._in_journal = (), ENTRIES_AT_ONCE, 0
        self.model.set_records(())
        self._show_nothing()
        self._ask_anew()

    def _show_others(self) -> None:
        self._limit = ENTRIES_AT_ONCE
        self._ask_anew()

    def _show_older(self) -> None:
        self._limit += ENTRIES_AT_ONCE
        self._ask_anew()

    def _ask_anew(self) -> None:
        """Read everything again, also where a reading for the question of before is still under way."""
        self._question = object()
        self.reload()

    async def _read(self) -> None:
        from console.backend.journal import JournalError

        while self._again:
            self._again = False
            service = self._session.service
            if service is None:
                return
            try:
                if await self._has_news(service):
                    await self._show_entries(service)
            except JournalError as error:
                self._problem.show_problem(problem_of(error, self._session))
                return
            self._arrived()

    async def _show_entries(self, service: HostService) -> None:
        all_hosts, question = self._all_hosts.isChecked(), self._question
        entries = await service.journal_entries(limit=self._limit, all_hosts=all_hosts)
        in_journal = await service.journal_length(all_hosts=all_hosts)
        broken_off = {entry.id for entry in await service.interrupted()}
        if service is self._session.service and question is self._question:
            self._answered, self._known, self._in_journal = question, entries, in_journal
            await self.model.arrive([ActivityRow(entry, entry.id in broken_off) for entry in entries])

    async def _has_news(self, service: HostService) -> bool:
        """Whether something else is asked, the newest entry is another one, or anything is under way."""
        if self._answered is not self._question:
            return True
        newest = await service.journal_entries(limit=1, all_hosts=self._all_hosts.isChecked())
        return newest != self._known[:1] or any(entry.under_way for entry in self._known)

    def _show_nothing(self) -> None:
        """What is seen before the first reading of a host's journal."""
        self._count.setText("")
        self._older.hide()
        reading = self._session.service is not None
        self._table.show_empty_text(
            self.tr("Reading what was done…") if reading else self.tr("No host is shown.")
        )
        self._show_chosen()
        self._let_export()

    def _let_export(self) -> None:
        for button in self._exports:
            button.setEnabled(self.model.rowCount() > 0)
            button.setToolTip(self._about_export() if button.isEnabled() else self.tr("The table is empty."))

    def _about_export(self) -> str:
        if self._in_journal <= self.model.total:
            return ""
        return self.tr("Only what the table shows is exported. “Show older” reads more of the journal.")

    def _arrived(self) -> None:
        total, visible = self.model.total, self.model.rowCount()
        text = self._count_words() if total else ""
        self._count.setText(text.format(visible=visible, total=total, journal=self._in_journal))
        self._older.setVisible(self._in_journal > total)
        self._table.show_empty_text(
            self.tr(
                "Nothing has been done to this host yet. Every change made with the console is recorded here."
            )
            if not total
            else self._nothing_found()
        )
        self._show_chosen()
        self._let_export()

    def _nothing_found(self) -> str:
        if self._in_journal > self.model.total:
            return self.tr(
                "No entry that was read matches the search. “Show older” reads more of the journal."
            )
        return self.tr("No entry matches the search.")

    def _count_words(self) -> str:
        filtered = self.model.rowCount() != self.model.total
        if self._in_journal > self.model.total:  # older ones were not read: nothing is found in them
            if filtered:
                return self.tr("{visible} of the newest {total} of {journal} entries")
            return self.tr("The newest {total} of {journal} entries")
        return self.tr("{visible} of {total} entries") if filtered else self.tr("{total} entries")

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._arrived()

    def _host_id(self) -> str | None:
        service = self._session.service
        return service.identity.id if service is not None and self._session.connected else None

    def _show_chosen(self) -> None:
        self._details.show_row(self._table.current(), self._host_id())
        wanted = self._actions is None or self._actions["show-details"].isChecked()
        # Where there is no entry there is none to select.
        self._details.setVisible(wanted and self.model.rowCount() > 0)
        self.contextChanged.emit()

    # Taking back

    def _settled(self, entry: JournalEntry) -> None:
        self._table.select_key(entry.id)
        self._ask_anew()  # an old entry changed

    def _undo(self, row: ActivityRow) -> None:
        self._undo_entry(row.entry)

    def _undo_entry(self, entry: JournalEntry) -> None:
        if entry.undo is None:
            self._problem.show_problem(
                Problem(
                    what=N_("Activity", "There is nothing to undo."),
                    why=N_("Activity", "None of its steps was done, or what was done can't be undone."),
                )
            )
            return
        from console.ui.dialogs.plan_dialog import ApplyPlanDialog

        dialog = ApplyPlanDialog(
            self._session, self._tasks, entry.undo, self, deed=self.tr("&Undo"), undoes=entry.id
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.applied.connect(self.reload)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    # Export

    async def _export_csv(self) -> None:
        await self._export("csv", activity_as_csv)

    async def _export_json(self) -> None:
        await self._export("json", activity_as_json)

    async def _export(self, suffix: str, writer: Writer) -> None:
        unwritten = await export_table(
            self, "activity", suffix, self._table.visible_columns(), self.model.records(), writer=writer
        )
        if unwritten is not None:
            self._problem.show_problem(
                Problem(
                    what=N_("Activity", "The file {path} was not written.", path=unwritten.path),
                    why=verbatim(unwritten.reason),
                    do=(N_("Activity", "Choose another folder."),),
                )
            )

    def _arrange(self) -> None:
        self._search.setObjectName("search")
        self._search.setPlaceholderText(self.tr("Search activity"))
        self._search.setAccessibleName(self.tr("Search activity"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self._count.setProperty("role", "muted")
        self._all_hosts.toggled.connect(self._show_others)
        bar = QHBoxLayout()
        bar.addWidget(self._search, 1)
        bar.addWidget(self._all_hosts)
        for words, export in (
            (self.tr("Export as &CSV…"), self._export_csv),
            (self.tr("Export as &JSON…"), self._export_json),
        ):
            button = QPushButton(icon(Icon.EXPORT), words, self)
            button.clicked.connect(self._tasks.starts(export, owner=self))
            bar.addWidget(button)
            self._exports.append(button)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._table)
        splitter.addWidget(self._details)
        splitter.setSizes([300, 320])
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.addWidget(self._interrupted)
        column.addWidget(self._problem)
        column.addLayout(bar)
        column.addLayout(self._how_far_back())
        column.addWidget(splitter, 1)

    def _how_far_back(self) -> QHBoxLayout:
        """How much of the journal is shown, and the way to more of it."""
        self._older.setToolTip(
            self.tr("Reads older entries of the journal, so that they are shown, searched and exported too.")
        )
        self._older.clicked.connect(self._show_older)
        line = QHBoxLayout()
        line.addWidget(self._count)
        line.addWidget(self._older)
        line.addStretch(1)
        return line
