"""The menu of the log: how much is written, and where it is."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.log_file import LEVELS, LogFile
from console.ui.tasks import Tasks

logger = logging.getLogger(__name__)


class LogMenu(QMenu):
    """Shows and changes the level of ``log``; the choice is kept in the file ``settings``."""

    def __init__(self, log: LogFile, settings: Path, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Log"))
        self._log = log
        self._settings = settings
        self._tasks = tasks
        words = {
            "debug": self.tr("&Everything, for troubleshooting"),
            "info": self.tr("&Usual"),
            "warning": self.tr("&Warnings and errors"),
            "error": self.tr("E&rrors only"),
        }
        group = QActionGroup(self)
        for level in LEVELS:
            action = self.addAction(words[level])
            action.setCheckable(True)
            action.setData(level)
            action.setChecked(level == log.level)
            group.addAction(action)
        group.triggered.connect(lambda action: self._choose(str(action.data())))
        self._group = group
        self.aboutToShow.connect(self._show_state)
        self.addSeparator()
        self._folder = self.addAction(self.tr("&Open the log's folder"))
        self._folder.triggered.connect(self._open_folder)

    def _show_state(self) -> None:
        self._folder.setEnabled(self._log.path is not None and not self._log.error)
        for action in self._group.actions():
            action.setChecked(action.data() == self._log.level)

    def _choose(self, level: str) -> None:
        self._log.set_level(level)
        self._tasks.start(self._keep(level), owner=self)

    async def _keep(self, level: str) -> None:
        from console.backend.json_file import DocumentError
        from console.backend.settings import read_settings, write_settings

        def change() -> None:
            settings = read_settings(self._settings)
            write_settings(self._settings, settings.model_copy(update={"log_level": level}))

        try:
            await asyncio.to_thread(change)
        except DocumentError as error:
            # The level is another one from now on; only the next start does not know it.
            logger.warning("The log's level was not kept: %s", error)

    def _open_folder(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if self._log.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.path.parent)))
