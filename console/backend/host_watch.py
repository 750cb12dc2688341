"""Keeps the Windows side of a host read, beside its engine and not waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from console.backend.host_channel import HostChannel, ReadsByItself, SignsIn
from console.backend.turns import Looks
from console.domain.snapshot import HostFacts

#: What is known of a host is read again when it is so old, in seconds.
OLD_SECONDS = 60.0
#: Changes of networks come in bursts, and a reading takes a host seconds: one for all of them.
GATHER_SECONDS = 2.0


class HostWatch:
    """Reads a host that can be read by itself, one reading at a time; else it does nothing.

    A host that refused the account is read again only where a person asks for it (:meth:`look`).
    ``on_facts`` is told of every reading, on the event loop's thread.
    """

    def __init__(self, channel: HostChannel, on_facts: Callable[[HostFacts], None]) -> None:
        self._channel = channel if isinstance(channel, ReadsByItself) else None
        self._on_facts = on_facts
        self._signs_in = channel if isinstance(channel, SignsIn) else None
        self._looks = Looks(self._look)
        self._asked_at: float | None = None
        self._gathering: asyncio.TimerHandle | None = None
        #: What was read last.
        self.facts: HostFacts | None = None

    @property
    def active(self) -> bool:
        """Whether the host is read by itself, and not with its engine."""
        return self._channel is not None

    @property
    def due(self) -> bool:
        """Whether the host is being read, or will be in a moment: what is known of it is older than that."""
        return self._gathering is not None or self._looks.busy

    def look(self, *, asked_for: bool = True) -> Awaitable[object]:
        """Have the host read; the result is done when it was. Nobody need wait for it.

        ``asked_for``: a person wants it, and so also a sign-in that was refused before.
        """
        if self._channel is None:
            done = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done
        self._asked_at = asyncio.get_running_loop().time()
        return asyncio.shield(self._looks.ask(full=asked_for))

    def look_if_old(self) -> None:
        """Have the host read where the last reading is some time ago, or there was none."""
        now = asyncio.get_running_loop().time()
        if self._asked_at is None or now - self._asked_at >= OLD_SECONDS:
            self.look(asked_for=False)

    def note_change(self) -> None:
        """Something changed that may have changed the Windows side too: have it read soon."""
        if self._channel is not None and self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._gathered)

    async def close(self) -> None:
        """Read no more; a reading under way is cancelled, and what it runs has ended after this."""
        if self._gathering is not None:
            self._gathering.cancel()
        await self._looks.close()

    def _gathered(self) -> None:
        self._gathering = None
        self.look(asked_for=False)

    async def _look(self, full: bool) -> HostFacts | None:
        """Read it, unless nobody asked for it (``full``) and it would sign in again in vain."""
        assert self._channel is not None  # noqa: S101 (nobody asks otherwise)
        if not full and self._signs_in is not None and self._signs_in.sign_in_refused:
            return self.facts
        facts = await self._channel.read()
        self.facts = self.facts if facts == self.facts else facts
        self._on_facts(self.facts or facts)
        return facts
