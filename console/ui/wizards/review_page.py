"""The last page: what preflight says, what will be made, the exact command, and the making of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.drivers import registry
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.driver import Requirement
from console.domain.failure import Failure
from console.domain.field import Field
from console.domain.plan import CreateNetwork, Plan
from console.domain.problem import Problem
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text
from console.domain.violation import Violation
from console.ui.icons import Icon, pixmap
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.cut_off_notice import CutOffNotice
from console.ui.widgets.flowing import FlowingBody
from console.ui.widgets.plan_runner import Guard, PlanRunner
from console.ui.widgets.plan_view import CommandView
from console.ui.wizards.address_editor import choice_words
from console.ui.wizards.draft import Addressing, addressing_of, option_key
from console.ui.wizards.flow import STEP_TEXTS, StepId
from console.ui.wizards.labels import muted, sentence, strong
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState
from console.ui.wizards.step_page import WizardPage
from console.ui.wizards.suggestions import effect_of_adapters

if TYPE_CHECKING:
    from console.backend.service import Outcome

CONTEXT = "NetworkWizard"


class ReviewPage(WizardPage):
    """Shows the plan and applies it.

    ``created(str)`` carries the id (or name) of the network that was made, ``refused(Problem)`` why
    it was not, ``goTo(Violation)`` that the person wants to correct something.
    """

    created = Signal(str)
    refused = Signal(object)
    goTo = Signal(object)
    busyChanged = Signal(bool)

    def __init__(
        self, state: DraftState, session: Session, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(StepId.REVIEW, state, parent)
        self.setFinalPage(True)
        self._session = session
        self._done = False
        self._body = FlowingBody()
        self._verdict = QVBoxLayout()
        self._verdict.setSpacing(6)
        self._summary = QGridLayout()
        self._summary.setHorizontalSpacing(16)
        self._summary.setVerticalSpacing(3)
        self._summary.setColumnStretch(1, 1)
        self._notice = CutOffNotice(self._body)
        self._notice.agreedChanged.connect(self.completeChanged)
        self._commands = CommandView(self._body, lines=3)
        self._commands.setMaximumHeight(self._commands.minimumSizeHint().height() + 24)
        self._runner = PlanRunner(session, tasks, self._body)
        self._runner.hide()
        self._runner.began.connect(lambda: self.busyChanged.emit(True))
        self._runner.finished.connect(self._finished)
        self._runner.gave_up.connect(self._could_not_start)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(12)
        column.addWidget(self._runner)
        column.addLayout(self._verdict)
        column.addWidget(self._notice)
        column.addLayout(self._summary)
        column.addWidget(self._commands)
        column.addStretch(1)
        self.set_body(self._body)
        state.checked.connect(self._refresh)
        session.snapshotChanged.connect(self._look_again)
        self._shown_spec: NetworkSpec | None = None
        self._shown_plan: Plan | None = None
        self._guard = Guard(session)

    @property
    def running(self) -> bool:
        """Whether the engine is at work on the network."""
        return self._runner.running

    @override
    def enter(self) -> None:
        super().enter()
        if not self.running:
            self._runner.hide()
        self.state.check()
        self._refresh()

    @override
    def validatePage(self) -> bool:
        if self._done:
            # QWizard asks once more before it closes as accepted: nothing may be begun then.
            return True
        if self.running:
            return False
        if not self.is_judged():
            return False
        errors = [each for each in self.state.violations if each.severity is Severity.ERROR]
        if errors:
            self._focus_first_error()
            return False
        if self._session.service is None:
            self.refused.emit(
                Problem(
                    what=N_(CONTEXT, "The network was not created."),
                    why=N_(CONTEXT, "No host is connected any more."),
                    do=(N_(CONTEXT, "Connect to a host; what you typed here is kept until then."),),
                )
            )
            return False
        plan = self._plan()
        if plan != self._shown_plan or not self._notice.agreed:
            self._show_plan(plan)  # nobody has agreed to what was found out since
            return False
        self._runner.show()
        self.card.clear()
        self._runner.start(plan)
        return False

    def _plan(self) -> Plan:
        spec = self.state.spec()
        title = N_(CONTEXT, "Create the network {name}", name=spec.name)
        return self._guard.over(Plan(title=title, steps=(CreateNetwork(spec=spec),)))

    # What came of it.

    def _finished(self, outcome: Outcome) -> None:
        self.busyChanged.emit(False)
        # A watchdog is armed before the network is made; where that failed, nothing else was done.
        state = next((one for one in outcome.states if one.state != "done"), outcome.states[-1])
        if state.state == "done":
            self._done = True
            self.created.emit(state.result or self.state.spec().name)
        elif state.failure is not None and not self._runner.offers_to_go_on:
            # The page it concerns shows the problem; twice would be once too many.
            self._runner.setVisible(outcome.still_armed is not None)
            self._not_created(state.failure)

    def _not_created(self, failure: Failure) -> None:
        step = CreateNetwork(spec=self.state.spec())
        self.refused.emit(self._session.explain(failure, step=step))

    def _could_not_start(self, problem: Problem) -> None:
        self.busyChanged.emit(False)
        self._runner.hide()
        self.refused.emit(problem)

    # What is shown.

    def _look_again(self, _snapshot: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible() or self.running or self._done:
            return
        self._show_verdict()
        spec = self.state.spec()
        if spec != self._shown_spec:
            self._shown_spec = spec
            self._show_summary(spec)
        self._show_plan(self._plan())

    def _show_plan(self, plan: Plan) -> None:
        self._shown_plan = plan
        self._notice.show_plan(plan)
        self._commands.show_plan(plan)

    def _show_verdict(self) -> None:
        _empty(self._verdict)
        blocking = [each for each in self.state.violations if each.severity is Severity.ERROR]
        self._verdict.addWidget(self._judgement(len(blocking)))
        for violation in self.state.violations:
            self._verdict.addWidget(self._violation(violation))

    def _judgement(self, errors: int) -> QWidget:
        row = QWidget(self._body)
        sign, words = QLabel(row), strong("", row)
        warned = any(each.severity is Severity.WARNING for each in self.state.violations)
        if not self.state.settled:
            which, role = Icon.INFO, "accent"
            words.setText(self.tr("The settings are being checked."))
        elif errors:
            which, role = Icon.ERROR, "error"
            words.setText(self.tr("Some settings must be corrected before the network can be created."))
        elif warned:
            which, role = Icon.WARNING, "warning"
            words.setText(self.tr("The network can be created. Read the warnings first."))
        elif self.state.violations:
            which, role = Icon.OK, "ok"
            words.setText(self.tr("Nothing prevents creating the network. There are notes to read."))
        else:
            which, role = Icon.OK, "ok"
            words.setText(self.tr("Nothing prevents creating the network."))
        sign.setPixmap(pixmap(which, 20, role, self.devicePixelRatioF()))
        words.setAccessibleName(self.tr("Result of the check"))
        words.setAccessibleDescription(words.text())
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        return row

    def _violation(self, violation: Violation) -> QWidget:
        step = self.state.flow.step_of(violation.field).id
        title = shown(STEP_TEXTS[step].title)
        row = QWidget(self._body)
        messages = FieldMessages(title, lambda _value, _position: None, row)
        messages.show_violations((violation.model_copy(update={"suggestion": ""}),))
        button = QPushButton(self.tr("Change: {page}").format(page=title), row)
        button.setAccessibleName(button.text())
        button.setAutoDefault(False)
        button.setProperty("blocking", violation.severity is Severity.ERROR)
        button.clicked.connect(lambda: self.goTo.emit(violation))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(messages, 1)
        line.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _focus_first_error(self) -> None:
        for button in self._body.findChildren(QPushButton):
            if button.property("blocking") and button.isVisible():
                button.setFocus()
                self.reveal_widget(button)
                return

    def _show_summary(self, spec: NetworkSpec) -> None:
        _empty(self._summary)
        for row, (name, words) in enumerate(self._summary_rows(spec)):
            what = muted(name, self._body)
            what.setWordWrap(False)
            what.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            value = sentence(words, self._body)
            value.setAccessibleName(name)
            value.setAccessibleDescription(words)
            self._summary.addWidget(what, row, 0, Qt.AlignmentFlag.AlignTop)
            self._summary.addWidget(value, row, 1)

    def _summary_rows(self, spec: NetworkSpec) -> list[tuple[str, str]]:
        driver = self.state.driver
        rows = [(self.tr("Name"), spec.name), (self.tr("Driver"), shown(driver.title))]
        rows.append((self.tr("Addresses"), self._address_words(spec)))
        adapter = option_key(Field.ADAPTER, driver)
        catalog = {option.key: option for option in registry.options_of(driver)}
        for key, value in spec.options.items():
            title = shown(catalog[key].title) if key in catalog else key
            rows.append((title, ", ".join(adapter_names(value)) if key == adapter else value))
        rows += [(self.tr("Effect on the host"), shown(text)) for text in self._effects(spec)]
        for key, value in spec.labels.items():
            rows.append((self.tr("Label {key}").format(key=key), value))
        return rows

    def _effects(self, spec: NetworkSpec) -> tuple[Text, ...]:
        key, snapshot = option_key(Field.ADAPTER, self.state.driver), self.state.snapshot
        if key is None or snapshot is None:
            return ()
        return effect_of_adapters(self.state.driver, snapshot, adapter_names(spec.option(key)))

    def _address_words(self, spec: NetworkSpec) -> str:
        driver = self.state.driver
        if addressing_of(self.state.draft, driver) is Addressing.AUTOMATIC:
            choosable = driver.inputs[Field.SUBNET] is not Requirement.REFUSED
            return choice_words(driver)[0].replace("&", "") if choosable else shown(driver.ipam_text)
        lines = []
        for entry in spec.subnets:
            parts = [entry.subnet]
            if entry.gateway:
                parts.append(self.tr("gateway {address}").format(address=entry.gateway))
            if entry.ip_range:
                parts.append(self.tr("range {prefix}").format(prefix=entry.ip_range))
            lines.append(", ".join(parts))
        return "\n".join(lines)


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
