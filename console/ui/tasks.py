"""Every coroutine the window starts: owned, reported, ended on close.

This is the one place where Qt's signals and asyncio meet. Nothing else makes tasks, nothing uses
qasync's slot decorators (their tasks have no owner and can't be cancelled), and no dialog is ever
``exec``-ed: a nested event loop inside a coroutine kills other tasks for good (model-codebases, 7).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

logger = logging.getLogger(__name__)

T = TypeVar("T")

SLICE_SECONDS = 0.010
"""How long work over data may hold the UI thread before events are let in (a frame is 16 ms)."""


class Tasks(QObject):
    """Coroutines under way. ``failed(exception)`` tells of one that ended with an error.

    A task is cancelled when its owner is destroyed, and all are when the window closes.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._owned: dict[int, set[asyncio.Task[Any]]] = {}

    @property
    def under_way(self) -> tuple[asyncio.Task[Any], ...]:
        """The tasks that have not ended."""
        return tuple(task for tasks in self._owned.values() for task in tasks)

    def start(self, coro: Coroutine[Any, Any, T], *, owner: QObject) -> asyncio.Task[T]:
        """Run ``coro`` until it ends or ``owner`` is destroyed. Needs a running loop."""
        # The C++ address: a Python wrapper can die and its id be used again while Qt's object lives.
        address = shiboken6.getCppPointer(owner)[0]
        if address not in self._owned:
            self._owned[address] = set()
            owner.destroyed.connect(lambda: self._cancel_owned(address))
        task = asyncio.get_running_loop().create_task(coro)
        self._owned[address].add(task)
        task.add_done_callback(lambda done: self._finished(address, done))
        return task

    def starts(self, make: Callable[[], Coroutine[Any, Any, Any]], *, owner: QObject) -> Callable[..., None]:
        """A slot that starts ``make()`` each time it is called; a signal's arguments are dropped."""

        def start(*_arguments: object) -> None:
            self.start(make(), owner=owner)

        return start

    def _cancel_owned(self, address: int) -> None:
        for task in self._owned.pop(address, set()):
            task.cancel()

    def _finished(self, address: int, task: asyncio.Task[Any]) -> None:
        self._owned.get(address, set()).discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            logger.error("A task of the window failed", exc_info=error)
            if shiboken6.isValid(self):
                self.failed.emit(error)

    async def close(self, grace: float = 5.0) -> None:
        """Cancel everything under way (except the caller) and wait at most ``grace`` seconds."""
        current = asyncio.current_task()
        live = {task for task in self.under_way if task is not current}
        for task in live:
            task.cancel()
        if live:
            await asyncio.wait(live, timeout=grace)


async def ask(dialog: QDialog) -> bool:
    """Open ``dialog`` without a nested event loop and wait for its answer: accepted or not.

    The dialog is deleted afterwards, but only once control is back in the event loop, so what was
    entered can still be read right after the ``await``.
    """
    answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def settle(code: object = 0) -> None:
        if not answer.done():
            answer.set_result(code == QDialog.DialogCode.Accepted.value)

    dialog.finished.connect(settle)
    dialog.destroyed.connect(lambda: settle())
    dialog.open()
    try:
        return await answer
    finally:
        if shiboken6.isValid(dialog):
            dialog.deleteLater()


async def in_slices(work: Iterator[object]) -> None:
    """Drain ``work``, letting the event loop turn whenever :data:`SLICE_SECONDS` have gone by."""
    until = time.perf_counter() + SLICE_SECONDS
    for _ in work:
        if time.perf_counter() >= until:
            await asyncio.sleep(0)
            until = time.perf_counter() + SLICE_SECONDS
