"""Says above every page that something was under way when a console ended."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.texts import shown
from console.ui.widgets.banner import Banner


class InterruptedNotice(Banner):
    """Shown while the connected host has interrupted entries; its button leads to them (``chosen``)."""

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        session.statusChanged.connect(self.look)
        session.snapshotChanged.connect(self._look_again)
        session.serviceChanged.connect(self.hide)
        self.look()

    def look(self) -> None:
        """Read from the journal whether there is anything to say."""
        if self._session.connected:
            self._tasks.start(self._read(), owner=self)

    def _look_again(self) -> None:
        if not self.isHidden():
            self.look()

    async def _read(self) -> None:
        service = self._session.service
        if service is None:
            return
        entries = await service.interrupted()
        if not entries:
            self.hide()
            return
        if len(entries) == 1:
            what = self.tr("“{title}” was in progress when the console ended.")
            what = what.format(title=shown(entries[0].plan.title))
        else:
            what = self.tr("{count} changes were in progress when the console ended.").format(
                count=len(entries)
            )
        how = self.tr("See how far it got, and undo what was done if you want to.")
        self.tell("warning", what, how, button=self.tr("Show &activity"))
