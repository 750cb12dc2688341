"""Starting, stopping, restarting and removing containers, after saying what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from console.domain.containers import life
from console.domain.plan import Plan
from console.domain.snapshot import Container, Snapshot
from console.domain.text import Text
from console.ui.dialogs.container_dialog import ContainerDialog
from console.ui.dialogs.host_plan import Consequences
from console.ui.dialogs.plan_dialog import instruction
from console.ui.icons import Icon
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.ui.inventory.deeds import Deed
    from console.ui.inventory.kinds.containers import ContainerRow
    from console.ui.inventory.source import Inventory

_ICONS = {
    "container-start": Icon.START,
    "container-stop": Icon.STOP,
    "container-restart": Icon.REFRESH,
    "container-remove": Icon.REMOVE,
}
_JUDGES = {
    "container-start": life.start_blocked_because,
    "container-stop": life.stop_blocked_because,
    "container-restart": life.restart_blocked_because,
    "container-remove": life.remove_blocked_because,
}


class ContainerLifeDialog(ContainerDialog):
    """Shows what one deed does to the selected containers, and does it."""

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        _inventory: Inventory,
        deed: Deed,
        rows: tuple[ContainerRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        containers = tuple(row.container for row in rows)
        safe = deed.id == "container-start"
        super().__init__(session, tasks, containers, parent, deed_icon=_ICONS[deed.id], safe=safe)
        self._deed_of_host = deed
        self._title = instruction("")
        self._consequences = Consequences(self)
        self._volumes = QCheckBox(self.tr("Also remove their anonymous &volumes"), self)
        self._volumes.toggled.connect(lambda _on: self.refresh())
        self._volumes.hide()
        self.question.addWidget(self._title)
        self.question.addWidget(self._consequences, 1)
        self.question.addWidget(self._volumes)
        self.resize(640, 330)
        self.begin(inspect=not safe)

    @override
    def deed_words(self) -> str:
        return shown(self._deed_of_host.deed)

    @override
    def judge(self, snapshot: Snapshot) -> None:
        blocked = next((why for one in self.containers if (why := self._blocked(one)) is not None), None)
        plan = self._plan_of_deed()
        self._title.setText(shown(plan.title))
        self.setWindowTitle(self._title.text())
        self._consequences.show_interruptions([*self._losses(), *plan.interruptions])
        anonymous = any(mount.anonymous for one in self.details.values() for mount in one.mounts)
        self._volumes.setVisible(anonymous and self._deed_of_host.id == "container-remove")
        if self.reading:
            self.propose(None, self.deed_words(), self.tr("Reading what is known of the containers…"))
        elif blocked is not None:
            self.propose(None, self.deed_words(), shown(blocked))
        else:
            self.propose(plan, self.deed_words(), shown(self.unread.what) if self.unread else "")

    def _blocked(self, container: Container) -> Text | None:
        return _JUDGES[self._deed_of_host.id](container)

    def _plan_of_deed(self) -> Plan:
        match self._deed_of_host.id:
            case "container-start":
                return life.start(self.containers)
            case "container-stop":
                return life.stop(self.containers)
            case "container-restart":
                return life.restart(self.containers)
            case _:
                leaving = frozenset(one for one, known in self.details.items() if known.auto_remove)
                volumes = self._volumes.isChecked()
                return life.remove(self.containers, volumes=volumes, leaving=leaving)

    def _losses(self) -> list[Text]:
        """What can't be undone, first."""
        known = [self.details[one.id] for one in self.containers if one.id in self.details]
        if self._deed_of_host.id == "container-remove":
            return [loss for one in known for loss in life.removal_losses(one)]
        if self._deed_of_host.id == "container-stop":
            return [loss for one in known if (loss := life.stopping_removes_because(one)) is not None]
        return []
