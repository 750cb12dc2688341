"""Connecting a container to a network."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QTreeWidgetItem,
    QWidget,
)

from console.domain.attachment import (
    address_refused_because,
    address_rule,
    connect_caution,
    connect_refused_because,
    connectable,
    connection,
    static_subnets,
)
from console.domain.containers.hot_add import hot_change_refused_because
from console.domain.containers.life import stopping_removes_because, while_stopped
from console.domain.removal import is_windows
from console.domain.snapshot import Container, Network, Snapshot
from console.ui.dialogs.plan_dialog import PlanDialog, fit_columns, instruction
from console.ui.icons import Icon
from console.ui.models.endpoints import state_text
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from console.domain.container_details import ContainerDetails

KEY = Qt.ItemDataRole.UserRole


class ConnectDialog(PlanDialog):
    """Attaches one container to ``network``, with an address of choice where the network has any."""

    def __init__(
        self, session: Session, tasks: Tasks, network: Network, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.CONNECT, safe=True)
        self._network = network
        self._offered: tuple[Container, ...] = ()
        self.setWindowTitle(self.tr("Connect a container"))
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Name or image"))
        self._search.setAccessibleName(self.tr("Find container"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        headers = (self.tr("Container"), self.tr("State"), self.tr("Image"))
        self._containers = PlainTable(self.tr("Containers"), headers, self)
        self._containers.currentItemChanged.connect(self._propose)
        self._address = QLineEdit(self)
        self._address.setAccessibleName(self.tr("Address"))
        self._address.setEnabled(bool(static_subnets(network)))
        self._address.textChanged.connect(self._propose)
        self._aliases = QLineEdit(self)
        self._aliases.setAccessibleName(self.tr("Aliases"))
        self._aliases.setPlaceholderText(self.tr("Additional names, separated by commas"))
        self._aliases.textChanged.connect(self._propose)
        self._stop = QCheckBox(self.tr("&Stop it, connect it, and start it again"), self)
        self._stop.toggled.connect(self._propose)
        self._details: dict[str, ContainerDetails] = {}
        self._asked: set[str] = set()
        self._caution = QLabel(self)
        self._caution.setWordWrap(True)
        self._caution.setAccessibleName(self.tr("Caution"))
        self._fill_question()
        session.snapshotChanged.connect(self._refresh)
        self._refresh()
        self._search.setFocus()
        self.resize(640, 560)

    def _fill_question(self) -> None:
        sentence = self.tr("Which container should be connected to “{name}”?")
        self.question.addWidget(instruction(sentence.format(name=self._network.name)))
        find = QFormLayout()
        find.addRow(self.tr("&Find container:"), self._search)
        self.question.addLayout(find)
        self.question.addWidget(self._containers, 1)
        rule = QLabel(shown(address_rule(self._network)), self)
        rule.setWordWrap(True)
        rule.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        form.addRow(self.tr("&Address:"), self._address)
        form.addRow("", rule)
        form.addRow(self.tr("A&liases:"), self._aliases)
        self.question.addLayout(form)
        self.question.addWidget(self._stop)
        self.question.addWidget(self._caution)

    def _refresh(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking:
            return
        offered = connectable(self._network, snapshot)
        if offered != self._offered:
            self._offered = offered
            self._fill(snapshot)
        self._propose()

    def _fill(self, snapshot: Snapshot) -> None:
        current = self._containers.currentItem()
        chosen = current.data(0, KEY) if current is not None else None
        self._containers.blockSignals(True)
        self._containers.clear()
        for container in self._offered:
            item = QTreeWidgetItem([container.name, state_text(container.state), container.image])
            item.setData(0, KEY, container.id)
            refused = connect_refused_because(container, snapshot)
            item.setToolTip(0, shown(refused) if refused else container.name)
            self._containers.addTopLevelItem(item)
            if container.id == chosen:
                self._containers.setCurrentItem(item)
        self._containers.blockSignals(False)
        fit_columns(self._containers)
        self._hide_unmatched(self._search.text())

    def _filter(self, text: str) -> None:
        self._hide_unmatched(text)
        self._propose()

    def _hide_unmatched(self, text: str) -> None:
        words = text.casefold().split()
        for row, container in enumerate(self._offered):
            searched = f"{container.name}\n{container.image}".casefold()
            item = self._containers.topLevelItem(row)
            if item is not None:
                item.setHidden(not all(word in searched for word in words))

    def _chosen(self) -> Container | None:
        """The container of the current row; none that the search hides, as nobody would see which it is."""
        item = self._containers.currentItem()
        key = item.data(0, KEY) if item is not None and not item.isHidden() else None
        return next((one for one in self._offered if one.id == key), None)

    def _propose(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking:
            return
        container = self._chosen()
        details = self._known(container)
        isolation = details.isolation if details else ""
        self._offer_stop(container, snapshot, isolation)
        stopped = self._stop.isChecked() and not self._stop.isHidden()
        caution = connect_caution(container, snapshot, isolation) if container and not stopped else None
        self._caution.setText(shown(caution) if caution else "")
        self._caution.setVisible(caution is not None)
        reason = self._refused_because(container, snapshot, details, stopped=stopped)
        deed = self.tr("&Connect")
        if container is None or reason:
            self.propose(None, deed, reason)
            return
        aliases = tuple(part.strip() for part in self._aliases.text().split(",") if part.strip())
        address = self._address.text().strip()
        plan = connection(self._network, container, address=address, aliases=aliases)
        self.propose(while_stopped(container, plan.steps, plan.title) if stopped else plan, deed)

    def _known(self, container: Container | None) -> ContainerDetails | None:
        """What an inspection tells of a running container; it is asked for once."""
        if container is None or not container.running:
            return None
        if container.id not in self._details and container.id not in self._asked:
            self._asked.add(container.id)
            self.tasks.start(self._inspect(container.id), owner=self)
        return self._details.get(container.id)

    async def _inspect(self, container: str) -> None:
        from console.backend.failures import EngineError

        service = self.session.service
        if service is None:
            return
        # Without it the caution says what is not known: that is not worth a problem of its own.
        with suppress(EngineError):
            self._details[container] = await service.container_details(container)
            self._propose()

    def _offer_stop(self, container: Container | None, snapshot: Snapshot, isolation: str) -> None:
        """Where Windows connects only a stopped container, stop, connect and start are one plan."""
        must = (
            container is not None and hot_change_refused_because(container, snapshot, isolation) is not None
        )
        self._stop.setVisible(container is not None and container.running and is_windows(snapshot))
        if must:
            self._stop.blockSignals(True)
            self._stop.setChecked(True)
            self._stop.blockSignals(False)
        self._stop.setEnabled(not must)

    def _refused_because(
        self,
        container: Container | None,
        snapshot: Snapshot,
        details: ContainerDetails | None,
        *,
        stopped: bool,
    ) -> str:
        if snapshot.containers.known() is None:
            return self.tr("The containers of this host could not be read.")
        if not self._offered:
            return self.tr("Every container of this host is already on this network.")
        if container is None:
            return self.tr("Choose a container.")
        isolation = details.isolation if details else ""
        refused = (
            connect_refused_because(container, snapshot, isolation, stopped=stopped)
            or (stopping_removes_because(details) if stopped and details else None)
            or address_refused_because(self._address.text().strip(), self._network, snapshot)
        )
        return shown(refused) if refused else ""
