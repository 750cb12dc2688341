"""Creating, joining and leaving a swarm: what speaks against it, what stops meanwhile, and the ports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from console.domain.severity import Severity
from console.domain.swarm import membership
from console.ui.dialogs.host_plan import Consequences
from console.ui.dialogs.plan_dialog import PlanDialog, instruction
from console.ui.icons import Icon
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.domain.plan import Plan
    from console.domain.snapshot import Snapshot
    from console.domain.swarm.membership import Objection
    from console.domain.text import Text


class SwarmDialog(PlanDialog):
    """The frame of the three. Subclasses say what is asked and answer with objections and a plan."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.SWARM, safe=False)
        self.form = QFormLayout()
        self._consequences = Consequences(self)
        self.setWindowTitle(self.title())
        self.question.addWidget(instruction(self.title()))
        self.question.addLayout(self.form)
        self.add_fields()
        self.question.addWidget(self._consequences, 1)
        session.snapshotChanged.connect(self.refresh)
        self.refresh()
        self.resize(660, 460)

    def title(self) -> str:
        """The main instruction."""
        raise NotImplementedError

    def deed(self) -> str:
        """The word on the button."""
        raise NotImplementedError

    def add_fields(self) -> None:
        """Put what is asked into :attr:`form`."""

    def answer(self, snapshot: Snapshot) -> tuple[Plan | None, tuple[Objection, ...]]:
        """The plan for what is entered, and what speaks against it."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Judge again: by what is entered, and by the host as it is now."""
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking:
            return
        plan, objections = self.answer(snapshot)
        blocking = next((one for one in objections if one.severity is Severity.ERROR), None)
        told = [_words(one) for one in objections if one.severity is not Severity.ERROR]
        interruptions = plan.interruptions if plan else membership.interruptions(snapshot)
        self._consequences.show_interruptions((*interruptions, *told))
        reason = "" if blocking is None else shown(_words(blocking))
        self.propose(plan if blocking is None else None, self.deed(), reason)

    def address_field(self) -> QComboBox:
        """The choice of the address that other nodes reach this host by."""
        choice = QComboBox(self)
        choice.setEditable(True)
        choice.setAccessibleName(self.tr("Address of this host"))
        snapshot = self.session.snapshot
        offered = membership.addresses_to_advertise(snapshot) if snapshot is not None else ()
        for address, adapter in offered:
            choice.addItem(self.tr("{address}  ({adapter})").format(address=address, adapter=adapter.name))
        choice.currentTextChanged.connect(lambda _text: self.refresh())
        self.form.addRow(self.tr("&Address of this host:"), choice)
        return choice

    def show_ports(self) -> None:
        """Say which ports the nodes need, where nobody can tell whether they are open in between."""
        words = ", ".join(port.title for port in membership.PORTS)
        hint = QLabel(
            self.tr("The nodes reach each other on {ports}, also through firewalls in between.").format(
                ports=words
            ),
            self,
        )
        hint.setWordWrap(True)
        hint.setProperty("role", "muted")
        hint.setTextFormat(Qt.TextFormat.PlainText)
        self.form.addRow("", hint)


def _words(objection: Objection) -> Text:
    from console.domain.text import N_

    if objection.remedy is None:
        return objection.message
    return N_("Swarm", "{what} {do}", what=objection.message, do=objection.remedy)


def _address(choice: QComboBox) -> str:
    """The address alone, without the adapter's name behind it."""
    return choice.currentText().strip().partition(" ")[0]


def _objection(text: Text | None) -> Iterable[Objection]:
    return () if text is None else (membership.Objection(Severity.ERROR, text),)


class InitSwarmDialog(SwarmDialog):
    """Makes this host the first manager of a new swarm."""

    @override
    def title(self) -> str:
        return self.tr("Create a swarm")

    @override
    def deed(self) -> str:
        return self.tr("&Create swarm")

    @override
    def add_fields(self) -> None:
        self._pool = QLineEdit(self)
        self._advertise = self.address_field()
        self._pool.setAccessibleName(self.tr("Addresses for overlay networks"))
        self._pool.setPlaceholderText(membership.DEFAULT_POOL)
        self._pool.textChanged.connect(lambda _text: self.refresh())
        self.form.addRow(self.tr("Addresses for &overlay networks:"), self._pool)
        self.show_ports()

    @override
    def answer(self, snapshot: Snapshot) -> tuple[Plan | None, tuple[Objection, ...]]:
        typed = tuple(self._pool.text().replace(",", " ").split())
        advertise = _address(self._advertise)
        pools = typed or (membership.DEFAULT_POOL,)
        plan = membership.init_plan(snapshot, advertise=advertise, pools=typed)
        return plan, membership.objections(snapshot, advertise=advertise, pools=pools)


class JoinSwarmDialog(SwarmDialog):
    """Makes this host a node of somebody's swarm. The token is asked for here and kept nowhere."""

    @override
    def title(self) -> str:
        return self.tr("Join a swarm")

    @override
    def deed(self) -> str:
        return self.tr("&Join swarm")

    @override
    def add_fields(self) -> None:
        self._manager, self._token = QLineEdit(self), QLineEdit(self)
        self._manager.setAccessibleName(self.tr("Address of a manager"))
        self._manager.setPlaceholderText("192.168.1.20:2377")
        self._token.setAccessibleName(self.tr("Join token"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token.setPlaceholderText(self.tr("from a manager: docker swarm join-token worker"))
        for field in (self._manager, self._token):
            field.textChanged.connect(lambda _text: self.refresh())
        self.form.addRow(self.tr("Address of a &manager:"), self._manager)
        self.form.addRow(self.tr("Join &token:"), self._token)
        self._advertise = self.address_field()
        self.show_ports()
        self._manager.setFocus()

    @override
    def answer(self, snapshot: Snapshot) -> tuple[Plan | None, tuple[Objection, ...]]:
        manager, token = self._manager.text().strip(), self._token.text().strip()
        advertise = _address(self._advertise)
        wrong = (
            *_objection(membership.manager_objection(manager)),
            *_objection(membership.token_objection(token)),
        )
        objections = (*wrong, *membership.objections(snapshot, advertise=advertise, manager=False))
        if wrong:
            return None, objections
        return membership.join_plan(snapshot, manager=manager, token=token, advertise=advertise), objections


class LeaveSwarmDialog(SwarmDialog):
    """Takes this host out of its swarm."""

    @override
    def title(self) -> str:
        return self.tr("Leave the swarm")

    @override
    def deed(self) -> str:
        return self.tr("&Leave swarm")

    @override
    def answer(self, snapshot: Snapshot) -> tuple[Plan | None, tuple[Objection, ...]]:
        return membership.leave_plan(snapshot), membership.leave_objections(snapshot)
