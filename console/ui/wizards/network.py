"""The new-network wizard: from a choice of drivers to a network on the host."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget, QWizard

from console.domain.drivers import registry
from console.domain.field import Field
from console.domain.problem import Problem
from console.domain.spec import NetworkSpec
from console.domain.violation import Violation
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.wizards.draft import Draft, draft_of_spec
from console.ui.wizards.driver_page import DriverPage
from console.ui.wizards.flow import STEP_TEXTS, StepId, flow_of
from console.ui.wizards.questions_page import QuestionsPage
from console.ui.wizards.review_page import ReviewPage
from console.ui.wizards.state import DraftState
from console.ui.wizards.step_page import STEP_NUMBERS, StepPage, WizardPage, refusal_step

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot

_kept: WeakKeyDictionary[Session, dict[str, Draft]] = WeakKeyDictionary()
"""What was typed into a wizard that was closed, by host; it lives as long as the session."""

SKIPPABLE = frozenset({StepId.NAME})


class NetworkWizard(QWizard):
    """Creates one network. ``created(str)`` carries its id, or its name where the id is not told.

    ``draft`` is the spec to start from (a copy of a network, say); without one the wizard goes on
    with what was typed and not finished before. Show it with ``open()``.
    """

    created = Signal(str)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        draft: NetworkSpec | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._service = session.service  # another one may be shown while the wizard is open
        kept = _kept.get(session, {}).get(self._host())
        self.state = DraftState(Draft(), session.snapshot, tasks, self)
        if draft is not None:
            self.state.replace(self._draft_of(draft))
        elif kept is not None:
            self.state.replace(kept)
        self._continued = draft is None and kept is not None
        self._pages: dict[StepId, WizardPage] = {}
        self._set_up()
        self._add_pages(tasks)
        self._rail = StepRail(self)
        self.setSideWidget(self._rail)
        self.currentIdChanged.connect(self._entered)
        session.snapshotChanged.connect(self._look_at)
        session.diagnosis.changed.connect(self._take_findings)
        self._take_findings()
        self.state.refused.connect(self._show_refusal)
        self.state.loaded.connect(self._show_rail)

    @override
    def reject(self) -> None:
        self._keep()
        if self._review.running:
            # The engine's answer is still to come; it is recorded, and there is nothing to stop.
            self.hide()
            return
        super().reject()

    @property
    def _at_its_host(self) -> bool:
        """Whether what the session tells is of the host the network is for."""
        return self._service is None or self._service is self._session.service

    def _look_at(self, snapshot: Snapshot) -> None:
        if self._at_its_host:
            self.state.look_at(snapshot)

    def _take_findings(self) -> None:
        if self._at_its_host:
            self.state.take_findings(tuple(row.finding for row in self._session.diagnosis.rows))

    def _set_up(self) -> None:
        self.setWindowTitle(self.tr("Create network"))
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setOption(QWizard.WizardOption.HaveCustomButton1)
        self.setButtonText(QWizard.WizardButton.BackButton, self.tr("&Back"))
        self.setButtonText(QWizard.WizardButton.NextButton, self.tr("&Next"))
        self.setButtonText(QWizard.WizardButton.FinishButton, self.tr("C&reate network"))
        self.setButtonText(QWizard.WizardButton.CancelButton, self.tr("Cancel"))
        self.setButtonText(QWizard.WizardButton.CustomButton1, self.tr("S&kip to review"))
        self.setButtonLayout(
            [
                QWizard.WizardButton.CustomButton1,
                QWizard.WizardButton.Stretch,
                QWizard.WizardButton.BackButton,
                QWizard.WizardButton.NextButton,
                QWizard.WizardButton.FinishButton,
                QWizard.WizardButton.CancelButton,
            ]
        )
        self.customButtonClicked.connect(self._skip)
        self.resize(820, 640)
        self.setMinimumSize(640, 480)

    def _add_pages(self, tasks: Tasks) -> None:
        start = DriverPage(self.state, continued=self._continued, parent=self)
        start.helpWanted.connect(self._help)
        start.topicWanted.connect(self._session.help.open)
        self._review = ReviewPage(self.state, self._session, tasks, self)
        self._review.created.connect(self._created)
        self._review.refused.connect(self._refused)
        self._review.goTo.connect(self._go_to_violation)
        self._review.busyChanged.connect(self._show_busy)
        special: dict[StepId, WizardPage] = {
            StepId.DRIVER: start,
            StepId.QUESTIONS: QuestionsPage(self.state, self),
            StepId.REVIEW: self._review,
        }
        for step_id in StepId:
            page = special.get(step_id) or StepPage(step_id, self.state, self)
            page.card.explain_with(self._session)
            self._pages[step_id] = page
            self.setPage(STEP_NUMBERS[step_id], page)
        self.setStartId(STEP_NUMBERS[StepId.DRIVER])

    # The way through the pages.

    @property
    def step_id(self) -> StepId:
        """The step that is shown."""
        return next(step for step, number in STEP_NUMBERS.items() if number == self.currentId())

    def _entered(self, number: int) -> None:
        if number < 0:
            return
        step_id = self.step_id
        if step_id in SKIPPABLE:
            self.state.draft.skips_to_review = False
        self.button(QWizard.WizardButton.CustomButton1).setVisible(step_id in SKIPPABLE)
        self._pages[step_id].enter()
        self._show_rail()

    def _show_rail(self) -> None:
        path = [step.id for step in self.state.flow.path(self.state.draft)]
        if self.currentId() >= 0:
            self._rail.show_steps(path, self.step_id)

    def _help(self) -> None:
        self.state.draft.wants_help = True
        self.next()

    def _skip(self) -> None:
        self.state.draft.skips_to_review = True
        self.next()

    def _go_to_violation(self, violation: Violation) -> None:
        self._go_to(self.state.flow.step_of(violation.field).id)
        self.state.reveal((violation.field,))
        self._focus(violation.field, violation.position)

    def _go_to(self, target: StepId) -> None:
        visited = [number for number in self.visitedIds() if number >= 0]
        if STEP_NUMBERS[target] in visited:
            while self.step_id is not target:
                self.back()
            return
        # It was skipped: back to where the way parts, then forward.
        while self.step_id not in SKIPPABLE and self.step_id is not StepId.DRIVER:
            self.back()
        while self.step_id is not target:
            before = self.step_id
            self.next()
            if self.step_id is before:
                return

    def _focus(self, field: Field, position: int = 0) -> None:
        page = self._pages[self.step_id]
        # After QWizard and the page have placed their own focus.
        QTimer.singleShot(0, page, lambda: page.focus_field(field, position))

    # What came of it.

    def _created(self, network: str) -> None:
        _kept.get(self._session, {}).pop(self._host(), None)
        self.created.emit(network)
        self.accept()

    def _refused(self, problem: Problem) -> None:
        self.state.refuse(problem)
        if self.isVisible():
            target = refusal_step(self.state)
            if target is not StepId.REVIEW:
                self._go_to(target)
                self._focus(problem.field or Field.NAME)
        else:
            super().reject()

    def _show_refusal(self) -> None:
        for page in self._pages.values():
            page.show_refusal()

    def _show_busy(self, busy: bool) -> None:
        for which in (QWizard.WizardButton.BackButton, QWizard.WizardButton.FinishButton):
            self.button(which).setEnabled(not busy)
        words = self.tr("Close") if busy else self.tr("Cancel")
        self.setButtonText(QWizard.WizardButton.CancelButton, words)

    # What is kept.

    def _keep(self) -> None:
        drafts = _kept.setdefault(self._session, {})
        if self.state.draft.typed:
            drafts[self._host()] = self.state.draft
        else:
            drafts.pop(self._host(), None)

    def _host(self) -> str:
        return self._service.identity.id if self._service is not None else ""

    def _draft_of(self, spec: NetworkSpec) -> Draft:
        driver = registry.driver(spec.driver, windows=self.state.windows) or self.state.driver
        flow = flow_of(driver.name, windows=self.state.windows)
        return draft_of_spec(spec, driver, flow.fields)


class StepRail(QFrame):
    """The steps there are, and which one this is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Steps"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 16, 14, 8)
        self._column.setSpacing(10)
        self._column.addStretch(1)
        self._entries: list[QLabel] = []
        self._shown: tuple[tuple[StepId, ...], StepId | None] = ((), None)
        metrics = self.fontMetrics()
        self.setFixedWidth(28 + metrics.averageCharWidth() * 23)

    def show_steps(self, path: list[StepId], current: StepId) -> None:
        """Show the way and where on it the person is."""
        if self._shown == (tuple(path), current):
            return
        self._shown = (tuple(path), current)
        while len(self._entries) > len(path):
            self._entries.pop().deleteLater()
        while len(self._entries) < len(path):
            entry = self._entry()
            self._column.insertWidget(len(self._entries), entry)
            self._entries.append(entry)
        for number, (entry, step) in enumerate(zip(self._entries, path, strict=True), start=1):
            self._tell(entry, number, step, current=step is current)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(self.width() - 1, 8, self.width() - 1, self.height() - 1)

    def _entry(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.show()
        return label

    def _tell(self, label: QLabel, number: int, step: StepId, *, current: bool) -> None:
        words = self.tr("{number}. {title}").format(number=number, title=shown(STEP_TEXTS[step].title))
        label.setText(words)
        label.setAccessibleName(self.tr("{step} (this step)").format(step=words) if current else words)
        font = label.font()
        font.setBold(current)
        label.setFont(font)
