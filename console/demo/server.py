"""Serves a practice host over HTTP, on loopback only, from a thread of its own."""

from __future__ import annotations

import asyncio
import ipaddress
import threading
from concurrent import futures
from contextlib import suppress

from aiohttp import web

from console.demo.engine_api.application import application
from console.demo.host import PracticeHost
from console.domain.text import reason_of

_SHUTDOWN_SECONDS = 0.5  # for requests under way; streams are ended before
_FOLLOW_SECONDS = 10.0  # far above what opening or closing the port takes


class ListenError(Exception):
    """The practice host can't listen there; the text says why."""


def loopback_address(host: str) -> str:
    """``host`` if it is a loopback address, else ListenError: anyone who reaches the port rules
    the practice host, and it must never be taken for a real engine of the network.
    """
    if host == "localhost":
        return "127.0.0.1"
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ListenError(f"the practice host listens on loopback only (127.0.0.1 or ::1), not on {host!r}")
    return host


class PracticeServer:
    """An HTTP server for one practice host. Port 0 takes any free one."""

    def __init__(self, host: PracticeHost, *, listen_host: str = "127.0.0.1", port: int = 0) -> None:
        self.host = host
        self._listen_host = loopback_address(listen_host)
        self._port = port
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._listening = threading.Event()
        self._failure: OSError | None = None
        self._runner: web.AppRunner | None = None
        self._served_start: int | None = None
        self._turn = asyncio.Lock()

    @property
    def port(self) -> int:
        """The TCP port it listens on, once started."""
        return self._port

    @property
    def url(self) -> str:
        """What DOCKER_HOST takes, ``tcp://127.0.0.1:PORT``."""
        shown = f"[{self._listen_host}]" if ":" in self._listen_host else self._listen_host
        return f"tcp://{shown}:{self._port}"

    def start(self) -> None:
        """Begin to serve; returns when it listens. ListenError if it can't."""
        if self._thread is not None:
            raise RuntimeError("the practice server was started before")
        self._thread = threading.Thread(target=self._run, name="practice-server", daemon=True)
        self._thread.start()
        self._listening.wait()
        if self._failure is not None:
            self._thread.join()
            raise ListenError(f"can't listen on {self.url}: {reason_of(self._failure)}") from self._failure

    def stop(self) -> None:
        """End all connections and the thread. May be called twice."""
        if self._thread is None or self._loop is None or self._stopping is None:
            return
        if self._thread.is_alive() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        try:
            await self._listen()
            await self._follow_engine()
        except OSError as error:
            self._failure = error
            await self._close()
            return
        finally:
            self._listening.set()
        forget = self.host.on_engine_change(self._engine_changed)
        churning = asyncio.create_task(self._churn())
        await self._stopping.wait()
        forget()
        churning.cancel()
        async with self._turn:
            await self._close()

    def _engine_changed(self) -> None:
        """Called on other threads; returns when the port is closed or open as the engine's should be."""
        if self._loop is not None and not self._loop.is_closed():
            following = asyncio.run_coroutine_threadsafe(self._follow_again(), self._loop)
            with suppress(futures.CancelledError):  # the server itself was stopped meanwhile
                following.result(_FOLLOW_SECONDS)

    async def _follow_again(self) -> None:
        """As the engine does, its service ends where it can't listen."""
        try:
            await self._follow_engine()
        except OSError as error:
            await self._close()
            self.host.engine_failed(f"failed to load listeners: {error}")

    async def _follow_engine(self) -> None:
        """Nobody listens while the engine's service is stopped; a restart ends all connections."""
        async with self._turn:
            wanted = self.host.services.engine_starts if self.host.engine_running else None
            if wanted is None or self._served_start not in (None, wanted):
                await self._close()
            if wanted is not None and self._runner is None:
                await self._listen()
            self._served_start = wanted

    async def _listen(self) -> None:
        runner = web.AppRunner(
            application(self.host),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
        self._runner = runner
        await runner.setup()
        await web.TCPSite(runner, self._listen_host, self._port).start()
        self._port = runner.addresses[0][1]

    async def _close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _churn(self) -> None:
        """Lets a scenario's own changes happen while it is served, once a second."""
        while True:
            await asyncio.sleep(1)
            await asyncio.to_thread(self.host.churn)
