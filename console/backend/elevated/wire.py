"""Messages between the console and its helper: JSON lines over any stream of bytes."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any, Protocol

#: The longest message: a script's whole answer, in bytes.
LONGEST_LINE = 96 * 1024 * 1024
_PIECE = 65536


class Wire(Protocol):
    """A stream of bytes to one other process. Calls block; they raise OSError where it broke."""

    def read(self, size: int) -> bytes:
        """At most so many bytes, at least one; none: the other end is closed."""

    def write(self, data: bytes) -> None:
        """All of ``data``."""

    def peer_process(self) -> int:
        """The id of the process at the other end, as the system tells it."""

    def close(self) -> None:
        """Let go; a read under way ends."""


class Messages:
    """Sends and receives messages on a wire; reading goes on in a daemon thread."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._loop = asyncio.get_running_loop()
        self._received: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._sending = threading.Lock()
        threading.Thread(target=self._read, name="elevated", daemon=True).start()

    async def receive(self) -> dict[str, Any] | None:
        """The next message; None: the other end is gone, or speaks another language."""
        message = await self._received.get()
        if message is None:
            self._received.put_nowait(None)  # for whoever asks next
        return message

    def send(self, message: dict[str, Any]) -> None:
        """Send one message, blocking. Raises OSError where the other end is gone."""
        with self._sending:
            self._wire.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")

    def close(self) -> None:
        """Let go of the wire."""
        self._wire.close()

    def _read(self) -> None:
        rest = bytearray()
        try:
            while data := self._wire.read(_PIECE):
                rest += data
                *lines, last = rest.split(b"\n") if b"\n" in data else [rest]
                for line in lines:
                    self._tell(_message(bytes(line)))
                rest = bytearray(last)
                if len(rest) > LONGEST_LINE:
                    break
        except (OSError, ValueError):
            pass  # what can't be read is the end, which is told below
        self._tell(None)

    def _tell(self, message: dict[str, Any] | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._received.put_nowait, message)


def _message(line: bytes) -> dict[str, Any]:
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("a message is a JSON object")  # noqa: TRY004 (of its text, not of its type)
    return message
