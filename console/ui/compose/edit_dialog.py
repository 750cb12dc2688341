"""Changing a Compose file for a person: what is to be, shown as a diff, then written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.compose.edits import Edit, EditError, custom_nat, file_to_edit, use_existing
from console.domain.compose.model import DEFAULT_NETWORK
from console.domain.preflight.check import preflight
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_, Text
from console.ui.compose.diff_view import DiffView
from console.ui.dialogs.plan_dialog import instruction
from console.ui.icons import Icon, icon
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.wizards.suggestions import USUAL_PREFIX_LENGTH, suggest_subnet

if TYPE_CHECKING:
    from console.backend.compose_files import OpenedProject
    from console.domain.snapshot import Snapshot

PAUSE_MS = 150
"""How long typing rests before the change is worked out."""


class EditDialog(QDialog):
    """Asks for what a network of the project is to be. ``written(Edit)``: the file was replaced."""

    written = Signal(object)

    def __init__(
        self, session: Session, tasks: Tasks, opened: OpenedProject, key: str, parent: QWidget | None
    ) -> None:
        """``key`` is the network that is meant at first; "" for the default one."""
        super().__init__(parent)
        self.session = session
        self._tasks = tasks
        self.opened = opened
        self._edit: Edit | None = None
        self._working: asyncio.Task[None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._start)
        self.setWindowTitle(self.title())
        self.form = QFormLayout()
        self._network = QComboBox(self)
        self._network.setAccessibleName(self.tr("Network of the project"))
        self._diff = DiffView(self.tr("Change of the file"), self)
        self._reason = QLabel(self)
        self._reason.setWordWrap(True)
        self._reason.setProperty("role", "reason")
        self._reason.setAccessibleName(self.tr("Why this can't be written yet"))
        self._deed = QPushButton(icon(Icon.OK), self.tr("&Write to the file"), self)
        self._arrange(key)
        self.refresh()
        self.resize(680, 520)

    # What subclasses say

    def title(self) -> str:
        """The dialog's title and main instruction."""
        raise NotImplementedError

    def add_fields(self) -> None:
        """Put the fields into :attr:`form`; each calls :meth:`refresh` when it changes."""
        raise NotImplementedError

    def objection(self) -> Text | None:
        """Why what is filled in can't be, None where it can."""
        raise NotImplementedError

    def make(self) -> Edit:
        """The change. Runs on a worker thread, with what :meth:`freeze` kept. Raises EditError."""
        raise NotImplementedError

    def freeze(self) -> None:
        """Keep what the fields say for :meth:`make`."""
        raise NotImplementedError

    # What the person sees

    @property
    def key(self) -> str:
        """The network of the project that is meant."""
        return str(self._network.currentData())

    def refresh(self) -> None:
        """Work the change out anew, soon."""
        self._edit = None
        self._deed.setEnabled(False)
        self._pause.start()

    def _arrange(self, key: str) -> None:
        keys = [network.key for network in self.opened.project.networks]
        if DEFAULT_NETWORK not in keys:
            keys.append(DEFAULT_NETWORK)
        for name in keys:
            self._network.addItem(name, name)
        self._network.setCurrentIndex(max(0, self._network.findData(key or DEFAULT_NETWORK)))
        self._network.currentIndexChanged.connect(lambda _at: self.refresh())
        self.form.addRow(self.tr("&Network of the project:"), self._network)
        self.add_fields()
        buttons = QDialogButtonBox(self)
        buttons.addButton(self._deed, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = QPushButton(self.tr("Cancel"), self)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self._deed.setAutoDefault(False)
        self._deed.clicked.connect(self._tasks.starts(self._write, owner=self))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(instruction(self.title()))
        column.addLayout(self.form)
        column.addWidget(self._diff, 1)
        column.addWidget(self._reason)
        column.addWidget(buttons)

    def _start(self) -> None:
        if self._working is not None:
            self._working.cancel()
        self._working = self._tasks.start(self._work_out(), owner=self)

    async def _work_out(self) -> None:
        reason = self.objection()
        edit: Edit | None = None
        if reason is None:
            self.freeze()
            try:
                edit = await asyncio.to_thread(self.make)
            except EditError as error:
                reason = error.text
        self._edit = edit if edit is not None and edit.changes else None
        diff = await asyncio.to_thread(edit.diff) if edit is not None else ""
        words = shown(reason) if reason is not None else ""
        if edit is not None and not edit.changes:
            words = self.tr("The file already says so.")
        self._diff.show_text(diff)
        self._tell(words)
        self._deed.setEnabled(self._edit is not None)

    def _tell(self, words: str) -> None:
        self._reason.setText(words)
        self._reason.setVisible(bool(words))

    async def _write(self) -> None:
        from console.backend.compose_files import ComposeFileError, write_edit

        edit = self._edit
        if edit is None:
            return
        self._deed.setEnabled(False)
        try:
            await asyncio.to_thread(write_edit, self.opened, edit)
        except ComposeFileError as error:
            self._tell(shown(error.text))
            return
        self.written.emit(edit)
        self.accept()


class ExistingNetworkDialog(EditDialog):
    """Lets a network of the project be one that the host has (seed, "Docker Compose")."""

    @override
    def title(self) -> str:
        return self.tr("Use an existing network")

    @override
    def add_fields(self) -> None:
        self._existing = QComboBox(self)
        self._existing.setEditable(True)
        self._existing.setAccessibleName(self.tr("Existing network"))
        snapshot = self.session.snapshot
        networks = snapshot.networks.known() or () if snapshot is not None else ()
        usable = [one for one in networks if not one.config_only and not one.ingress]
        # The host's own nat network first: that is what the document's example takes.
        for network in sorted(usable, key=lambda one: (one.name != "nat", one.name.casefold())):
            self._existing.addItem(network.name)
        if not usable:
            self._existing.setEditText("nat")
        self._existing.currentTextChanged.connect(lambda _text: self.refresh())
        self.form.addRow(self.tr("&Existing network:"), self._existing)

    @override
    def objection(self) -> Text | None:
        if not self._existing.currentText().strip():
            return N_("Compose page", "Name the network to use.")
        return None

    @override
    def freeze(self) -> None:
        self._chosen = self.key, self._existing.currentText().strip()

    @override
    def make(self) -> Edit:
        key, name = self._chosen
        return use_existing(file_to_edit(self.opened.project, key, self.opened.files), key, name)


class CustomNatDialog(EditDialog):
    """Lets Compose make a network of the project as a NAT network (seed, "Docker Compose")."""

    @override
    def title(self) -> str:
        return self.tr("Make it a separate NAT network")

    @override
    def add_fields(self) -> None:
        self._subnet = QLineEdit(self)
        self._subnet.setAccessibleName(self.tr("Subnet"))
        self._gateway = QLineEdit(self)
        self._gateway.setAccessibleName(self.tr("Gateway"))
        self._gateway.setPlaceholderText(self.tr("chosen by Windows"))
        hint = QLabel(self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        suggestion = _suggested(self.session.snapshot, self.opened)
        if suggestion is not None:
            self._subnet.setText(suggestion[0])
            hint.setText(shown(suggestion[1]))
        for field in (self._subnet, self._gateway):
            field.textChanged.connect(lambda _text: self.refresh())
        self.form.addRow(self.tr("&Subnet:"), self._subnet)
        self.form.addRow("", hint)
        self.form.addRow(self.tr("&Gateway:"), self._gateway)
        hint.setVisible(suggestion is not None)

    @override
    def objection(self) -> Text | None:
        from console.checks.plain_host import ASSUMED_BUILD, plain_host

        subnet, gateway = self._subnet.text().strip(), self._gateway.text().strip()
        if not subnet:
            return N_("Compose page", "Give the network a subnet, such as 172.16.3.0/24.")
        spec = NetworkSpec(
            name=f"{self.opened.project.name}_{self.key}",
            driver="nat",
            subnets=(SubnetSpec(subnet=subnet, gateway=gateway),),
        )
        host = self.session.snapshot or plain_host(ASSUMED_BUILD)
        fields = {"subnet", "gateway"}
        found = (one for one in preflight(spec, host) if one.field.value in fields)
        return next((one.message for one in found if one.severity is Severity.ERROR), None)

    @override
    def freeze(self) -> None:
        self._chosen = self.key, self._subnet.text().strip(), self._gateway.text().strip()

    @override
    def make(self) -> Edit:
        key, subnet, gateway = self._chosen
        return custom_nat(file_to_edit(self.opened.project, key, self.opened.files), key, subnet, gateway)


def _suggested(snapshot: Snapshot | None, opened: OpenedProject) -> tuple[str, Text] | None:
    """A free subnet of that host, clear of what the project itself asks for, and where it is from."""
    from console.domain.drivers.nat import DRIVER

    if snapshot is None:
        return None
    specs = (network.spec for network in opened.project.networks)
    taken = [pool.subnet for spec in specs if spec is not None for pool in spec.subnets]
    found = suggest_subnet(DRIVER, snapshot, USUAL_PREFIX_LENGTH, avoid=taken)
    return (found.subnet, found.reason) if found is not None else None
