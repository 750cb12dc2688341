"""The page of the practice scenarios: break a host, see how it shows, follow the fix, be told it is fixed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.backend.attempts import Answer, try_out
from console.backend.database import DatabaseError
from console.backend.failures import EngineError
from console.backend.journal import JournalError
from console.ui.actions import Context
from console.ui.icons import Icon
from console.ui.loading import loaded
from console.ui.models.lessons import LESSON_COLUMNS, LessonRow, lesson_key
from console.ui.models.records import RecordModel
from console.ui.pages.page import PAGE_EDGES, ContextPage
from console.ui.pages.registry import PAGES, Parts
from console.ui.pages.table_export import export_table
from console.ui.practice_actions import PRACTICE_MENU
from console.ui.practice_progress import Progress, Standing
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.counted import Counted
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.lesson_details import LessonDetails
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.widgets.record_table import RecordTable
from console.ui.widgets.table_bar import TableBar

if TYPE_CHECKING:
    from console.backend.service import HostService
    from console.checks.check import Finding
    from console.ui.hosts import Hosts, Lesson, PracticeRelease

PAGE = "practice"
SIDE_BY_SIDE = 1000
"""From this width on the details stand beside the table instead of below it."""

Lead = Callable[["Finding"], None]


class PracticePage(ContextPage):
    """All scenarios of the checks, and the practice hosts that are broken by them."""

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = parts.session, parts.tasks
        self._actions, self._state = parts.actions, parts.state
        self._hosts, self._go_to = parts.hosts, parts.go_to
        self._progress = Progress(parts.state)
        self._lessons: tuple[Lesson, ...] = ()
        self._releases: dict[str, PracticeRelease] = {}
        self._answers: dict[str, Answer] = {}
        self._awaited: tuple[str, Lead] | None = None
        self._tried: set[str] = set()
        self._dialogs: set[QDialog] = set()
        self.model: RecordModel[LessonRow] = RecordModel(LESSON_COLUMNS, lesson_key, self)
        self._build()
        self._bind()
        if self._hosts is not None:
            self._tasks.start(self._read(self._hosts), owner=self)

    # What the person sees

    def _build(self) -> None:
        title = self.tr("Practice scenarios")
        self._bar = TableBar(self._actions, PRACTICE_MENU, title, self.tr("No&t fixed yet"), self)
        self._intro = QLabel(
            self.tr(
                "Each scenario is a practice host that is broken on purpose; nothing real is touched: see "
                "the symptom, break it, follow the fix."
            ),
            self,
        )
        self._intro.setWordWrap(True)
        self._intro.setProperty("role", "muted")
        self._banner = Banner(self)
        self._problem = ProblemCard(self, session=self._session)
        self._table: RecordTable[LessonRow] = RecordTable(
            self.model, title, self._state, "practice-table", self
        )
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = EmptyState(self)
        self._empty.tell(
            Icon.PRACTICE, self.tr("Looking…"), self.tr("The scenarios appear here in a moment.")
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._table)
        self._details = LessonDetails(self)
        self._details.hide()
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(8)
        self._counted = Counted(self._stack, self)
        self._splitter.addWidget(self._counted)
        self._splitter.addWidget(self._details)
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_EDGES)
        column.setSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._intro)
        column.addWidget(self._banner)
        column.addWidget(self._problem)
        column.addWidget(self._splitter, 1)

    def _bind(self) -> None:
        bind = partial(self._actions.bind, page=PAGE)
        deeds: dict[str, Callable[[LessonRow], Coroutine[Any, Any, None]]] = {
            "practice-break": self._break,
            "practice-show": self._show,
            "practice-fix": self._fix,
            "practice-over": self._start_over,
        }
        for action_id, deed in deeds.items():
            bind(action_id, partial(self._do, deed))
        bind("find", self._bar.start_search)
        bind("copy-rows", self._table.copy_rows)
        bind("copy-cell", self._table.copy_cell)
        bind("select-all", self._table.selectAll)
        for suffix in ("csv", "json"):
            bind(f"export-{suffix}", self._tasks.starts(partial(self._export, suffix), owner=self))
        bind("columns", lambda: self._table.open_column_menu(self._bar.columns_place()))
        self._actions["show-details"].toggled.connect(lambda _on: self._show_chosen())
        self._bar.searched.connect(self._filter)
        self._bar.narrowed.connect(lambda _on: self._arrive_soon())
        self._bar.search.returnPressed.connect(self._table.setFocus)
        self._table.chosen.connect(self._show_chosen)
        self._table.opened.connect(partial(self._do, self._break))
        self._table.customContextMenuRequested.connect(self._open_menu)
        self._details.releaseChosen.connect(self._choose_release)
        self._empty.chosen.connect(self._show_all)
        self._banner.chosen.connect(self._banner.hide)
        self._session.diagnosis.checked.connect(self._checked)

    def context(self) -> Context:
        """The selected scenario."""
        row = self._table.current()
        return Context(
            page=PAGE,
            connected=self._session.connected,
            snapshot=self._session.snapshot,
            has_table=True,
            selected=len(self._table.selected()),
            visible_rows=self.model.rowCount(),
            lesson=None if row is None else row.lesson,
        )

    def panes(self) -> tuple[QWidget, ...]:
        """The parts F6 goes round."""
        details = (self._details,) if self._details.isVisible() else ()
        return (self._bar.search, self._table, *details)

    def remember(self) -> None:
        """Columns and sorting of the table."""
        self._table.remember()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Details beside or below, as the width allows."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= SIDE_BY_SIDE
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != wanted:
            self._splitter.setOrientation(wanted)
        room = self._splitter.width() if wide else self._splitter.height()
        table = room // 2 if wide else min(room // 2, self._listing_height())
        self._splitter.setSizes([table, room - table])

    def _listing_height(self) -> int:
        """What the table and its count need: blank rows would be taken from the details below."""
        if not self.model.rowCount():
            return self._counted.sizeHint().height()
        return self._table.whole_height() + self._counted.count_height

    def _open_menu(self, at: QPoint) -> None:
        menu = self._actions.fill(QMenu(self), PRACTICE_MENU)
        menu.setAccessibleName(self.tr("Scenario"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.viewport().mapToGlobal(at))

    # What there is

    async def _read(self, hosts: Hosts) -> None:
        self._lessons = await hosts.lessons()
        self._releases = {lesson.check.id: lesson.releases[0] for lesson in self._lessons}
        self._note_standing()
        await self._arrive()

    def _row_of(self, lesson: Lesson) -> LessonRow:
        release = self._releases[lesson.check.id]
        return LessonRow(lesson, release, self._progress.of(release.choice_id))

    def _arrive_soon(self) -> None:
        self._tasks.start(self._arrive(), owner=self)

    async def _arrive(self) -> None:
        rows = [self._row_of(lesson) for lesson in self._lessons]
        open_only = self._bar.narrowing.isChecked()
        await self.model.arrive([row for row in rows if not open_only or row.standing is not Standing.FIXED])
        self._tell()
        self._choose_first()

    def _choose_first(self) -> None:
        if self._table.current() is None and self.model.rowCount():
            self._table.select_key(lesson_key(self.model.record(0)))
        self._show_chosen()

    def _tell(self) -> None:
        """Say how many there are and how many are fixed, or why there is none to see."""
        standings = [self._row_of(lesson).standing for lesson in self._lessons]
        self._counted.tell(
            self.tr("{visible} of {total} scenarios, {fixed} fixed").format(
                visible=self.model.rowCount(),
                total=len(standings),
                fixed=standings.count(Standing.FIXED),
            )
        )
        self._tell_emptiness()
        self._arrange()

    def _tell_emptiness(self) -> None:
        self._stack.setCurrentWidget(self._table if self.model.rowCount() else self._empty)
        if self.model.total:
            words = self.tr("The search looks at every text column, also hidden ones.")
            self._empty.tell(Icon.SEARCH, self.tr("Nothing matches"), words, self.tr("Show all"))
        elif self._lessons:
            words = self.tr("Start one over, or choose another Windows for it.")
            self._empty.tell(Icon.OK, self.tr("All are fixed"), words, self.tr("Show all"))

    def _show_all(self) -> None:
        self._bar.search.clear()
        self._bar.narrowing.setChecked(False)

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._tell()
        self._choose_first()

    def _choose_release(self, at: int) -> None:
        row = self._table.current()
        if row is not None:
            self._releases[row.lesson.check.id] = row.lesson.releases[at]
            self._arrive_soon()

    def _show_chosen(self) -> None:
        row = self._table.current()
        self._details.setVisible(row is not None and self._actions["show-details"].isChecked())
        if row is not None:
            row = self._row_of(row.lesson)
            page = next((page for page in PAGES if page.id == row.lesson.symptom.page), None)
            answer = self._answers.get(row.release.choice_id)
            self._details.show_row(row, answer, "" if page is None else shown(page.title))
        self.contextChanged.emit()

    # What the checks say of the practice host that is shown

    def _checked(self) -> None:
        if self._note_standing():
            self._arrive_soon()
        self._lead_on()

    def _note_standing(self) -> bool:
        """Whether the host that is shown is one of a scenario; its standing is known then."""
        report = self._session.diagnosis.report
        shown_host = "" if report is None else report.host.snapshot.host.id
        for lesson in self._lessons:
            if any(release.choice_id == shown_host for release in lesson.releases):
                fires = self._fires(lesson)
                if fires is not None:
                    self._progress.note(shown_host, fires=fires)
                if fires is False:
                    self._answers.pop(shown_host, None)  # it was said of the host as it was before
                return True
        return False

    def _fires(self, lesson: Lesson) -> bool | None:
        """Whether the scenario's check finds something on the host that is shown; None: not known yet."""
        diagnosis = self._session.diagnosis
        if diagnosis.finding_of(lesson.check.id) is not None:
            return True
        unknown = diagnosis.report is None or not diagnosis.report.asked
        return None if unknown or lesson.check in [row.said.check for row in diagnosis.silent] else False

    def _lead_on(self) -> None:
        """Go where the person wanted to, once the checks were asked about the host that was opened."""
        report = self._session.diagnosis.report
        if self._awaited is None or report is None or report.host.snapshot.host.id != self._awaited[0]:
            return
        choice_id, lead = self._awaited
        lesson = next(one for one in self._lessons if any(r.choice_id == choice_id for r in one.releases))
        finding = self._session.diagnosis.finding_of(lesson.check.id)
        if finding is not None:
            self._awaited = None
            lead(finding)
        elif self._fires(lesson) is False:
            self._awaited = None
            self._tell_silent(choice_id)

    def _tell_silent(self, choice_id: str) -> None:
        self._go_to(PAGE)
        if self._progress.of(choice_id) is Standing.FIXED:
            what = self.tr("It is fixed: the check no longer finds anything on this practice host.")
            how = self.tr("“Start over” breaks it again.")
        else:
            what = self.tr("The check finds nothing on this practice host.")
            how = self.tr("This version of Windows may not be able to break like that: choose another one.")
        self._banner.tell("accent", what, how, self.tr("Dismiss"))

    # Deeds

    def _do(self, deed: Callable[[LessonRow], Coroutine[Any, Any, None]]) -> None:
        row = self._table.current()
        if row is not None:
            self._banner.hide()
            self._problem.clear()
            self._tasks.start(deed(self._row_of(row.lesson)), owner=self)

    async def _opened(self, choice_id: str) -> HostService | None:
        """The practice host, opened beside the others where it is not open yet, and shown."""
        there = next((one for one in self._session.hosts if one.connection.id == choice_id), None)
        if there is not None:
            self._session.show(there)
            return there
        return await self._open(choice_id)

    async def _open(self, choice_id: str) -> HostService | None:
        if self._hosts is None:
            return None
        opened = await self._hosts.open(choice_id)
        await self._session.open(opened.service, opened.close)
        return opened.service

    async def _break(self, row: LessonRow) -> None:
        await self._await_finding(row, self._session.diagnosis.open)

    async def _fix(self, row: LessonRow) -> None:
        await self._await_finding(row, self._open_fix)

    async def _await_finding(self, row: LessonRow, lead: Lead) -> None:
        self._awaited = (row.release.choice_id, lead)
        await self._opened(row.release.choice_id)
        self._lead_on()

    def _open_fix(self, finding: Finding) -> None:
        self._tasks.start(self._start_fix(finding), owner=self)

    async def _start_fix(self, finding: Finding) -> None:
        dialogs = await loaded("console.ui.fix.dialog")
        row = next((one for one in self._session.diagnosis.rows if one.finding == finding), None)
        if row is None:
            return  # found no more since
        dialog = dialogs.FixDialog(self._session, self._tasks, row, None, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs.add(dialog)
        dialog.finished.connect(lambda _code: self._dialogs.discard(dialog))
        dialog.open()

    async def _show(self, row: LessonRow) -> None:
        service = await self._opened(row.release.choice_id)
        attempt = row.lesson.symptom.attempt
        if attempt is None:
            self._go_to(row.lesson.symptom.page)
            return
        choice_id = row.release.choice_id
        if service is None or choice_id in self._tried:
            return  # tried just now: a second one would meet what the first has made
        self._tried.add(choice_id)
        try:
            self._answers[choice_id] = await try_out(service, attempt)
        except (EngineError, JournalError, DatabaseError) as error:
            self._problem.show_problem(problem_of(error, self._session))
            return
        finally:
            self._tried.discard(choice_id)
        self._show_chosen()
        self._details.show_answer()

    async def _export(self, suffix: str) -> None:
        unwritten = await export_table(
            self, "practice", suffix, self._table.visible_columns(), self.model.records()
        )
        if unwritten is not None:
            self._problem.show_problem(unwritten.problem)

    async def _start_over(self, row: LessonRow) -> None:
        choice_id = row.release.choice_id
        # Closed first: at its end a practice host writes down how it was left.
        for same in [one for one in self._session.hosts if one.connection.id == choice_id]:
            await self._session.close_host(same)
        self._progress.forget(choice_id)
        self._answers.pop(choice_id, None)
        await self._open(row.release.afresh_id)
        self._arrive_soon()
