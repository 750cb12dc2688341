"""Blocking calls off the event loop, in daemon threads, so that leaving never waits for a hung call.

``asyncio.to_thread`` is not enough: closing its pool, and the interpreter's exit, wait for every
call still running. Measured: 3 s for a call that hangs 3 s; 0.2 s with daemon threads.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class TooManyHungCallsError(RuntimeError):
    """Every thread is held by a call that does not come back."""


class DaemonThreads:
    """A few daemon threads, started as they are needed and kept for the next call.

    ``limit`` bounds how many calls may hang at once: a further one is refused at once, so that an
    engine that never answers can't make threads without end.
    """

    def __init__(self, name: str, limit: int = 16) -> None:
        self._name = name
        self._limit = limit
        self._lock = threading.Lock()
        self._idle: list[SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]] = []
        self._started = 0
        self._closed = False

    async def run(self, call: Callable[[], T]) -> T:
        """The result of ``call``, run in a thread. Cancelling leaves the thread to end by itself."""
        return await asyncio.wrap_future(self.submit(call))

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Start ``call`` in a thread. Raises TooManyHungCallsError where none is left."""
        future: Future[T] = Future()
        with self._lock:
            inbox = self._idle.pop() if self._idle else self._new_thread()
        inbox.put((future, call))
        return future

    def close(self) -> None:
        """Let idle threads end now, and the busy ones when their call comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for inbox in idle:
            inbox.put(None)

    def _new_thread(self) -> SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]:
        if self._started >= self._limit:
            raise TooManyHungCallsError(f"{self._limit} calls have not come back yet")
        self._started += 1
        inbox: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        threading.Thread(target=self._work, args=(inbox,), name=self._name, daemon=True).start()
        return inbox

    def _work(self, inbox: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]) -> None:
        closed = False
        while not closed and (item := inbox.get()) is not None:
            tell = self._carry_out(*item)
            with self._lock:
                closed = self._closed
                if not closed:  # before the answer is told: who hears it may ask again at once
                    self._idle.append(inbox)
            tell()
            del item, tell  # an idle thread must not keep the last call's answer alive
        with self._lock:
            self._started -= 1

    @staticmethod
    def _carry_out(future: Future[Any], call: Callable[[], Any]) -> Callable[[], None]:
        """Call, and give what tells the answer."""
        if not future.set_running_or_notify_cancel():
            return lambda: None
        try:
            return partial(future.set_result, call())
        except BaseException as error:  # noqa: BLE001 - handed to the caller, whatever it is
            return partial(future.set_exception, error)
