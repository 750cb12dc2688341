"""Who is next: looks at a host, of which many requests share one, and plans, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

from console.backend.executor import StopRequest
from console.backend.failures import EngineError

T = TypeVar("T")

#: How long cancelled plans may take to end what they run.
LETTING_GO_SECONDS = 5.0


class Looks(Generic[T]):
    """One look at a time; all that is asked for meanwhile becomes one more."""

    def __init__(self, look: Callable[[bool], Awaitable[T]]) -> None:
        self._look = look
        self._next: asyncio.Future[T] | None = None
        self._full = False
        self._task: asyncio.Task[None] | None = None
        #: How long the last look took, in seconds.
        self.last_seconds = 0.0

    @property
    def busy(self) -> bool:
        """Whether a look is under way, or asked for."""
        return self._task is not None

    async def request(self, *, full: bool) -> T:
        """The result of the next look that begins."""
        return await asyncio.shield(self.ask(full=full))

    def ask(self, *, full: bool) -> asyncio.Future[T]:
        """Have another look made. Nobody need wait for it."""
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        self._full |= full
        if self._task is None:
            self._task = asyncio.ensure_future(self._work())
        return self._next

    async def close(self) -> None:
        """Look no more; who still waits is cancelled. Done when the look under way has let go of all."""
        if (task := self._task) is not None:
            task.cancel()
            await asyncio.wait({task})

    async def _work(self) -> None:
        clock = asyncio.get_running_loop().time
        try:
            while self._next is not None:
                answer, full = self._next, self._full
                self._next, self._full = None, False
                started = clock()
                await self._answer(answer, full=full)
                self.last_seconds = clock() - started
        finally:
            self._task = None
            if self._next is not None:
                self._next.cancel()
                self._next = None

    async def _answer(self, answer: asyncio.Future[T], *, full: bool) -> None:
        try:
            answer.set_result(await self._look(full))
        except EngineError as error:
            answer.set_exception(error)
            answer.exception()  # told to the status already: also good where nobody waits
        except BaseException:
            answer.cancel()
            raise


class Plans:
    """Plans under way: one at a time, and none is cut off in the middle of a step."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._live: dict[asyncio.Task[Any], StopRequest] = {}

    def start(self, plan: Awaitable[T], stop: StopRequest) -> asyncio.Task[T]:
        """Carry it out when it is its turn."""
        return self._begin(self._in_turn(plan), stop)

    def start_at_once(self, plan: Coroutine[Any, Any, T], stop: StopRequest) -> asyncio.Task[T]:
        """Carry it out beside the one whose turn it is: for what can't wait."""
        return self._begin(plan, stop)

    def stop(self) -> None:
        """Ask all to stop after the step that is under way; those that wait for their turn begin none."""
        for stop in self._live.values():
            stop.stop()

    async def end(self, seconds: float) -> None:
        """Ask all to stop after their step, and wait at most this long."""
        self.stop()
        if self._live:
            await asyncio.wait(set(self._live), timeout=seconds)
        left = set(self._live)
        for task in left:
            task.cancel()
        if left:  # what they run is ended, which takes a moment
            await asyncio.wait(left, timeout=LETTING_GO_SECONDS)

    def _begin(self, plan: Coroutine[Any, Any, T], stop: StopRequest) -> asyncio.Task[T]:
        task = asyncio.ensure_future(plan)
        self._live[task] = stop
        task.add_done_callback(self._live.pop)
        return task

    async def _in_turn(self, plan: Awaitable[T]) -> T:
        async with self._turn:
            return await plan
