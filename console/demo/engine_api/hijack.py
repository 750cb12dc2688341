"""Taking a connection over from HTTP, for attach and exec (``Upgrade: tcp``), and its framing."""

from __future__ import annotations

import asyncio
import struct

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from console.demo.builds import Version
from console.demo.engine_api.streams import Feed

_RAW = "application/vnd.docker.raw-stream"
_MULTIPLEXED = "application/vnd.docker.multiplexed-stream"
_SINCE_MULTIPLEXED = (1, 42)


def frame(stream: int, data: bytes) -> bytes:
    """One frame of the multiplexed stream: stream number, three zeros, length, data."""
    return struct.pack(">BxxxL", stream, len(data)) + data


def content_type(api: Version, *, tty: bool) -> str:
    """What the engine calls the stream; clients before API 1.42 know only the first name."""
    return _MULTIPLEXED if not tty and api >= _SINCE_MULTIPLEXED else _RAW


class _Takeover(asyncio.Protocol):
    """Receives what the client sends after the upgrade. The end of its input does not end ours."""

    def __init__(self, server_protocol: asyncio.BaseProtocol, received: Feed[bytes]) -> None:
        self._server_protocol = server_protocol
        self._received = received
        self.lost = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        self._received.put(data)

    def eof_received(self) -> bool:
        self._received.close()
        return True

    def pause_writing(self) -> None:
        self._server_protocol.pause_writing()

    def resume_writing(self) -> None:
        self._server_protocol.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._received.close()
        if not self.lost.done():
            self.lost.set_result(None)
        self._server_protocol.connection_lost(exc)


class HijackedConnection(web.StreamResponse):
    """The raw connection after the upgrade. It is also what the handler returns: by then all is
    said, and there is nothing left to send as HTTP.
    """

    def __init__(self, request: web.Request, kind: str, *, tty: bool) -> None:
        super().__init__()
        transport = request.transport
        if not isinstance(transport, asyncio.Transport):
            raise ConnectionResetError("the client is gone")
        self._transport = transport
        self._tty = tty
        self.received: Feed[bytes] = Feed()
        self._takeover = _Takeover(transport.get_protocol(), self.received)
        self.lost = self._takeover.lost
        self.upgraded = request.headers.get("Upgrade", "").lower() == "tcp"
        head = (
            "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
            if self.upgraded
            else "HTTP/1.1 200 OK\r\nConnection: close\r\n"
        )
        transport.set_protocol(self._takeover)
        transport.write(f"{head}Content-Type: {kind}\r\n\r\n".encode("ascii"))

    def send(self, stream: int, data: bytes) -> None:
        """Output for the client, framed unless a terminal is attached."""
        if not self._transport.is_closing():
            self._transport.write(data if self._tty else frame(stream, data))

    def finish(self) -> None:
        """Close once everything is sent."""
        self._transport.close()

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:  # noqa: ARG002
        """Nothing: the connection is no HTTP any more."""
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """Nothing: the connection is no HTTP any more."""
