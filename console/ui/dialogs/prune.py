"""Prune: the networks no container uses, to be chosen from, removed one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QWidget

from console.domain.removal import PruneCandidate, consequences, prune_candidates, removal
from console.domain.snapshot import Network, Snapshot
from console.ui.dialogs.plan_dialog import PlanDialog, fit_columns, instruction
from console.ui.icons import Icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.plain_table import PlainTable


class PruneDialog(PlanDialog):
    """Lists what is unused, keeps what must be kept, and removes what is ticked.

    The plan is one removal per network, never the engine's own prune: that one deletes networks
    of Windows itself on engines before 28.3 (reference, 2.3).
    """

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(session, tasks, parent, deed_icon=Icon.PRUNE, safe=False)
        self.setWindowTitle(self.tr("Remove unused networks"))
        self._candidates: tuple[PruneCandidate, ...] = ()
        self._unticked: set[str] = set()
        self._table = self._build_table()
        self._caution = QLabel(self)
        self._caution.setWordWrap(True)
        self._caution.setTextFormat(Qt.TextFormat.PlainText)
        self._caution.setAccessibleName(self.tr("What else happens"))
        hint = QLabel(
            self.tr(
                "No container is attached to these networks, not even a stopped one. Networks of Windows "
                "and of the engine are kept. What is removed here can be restored with Undo."
            ),
            self,
        )
        hint.setWordWrap(True)
        self.question.addWidget(instruction(self.tr("Which unused networks should be removed?")))
        self.question.addWidget(hint)
        self.question.addWidget(self._table, 1)
        self.question.addWidget(self._caution)
        session.snapshotChanged.connect(self._refresh)
        self._refresh()
        self._table.setFocus()
        self.resize(680, 520)

    def _build_table(self) -> PlainTable:
        headers = (self.tr("Network"), self.tr("Driver"), self.tr("Kept because"))
        table = PlainTable(self.tr("Unused networks"), headers, self)
        table.itemChanged.connect(self._ticked)
        return table

    def _refresh(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking:
            return
        candidates = prune_candidates(snapshot)
        if candidates != self._candidates:
            self._candidates = candidates
            self._fill()
        self._propose()

    def _fill(self) -> None:
        self._table.blockSignals(True)
        self._table.clear()
        for candidate in self._candidates:
            network = candidate.network
            why = shown(candidate.protected) if candidate.protected else ""
            item = QTreeWidgetItem([network.name, network.driver, why])
            item.setToolTip(2, why)
            if candidate.protected:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                item.setCheckState(0, Qt.CheckState.Unchecked)
            else:
                wanted = network.id not in self._unticked
                item.setCheckState(0, Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            self._table.addTopLevelItem(item)
        self._table.blockSignals(False)
        fit_columns(self._table)

    def _ticked(self, item: QTreeWidgetItem) -> None:
        network = self._candidates[self._table.indexOfTopLevelItem(item)].network
        if item.checkState(0) == Qt.CheckState.Checked:
            self._unticked.discard(network.id)
        else:
            self._unticked.add(network.id)
        self._propose()

    def _propose(self) -> None:
        snapshot = self.session.snapshot
        if snapshot is None:
            return
        chosen = [
            one.network
            for one in self._candidates
            if one.protected is None and one.network.id not in self._unticked
        ]
        self._show_caution(chosen, snapshot)
        plan = removal(chosen, snapshot)
        count = len(plan.steps)
        deed = self.tr("&Remove network") if count == 1 else self.tr("&Remove {count} networks")
        self.propose(
            plan, deed.format(count=count) if count else self.tr("&Remove"), self._reason_text(count)
        )

    def _show_caution(self, chosen: list[Network], snapshot: Snapshot) -> None:
        """What else happens, each sentence once with the networks it is true of."""
        affected: dict[str, list[str]] = {}
        for network in chosen:
            for text in consequences(network, snapshot):
                affected.setdefault(shown(text), []).append(network.name)
        sentences = [f"{', '.join(names)}: {words}" for words, names in affected.items()]
        self._caution.setText("\n".join(sentences))
        self._caution.setVisible(bool(sentences))

    def _reason_text(self, count: int) -> str:
        snapshot = self.session.snapshot
        if count or snapshot is None:
            return ""
        if snapshot.containers.known() is None:
            return self.tr("Which networks are in use is not known: the containers could not be read.")
        if all(one.protected for one in self._candidates):
            return self.tr("There is nothing to remove: every network is in use or must be kept.")
        return self.tr("Select the networks to remove.")
