"""The last page of a fix: how the plan goes, and whether it helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from console.checks.check import Crashed, Remedy
from console.checks.verify import Verdict, Verification
from console.domain.plan import Plan
from console.domain.problem import Problem
from console.ui.models.findings import FindingRow, evidence_words
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.banner import Banner
from console.ui.widgets.cut_off_notice import CutOffNotice
from console.ui.widgets.plan_runner import PlanRunner
from console.ui.widgets.problem_card import ProblemCard
from console.ui.wizards.labels import muted, sentence

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

MEANINGS = {
    Verdict.FIXED: "ok",
    Verdict.NOT_FIXED: "error",
    Verdict.NEEDS_RESTART: "warning",
    Verdict.WORKED_AROUND: "accent",
    Verdict.NOT_KNOWN: "warning",
}


class ResultPage(QWidget):
    """Shows the plan under way, then the verdict of the same check.

    ``undo_notice`` says what taking it back cuts off.
    """

    def __init__(
        self, row: FindingRow, session: Session, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = row
        self.runner = PlanRunner(session, tasks, self)
        self._looking = QFrame(self)
        self._looking.setAccessibleName(self.tr("Checking again"))
        self._verdict = Banner(self)
        self._facts = sentence("", self)
        self._facts.setAccessibleName(self.tr("What is seen now"))
        self._next = muted("", self)
        self._problem = ProblemCard(self, session=session)
        self.undo: Plan | None = None
        self.undo_notice = CutOffNotice(self, title=self.tr("If you undo it:"))
        self._arrange()

    @property
    def finished(self) -> SignalInstance:
        """The runner's: a plan ended."""
        return self.runner.finished

    def begin(self, *, with_plan: bool) -> None:
        """Start over: nothing is known yet."""
        self.runner.setVisible(with_plan)
        self._verdict.hide()
        self._facts.hide()
        self._next.hide()
        self._problem.clear()
        self._looking.hide()
        self.show_undo(None)

    def show_undo(self, plan: Plan | None) -> None:
        """Say what taking it back would cut off; None: nothing can be taken back."""
        self.undo = plan
        self.undo_notice.show_plan(plan)

    def look(self) -> None:
        """The host is being looked at again."""
        self._verdict.hide()
        self._facts.hide()
        self._next.hide()
        self._problem.clear()
        self._looking.show()

    def show_problem(self, problem: Problem) -> None:
        """The host could not be looked at."""
        self._looking.hide()
        self._verdict.tell(
            "warning",
            self.tr("Whether it helped is not known."),
            self.tr("The host could not be read again."),
        )
        self._problem.show_problem(problem)

    def tell(self, answer: Verification, following: Remedy | None, *, undone: bool) -> None:
        """Say what the check says now; ``following`` is the next way out, ``undone`` whether it was a
        way back that was gone.
        """
        self._looking.hide()
        what, how = self._undone_words(answer) if undone else self._words(answer)
        meaning = "accent" if undone else MEANINGS[answer.verdict]
        self._verdict.tell(meaning, what, how)
        still = () if answer.finding is None else evidence_words(answer.finding)
        self._facts.setText("\n".join(f"•  {fact}" for fact in still))
        self._facts.setVisible(bool(still))
        self._next.setText(self._next_words(answer, following))
        self._next.setVisible(bool(self._next.text()) and not undone)

    def _words(self, answer: Verification) -> tuple[str, str]:
        title = shown(self._row.finding.check.title)
        if answer.verdict is Verdict.FIXED:
            what = self.tr("Fixed. The check no longer finds it: {title}").format(title=title)
            if not answer.others:
                return what, ""
            sentence_ = self.tr("It still finds it on %n other object(s).", "", answer.others)
            return what, sentence_.replace("(s)", "" if answer.others == 1 else "s")
        if answer.verdict is Verdict.NEEDS_RESTART:
            return (
                self.tr("It takes effect with the next restart of Windows."),
                self.tr("Restart the computer, connect to it again, and run the checks."),
            )
        if answer.verdict is Verdict.WORKED_AROUND:
            return (
                self.tr("What was found stays as it is; this remedy only keeps it from doing harm."),
                self.tr("It is therefore found again at each check."),
            )
        if answer.verdict is Verdict.NOT_KNOWN:
            return self.tr("Whether it helped is not known."), self._why_silent(answer)
        return self.tr("Not fixed. It is still found: {title}").format(title=title), ""

    def _undone_words(self, answer: Verification) -> tuple[str, str]:
        if answer.verdict is Verdict.NOT_KNOWN:
            return self.tr("Undone."), self._why_silent(answer)
        if answer.finding is None:
            return self.tr("Undone. The check still finds nothing."), ""
        return self.tr("Undone. The check finds it again, as before."), ""

    def _why_silent(self, answer: Verification) -> str:
        silenced = answer.silenced
        if silenced is None or isinstance(silenced, Crashed):
            return self.tr("The check itself failed: a fault in the console.")
        remedy = "" if silenced.remedy is None else shown(silenced.remedy)
        return f"{shown(silenced.describe())} {remedy}".strip()

    def _next_words(self, answer: Verification, following: Remedy | None) -> str:
        if answer.verdict not in (Verdict.NOT_FIXED, Verdict.WORKED_AROUND):
            return ""
        if following is None:
            return self.tr("The console knows no other remedy. The check's help page says more.")
        return self.tr("The next remedy: {title}").format(title=shown(following.title))

    def _arrange(self) -> None:
        busy = QVBoxLayout(self._looking)
        busy.setContentsMargins(0, 0, 0, 0)
        words = QLabel(self.tr("Reading the host again and running the same check…"), self._looking)
        words.setWordWrap(True)
        bar = QProgressBar(self._looking)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Checking again"))
        busy.addWidget(words)
        busy.addWidget(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._verdict)
        column.addWidget(self._looking)
        column.addWidget(self._facts)
        column.addWidget(self._next)
        column.addWidget(self._problem)
        column.addWidget(self.runner, 1)
        column.addWidget(self.undo_notice)
        column.addStretch(0)
