"""Disconnecting containers from a network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QWidget

from console.domain.attachment import address_is_lost, disconnect_caution, disconnection
from console.domain.removal import Attachment, attachments
from console.domain.snapshot import Network
from console.ui.dialogs.host_plan import Consequences
from console.ui.dialogs.plan_dialog import PlanDialog, fit_columns, instruction
from console.ui.icons import Icon
from console.ui.models.endpoints import shown_address, state_text
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.widgets.plain_table import PlainTable


class DisconnectDialog(PlanDialog):
    """Detaches the ticked containers from ``network``."""

    def __init__(
        self, session: Session, tasks: Tasks, network: Network, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.DISCONNECT, safe=False)
        self._network = network
        self._attached: tuple[Attachment, ...] | None = None
        self._ticked: set[str] = set()
        self.setWindowTitle(self.tr("Disconnect containers"))
        headers = (self.tr("Container"), self.tr("Address"), self.tr("State"))
        self._containers = PlainTable(self.tr("Containers"), headers, self)
        self._containers.itemChanged.connect(self._tick)
        sentence = self.tr("Which containers should be disconnected from “{name}”?")
        self.question.addWidget(instruction(sentence.format(name=network.name)))
        hint = QLabel(
            self.tr(
                "A running container loses this connection at once, with everything in progress over it."
            ),
            self,
        )
        hint.setWordWrap(True)
        self.question.addWidget(hint)
        self.question.addWidget(self._containers, 2)
        self._cautions = Consequences(self)
        self._cautions.setAccessibleName(self.tr("What can't be undone"))
        self._cautions.hide()
        self.question.addWidget(self._cautions, 1)
        session.snapshotChanged.connect(self._refresh)
        self._refresh()
        self._containers.setFocus()
        self.resize(600, 480)

    def _refresh(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking:
            return
        attached = attachments(self._network, snapshot)
        if attached != self._attached:
            # Only at first: the last one left of several is not what the person has chosen.
            if self._attached is None and len(attached) == 1:
                self._ticked = {attached[0].container.id}
            self._attached = attached
            self._fill(attached)
        self._propose()

    def _fill(self, attached: tuple[Attachment, ...]) -> None:
        self._containers.blockSignals(True)
        self._containers.clear()
        for one in attached:
            container = one.container
            item = QTreeWidgetItem([container.name, shown_address(one), state_text(container.state)])
            ticked = container.id in self._ticked
            item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self._containers.addTopLevelItem(item)
        self._containers.blockSignals(False)
        fit_columns(self._containers)

    def _tick(self, item: QTreeWidgetItem) -> None:
        container = (self._attached or ())[self._containers.indexOfTopLevelItem(item)].container
        if item.checkState(0) == Qt.CheckState.Checked:
            self._ticked.add(container.id)
        else:
            self._ticked.discard(container.id)
        self._propose()

    def _propose(self) -> None:
        chosen = tuple(one for one in self._attached or () if one.container.id in self._ticked)
        if not chosen:
            self._cautions.hide()
            reason = (
                self.tr("Select the containers to disconnect.")
                if self._attached
                else self.tr("No container is attached to this network.")
            )
            self.propose(None, self.tr("&Disconnect"), reason)
            return
        self._tell_cautions(chosen)
        deed = self.tr("&Disconnect") if len(chosen) == 1 else self.tr("&Disconnect {count} containers")
        self.propose(disconnection(self._network, chosen), deed.format(count=len(chosen)))

    def _tell_cautions(self, chosen: tuple[Attachment, ...]) -> None:
        """Say first what the console could not take back, and which address would be another one then."""
        snapshot = self.session.snapshot
        if snapshot is None:
            return
        kept = (disconnect_caution(one, self._network, snapshot) for one in chosen)
        lost = (address_is_lost(one) for one in chosen)
        told = [text for text in (*kept, *lost) if text is not None]
        self._cautions.setVisible(bool(told))
        if told:
            self._cautions.show_interruptions(told)
