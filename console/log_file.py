"""The console's log: a file that is written in a thread of its own, never by the window's.

Five files of at most a megabyte, the newest unnumbered. Each line passes the redaction.
"""

from __future__ import annotations

import logging
from collections import deque
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from console.redaction import Redaction

if TYPE_CHECKING:
    from logging.handlers import QueueHandler, QueueListener

LEVELS = ("debug", "info", "warning", "error")
USUAL_LEVEL = "info"
LARGEST = 1_000_000
KEPT = 4
REMEMBERED = 200
"""Lines that a crash report can take without reading the file."""

FORMAT = "%(asctime)s %(levelname)-7s %(name)s [%(threadName)s] %(message)s"
LIBRARIES = ("urllib3", "asyncio", "qasync", "docker", "pypsrp", "spnego", "aiohttp")
"""Told about at warnings only, or at the debug level: they speak of each request."""


class _CleanFormatter(logging.Formatter):
    def __init__(self, redaction: Redaction, lines: deque[str]) -> None:
        super().__init__(FORMAT)
        self._redaction = redaction
        self._lines = lines

    def format(self, record: logging.LogRecord) -> str:
        # A rotating handler asks twice: to see whether the line still fits, and to write it.
        line: str | None = record.__dict__.get("cleaned")
        if line is None:
            line = record.__dict__["cleaned"] = self._redaction.clean(super().format(record))
            self._lines.append(line)
        return line


class LogFile:
    """The log of one running console. ``path`` None keeps only the last lines, in memory.

    ``redaction`` is what its lines pass. A folder that can't be written is no reason not to run:
    ``error`` then says why nothing is kept, once it was started.
    """

    def __init__(self, path: Path | None, redaction: Redaction) -> None:
        self.path = path
        self.error = ""
        self.level = USUAL_LEVEL
        self._lines: deque[str] = deque(maxlen=REMEMBERED)
        self.redaction = redaction
        self._running: tuple[QueueHandler, QueueListener] | None = None

    def start(self) -> None:
        """Write what is logged from now on (blocks until the file is open)."""
        from logging.handlers import QueueHandler, QueueListener  # not before the first paint

        queue: SimpleQueue[Any] = SimpleQueue()
        writer = self._writer()
        writer.setFormatter(_CleanFormatter(self.redaction, self._lines))
        sender, listener = self._running = QueueHandler(queue), QueueListener(queue, writer)
        logging.getLogger().addHandler(sender)
        listener.start()
        self.set_level(self.level)

    def set_level(self, level: str) -> None:
        """Log from this level on. Raises ValueError for a name that is none of :data:`LEVELS`."""
        if level not in LEVELS:
            raise ValueError(f"no log level {level!r}")
        self.level = level
        logging.getLogger().setLevel(level.upper())
        quiet = logging.NOTSET if level == "debug" else logging.WARNING
        for name in LIBRARIES:
            logging.getLogger(name).setLevel(quiet)

    def last_lines(self) -> tuple[str, ...]:
        """The newest lines, oldest first."""
        return tuple(self._lines)

    def close(self) -> None:
        """Write what is waiting and end; nothing happens where it is not under way."""
        if self._running is None:
            return
        (sender, listener), self._running = self._running, None
        logging.getLogger().removeHandler(sender)
        listener.stop()
        for handler in listener.handlers:
            handler.close()

    def _writer(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        if self.path is None:
            return _Memory()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return RotatingFileHandler(
                self.path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", errors="backslashreplace"
            )
        except OSError as error:
            self.error = error.strerror or str(error)
            return _Memory()


class _Memory(logging.Handler):
    """Formats, so that the last lines are remembered, and writes nowhere."""

    def emit(self, record: logging.LogRecord) -> None:
        self.format(record)
