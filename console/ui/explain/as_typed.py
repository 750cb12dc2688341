"""Work over a text that follows the typing, off the UI thread: :class:`AsTyped`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.ui.tasks import Tasks

PAUSE_MS = 200
"""How long typing must pause before it is worked on: short enough to feel live."""

Work = Callable[[str], Awaitable[Any]]


class AsTyped(QObject):
    """Answers the last text only: of texts that come while one is worked on, the others are dropped.

    ``answered(object)`` carries what ``work`` gave for :attr:`text`; None for an empty one.
    """

    answered = Signal(object)

    def __init__(self, work: Work, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._tasks = tasks
        self._run: asyncio.Task[None] | None = None
        self._done: str | None = None
        self._outdated = False
        self.text = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._start)

    @property
    def under_way(self) -> bool:
        """Whether the answer to :attr:`text` is still to come."""
        return self._pause.isActive() or self._done != self.text

    def take(self, text: str) -> None:
        """Work on ``text`` once the typing pauses."""
        self.text = text
        self._pause.start()

    def again(self) -> None:
        """Work on the same text once more: what else the answer depends on has changed."""
        self._done = None
        self._outdated = True
        self._pause.start()

    def _start(self) -> None:
        if self._run is None or self._run.done():
            self._run = self._tasks.start(self._answer(), owner=self)

    async def _answer(self) -> None:
        while self._done != self.text:
            text, self._outdated = self.text, False
            answer = await self._work(text) if text.strip() else None
            if self._outdated:
                continue  # the answer depends on what has changed meanwhile
            self._done = text
            if text == self.text:
                self.answered.emit(answer)
