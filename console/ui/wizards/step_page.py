"""The pages of the wizard: one class shows every step that is made of editors."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget, QWizard, QWizardPage

from console.domain.field import Field
from console.domain.violation import Violation
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.problem_card import ProblemCard
from console.ui.wizards.adapter_editor import AdapterEditor
from console.ui.wizards.address_editor import AddressEditor
from console.ui.wizards.editor import Editor
from console.ui.wizards.editors import EDITORS, SwitchEditor
from console.ui.wizards.flow import STEP_TEXTS, Step, StepId
from console.ui.wizards.labels import muted, strong
from console.ui.wizards.state import DraftState, Question
from console.ui.wizards.subnet_row import PARTS
from console.ui.wizards.table_editor import LeftoverEditor, PairsEditor

STEP_NUMBERS = {step: number for number, step in enumerate(StepId)}
"""The number by which QWizard knows the page of a step."""


class WizardPage(QWizardPage):
    """What all pages share: "Step X of Y", one instruction, and a body that scrolls if it must."""

    def __init__(self, step_id: StepId, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step_id = step_id
        self.state = state
        instruction = shown(STEP_TEXTS[step_id].instruction)
        self.setAccessibleName(instruction)
        self._step_label = muted("", self)
        self._instruction = strong(instruction, self, scale=1.4)
        self._instruction.setObjectName("mainInstruction")
        self.card = ProblemCard(self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 12, 0)
        column.setSpacing(2)
        column.addWidget(self._step_label)
        column.addWidget(self._instruction)
        column.addSpacing(10)
        self.head = QVBoxLayout()
        self.head.setContentsMargins(0, 0, 20, 6)
        column.addLayout(self.head)
        problem = QVBoxLayout()
        problem.setContentsMargins(0, 0, 8, 8)
        problem.addWidget(self.card)
        column.addLayout(problem)
        column.addWidget(self._area, 1)

        self._pressed_on: Question | None = None
        state.checked.connect(self._go_on)

    @property
    def step(self) -> Step:
        """The step as the flow of the driver has it now."""
        return self.state.flow.step(self.step_id)

    def is_judged(self, fields: tuple[Field, ...] = ()) -> bool:
        """Whether the verdict on what is asked now is there, and ``fields`` show theirs.

        If not, the button that asked is pressed again once it is, unless something else is asked
        by then.
        """
        self.state.reveal(fields)
        if self.state.settled:
            return True
        self._pressed_on = self.state.question()
        return False

    def _go_on(self) -> None:
        if self._pressed_on is not None and self.state.settled:
            QTimer.singleShot(0, self, self._press_again)

    def _press_again(self) -> None:
        asked, self._pressed_on = self._pressed_on, None
        wizard = self.wizard()
        if asked is None or asked != self.state.question() or not self.isVisible() or wizard is None:
            return
        which = QWizard.WizardButton.FinishButton if self.isFinalPage() else QWizard.WizardButton.NextButton
        wizard.button(which).click()

    def set_body(self, body: FlowingBody) -> None:
        """Show ``body`` in the place of what was there before."""
        body.setAutoFillBackground(False)
        self._area.setWidget(body)

    def enter(self) -> None:
        """The page comes into sight, from either side."""
        path = [step.id for step in self.state.flow.path(self.state.draft)]
        number = path.index(self.step_id) + 1 if self.step_id in path else len(path)
        words = self.tr("Step {number} of {count}")
        self._step_label.setText(words.format(number=number, count=len(path)))
        self._step_label.setAccessibleName(self._step_label.text())
        self.show_refusal()

    def show_refusal(self) -> None:
        """Show the engine's refusal where it concerns this page."""
        refusal = self.state.refusal
        if refusal is not None and refusal_step(self.state) == self.step_id:
            if self.card.problem != refusal:
                self.card.show_problem(refusal)
        else:
            self.card.clear()

    def focus_field(self, field: Field, position: int = 0) -> None:
        """Put the keyboard where ``field`` is filled in."""

    def reveal_widget(self, widget: QWidget) -> None:
        """Scroll until ``widget`` can be seen."""
        self._area.ensureWidgetVisible(widget, 20, 40)

    def scroll_to(self, widget: QWidget) -> None:
        """Show the top of the page, or that of ``widget`` where it can't be seen from there."""
        body, bar = self._area.widget(), self._area.verticalScrollBar()
        if body is None:
            return
        top = widget.mapTo(body, QPoint(0, 0)).y()
        fits = top + widget.height() <= self._area.viewport().height()
        bar.setValue(0 if fits else top - 8)

    @override
    def nextId(self) -> int:
        flow = self.state.flow
        if self.step_id not in {step.id for step in flow.steps}:
            return -1
        following = flow.step(self.step_id).after(self.state.draft)
        return -1 if following is None else STEP_NUMBERS[following]


