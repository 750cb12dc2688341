"""One container and its networks: put it on another one, take it off one, change its address there.

What Windows allows only while the container is stopped is offered as one plan: stop, change, start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.attachment import (
    address_is_lost,
    address_refused_because,
    address_rule,
    connect_caution,
    connect_refused_because,
    connection,
    disconnect_caution,
    disconnection,
    static_subnets,
)
from console.domain.containers.hot_add import hot_change_refused_because
from console.domain.containers.life import change_address, stopping_removes_because, while_stopped
from console.domain.containers.networking import attachments_of, networks_to_connect
from console.domain.containers.run import offered_addresses
from console.domain.plan import Plan
from console.domain.removal import Attachment, disconnect_step, is_windows
from console.domain.snapshot import Container, Network, Snapshot
from console.domain.text import Text
from console.ui.dialogs.container_dialog import ContainerDialog
from console.ui.dialogs.host_plan import Consequences
from console.ui.dialogs.plan_dialog import instruction
from console.ui.icons import Icon
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.network_choice import NetworkChoice
from console.ui.wizards.labels import muted

if TYPE_CHECKING:
    from console.ui.inventory.deeds import Deed
    from console.ui.inventory.kinds.containers import ContainerRow
    from console.ui.inventory.source import Inventory


class ContainerNetworkDialog(ContainerDialog):
    """Asks for one network of one container, and whether it is stopped meanwhile."""

    deed_icon = Icon.CONNECT

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        _inventory: Inventory,
        deed: Deed,
        row: ContainerRow,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, tasks, (row.container,), parent, deed_icon=self.deed_icon)
        self._deed_of_host = deed
        self._title = instruction("")
        self._network = NetworkChoice(self.tr("Network"), self)
        self._network.currentIndexChanged.connect(lambda _at: self.refresh())
        self._stop = QCheckBox(self.tr("&Stop it, change it, and start it again"), self)
        self._stop.toggled.connect(lambda _on: self.refresh())
        self._rule = muted("", self)
        self._consequences = Consequences(self)
        self.form = QFormLayout()
        self.form.addRow(self.tr("&Network:"), self._network)
        self.question.addWidget(self._title)
        self.question.addLayout(self.form)
        self.add_fields()
        self.question.addWidget(self._stop)
        self.question.addWidget(self._consequences, 1)
        self.resize(640, 480)
        self.begin(inspect=True)
        self._network.setFocus()

    def add_fields(self) -> None:
        """Put what else has to be entered into :attr:`form`."""

    def heading(self, container: Container) -> str:
        """The main instruction."""
        raise NotImplementedError

    def offered(self, container: Container, snapshot: Snapshot) -> tuple[Network, ...]:
        """The networks to choose from."""
        raise NotImplementedError

    def answer(
        self, container: Container, network: Network, snapshot: Snapshot
    ) -> tuple[Plan | None, Text | None, tuple[Text, ...]]:
        """The plan, or why there is none; and what to say before it is done."""
        raise NotImplementedError

    @property
    def stopped(self) -> bool:
        """Whether the container is stopped meanwhile."""
        return self._stop.isChecked() and not self._stop.isHidden()

    @override
    def deed_words(self) -> str:
        return shown(self._deed_of_host.deed)

    @override
    def judge(self, snapshot: Snapshot) -> None:
        container = self.containers[0]
        self._title.setText(self.heading(container))
        self.setWindowTitle(self._title.text())
        networks = self.offered(container, snapshot)
        self._network.offer(networks)
        network = next((one for one in networks if one.id == self._network.chosen), None)
        self._offer_stop(container, snapshot)
        if network is None:
            self._consequences.hide()
            reason = self.tr("Choose a network.") if networks else self.tr("There is no network to choose.")
            self.propose(None, self.deed_words(), reason)
            return
        plan, blocked, cautions = self.answer(container, network, snapshot)
        self._consequences.setVisible(plan is not None)
        if plan is not None:
            self._consequences.show_interruptions([*cautions, *plan.interruptions])
        if self.reading:
            plan, blocked = None, None
        reason = self.tr("Reading what is known of the container…") if self.reading else ""
        self.propose(plan, self.deed_words(), shown(blocked) if blocked else reason)

    def removed_by_stop(self, container: Container) -> Text | None:
        """That stopping it would remove it, so that no such plan is offered."""
        details = self.details.get(container.id)
        return stopping_removes_because(details) if details else None

    def attachment(self, container: Container, network: Network, snapshot: Snapshot) -> Attachment:
        """Its attachment to one of its networks, with the aliases that only an inspection may tell."""
        known = attachments_of(container, snapshot)
        found = next(one for one, its in known if its.id == network.id)
        details = self.details.get(container.id)
        aliases = details.aliases.get(network.name, ()) if details else ()
        if found.endpoint.aliases or not aliases:
            return found
        return Attachment(container, found.endpoint.model_copy(update={"aliases": aliases}))

    def _offer_stop(self, container: Container, snapshot: Snapshot) -> None:
        """On Windows a running container can be stopped meanwhile; where it must be, that is ticked."""
        removed = self.removed_by_stop(container) is not None
        self._stop.setVisible(container.running and is_windows(snapshot) and not removed)
        must = hot_change_refused_because(container, snapshot, self.isolation(container)) is not None
        if must:
            self._stop.blockSignals(True)
            self._stop.setChecked(True)
            self._stop.blockSignals(False)
        self._stop.setEnabled(not must)


class _AddressDialog(ContainerNetworkDialog):
    """A dialog that also asks for an address."""

    @override
    def add_fields(self) -> None:
        self._address = QLineEdit(self)
        self._address.setAccessibleName(self.tr("Address"))
        self._address.textChanged.connect(lambda _text: self.refresh())
        self._free = QPushButton(self)
        self._free.setAutoDefault(False)
        self._free.clicked.connect(self._take_free)
        cell = QWidget(self)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._address)
        column.addWidget(self._rule)
        column.addWidget(self._free, alignment=Qt.AlignmentFlag.AlignLeft)
        label = QLabel(self.tr("&Address:"), self)
        label.setBuddy(self._address)
        self.form.addRow(label, cell)

    def show_rule(self, network: Network, snapshot: Snapshot) -> None:
        """Say from where an address can be chosen, and offer one that is free."""
        self._rule.setText(shown(address_rule(network)))
        self._address.setEnabled(bool(static_subnets(network)))
        free = next(iter(offered_addresses(network, snapshot, 1)), "")
        self._free.setVisible(bool(free))
        self._free.setProperty("address", free)
        self._free.setText(self.tr("&Use {address}").format(address=free))

    @property
    def address(self) -> str:
        """What is entered; nothing on a network where no address can be chosen."""
        return self._address.text().strip() if self._address.isEnabled() else ""

    def _take_free(self) -> None:
        self._address.setText(str(self._free.property("address")))
        self._address.setFocus()


class ConnectToNetworkDialog(_AddressDialog):
    """Puts the container on a further network."""

    @override
    def heading(self, container: Container) -> str:
        return self.tr("Which network should “{name}” be connected to?").format(name=container.name)

    @override
    def offered(self, container: Container, snapshot: Snapshot) -> tuple[Network, ...]:
        return networks_to_connect(container, snapshot)

    @override
    def answer(
        self, container: Container, network: Network, snapshot: Snapshot
    ) -> tuple[Plan | None, Text | None, tuple[Text, ...]]:
        self.show_rule(network, snapshot)
        isolation = self.isolation(container)
        blocked = (
            connect_refused_because(container, snapshot, isolation, stopped=self.stopped)
            or (self.removed_by_stop(container) if self.stopped else None)
            or address_refused_because(self.address, network, snapshot)
        )
        if blocked is not None:
            return None, blocked, ()
        plan = connection(network, container, address=self.address)
        if self.stopped:
            return while_stopped(container, plan.steps, plan.title), None, ()
        caution = connect_caution(container, snapshot, isolation)
        return plan, None, (caution,) if caution else ()


class DisconnectFromNetworkDialog(ContainerNetworkDialog):
    """Takes the container off one of its networks; says first what can't be taken back."""

    deed_icon = Icon.DISCONNECT

    @override
    def heading(self, container: Container) -> str:
        return self.tr("Which network should “{name}” be disconnected from?").format(name=container.name)

    @override
    def offered(self, container: Container, snapshot: Snapshot) -> tuple[Network, ...]:
        return tuple(network for _, network in attachments_of(container, snapshot))

    @override
    def answer(
        self, container: Container, network: Network, snapshot: Snapshot
    ) -> tuple[Plan | None, Text | None, tuple[Text, ...]]:
        attachment = self.attachment(container, network, snapshot)
        plan = disconnection(network, (attachment,))
        lost = address_is_lost(attachment)
        if self.stopped:
            return while_stopped(container, plan.steps, plan.title), None, (lost,) if lost else ()
        kept = disconnect_caution(attachment, network, snapshot, self.isolation(container))
        return plan, None, tuple(text for text in (kept, lost) if text is not None)


class ChangeAddressDialog(_AddressDialog):
    """Gives the container another address on one of its networks."""

    deed_icon = Icon.RENAME

    @override
    def heading(self, container: Container) -> str:
        return self.tr("Which address should “{name}” have?").format(name=container.name)

    @override
    def offered(self, container: Container, snapshot: Snapshot) -> tuple[Network, ...]:
        return tuple(network for _, network in attachments_of(container, snapshot) if static_subnets(network))

    @override
    def answer(
        self, container: Container, network: Network, snapshot: Snapshot
    ) -> tuple[Plan | None, Text | None, tuple[Text, ...]]:
        self.show_rule(network, snapshot)
        attachment = self.attachment(container, network, snapshot)
        blocked = connect_refused_because(
            container, snapshot, self.isolation(container), stopped=self.stopped
        ) or address_refused_because(self.address, network, snapshot)
        if blocked is not None:
            return None, blocked, ()
        step = disconnect_step(network, attachment)
        plan = change_address(container, step, self.address, stopped=self.stopped)
        lost = address_is_lost(attachment)
        return plan, None, (lost,) if lost else ()
