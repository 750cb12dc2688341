"""The log's level as it is kept in the settings, and what is wrong with either: :class:`LogSettings`."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.log_file import USUAL_LEVEL, LogFile
from console.ui.tasks import Tasks

if TYPE_CHECKING:
    from console.domain.text import Text

# What reads the settings is imported where it is used first: the first paint needs nothing of it.

logger = logging.getLogger(__name__)


class LogSettings(QObject):
    """Starts ``log`` on the level in the file ``settings``, and keeps another one there.

    ``changed`` tells that the level or one of the reasons may be another. ``unused`` is why the settings
    can't be read, e.g. that a newer console wrote them: the usual ones hold then, and the file stays as it
    is. ``unkept`` is why the last choice was not written down.
    """

    changed = Signal()

    def __init__(self, log: LogFile, settings: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log = log
        self.unused: Text | None = None
        self.unkept: Text | None = None
        self._settings = settings
        self._tasks = tasks
        self._turn = asyncio.Lock()  # what comes later is also done later

    async def start(self) -> None:
        """Write what is logged from now on, from the kept level on."""
        self.unused = await asyncio.to_thread(self._start)
        if self.unused is not None:
            logger.warning("The settings are not used: %s", self.unused)
        self.changed.emit()

    def choose(self, level: str) -> None:
        """Log from this level on, and at the next start too."""
        self.log.set_level(level)
        self._tasks.start(self._keep(level), owner=self)

    def start_over(self) -> None:
        """Put the settings that can't be read aside, as ``.old``, and begin with the usual ones."""
        self._tasks.start(self._begin_anew(), owner=self)

    def _start(self) -> Text | None:
        from console.backend.json_file import DocumentError
        from console.backend.settings import read_settings

        self.log.start()
        try:
            self.log.set_level(read_settings(self._settings).log_level)
        except DocumentError as error:
            return error.reason
        return None

    async def _keep(self, level: str) -> None:
        async with self._turn:
            self.unused, self.unkept = await asyncio.to_thread(self._write, level)
        if self.unkept is not None:
            # The level is another one from now on; only the next start does not know it.
            logger.warning("The log's level was not kept: %s", self.unkept)
        self.changed.emit()

    def _write(self, level: str) -> tuple[Text | None, Text | None]:
        """Why the settings can't be read, and why they can't be written."""
        from console.backend.json_file import DocumentError
        from console.backend.settings import read_settings, write_settings

        try:
            settings = read_settings(self._settings)
        except DocumentError as error:
            return error.reason, None
        try:
            write_settings(self._settings, settings.model_copy(update={"log_level": level}))
        except DocumentError as error:
            return None, error.reason
        return None, None

    async def _begin_anew(self) -> None:
        from console.backend.json_file import DocumentError, set_aside

        try:
            async with self._turn:
                if self.unused is None:  # a second click, or the file was mended meanwhile
                    return
                await asyncio.to_thread(set_aside, self._settings)
        except DocumentError as error:
            self.unused = error.reason
        else:
            self.unused = self.unkept = None
            self.log.set_level(USUAL_LEVEL)
        self.changed.emit()
