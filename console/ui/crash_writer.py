"""Puts crash reports into words and files them, off the UI thread: :class:`CrashWriter`."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console.crash_report import report_text, save_report
from console.log_file import LogFile

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Crash:
    """One unhandled exception, with the moment at which it came (aware UTC time)."""

    error: BaseException
    at: datetime


@dataclass(frozen=True)
class CrashReport:
    """What was written of a crash. ``path`` is the file, "" where none could be saved."""

    crash: Crash
    text: str
    path: str


class CrashWriter(QObject):
    """Writes one report after the other. ``written(CrashReport)`` comes on the UI thread."""

    written = Signal(object)
    _done = Signal(object)

    def __init__(self, folder: Path, log: LogFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._log = log
        self._waiting: deque[Crash] = deque()
        self._busy = False
        self._done.connect(self._finish)

    def write(self, crash: Crash) -> None:
        """Write a report when those before it are written. To be called on the UI thread."""
        self._waiting.append(crash)
        self._go_on()

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        crash = self._waiting.popleft()
        # Not a daemon: the program may be ending because of what is written here.
        threading.Thread(target=self._work, args=(crash,), name="crash-report").start()

    def _work(self, crash: Crash) -> None:
        text = report_text(crash.error, self._log.last_lines(), self._log.redaction, crash.at)
        try:
            path = str(save_report(self._folder, text, crash.at))
        except OSError as error:
            logger.warning("The crash report was not saved: %s", error)
            path = ""
        self._done.emit(CrashReport(crash, text, path))

    def _finish(self, report: CrashReport) -> None:
        self._busy = False
        self.written.emit(report)
        self._go_on()
