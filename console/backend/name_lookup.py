"""What the names stand for by which the console reaches a host: :class:`Ways`."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from dataclasses import replace

from console.backend.threads import DaemonThreads
from console.domain.connection_loss.way import Way

LOG = logging.getLogger(__name__)


class Ways:
    """The console's ways to one host, with the addresses of their names once those are looked up.

    ``None`` among ``given`` is a way that does not leave this computer: it counts as none.
    """

    def __init__(self, *given: Way | None) -> None:
        self.known = tuple(way for way in given if way is not None)
        self._named = any(not _is_address(way.name) for way in self.known)
        self._threads = DaemonThreads("names", limit=1)
        self._task: asyncio.Task[None] | None = None

    def look_up(self) -> asyncio.Task[None] | None:
        """Begin to look up the names, unless that is still under way; None where there are none.

        Needs a running loop.
        """
        if self._named and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._look_up())
        return self._task

    def close(self) -> None:
        """Wait for no answer any more."""
        if self._task is not None:
            self._task.cancel()
        self._threads.close()

    async def _look_up(self) -> None:
        ways = self.known
        self.known = await self._threads.run(lambda: tuple(looked_up(way) for way in ways))


def looked_up(way: Way) -> Way:
    """The way with the addresses of its name, as this computer looks it up (blocks).

    Unchanged where the name is not found: one that only SSH's own configuration knows, for example.
    """
    if _is_address(way.name):
        return way
    try:
        found = socket.getaddrinfo(way.name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # UnicodeError: no name at all, such as one with an empty label
        LOG.info("%s is not looked up: %s", way.name, error)
        return way
    return replace(way, addresses=tuple(dict.fromkeys(str(place[0]) for *_, place in found)))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return True
