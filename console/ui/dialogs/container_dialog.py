"""The frame of the dialogs about containers: it follows them, and knows what an inspection tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.snapshot import Container, Snapshot
from console.ui.dialogs.plan_dialog import PlanDialog
from console.ui.icons import Icon
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.widgets.problem_card import problem_of

if TYPE_CHECKING:
    from console.domain.container_details import ContainerDetails
    from console.domain.problem import Problem

MOST_INSPECTED = 20
"""So many containers are asked about one by one; of more only the list is known."""


class ContainerDialog(PlanDialog):
    """Asks about ``containers``. Subclasses answer in :meth:`judge`, which is called whenever the host,
    an inspection or what was entered changes, and not before :meth:`begin`.
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        containers: Sequence[Container],
        parent: QWidget | None = None,
        *,
        deed_icon: Icon,
        safe: bool = False,
    ) -> None:
        super().__init__(session, tasks, parent, deed_icon=deed_icon, safe=safe)
        self._ids = tuple(one.id for one in containers)
        self._begun = False
        self.containers = tuple(containers)
        self.details: dict[str, ContainerDetails] = {}
        self.unread: Problem | None = None
        self.reading = False

    def begin(self, *, inspect: bool) -> None:
        """Judge from now on. ``inspect``: the answer hangs on what only an inspection tells."""
        self._begun = True
        self.session.snapshotChanged.connect(self._host_changed)
        if inspect:
            self.reading = True
            self.tasks.start(self._inspect(), owner=self)
        self.refresh()

    def judge(self, snapshot: Snapshot) -> None:
        """Propose a plan, or say why there is none."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Judge anew by the host as it is now."""
        snapshot = self.session.snapshot
        if snapshot is None or not self.asking or not self._begun:
            return
        there = {one.id: one for one in snapshot.containers.known() or ()}
        self.containers = tuple(there[one] for one in self._ids if one in there)
        if self._ids and not self.containers:
            self.propose(None, self.deed_words(), self.tr("It is no longer there."))
            return
        self.judge(snapshot)

    def _host_changed(self, _snapshot: Snapshot) -> None:
        self.refresh()

    def deed_words(self) -> str:
        """The words on the button of the deed."""
        raise NotImplementedError

    def isolation(self, container: Container) -> str:
        """The container's own isolation; "" while it is not known."""
        details = self.details.get(container.id)
        return details.isolation if details else ""

    async def _inspect(self) -> None:
        from console.backend.failures import EngineError

        service = self.session.service
        chosen = self.containers[:MOST_INSPECTED] if service is not None else ()
        try:
            for container in chosen:
                assert service is not None  # noqa: S101 (nothing is chosen without one)
                self.details[container.id] = await service.container_details(container.id)
        except EngineError as error:
            self.unread = problem_of(error, self.session)
        self.reading = False
        self.refresh()
