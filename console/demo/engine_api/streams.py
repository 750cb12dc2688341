"""Answers that go on: what a streaming endpoint needs of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from aiohttp import web

from console.demo.engine_api.call import Call

Item = TypeVar("Item")

StreamHandle = Callable[[web.Request, Call], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class StreamRoute:
    """As a Route, but answered by a coroutine that writes while things happen."""

    method: str
    path: str
    handle: StreamHandle


class Feed(Generic[Item]):
    """Items put in by any thread and read on the event loop. ``close`` ends it after the rest."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Item | None] = asyncio.Queue()

    def put(self, item: Item) -> None:
        """Add an item; without effect once the loop is closed."""
        self._hand_over(item)

    def close(self) -> None:
        """No more items."""
        self._hand_over(None)

    def _hand_over(self, item: Item | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._queue.put_nowait, item)

    async def next(self) -> Item | None:
        """The next item, None at the end."""
        return await self._queue.get()
