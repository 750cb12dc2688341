"""Unhandled exceptions of every kind end here: one dialog with details to copy, and a saved report."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.log_file import LogFile
from console.ui.crash_writer import Crash, CrashReport, CrashWriter
from console.ui.dialogs.crash import CrashDialog

logger = logging.getLogger(__name__)

FURTHER_REPORTS = 5
"""While one dialog is open. What fails again and again must not push the report of its cause out."""


class Crashes(QObject):
    """Takes exceptions from any thread: ``sys`` and ``threading`` hooks, the event loop, tasks.

    ``folder`` is where reports are saved. The dialog belongs to ``window()``, which may be None; further
    exceptions while it is open are counted in it, and those from other places reported.
    """

    _caught = Signal(object)

    def __init__(
        self,
        folder: Path,
        log: LogFile,
        window: Callable[[], QWidget | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._writer = CrashWriter(folder, log, self)
        self._told: Crash | None = None
        self._seen: set[Place] = set()
        self._dialog: CrashDialog | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._show)
        self._writer.written.connect(self._tell_written)

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take what Python, its threads and the event loop can't hand to anybody."""
        sys.excepthook = self._from_python
        threading.excepthook = self._from_thread
        loop.set_exception_handler(self._from_loop)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._hooks

    def take(self, error: BaseException) -> None:
        """Log, report and show one exception. Any thread."""
        if place_of(error) in self._seen:  # its traceback is in the log already, and would push others out
            logger.error("Unhandled exception again: %r", error)
        else:
            logger.error("Unhandled exception", exc_info=error)
        self._caught.emit(error)

    def _from_python(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        self.take(error)

    def _from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.take(arguments.exc_value)

    def _from_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.take(error)
        else:
            loop.default_exception_handler(context)

    def _show(self, error: BaseException) -> None:
        crash = Crash(error, datetime.now(UTC))
        if self._dialog is None:
            self._told = crash
            self._seen = {place_of(error)}
            self._writer.write(crash)
            self._dialog = CrashDialog(error, FURTHER_REPORTS, self._window())
            self._dialog.finished.connect(self._closed)
            self._dialog.open()
            return
        self._dialog.count_another()
        if place_of(error) not in self._seen and len(self._seen) <= FURTHER_REPORTS:
            self._seen.add(place_of(error))
            self._writer.write(crash)

    def _tell_written(self, report: CrashReport) -> None:
        # Of the exceptions in one dialog the first is the likeliest cause: its report is the one told.
        if self._dialog is not None and report.crash is self._told:
            self._dialog.tell_report(report.text, report.path)

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
        self._seen = set()


Place = tuple[type[BaseException], tuple[tuple[str, int], ...]]


def place_of(error: BaseException) -> Place:
    """Where an exception comes from: its class, and file and line of each call on the way."""
    calls = traceback.walk_tb(error.__traceback__)
    return type(error), tuple((frame.f_code.co_filename, line) for frame, line in calls)
