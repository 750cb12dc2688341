"""The confirmation before networks are removed: what is attached, what Windows will do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console.domain.removal import Attachment, attachments, blocking, consequences, refused_because, removal
from console.domain.snapshot import Network, Snapshot
from console.ui.dialogs.plan_dialog import PlanDialog, instruction
from console.ui.icons import Icon, icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plain_label import plain_label

#: So many networks are told about one by one; of more, only the names are listed.
TOLD_ONE_BY_ONE = 30


class RemoveNetworksDialog(PlanDialog):
    """Names what is attached to each network, offers to disconnect it, and removes the networks."""

    def __init__(
        self, session: Session, tasks: Tasks, networks: Sequence[Network], parent: QWidget | None = None
    ) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.REMOVE, safe=False)
        self._networks = tuple(networks)
        self._told: list[tuple[Network, tuple[Line, ...]]] = []
        self.setWindowTitle(self.tr("Remove networks"))
        self._list = QScrollArea(self)
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(self.tr("What will be removed"))
        self._disconnect = QCheckBox(self.tr("&Disconnect running containers first"), self)
        self._disconnect.setToolTip(
            self.tr("The engine refuses to remove a network while running containers are attached.")
        )
        self._disconnect.toggled.connect(self._refresh)
        self.question.addWidget(instruction(self._question_text()))
        self.question.addWidget(self._list, 1)
        self.question.addWidget(self._disconnect)
        session.snapshotChanged.connect(self._refresh)
        self._refresh()
        self.resize(660, min(260 + 70 * len(self._networks), 560))

    def _question_text(self) -> str:
        if len(self._networks) == 1:
            return self.tr("Remove the network “{name}”?").format(name=self._networks[0].name)
        return self.tr("Remove these {count} networks?").format(count=len(self._networks))

    def _refresh(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking:
            return
        self._tell(snapshot)
        blocked = [one for one in self._networks if self._is_blocked(one, snapshot)]
        self._disconnect.setVisible(bool(blocked))
        disconnect = self._disconnect.isChecked() and bool(blocked)
        plan = removal(self._networks, snapshot, disconnect=disconnect)
        count = sum(step.kind == "remove-network" for step in plan.steps)
        self.propose(plan, self._deed_text(count), self._left_out(count, blocked, disconnect=disconnect))

    def _is_blocked(self, network: Network, snapshot: Snapshot) -> bool:
        return refused_because(network, snapshot) is None and bool(blocking(network, snapshot))

    def _deed_text(self, count: int) -> str:
        if count == 1:
            return self.tr("&Remove network")
        if count == 0:
            return self.tr("&Remove")
        return self.tr("&Remove {count} networks").format(count=count)

    def _left_out(self, count: int, blocked: Sequence[Network], *, disconnect: bool) -> str:
        if blocked and not disconnect:
            names = ", ".join(network.name for network in blocked)
            return self.tr("Running containers are attached to {names}: disconnect them first.").format(
                names=names
            )
        if not count:
            return self.tr("The engine removes none of these networks.")
        return ""

    def _tell(self, snapshot: Snapshot) -> None:
        told = [(network, lines(network, snapshot, self)) for network in self._networks[:TOLD_ONE_BY_ONE]]
        if told == self._told:
            return
        self._told = told
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        for network, said in told:
            column.addWidget(_fate(network, said))
        rest = self._networks[TOLD_ONE_BY_ONE:]
        if rest:
            sentence = self.tr("And {count} more: {names}")
            column.addWidget(
                plain_label(sentence.format(count=len(rest), names=", ".join(one.name for one in rest)))
            )
        column.addStretch(1)
        self._list.setWidget(content)


Line = tuple[Icon, str, str]
"""Icon, the meaning whose colour it has, and the words."""


def lines(network: Network, snapshot: Snapshot, dialog: QWidget) -> tuple[Line, ...]:
    """What to say about the removal of ``network``, most important first."""
    refused = refused_because(network, snapshot)
    if refused is not None:
        return ((Icon.ERROR, "error", shown(refused)),)
    attached = attachments(network, snapshot)
    told: list[Line] = [(Icon.WARNING, "warning", shown(text)) for text in consequences(network, snapshot)]
    told += [(Icon.CONTAINER, "", _container_words(one, dialog)) for one in attached]
    if not attached and snapshot.containers.known() is not None:
        told.append((Icon.OK, "ok", dialog.tr("No container is attached.")))
    return tuple(told)


def _container_words(attachment: Attachment, dialog: QWidget) -> str:
    container = attachment.container
    address = attachment.endpoint.address
    if container.running and address:
        return dialog.tr("{name}: running, {address}").format(name=container.name, address=address)
    if container.running:
        return dialog.tr("{name}: running").format(name=container.name)
    return dialog.tr("{name}: not running ({state})").format(name=container.name, state=container.state)


def _fate(network: Network, said: tuple[Line, ...]) -> QWidget:
    block = QFrame()
    block.setObjectName("block")
    grid = QGridLayout(block)
    grid.setColumnStretch(1, 1)
    title = plain_label(f"{network.name}  ({network.driver})")
    title.setProperty("role", "heading")
    grid.addWidget(title, 0, 0, 1, 2)
    for row, (which, role, words) in enumerate(said, start=1):
        sign = QLabel()
        sign.setPixmap(icon(which, role).pixmap(16, 16))
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(plain_label(words), row, 1)
    return block
