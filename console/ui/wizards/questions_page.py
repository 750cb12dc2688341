"""A few questions that end in a driver, with the reasons."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
    QWizard,
)

from console.domain.chooser import QUESTIONS, Answers, Question, Recommendation, presumed_answers, recommend
from console.domain.drivers import registry
from console.ui.icons import Icon, pixmap
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.wizards.flow import StepId
from console.ui.wizards.labels import muted, sentence, strong
from console.ui.wizards.state import DraftState
from console.ui.wizards.step_page import WizardPage

SHORTEST_BOX = 16
"""Characters: what a box of answers may shrink to in a narrow window."""

ACCESS_KEYS = "12345"
"""One per question: letters would collide with the buttons below in one language or another."""


class QuestionsPage(WizardPage):
    """Asks, recommends, and takes the recommendation with the button that names it."""

    def __init__(self, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(StepId.QUESTIONS, state, parent)
        self._boxes: dict[str, QComboBox] = {}
        self._recommendation: Recommendation | None = None
        body = FlowingBody()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(14)
        column.addLayout(self._build_questions(body))
        self._result = QFrame(body)
        self._result.setFrameShape(QFrame.Shape.StyledPanel)
        self._result.setAccessibleName(self.tr("Recommendation"))
        self._lines = QVBoxLayout(self._result)
        self._lines.setContentsMargins(14, 12, 14, 12)
        self._lines.setSpacing(6)
        column.addWidget(self._result)
        column.addStretch(1)
        self.set_body(body)

    @override
    def enter(self) -> None:
        super().enter()
        self._load()
        self._recommend(announce=False)
        next(iter(self._boxes.values())).setFocus()

    @override
    def validatePage(self) -> bool:
        found = self._recommendation
        if found is None or found.driver is None:
            self._announce()
            return False
        self.state.choose_driver(found.driver)
        return True

    def _build_questions(self, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, question in enumerate(QUESTIONS):
            box = self._box(question, parent)
            words = self.tr("&{number}. {question}")
            label = QLabel(words.format(number=ACCESS_KEYS[row], question=shown(question.title)), parent)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            self._boxes[question.id] = box
        return grid

    def _box(self, question: Question, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(SHORTEST_BOX)
        box.setAccessibleName(shown(question.title))
        for choice in question.choices:
            box.addItem(shown(choice.title), choice.value)
        box.currentIndexChanged.connect(self._answered)
        return box

    def _load(self) -> None:
        """What was answered before, else what the host itself tells."""
        snapshot = self.state.snapshot
        presumed = presumed_answers(snapshot) if snapshot is not None else Answers()
        for name, box in self._boxes.items():
            value = self.state.draft.answers.get(name, getattr(presumed, name).value)
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.blockSignals(False)

    def _answered(self) -> None:
        for name, box in self._boxes.items():
            self.state.draft.answers[name] = str(box.currentData())
        self._recommend(announce=True)

    def _recommend(self, *, announce: bool) -> None:
        if self.state.snapshot is None:
            return
        given: dict[str, Any] = {question.id: self._answer(question) for question in QUESTIONS}
        self._recommendation = recommend(Answers(**given), self.state.snapshot)
        self._show(self._recommendation)
        if announce:
            self._announce()

    def _answer(self, question: Question) -> StrEnum:
        return question.choices[self._boxes[question.id].currentIndex()].value

    def _show(self, found: Recommendation) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        title = self._title(found)
        heading = strong(title, self._result, scale=1.15)
        heading.setAccessibleName(self.tr("Recommended driver"))
        heading.setAccessibleDescription(title)
        self._lines.addWidget(heading)
        for text in found.reasons:
            which, role = (Icon.OK, "ok") if found.driver else (Icon.ERROR, "error")
            self._lines.addWidget(self._line(which, role, self.tr("Reason"), shown(text)))
        for text in found.cautions:
            self._lines.addWidget(self._line(Icon.WARNING, "warning", self.tr("Keep in mind"), shown(text)))
        if found.rejected:
            self._lines.addSpacing(6)
            self._lines.addWidget(sentence(self.tr("Why not another one"), self._result))
        for name, text in found.rejected:
            words = self.tr("{driver}: {reason}")
            self._lines.addWidget(
                muted(words.format(driver=self._driver_title(name), reason=shown(text)), self._result)
            )
        self.setButtonText(QWizard.WizardButton.NextButton, self._next_words(found))

    def _title(self, found: Recommendation) -> str:
        if found.driver is None:
            return self.tr("No driver fits these answers")
        return self.tr("Choose {driver}").format(driver=self._driver_title(found.driver))

    def _next_words(self, found: Recommendation) -> str:
        if found.driver is None:
            return self.tr("&Next")
        return self.tr("&Use {driver}").format(driver=self._driver_title(found.driver))

    def _driver_title(self, name: str) -> str:
        found = registry.driver(name, windows=self.state.windows)
        return shown(found.title) if found is not None else name

    def _line(self, which: Icon, role: str, word: str, words: str) -> QWidget:
        row = QWidget(self._result)
        sign = QLabel(row)
        sign.setPixmap(pixmap(which, 16, role, self.devicePixelRatioF()))
        sign.setAccessibleName(word)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(sentence(words, row), 1)
        return row

    def _announce(self) -> None:
        if self._recommendation is None:
            return
        words = " ".join([self._title(self._recommendation), *map(shown, self._recommendation.reasons)])
        event = QAccessibleAnnouncementEvent(self, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
