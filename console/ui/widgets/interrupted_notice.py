"""Says above every page that something was interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from console.backend.journal import JournalEntry
    from console.domain.text import Text


class InterruptedNotice(Banner):
    """Shown while the connected host has interrupted entries; its button leads to them (``chosen``)."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        session.statusChanged.connect(lambda _status: self.look())
        session.snapshotChanged.connect(lambda _snapshot: self.look())  # every plan ends with one
        session.serviceChanged.connect(self.hide)
        self.look()

    def look(self) -> None:
        """Read from the journal whether there is anything to say."""
        if self._session.connected:
            self._tasks.start(self._read(), owner=self)

    async def _read(self) -> None:
        from console.backend.journal import JournalError

        service = self._session.service
        if service is None:
            return
        try:
            entries = await service.interrupted()
        except JournalError as error:
            if service is self._session.service:
                self._tell_unusable(error.reason)
            return
        if service is not self._session.service:
            return  # it is about a host that is not shown any more
        if not entries:
            self.hide()
            return
        what = self._told_of(entries)
        how = self.tr("See how far it got, and undo what was done if you want to.")
        self.tell("warning", what, how, button=self.tr("Show &activity"))

    def _told_of(self, entries: tuple[JournalEntry, ...]) -> str:
        if len(entries) > 1:
            words = self.tr("{count} changes were interrupted before they were done.")
            return words.format(count=len(entries))
        if entries[0].unreadable is not None:
            return self.tr("A change by another version of the console was interrupted before it was done.")
        words = self.tr("“{title}” was interrupted before it was done.")
        return words.format(title=shown(entries[0].plan.title))

    def _tell_unusable(self, reason: Text) -> None:
        """Nothing can be changed either while the journal can't be written."""
        what = self.tr("The journal can't be used, so this host can only be looked at.")
        self.tell("error", what, shown(reason))
