"""Unhandled exceptions of every kind end here: one dialog with details to copy, and a saved report."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from console.crash_report import report_text, save_report
from console.log_file import LogFile
from console.redaction import Redaction
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.plain_label import plain_label

logger = logging.getLogger(__name__)


class Crashes(QObject):
    """Takes exceptions from any thread: ``sys`` and ``threading`` hooks, the event loop, tasks.

    ``folder`` is where reports are saved. The dialog belongs to ``window()``; further exceptions
    while it is open are counted in it.
    """

    _caught = Signal(object)
    _saved = Signal(str)

    def __init__(
        self,
        folder: Path,
        log: LogFile,
        redaction: Redaction,
        window: Callable[[], QWidget | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._log = log
        self._redaction = redaction
        self._window = window
        self._dialog: CrashDialog | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._show)
        self._saved.connect(self._tell_saved)

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
        now = datetime.now(UTC)
        text = report_text(error, self._log.last_lines(), self._redaction, now)
        threading.Thread(target=self._save, args=(text, now), name="crash-report").start()
        if self._dialog is not None:
            self._dialog.count_another()
            return
        self._dialog = CrashDialog(error, text, self._window())
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _save(self, text: str, at: datetime) -> None:
        try:
            said = str(save_report(self._folder, text, at))
        except OSError as error:
            logger.warning("The crash report was not saved: %s", error)
            said = ""
        self._saved.emit(said)

    def _tell_saved(self, path: str) -> None:
        if self._dialog is not None:
            self._dialog.tell_saved(path)

    def _closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


class CrashDialog(QDialog):
    """Says what happened in plain words; the details can be copied."""

    def __init__(self, error: BaseException, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more = 0
        self.setWindowTitle(self.tr("Something in the console went wrong"))
        heading = plain_label(self.tr("The console ran into an internal error"), self)
        heading.setProperty("role", "title")
        what = plain_label(
            self.tr(
                "What you did may be incomplete. What was done to a host is on the page Activity. You can "
                "go on; if the console behaves strangely, restart it."
            ),
            self,
        )
        kind = plain_label(f"{type(error).__name__}: {error}"[:500], self)
        kind.setAccessibleName(self.tr("Error"))
        self._count = plain_label("", self)
        self._count.hide()
        self._where = plain_label(self.tr("Saving a report…"), self)
        self._where.setProperty("role", "muted")
        self._where.setAccessibleName(self.tr("Report"))
        view = CodeView(self.tr("Details"), self, lines=10)
        view.show_text(details)
        buttons = QDialogButtonBox(self)
        close = QPushButton(self.tr("C&lose"), self)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (heading, what, kind, self._count):
            layout.addWidget(widget)
        layout.addWidget(view, 1)
        layout.addWidget(self._where)
        layout.addWidget(buttons)
        self.resize(640, 460)

    def count_another(self) -> None:
        """One more exception came while this dialog was open."""
        self._more += 1
        self._count.setText(
            self.tr("{count} more since then; each has its own report.").format(count=self._more)
        )
        self._count.show()

    def tell_saved(self, path: str) -> None:
        """Where the report is; "" where it could not be saved."""
        self._where.setText(
            self.tr("A report was saved: {path}").format(path=path)
            if path
            else self.tr("No report could be saved. Copy the details instead.")
        )
