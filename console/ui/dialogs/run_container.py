"""Running a container: what of, under which name, where on the network; judged while it is typed."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.domain.attachment import address_rule, static_subnets
from console.domain.containers.ports import PortsError
from console.domain.containers.run import (
    ISOLATIONS,
    RunDraft,
    RunField,
    networks_to_run_on,
    offered_addresses,
    remarks,
    run_plan,
    suggested_name,
)
from console.domain.removal import is_windows
from console.domain.severity import Severity
from console.domain.snapshot import Network, Snapshot
from console.ui.dialogs.container_dialog import ContainerDialog
from console.ui.dialogs.plan_dialog import instruction
from console.ui.icons import Icon
from console.ui.inventory.kinds.containers import isolation_words
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.network_choice import NetworkChoice
from console.ui.widgets.problem_card import ProblemCard, problem_of
from console.ui.wizards.labels import muted
from console.ui.wizards.messages import FieldMessages

if TYPE_CHECKING:
    from console.domain.container_details import Image
    from console.ui.inventory.deeds import Deed
    from console.ui.inventory.source import Inventory


class RunContainerDialog(ContainerDialog):
    """Asks for a new container; the images of the engine's store are offered."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        _inventory: Inventory,
        deed: Deed,
        _row: object,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, tasks, (), parent, deed_icon=Icon.CONTAINER_NEW, safe=True)
        self._deed_of_host = deed
        self._images: tuple[Image, ...] | None = None
        self._named_by_person = False
        self._messages: dict[RunField, FieldMessages] = {}
        self.setWindowTitle(self.tr("Run a container"))
        self._make_fields()
        self._arrange_fields()
        self.resize(720, 640)
        self.begin(inspect=False)
        tasks.start(self._read_images(), owner=self)
        self._image.setFocus()

    @override
    def deed_words(self) -> str:
        return shown(self._deed_of_host.deed)

    # What the person fills in

    def _make_fields(self) -> None:
        self._problem = ProblemCard(self, session=self.session)
        self._image = QComboBox(self)
        self._image_line = QLineEdit(self)
        self._image.setEditable(True)
        self._image.setLineEdit(self._image_line)
        self._image.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._image.setAccessibleName(self.tr("Image"))
        self._image_line.setAccessibleName(self.tr("Image"))
        self._image_line.setPlaceholderText(self.tr("Reading the images…"))
        self._image.currentTextChanged.connect(lambda _text: self.refresh())
        self._name = self._line(self.tr("Name"))
        self._name.textEdited.connect(self._name_typed)
        self._network = NetworkChoice(self.tr("Network"), self)
        self._network.currentIndexChanged.connect(lambda _at: self.refresh())
        self._address = self._line(self.tr("Address"))
        self._rule = muted("", self)
        self._ports = self._line(self.tr("Published ports"), "8080:80, 53:53/udp")
        self._dns = self._line(self.tr("DNS servers"), self.tr("Empty: the network's"))
        self._search_domains = self._line(self.tr("Search domains"), "example.test")
        self._isolation = QComboBox(self)
        self._isolation.setAccessibleName(self.tr("Isolation"))
        for value in ISOLATIONS:
            words = isolation_words(value) if value else self.tr("Engine default")
            self._isolation.addItem(words, value)
        self._isolation.currentIndexChanged.connect(lambda _at: self.refresh())
        self._command = self._line(self.tr("Command"), self.tr("Empty: the image's own"))
        self._interactive = QCheckBox(self.tr("Keep a &console open (-i -t): without one a shell ends"), self)
        self._interactive.setChecked(True)
        self._interactive.toggled.connect(lambda _on: self.refresh())

    def _line(self, name: str, example: str = "") -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(example)
        line.textChanged.connect(lambda _text: self.refresh())
        return line

    def _arrange_fields(self) -> None:
        content = QWidget(self)
        form = QFormLayout(content)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._row(form, self.tr("&Image:"), self._image, RunField.IMAGE, self._image.setEditText)
        self._row(form, self.tr("Na&me:"), self._name, RunField.NAME, self._name.setText)
        self._row(form, self.tr("&Network:"), self._network, RunField.NETWORK)
        self._row(form, self.tr("&Address:"), self._address, RunField.ADDRESS, self._address.setText)
        self._row(form, self.tr("&Publish:"), self._ports, RunField.PORTS, self._ports.setText)
        self._row(form, self.tr("&DNS servers:"), self._dns, RunField.DNS_SERVERS, self._dns.setText)
        self._row(form, self.tr("Searc&h domains:"), self._search_domains, RunField.DNS_SEARCH)
        self._row(form, self.tr("Is&olation:"), self._isolation, RunField.ISOLATION, self._use_isolation)
        form.addRow(self.tr("Command &line:"), self._command)
        form.addRow("", self._interactive)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumSize(QSize(0, 120))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self.question.addWidget(instruction(self.tr("Which container should run?")))
        self.question.addWidget(self._problem)
        self.question.addWidget(scroll, 1)

    def _row(
        self,
        form: QFormLayout,
        label: str,
        control: QWidget,
        field: RunField,
        use: Callable[[str], None] | None = None,
    ) -> None:
        cell = QWidget(self)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)

        def taken(value: str, _position: int) -> None:
            if use is not None:
                use(value)
            control.setFocus()

        messages = FieldMessages(control.accessibleName(), taken, cell)
        self._messages[field] = messages
        column.addWidget(control)
        if field is RunField.ADDRESS:
            column.addWidget(self._rule)
        column.addWidget(messages)
        words = QLabel(label, self)
        words.setBuddy(control)
        form.addRow(words, cell)

    def _use_isolation(self, _value: str) -> None:
        self._isolation.setCurrentIndex(0)

    def _name_typed(self, text: str) -> None:
        self._named_by_person = bool(text)

    # What it comes to

    @override
    def judge(self, snapshot: Snapshot) -> None:
        self._network.offer(networks_to_run_on(snapshot))
        self._suggest_name(snapshot)
        network = self._chosen_network(snapshot)
        self._show_address_rule(network, snapshot)
        self._isolation.setEnabled(is_windows(snapshot))
        draft = self._draft()
        said = remarks(draft, snapshot, self._images)
        for field, messages in self._messages.items():
            # An empty field is no mistake before anything was filled in: the button says what is needed.
            messages.show_violations(
                tuple(one for one in said if one.field is field and (one.suggestion or self._filled(field)))
            )
        errors = [one for one in said if one.severity is Severity.ERROR]
        if errors:
            self.propose(None, self.deed_words(), shown(errors[0].message))
            return
        try:
            plan = run_plan(draft, snapshot)
        except PortsError as wrong:
            self.propose(None, self.deed_words(), shown(wrong.text))
            return
        self.propose(plan, self.deed_words())

    def _filled(self, field: RunField) -> bool:
        filled = {RunField.IMAGE: self._image.currentText(), RunField.NAME: self._name.text()}
        return bool(filled.get(field, "-"))

    def _draft(self) -> RunDraft:
        return RunDraft(
            image=self._image.currentText().strip(),
            name=self._name.text().strip(),
            network=self._network.chosen,
            address=self._address.text().strip() if self._address.isEnabled() else "",
            ports=self._ports.text(),
            dns_servers=self._dns.text(),
            dns_search=self._search_domains.text(),
            isolation=str(self._isolation.currentData()) if self._isolation.isEnabled() else "",
            command=_words(self._command.text()),
            interactive=self._interactive.isChecked(),
        )

    def _chosen_network(self, snapshot: Snapshot) -> Network | None:
        chosen = self._network.chosen
        return next((one for one in snapshot.networks.known() or () if one.id == chosen), None)

    def _suggest_name(self, snapshot: Snapshot) -> None:
        image = self._image.currentText().strip()
        if not self._named_by_person and image:
            self._name.blockSignals(True)
            self._name.setText(suggested_name(image, snapshot))
            self._name.blockSignals(False)

    def _show_address_rule(self, network: Network | None, snapshot: Snapshot) -> None:
        static = network is not None and bool(static_subnets(network))
        self._address.setEnabled(static)
        self._rule.setText(shown(address_rule(network)) if network is not None else "")
        free = next(iter(offered_addresses(network, snapshot, 1)), "")
        self._address.setPlaceholderText(
            self.tr("for example {address}").format(address=free) if free else ""
        )

    async def _read_images(self) -> None:
        from console.backend.failures import EngineError

        service = self.session.service
        if service is None:
            return
        try:
            self._images = await service.images()
        except EngineError as error:
            self._problem.show_problem(problem_of(error, self.session))
            self._image_line.setPlaceholderText("")
            return
        typed = self._image.currentText()
        self._image.blockSignals(True)
        self._image.addItems([tag for image in self._images for tag in image.tags])
        self._image.setEditText(typed)
        self._image.blockSignals(False)
        none = self.tr("The engine has no image yet: pull one with docker pull")
        choose = self.tr("Choose or type an image")
        self._image_line.setPlaceholderText(choose if self._images else none)
        self.refresh()


def _words(text: str) -> tuple[str, ...]:
    """The words of a typed command; quotes keep blanks together, and a backslash is one."""
    reader = shlex.shlex(text, posix=True, punctuation_chars="")
    reader.whitespace_split = True
    reader.commenters = ""
    reader.escape = ""
    try:
        return tuple(reader)
    except ValueError:  # a quote that is still open: what was typed is shown as one word
        return (text,)
