"""A page that shows what is worked out of each snapshot, off the UI thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from console.ui.pages.page import ContextPage
from console.ui.pages.registry import Parts

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot

D = TypeVar("D")


class DerivedPage(ContextPage, Generic[D]):
    """While it is in sight each new snapshot goes through :meth:`work_out` and then to :meth:`show_derived`.

    Of snapshots that come while one is worked out only the last is taken next. An answer to what is no
    longer asked is not shown: it would put back what the person has just chosen anew.
    """

    def __init__(self, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._session, self._tasks = parts.session, parts.tasks
        self._shown_of: tuple[object, Any] = (None, None)
        self._work: asyncio.Task[None] | None = None
        parts.session.snapshotChanged.connect(lambda _snapshot: self.derive_soon())
        parts.session.statusChanged.connect(lambda _status: self.contextChanged.emit())
        parts.session.serviceChanged.connect(lambda _service: self._another_host())

    def question(self) -> Any:
        """What of the person's choices the work depends on; compared, and handed to :meth:`work_out`."""
        return None

    def work_out(self, snapshot: Snapshot, question: Any, /) -> D:
        """What is to be shown of a snapshot. Runs on a worker thread and touches no widget."""
        raise NotImplementedError

    async def show_derived(self, derived: D) -> None:
        """Put it into the widgets."""
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing of the host before may stay in sight."""
        raise NotImplementedError

    def derive_soon(self) -> None:
        """Work out the newest snapshot, or the same one for another question."""
        running = self._work is not None and not self._work.done()
        if self.isVisible() and not running and self._session.snapshot is not None:
            self._work = self._tasks.start(self._derive(), owner=self)

    async def _derive(self) -> None:
        while (snapshot := self._session.snapshot) is not None and self.isVisible():
            wanted = (snapshot, self.question())
            if wanted[0] is self._shown_of[0] and wanted[1] == self._shown_of[1]:
                return
            derived = await asyncio.to_thread(self.work_out, *wanted)
            if self._session.snapshot is None:
                return
            if self.question() != wanted[1]:
                continue
            self._shown_of = wanted
            await self.show_derived(derived)

    def _another_host(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None  # it ends a turn later: the next host's first snapshot may come before
        self._shown_of = (None, None)
        self.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that comes into sight is up to date."""
        super().showEvent(event)
        self.derive_soon()
