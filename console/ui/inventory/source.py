"""The rows of the inventory's tables, built off the UI thread: :class:`Inventory`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.ui.session import Session
from console.ui.tasks import Tasks

if TYPE_CHECKING:
    from console.domain.relations import Relations
    from console.domain.snapshot import Snapshot
    from console.ui.inventory.kind import AnyKind

Rows = tuple[Any, ...]


class Inventory(QObject):
    """How the objects of the host shown hang together, and the rows of the kinds that are wanted.

    Nothing is built until a page asks (:meth:`want`). ``changed()`` comes when :attr:`relations` are
    of another snapshot and all rows are there.
    """

    changed = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._kinds: dict[str, AnyKind] = {}
        self._rows: dict[str, Rows] = {}
        self._build: asyncio.Task[None] | None = None
        self._built: tuple[Snapshot | None, frozenset[str]] = (None, frozenset())
        self.relations: Relations | None = None
        session.snapshotChanged.connect(lambda _snapshot: self._refresh())
        session.serviceChanged.connect(lambda _service: self._forget())

    def want(self, *kinds: AnyKind) -> None:
        """Build the rows of ``kinds`` from now on."""
        self._kinds |= {kind.id: kind for kind in kinds}
        self._refresh()

    def rows(self, kind_id: str) -> Rows:
        """The rows of one kind that is wanted, as far as they are built."""
        return self._rows.get(kind_id, ())

    def _forget(self) -> None:
        # Another host: nothing of the old one may be offered for an action.
        if self._build is not None:
            self._build.cancel()
        self._build, self.relations, self._rows = None, None, {}
        self._built = (None, frozenset())
        self.changed.emit()

    def _refresh(self) -> None:
        if self._kinds and (self._build is None or self._build.done()):
            self._build = self._tasks.start(self._build_rows(), owner=self)

    async def _build_rows(self) -> None:
        while (snapshot := self._session.snapshot) is not None:
            wanted = (snapshot, frozenset(self._kinds))
            if wanted[0] is self._built[0] and wanted[1] == self._built[1]:
                return
            kinds = tuple(self._kinds.values())
            known = self.relations if self.relations and self.relations.snapshot is snapshot else None
            relations, rows = await asyncio.to_thread(_built, snapshot, known, kinds, self._rows)
            self.relations, self._rows, self._built = relations, rows, wanted
            self.changed.emit()


def _built(
    snapshot: Snapshot, known: Relations | None, kinds: tuple[AnyKind, ...], before: dict[str, Rows]
) -> tuple[Relations, dict[str, Rows]]:
    """Everything of one snapshot; runs on a worker thread."""
    from console.domain.relations import Relations
    from console.ui.inventory.kind import rows_of

    relations = known or Relations(snapshot)
    return relations, {kind.id: rows_of(kind, relations, before.get(kind.id, ())) for kind in kinds}
