"""``wcn demo-engine``: a practice host on a port, until it is told to end."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from console.demo.host import PracticeHost
from console.demo.server import ListenError, PracticeServer
from console.demo.state_file import StateFileError


def listen_address(url: str) -> tuple[str, int]:
    """Host and port of ``tcp://127.0.0.1:2375``; ListenError if it is no such address."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise ListenError(f"{url!r}: {error}") from error
    if parts.scheme != "tcp" or not parts.hostname or port is None:
        raise ListenError(f"{url!r} is not of the form tcp://127.0.0.1:PORT")
    return parts.hostname, port


def _host(os_build: int | None, scenario: str, state_file: Path | None) -> PracticeHost:
    if state_file is not None and state_file.exists():
        return PracticeHost.load(state_file)
    return PracticeHost.create(os_build=os_build, scenario=scenario)


def serve(
    listen: str,
    os_build: int | None = None,
    scenario: str = "default",
    state_file: str | Path | None = None,
) -> int:
    """Serve until Ctrl+C or SIGTERM; gives the exit code.

    ``listen`` is ``tcp://127.0.0.1:PORT`` (0: any free port); the URL is printed once it answers.
    With ``state_file`` the host continues where that file left off, and is saved to it at the end.
    """
    path = Path(state_file) if state_file else None
    try:
        address, port = listen_address(listen)
        server = PracticeServer(_host(os_build, scenario, path), listen_host=address, port=port)
        server.start()
    except (ListenError, StateFileError, ValueError) as error:
        print(f"wcn: {error}", file=sys.stderr)  # noqa: T201 (a command's words)
        return 2
    ending = threading.Event()
    before = {one: signal.signal(one, lambda *_: ending.set()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        print(server.url, flush=True)  # noqa: T201 (what a script reads to know where it is)
        _wait(ending)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        server.stop()
        if path is not None:
            server.host.save(path)
    return 0


def _wait(ending: threading.Event) -> None:
    """Wait in turns: on Windows a wait without end would not see Ctrl+C."""
    while not ending.wait(0.5):
        pass
