"""The first page: a card for each driver, help with the choice, and a command to start from."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.drivers import registry
from console.domain.drivers.availability import offered_drivers, unavailable_because
from console.domain.drivers.driver import Driver, Need
from console.domain.field import Field
from console.domain.render.docker import parse_create
from console.domain.render.errors import RenderError
from console.domain.render.shell import Shell
from console.ui.icons import Icon, icon
from console.ui.overriding import override
from console.ui.texts import shown
from console.ui.widgets.flowing import FlowingBody
from console.ui.wizards.cards import ChoiceCard
from console.ui.wizards.draft import Draft, draft_of_spec
from console.ui.wizards.flow import StepId, flow_of
from console.ui.wizards.labels import muted, sentence, strong
from console.ui.wizards.messages import FieldMessages
from console.ui.wizards.state import DraftState
from console.ui.wizards.step_page import WizardPage

_OWN_PAGE = frozenset({"nat", "transparent", "overlay", "l2bridge", "l2tunnel"})


def help_topic(driver: str) -> str:
    """The help page about a driver."""
    return f"concepts/{driver}" if driver in _OWN_PAGE else "concepts/other-drivers"


class DriverPage(WizardPage):
    """Choose a driver. ``helpWanted`` asks for the page of questions, ``topicWanted(str)`` for the help
    page about a driver.
    """

    helpWanted = Signal()
    topicWanted = Signal(str)

    def __init__(self, state: DraftState, *, continued: bool, parent: QWidget | None = None) -> None:
        super().__init__(StepId.DRIVER, state, parent)
        self._cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._continued = continued
        body = FlowingBody()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 8, 8)
        self._column.setSpacing(8)
        self.head.addWidget(self._build_continued())
        self.head.addLayout(self._build_ways())
        self._paste = PastePanel(self)
        self._paste.pasted.connect(self._fill_in)
        self._paste.hide()
        self.head.addWidget(self._paste)
        self._messages = FieldMessages(self.tr("Driver"), lambda _value, _position: None, self)
        self._column.addWidget(self._messages)
        self._nothing = sentence("", self)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self._build_cards()
        self.set_body(body)
        state.checked.connect(self._show_state)
        state.loaded.connect(self._show_state)

    @override
    def enter(self) -> None:
        super().enter()
        self.state.draft.wants_help = False
        self._show_state()
        # After QWizard has placed the focus and the layout is done.
        QTimer.singleShot(0, self, self._show_chosen)

    @override
    def validatePage(self) -> bool:
        chosen = self._cards.get(self.state.draft.driver)
        if self.state.draft.wants_help:
            return True
        if not self.is_judged((Field.DRIVER,)):
            return False
        if chosen is None or not chosen.isEnabled():
            self._nothing.setText(self._why_not())
            self._nothing.setVisible(True)
            self.reveal_widget(self._nothing)
            return False
        return not self.state.errors(self.step)

    @override
    def focus_field(self, field: Field, position: int = 0) -> None:
        chosen = self._cards.get(self.state.draft.driver)
        if chosen is not None:
            chosen.setFocus()

    def _why_not(self) -> str:
        """What keeps the driver of the draft from being used here."""
        snapshot, driver = self.state.snapshot, self.state.driver
        reason = unavailable_because(driver, snapshot) if snapshot is not None else None
        if reason is None:
            return self.tr("Choose a driver that works on this host.")
        words = self.tr("{driver} can't be used here. {reason} Choose another driver.")
        return words.format(driver=shown(driver.title), reason=shown(reason))

    def _build_continued(self) -> QWidget:
        self._kept = QFrame(self)
        row = QHBoxLayout(self._kept)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sentence(self.tr("This continues with what you typed before."), self._kept), 1)
        afresh = QPushButton(self.tr("&Start over"), self._kept)
        afresh.setAccessibleName(self.tr("Start over"))
        afresh.setAutoDefault(False)
        afresh.clicked.connect(self._start_afresh)
        row.addWidget(afresh)
        self._kept.setVisible(self._continued)
        return self._kept

    def _build_ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        guide = QPushButton(icon(Icon.HELP), self.tr("&Help me choose"), self)
        guide.setAccessibleName(self.tr("Help me choose"))
        guide.setAutoDefault(False)
        guide.clicked.connect(self.helpWanted)
        paste = QPushButton(icon(Icon.COMMAND), self.tr("&Paste a command"), self)
        paste.setAccessibleName(self.tr("Paste a command"))
        paste.setAutoDefault(False)
        paste.setCheckable(True)
        paste.toggled.connect(self._toggle_paste)
        about = QPushButton(icon(Icon.INFO), self.tr("&About this driver"), self)
        about.setAccessibleName(self.tr("About this driver"))
        about.setAutoDefault(False)
        about.clicked.connect(lambda: self.topicWanted.emit(help_topic(self.state.driver.name)))
        row.addWidget(guide)
        row.addWidget(paste)
        row.addWidget(about)
        row.addStretch(1)
        return row

    def _build_cards(self) -> None:
        snapshot = self.state.snapshot
        if snapshot is None:
            self._nothing.setText(self.tr("The host has not answered yet: its drivers appear once it does."))
            return
        self._nothing.setText(self.tr("Choose a driver that works on this host."))
        self._nothing.hide()
        offered = offered_drivers(snapshot)
        possible = [each for each in offered if unavailable_because(each, snapshot) is None]
        for driver in possible:
            self._add_card(driver)
        rest = [each for each in offered if each not in possible]
        others = [] if self.state.windows else list(registry.WINDOWS_DRIVERS)
        if rest or others:
            heading = strong(self.tr("Not possible on this host"), self)
            heading.setContentsMargins(0, 10, 0, 0)
            self._put(heading)
        for driver in rest:
            self._add_card(driver)
        if others:
            self._put(self._windows_only(others))

    def _windows_only(self, drivers: list[Driver]) -> QWidget:
        names = ", ".join(driver.name for driver in drivers)
        words = self.tr(
            "The Windows drivers {names} are not offered: this engine runs Linux containers, and they are "
            "part of Windows."
        )
        return muted(words.format(names=names), self)

    def _add_card(self, driver: Driver) -> None:
        card = ChoiceCard(shown(driver.title), shown(driver.summary), self._facts(driver), self)
        card.clicked.connect(lambda: self._choose(driver.name))
        card.toggled.connect(lambda on: self._choose(driver.name) if on else None)
        self._group.addButton(card)
        self._cards[driver.name] = card
        self._put(card)

    def _put(self, widget: QWidget) -> None:
        """Below what is there, above the stretch that ends the page."""
        self._column.insertWidget(self._column.count() - 1, widget)
        widget.show()

    def _facts(self, driver: Driver) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Same host"), shown(driver.topology.same_host)),
            (self.tr("Other hosts"), shown(driver.topology.other_host)),
            (self.tr("Outside"), shown(driver.topology.external)),
            (self.tr("Addresses"), shown(driver.ipam_text)),
            (self.tr("Names"), shown(driver.discovery.text)),
            (self.tr("Needs"), " ".join([shown(driver.minimum_text), *map(self._need, driver.needs)])),
        )

    def _need(self, need: Need) -> str:
        words = {
            Need.SWARM_MANAGER: self.tr("An engine that is a swarm manager."),
            Need.ADAPTER: self.tr("Its own network adapter."),
            Need.STATIC_SUBNET: self.tr("The subnet and gateway of the network."),
            Need.AZURE_STACK: self.tr("A Microsoft cloud stack (Azure)."),
        }
        return words[need]

    def _show_chosen(self) -> None:
        """The top of the page where the chosen card can be seen there; else that card's top."""
        chosen = self._cards.get(self.state.draft.driver)
        self.scroll_to(chosen if chosen is not None else self._nothing)

    def _show_state(self) -> None:
        snapshot = self.state.snapshot
        if snapshot is None or self.isHidden():
            return
        if not self._cards:
            self._build_cards()
        for name, card in self._cards.items():
            driver = registry.driver(name, windows=self.state.windows)
            reason = unavailable_because(driver, snapshot) if driver else None
            card.show_reason(shown(reason) if reason else "")
            card.blockSignals(True)
            card.setChecked(name == self.state.draft.driver)
            card.blockSignals(False)
            if card.isChecked():
                self.setFocusProxy(card)
        self._messages.show_violations(self.state.shown(Field.DRIVER))

    def _choose(self, name: str) -> None:
        self._nothing.hide()
        self.state.choose_driver(name)

    def _toggle_paste(self, on: bool) -> None:
        self._paste.setVisible(on)
        if on:
            self._paste.begin()

    def _start_afresh(self) -> None:
        self._kept.hide()
        self.state.replace(Draft(driver=self.state.draft.driver))

    def _fill_in(self, text: str, shell: Shell) -> None:
        try:
            spec = parse_create(text, shell)
        except RenderError as error:
            self._paste.say(shown(error.text), refused=True)
            return
        driver = registry.driver(spec.driver, windows=self.state.windows)
        if driver is None or driver.name not in self._cards:
            words = self.tr("The command asks for the driver {driver}, which this engine does not have.")
            self._paste.say(words.format(driver=spec.driver), refused=True)
            return
        flow = flow_of(driver.name, windows=self.state.windows)
        draft = draft_of_spec(spec, driver, flow.fields)
        draft.pasted = text
        self.state.replace(draft)
        self._paste.say(self.tr("Filled in from the command: {name}").format(name=spec.name), refused=False)


