"""The guided fix: explain, choose, review, apply, verify, and say what came of it."""

from __future__ import annotations

import asyncio
from enum import IntEnum
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from console.checks.check import Crashed, Remedy
from console.checks.remedies import remedies_of
from console.checks.verify import Verdict, Verification
from console.domain.plan import Plan
from console.ui.actions import READ_ONLY
from console.ui.fix.choose_page import ChoosePage
from console.ui.fix.hand_page import HandPage
from console.ui.fix.result_page import ResultPage
from console.ui.fix.review_page import ReviewPage
from console.ui.fix.verification import verification
from console.ui.icons import Icon, icon
from console.ui.models.findings import FindingRow
from console.ui.restart import restarted
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plan_runner import Guard
from console.ui.widgets.problem_card import problem_of
from console.ui.wizards.labels import muted, sentence, strong

if TYPE_CHECKING:
    from console.backend.service import Outcome


class Step(IntEnum):
    """Where on the way the person is."""

    CHOOSE = 0
    REVIEW = 1
    RESULT = 2


class FixDialog(QDialog):
    """Leads out of one finding. ``remedy`` is the way that was chosen already, None to choose here.

    Opened with ``open()``. While a plan runs it can't be closed, only stopped after the step under way.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        row: FindingRow,
        remedy: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._row = row
        self._remedies: tuple[Remedy, ...] = ()
        self._at = remedy or 0
        self._to_review = remedy is not None
        self._guard = Guard(session)
        self._undo: tuple[Plan, int] | None = None
        self._undoing = False
        self._looking = False
        self._restarted = False
        self._answer: Verification | None = None
        self._service = session.service
        self.setWindowTitle(self.tr("Fix: {title}").format(title=shown(row.finding.check.title)))
        self._number = muted("", self)
        self._instruction = strong("", self, scale=1.4)
        self._choose = ChoosePage(row, self)
        self._review: ReviewPage | HandPage | None = None
        self._result = ResultPage(row, session, tasks, self)
        self._place = QWidget(self)
        self._in_place = QVBoxLayout(self._place)
        self._in_place.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        self._reason = sentence("", self)
        self._reason.setProperty("role", "reason")
        self._reason.setAccessibleName(self.tr("Why this can't be done yet"))
        self._build_buttons()
        self._arrange()
        self._choose.chosen.connect(self._take)
        self._result.runner.began.connect(self._began)
        self._result.runner.finished.connect(self._finished)
        self._result.runner.gave_up.connect(lambda _problem: self._show_buttons())
        self._result.undo_notice.agreedChanged.connect(self._show_buttons)
        session.serviceChanged.connect(self._show_buttons)
        session.snapshotChanged.connect(self._look_again)
        self._go(Step.CHOOSE)
        tasks.start(self._find_remedies(), owner=self)

    # The way

    @property
    def step(self) -> Step:
        """The page that is shown."""
        return Step(self._stack.currentIndex())

    @property
    def _remedy(self) -> Remedy | None:
        return self._remedies[self._at] if self._at < len(self._remedies) else None

    async def _find_remedies(self) -> None:
        report = self._session.diagnosis.report
        if report is None:
            return
        found = await asyncio.to_thread(remedies_of, self._row.finding, report.host)
        self._remedies = () if isinstance(found, Crashed) else found
        self._choose.show_remedies(self._remedies, self._at)
        if self._to_review and self._remedy is not None:
            self._show_review()
        self._show_buttons()

    def _take(self, at: int) -> None:
        self._at = at
        self._show_buttons()

    def _show_review(self) -> None:
        remedy = self._remedy
        if remedy is None:
            return
        if self._review is not None:
            self._review.hide()
            self._review.deleteLater()
        plan = remedy.plan
        if plan is None:
            self._review = HandPage(remedy, self)
        else:
            self._review = ReviewPage(remedy, self._guard.over(plan), self)
            self._review.agreedChanged.connect(self._show_buttons)
        self._in_place.addWidget(self._review)
        self._go(Step.REVIEW)
        self._review.start()

    def _look_again(self, _snapshot: object) -> None:
        """What the plan and its undo cut off is said by what is known of the host now."""
        if self.step is Step.REVIEW:
            self._guard_review()
        elif self.step is Step.RESULT and not self._busy:
            self._guard_undo()
            self._show_buttons()

    def _guard_review(self) -> Plan | None:
        """The plan to carry out; None where there is none, or it is shown only now as it would be done."""
        remedy, review = self._remedy, self._review
        if remedy is None or remedy.plan is None or not isinstance(review, ReviewPage):
            return None
        plan, read = self._guard.over(remedy.plan), review.plan
        if plan != read:
            review.show_plan(plan)
        self._show_buttons()
        return plan if plan == read and review.agreed else None

    def _guard_undo(self) -> Plan | None:
        """The same of the plan that takes back what was done."""
        read = self._result.undo
        plan = None if self._undo is None else self._guard.over(self._undo[0])
        self._result.show_undo(plan)
        return plan if plan == read and self._result.undo_notice.agreed else None

    def _go(self, step: Step) -> None:
        self._stack.setCurrentIndex(step)
        self._number.setText(self.tr("Step {number} of {count}").format(number=step + 1, count=len(Step)))
        self._number.setAccessibleName(self._number.text())
        self._instruction.setText(self._instruction_words(step))
        self._show_buttons()

    def _instruction_words(self, step: Step) -> str:
        if step is Step.CHOOSE:
            return self.tr("Choose a remedy")
        remedy = self._remedy
        title = "" if remedy is None else shown(remedy.title)
        if step is Step.RESULT:
            return title
        if remedy is not None and remedy.plan is None:
            return self.tr("Do this: {title}").format(title=title)
        return self.tr("Review: {title}").format(title=title)

    def _back(self) -> None:
        self._go(Step.CHOOSE)
        if self._remedies:
            self._choose.choose(self._at)

    # Doing it

    def _apply(self) -> None:
        remedy = self._remedy
        if remedy is None:
            return
        plan = self._guard_review()
        if remedy.plan is not None and plan is None:
            return
        self._undo, self._undoing, self._answer = None, False, None
        self._restarted = False
        self._go(Step.RESULT)
        self._result.begin(with_plan=remedy.plan is not None)
        if plan is None:
            self._check_again()
        else:
            self._result.runner.start(plan)

    def _run_undo(self) -> None:
        plan = self._guard_undo()
        if plan is not None and self._undo is not None:
            (_, entry), self._undo = self._undo, None
            self._undoing, self._answer = True, None
            self._restarted = False
            self._result.runner.start(plan, undoes=entry)

    def _began(self) -> None:
        self._result.begin(with_plan=True)
        self._show_buttons()

    def _finished(self, outcome: Outcome) -> None:
        self._tasks.start(self._conclude(outcome), owner=self)

    async def _conclude(self, outcome: Outcome) -> None:
        from console.backend.journal import JournalError

        service, entry = self._session.service, None
        try:
            entry = await service.journal_entry(outcome.entry) if service is not None else None
        except JournalError as error:  # then only its undo can't be offered
            self._result.runner.show_problem(problem_of(error, self._session))
        if entry is not None and entry.undo is not None and entry.undoes is None:
            self._undo = (entry.undo, entry.id)
            self._guard_undo()
        await self._verify()

    def _check_again(self) -> None:
        self._tasks.start(self._verify(), owner=self)

    async def _restart(self) -> None:
        """Restart the Windows of a practice host, and see what came of it."""
        from console.backend.failures import EngineError

        if self._service is None:
            return
        try:
            if not await restarted(self._service, self._session.snapshot, self):
                return
        except EngineError as error:
            self._result.show_problem(problem_of(error, self._session))
            return
        self._restarted = True
        await self._verify()

    async def _verify(self) -> None:
        from console.backend.failures import EngineError

        self._looking = True
        self._result.look()
        self._show_buttons()
        try:
            if self._session.service is None or self._session.service is not self._service:
                return
            row = self._row
            self._answer = await verification(
                self._session, row.finding, self._remedy, row.about, restarted=self._restarted
            )
        except EngineError as error:
            self._result.show_problem(problem_of(error, self._session))
            return
        except LookupError:
            return  # the host was let go of meanwhile; the buttons say so
        finally:
            if shiboken6.isValid(self):  # else it was closed, which is what ended the look
                self._looking = False
                self._show_buttons()
        self._result.tell(self._answer, self._following(), undone=self._undoing)
        self._show_buttons()
        self._close.setFocus()

    def _following(self) -> Remedy | None:
        """The next way out after the one that was gone."""
        return self._remedies[self._at + 1] if self._at + 1 < len(self._remedies) else None

    def _show_help(self) -> None:
        self._session.help.open(self._row.finding.check.help_id)

    def _go_on(self) -> None:
        """Try the next way out."""
        self._at += 1
        self._choose.choose(self._at)
        self._show_review()

    # Ending

    @property
    def _busy(self) -> bool:
        return self._result.runner.running or self._looking

    def reject(self) -> None:
        """Close; while a plan runs, only ask it to stop after this step."""
        if self._result.runner.running:
            self._result.runner.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's close button does what Cancel does."""
        if self._result.runner.running:
            self._result.runner.stop()
            event.ignore()
        else:
            super().closeEvent(event)

    # Buttons

    def _build_buttons(self) -> None:
        self._buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        page = self._button(self.tr("&Help page"), self._show_help, Icon.HELP)
        self._undo_button = self._button(self.tr("&Undo"), self._run_undo, Icon.UNDO)
        self._again = self._button(self.tr("Check &again"), self._check_again, Icon.REFRESH)
        self._restart_button = self._button(
            self.tr("&Restart this practice host…"), self._tasks.starts(self._restart, owner=self)
        )
        self._back_button = self._button(self.tr("&Back"), self._back)
        self._next = self._button(self.tr("&Next"), self._show_review)
        self._apply_button = self._button(self.tr("A&pply"), self._apply, Icon.OK)
        self._next_way = self._button(self.tr("&Next remedy"), self._go_on)
        self._close = QPushButton(self.tr("Cancel"), self)
        for button in (
            page, self._undo_button, self._again, self._restart_button, self._back_button, self._next,
            self._apply_button, self._next_way,
        ):  # fmt: skip
            self._buttons.addButton(button, role.ActionRole)
        self._buttons.addButton(self._close, role.RejectRole)
        self._buttons.rejected.connect(self.reject)

    def _button(self, words: str, do: object, which: Icon | None = None) -> QPushButton:
        button = QPushButton(words, self)
        if which is not None:
            button.setIcon(icon(which))
        button.clicked.connect(do)
        return button

    def _show_buttons(self) -> None:
        step, remedy = self.step, self._remedy
        here = self._session.service is self._service and self._service is not None
        result = step is Step.RESULT and not self._busy
        verdict = self._answer.verdict if self._answer is not None else None
        self._next.setVisible(step is Step.CHOOSE)
        self._next.setEnabled(remedy is not None)
        self._back_button.setVisible(step is Step.REVIEW)
        self._apply_button.setVisible(step is Step.REVIEW)
        only_looked_at = self._service is not None and self._service.read_only
        agreed = not isinstance(self._review, ReviewPage) or self._review.agreed
        self._apply_button.setEnabled(here and not only_looked_at and agreed)
        self._reason.setText(shown(READ_ONLY) if only_looked_at else "")
        self._reason.setVisible(only_looked_at and step is Step.REVIEW)
        self._label_apply(remedy)
        self._undo_button.setVisible(result and self._undo is not None and here)
        self._undo_button.setEnabled(self._result.undo_notice.agreed)
        self._again.setVisible(result and verdict is not Verdict.FIXED and here)
        waits = result and verdict is Verdict.NEEDS_RESTART and here
        can_restart = self._service is not None and self._service.restarts_windows
        self._restart_button.setVisible(waits and can_restart)
        stays = verdict in (Verdict.NOT_FIXED, Verdict.WORKED_AROUND)
        unsolved = result and stays and not self._undoing
        self._next_way.setVisible(unsolved and self._following() is not None and here)
        self._close.setText(self.tr("Close") if step is Step.RESULT else self.tr("Cancel"))
        self._close.setEnabled(not self._result.runner.running)
        default = {Step.CHOOSE: self._next, Step.RESULT: self._close}.get(step)
        if default is None:
            plain = remedy is not None and remedy.plan is None
            default = self._apply_button if plain else self._close
        default.setDefault(True)

    def _label_apply(self, remedy: Remedy | None) -> None:
        if remedy is None or remedy.plan is None:
            self._apply_button.setText(self.tr("I have done this: check &again"))
            self._apply_button.setIcon(icon(Icon.REFRESH))
            return
        self._apply_button.setText(self.tr("A&pply"))
        self._apply_button.setIcon(icon(Icon.SHIELD if remedy.plan.elevated else Icon.OK))

    def _arrange(self) -> None:
        for page in (self._choose, self._place, self._result):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(6)
        column.addWidget(self._number)
        column.addWidget(self._instruction)
        column.addSpacing(6)
        column.addWidget(self._stack, 1)
        column.addWidget(self._reason)
        column.addWidget(self._buttons)
        self.resize(720, 560)
        self.setMinimumSize(520, 380)