def refusal_step(state: DraftState) -> StepId:
    """The page that the engine's refusal concerns; the review where it concerns no field."""
    refusal = state.refusal
    if refusal is None or refusal.field is None:
        return StepId.REVIEW
    return state.flow.step_of(refusal.field).id


class StepPage(WizardPage):
    """A step made of editors, built anew when another driver asks for other fields."""

    def __init__(self, step_id: StepId, state: DraftState, parent: QWidget | None = None) -> None:
        super().__init__(step_id, state, parent)
        self._built_for = ""
        self._editors: list[Editor] = []
        state.checked.connect(self._show_messages)
        state.loaded.connect(self._reload)

    @override
    def enter(self) -> None:
        super().enter()
        self._build()
        for editor in self._editors:
            editor.load()
        self._show_messages()
        self._focus_first()

    @override
    def validatePage(self) -> bool:
        if not self.is_judged(self.step.fields):
            return False
        errors = self.state.errors(self.step)
        if not errors:
            return True
        self._go_to(errors[0])
        return False

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        for editor in self._editors:
            if field in editor.fields:
                editor.focus_field(field, position)
                self.reveal_widget(editor)
                return
        self._editors[-1].focus_field(field, position)
        self.reveal_widget(self._editors[-1])

    def _go_to(self, violation: Violation) -> None:
        self.focus_field(violation.field, violation.position)

    def _focus_first(self) -> None:
        fields = self.step.fields
        if fields and self.state.refusal is None:
            # After QWizard has placed its own focus.
            QTimer.singleShot(0, self, lambda: self._focus_if_shown(fields[0]))

    def _focus_if_shown(self, field: Field) -> None:
        if self.isVisible() and self.state.refusal is None and self._editors:
            self._editors[0].focus_field(field)

    def _reload(self) -> None:
        if self.isVisible():
            self.enter()

    def _show_messages(self) -> None:
        if self.isVisible():
            for editor in self._editors:
                editor.show_messages()

    def _build(self) -> None:
        if self._built_for == self.state.driver.name:
            return
        self._built_for = self.state.driver.name
        body = FlowingBody()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        self._editors = self._make_editors(body)
        for row, editor in enumerate(self._editors):
            if isinstance(editor, SwitchEditor):
                grid.addWidget(editor, row, 1)
            elif editor.label is None:
                grid.addWidget(editor, row, 0, 1, 2)
            else:
                grid.addWidget(editor.label, row, 0, Qt.AlignmentFlag.AlignTop)
                editor.label.setContentsMargins(0, 5, 0, 0)
                grid.addWidget(editor, row, 1)
        grid.setRowStretch(len(self._editors), 1)
        self.set_body(body)

    def _make_editors(self, parent: QWidget) -> list[Editor]:
        fields = self.step.fields
        editors: list[Editor] = []
        for field in fields:
            if field is Field.SUBNET:
                together = tuple(each for each in fields if each in PARTS)
                editors.append(AddressEditor(self.state, together, parent))
            elif field is Field.ADAPTER:
                editors.append(AdapterEditor(self.state, (field,), parent))
            elif field in (Field.LABELS, Field.OPTIONS):
                editors.append(PairsEditor(self.state, field, parent))
            elif field not in PARTS:
                editors.append(EDITORS[field](self.state, field, parent))
        if self.step_id is StepId.EXTRAS:
            editors.append(LeftoverEditor(self.state, parent))
        return editors
