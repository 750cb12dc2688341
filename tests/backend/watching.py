"""A running service and what it told, for tests to await."""

import asyncio
from contextlib import asynccontextmanager

from console.backend.host_channel import UnreadHostChannel
from console.backend.journal import Journal
from console.backend.service import HostService

PATIENCE_SECONDS = 40


async def until(condition):
    """Wait until ``condition()`` holds, of what only other processes change: they set no event here."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


class Watched:
    def __init__(self, service):
        self.service = service
        self.snapshots = []
        self.statuses = []
        self._news = asyncio.Event()

    def note_snapshot(self, snapshot):
        self.snapshots.append(snapshot)
        self._news.set()

    def note_status(self, status):
        self.statuses.append(status)
        self._news.set()

    async def until(self, condition, seconds=PATIENCE_SECONDS):
        """Wait until ``condition()`` holds, looked at on each piece of news; its value."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                self._news.clear()
                await self._news.wait()
        return value

    async def until_state(self, state):
        await self.until(lambda: self.statuses and self.statuses[-1].state == state)
        return self.statuses[-1]

    def names(self):
        return [network.name for network in self.service.snapshot.networks.value]


@asynccontextmanager
async def watched(connection, folder, *, run=True, **how):
    """A service on ``connection`` that runs until the end of the block."""
    journal = Journal(folder / "journal.sqlite")
    service = HostService(connection, journal, how.pop("host_channel", UnreadHostChannel()), **how)
    told = Watched(service)
    service.subscribe(told.note_snapshot, told.note_status)
    running = asyncio.ensure_future(service.run()) if run else None
    try:
        yield told
    finally:
        await service.close()
        if running is not None:
            await asyncio.wait({running})
        journal.close()
