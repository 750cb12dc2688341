"""Engines behind ssh: ``ssh HOST docker system dial-stdio``, as the docker client does it.

docker-py's own transport needs paramiko even to call the ssh program, knows no time-out and can't
close an events stream. Here the program's two pipes are pumped into one end of a socket pair; the
other end is an ordinary socket, with time-outs and a close that ends everything.
"""

from __future__ import annotations

import errno
import http.client
import os
import socket
import subprocess
import threading
from contextlib import suppress
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import urllib3.connection
import urllib3.connectionpool
import urllib3.response
from docker.transport.basehttpadapter import BaseHTTPAdapter

from console.backend.failures import SshError
from console.backend.programs import program_on_path, without_window

_CHUNK = 65536
_LAST_WORDS = 2000


def ssh_arguments(url: str) -> list[str]:
    """The program and its arguments for ``ssh://[user@]host[:port]``.

    The host comes after ``--``, so that none can be read as an option; BatchMode makes ssh fail
    where it would ask for a password on a terminal that a window does not have.
    Raises ValueError where the url names no host.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(f"no host in {url}")
    words = ["ssh", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10"]
    if parts.username:
        words += ["-l", unquote(parts.username)]
    if parts.port:
        words += ["-p", str(parts.port)]
    return [*words, "--", parts.hostname, "docker", "system", "dial-stdio"]


class Tunnel:
    """One running ssh program and our end of the line to it (:attr:`socket`)."""

    def __init__(self, arguments: list[str]) -> None:
        self.socket, self._inner = socket.socketpair()
        self._last_words = b""
        self._heard_all = threading.Event()
        try:
            self._process = _started(arguments)
        except OSError as error:
            self.socket.close()
            self._inner.close()
            raise SshError(f"the ssh program can't be started: {error}") from error
        for pump in (self._pump_out, self._pump_in, self._listen):
            threading.Thread(target=pump, name="ssh-tunnel", daemon=True).start()

    def last_words(self) -> str:
        """What ssh said on its error output before it ended; "" while it runs."""
        with suppress(subprocess.TimeoutExpired):
            if self._process.wait(timeout=1.0) != 0:
                return self._last_words.decode(errors="replace").strip() or "ssh ended without a word"
        return ""

    def _pump_out(self) -> None:
        """Our requests to the far engine, until our end of the line is closed."""
        stdin = _present(self._process.stdin)
        with suppress(OSError):
            while data := self._inner.recv(_CHUNK):
                stdin.write(data)
        with suppress(OSError):
            stdin.close()
        self._inner.close()
        self._process.terminate()

    def _pump_in(self) -> None:
        """The far engine's answers to us, until ssh ends."""
        stdout = _present(self._process.stdout)
        with suppress(OSError):
            while data := stdout.read(_CHUNK):
                self._inner.sendall(data)
        self._process.wait()
        self._heard_all.wait(timeout=1.0)  # so that last_words() is complete when we hang up
        with suppress(OSError):
            self._inner.shutdown(socket.SHUT_RDWR)  # close alone would not wake the other pump

    def _listen(self) -> None:
        stderr = _present(self._process.stderr)
        while data := stderr.read(_CHUNK):
            self._last_words = (self._last_words + data)[-_LAST_WORDS:]
        self._heard_all.set()


def _started(arguments: list[str]) -> subprocess.Popen[bytes]:
    program = program_on_path(arguments[0])
    if program is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), arguments[0])
    return subprocess.Popen(  # noqa: S603 - a list, no shell; the host is behind "--"
        [program, *arguments[1:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        **without_window(),
    )


def _present(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the pipe was asked for when the program was started")
    return pipe


class _SshConnection(urllib3.connection.HTTPConnection):
    """One HTTP connection through one ssh program."""

    def __init__(self, url: str, timeout: Any) -> None:
        super().__init__("localhost", timeout=timeout)
        self._url = url
        self._line: Tunnel | None = None

    def connect(self) -> None:
        """Start ssh; whether it gets through shows when the answer is read."""
        self._line = Tunnel(ssh_arguments(self._url))
        self.sock = self._line.socket

    def getresponse(self) -> urllib3.response.HTTPResponse:  # type: ignore[override]
        """The answer; where ssh ended instead, an SshError with its last words."""
        try:
            return super().getresponse()
        except (ConnectionError, http.client.HTTPException) as error:
            words = self._line.last_words() if self._line else ""
            if not words:
                raise
            raise SshError(words) from error


class _SshPool(urllib3.connectionpool.HTTPConnectionPool):
    """Connections to one engine, kept alive, because an ssh log-in takes its time."""

    def __init__(self, url: str) -> None:
        super().__init__("localhost", maxsize=4)
        self._url = url

    def _new_conn(self) -> Any:
        return _SshConnection(self._url, self.timeout.connect_timeout)


class SshAdapter(BaseHTTPAdapter):  # type: ignore[misc]
    """What docker's client sends its requests through."""

    def __init__(self, url: str) -> None:
        self._pool = _SshPool(url)
        super().__init__()

    def get_connection(self, url: str, proxies: Any = None) -> Any:  # noqa: ARG002 - the signature is requests'
        """The one pool, whatever the path."""
        return self._pool

    def request_url(self, request: Any, proxies: Any) -> str:  # noqa: ARG002
        """The path only: the host part of the URL stands for nothing."""
        return str(request.path_url)

    def close(self) -> None:
        """Hang up every line."""
        self._pool.close()
        super().close()
