"""Long work in a thread rests now and then, so that the window's thread gets its turn in Python's lock."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

WORK_SECONDS = 0.0015
#: Long enough for a waiting thread to take Python's lock. With a sleep of nothing the one that let
#: go of the lock has it back before the other one wakes, and the window waits 5 ms for each turn.
REST_SECONDS = 0.001
#: For work that nobody waits for: beside it, and all else that goes on, the window comes first.
IDLE_WORK_SECONDS = 0.001
IDLE_REST_SECONDS = 0.010
RESTS_FOR_WORK = 19
LONGEST_REST_SECONDS = 10.0


class Rest:
    """Called between pieces of work; sleeps for a moment when it is time to."""

    def __init__(self, work_seconds: float = WORK_SECONDS, rest_seconds: float = REST_SECONDS) -> None:
        self._work_seconds = work_seconds
        self._rest_seconds = rest_seconds
        self._until = time.perf_counter() + work_seconds

    def __call__(self) -> None:
        """Rest if the work since the last rest took its time."""
        if time.perf_counter() >= self._until:
            time.sleep(self._rest_seconds)
            self._until = time.perf_counter() + self._work_seconds


class IdleWork:
    """A piece of work that nobody waits for: ``with IdleWork() as rest``, and ``rest()`` now and then.

    Only one such piece works at a time, and while it rests another one may: each thread that wants
    Python's lock too makes every turn of the window's thread longer. Never rest while holding what another
    piece may wait for during its turn.
    """

    _turn = threading.Lock()

    def __init__(self) -> None:
        self._until = 0.0

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._turn.release()

    def __call__(self) -> None:
        """Rest if the work since the last rest took its time."""
        if time.perf_counter() >= self._until:
            self._turn.release()
            try:
                time.sleep(IDLE_REST_SECONDS)
            finally:
                self._begin()

    def _begin(self) -> None:
        self._turn.acquire()
        self._until = time.perf_counter() + IDLE_WORK_SECONDS


def rest_after(worked_seconds: float) -> float:
    """How long work that need not be up to date at once rests before it is done again, in seconds.

    ``worked_seconds`` are processor time: a twentieth of the time at most goes into such work.
    """
    return min(worked_seconds * RESTS_FOR_WORK, LONGEST_REST_SECONDS)