class PastePanel(QFrame):
    """A place for a ``docker network create`` command. ``pasted(text, shell)`` asks to take it."""

    pasted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QPlainTextEdit(self)
        self._text.setAccessibleName(self.tr("Command"))
        self._text.setPlaceholderText("docker network create -d nat --subnet 172.20.1.0/24 web")
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * 3 + 18)
        self._shell = QComboBox(self)
        for words, shell in (
            (self.tr("Command Prompt"), Shell.CMD),
            (self.tr("PowerShell"), Shell.POWERSHELL),
            (self.tr("Linux shell"), Shell.POSIX),
        ):
            self._shell.addItem(words, shell)
        self._shell.setAccessibleName(self.tr("Written for"))
        label = QLabel(self.tr("&Written for:"), self)
        label.setBuddy(self._shell)
        take = QPushButton(self.tr("&Fill in"), self)
        take.setAccessibleName(self.tr("Fill in"))
        take.setAutoDefault(False)
        take.clicked.connect(self._take)
        self._answer = sentence("", self)
        self._answer.setAccessibleName(self.tr("About the command"))
        row = QHBoxLayout()
        for widget in (label, self._shell, take):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self._text)
        column.addLayout(row)
        column.addWidget(self._answer, alignment=Qt.AlignmentFlag.AlignTop)
        self._answer.hide()

    def begin(self) -> None:
        """Be ready for the paste."""
        self._text.setFocus()

    def say(self, words: str, *, refused: bool) -> None:
        """What became of the command."""
        template = self.tr("Not understood: {why}") if refused else "{why}"
        self._answer.setText(template.format(why=words))
        self._answer.setAccessibleDescription(self._answer.text())
        self._answer.show()

    def _take(self) -> None:
        self.pasted.emit(self._text.toPlainText().strip(), self._shell.currentData())
