"""One process fed once and read to its end, with limits, a time-out and an end for all it started."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from console.backend.powershell.decoding import decoded
from console.backend.powershell.process_tree import ProcessTree, adopt, start_options

#: Errors and progress; what exceeds it is as much out of hand as too much output. In bytes.
STDERR_LIMIT = 8 * 1024 * 1024
#: How long an ended process tree may take to be gone, in seconds.
REAP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left when it ended by itself; ``code`` is negative where a signal ended it."""

    code: int
    output: bytes
    stderr: bytes


class TooMuchOutputError(Exception):
    """A process wrote more than it may."""


class _Conversation(asyncio.SubprocessProtocol):
    """Keeps what a process writes, up to the limits."""

    def __init__(self, output_limit: int, on_stderr: Callable[[bytes], None]) -> None:
        loop = asyncio.get_running_loop()
        #: Done when the process has ended and closed its output; failed where it wrote too much.
        self.finished: asyncio.Future[None] = loop.create_future()
        #: Done when nothing of it is left here.
        self.closed: asyncio.Future[None] = loop.create_future()
        self.written = {1: bytearray(), 2: bytearray()}
        self._limits = {1: output_limit, 2: STDERR_LIMIT}
        self._on_stderr = on_stderr
        self._open = {1, 2, -1}  # -1 stands for the process itself

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """A piece of output (1) or standard error (2)."""
        if self.finished.done():
            return
        written = self.written[fd]
        written += data
        if len(written) > self._limits[fd]:
            begin = decoded(bytes(written[:500]), errors="replace")
            self.finished.set_exception(
                TooMuchOutputError(f"More than {self._limits[fd]} bytes; it begins: {begin}")
            )
        elif fd == 2:
            self._on_stderr(data)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002
        """One of its pipes is at its end."""
        self._end(fd)

    def process_exited(self) -> None:
        """The process has ended."""
        self._end(-1)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Process and pipes are gone."""
        if not self.closed.done():
            self.closed.set_result(None)

    def _end(self, part: int) -> None:
        self._open.discard(part)
        if not self._open and not self.finished.done():
            self.finished.set_result(None)


async def converse(
    arguments: Sequence[str],
    question: bytes,
    *,
    environment: Mapping[str, str],
    output_limit: int,
    seconds: float,
    on_stderr: Callable[[bytes], None],
    on_start: Callable[[ProcessTree], None],
) -> Ended:
    """Start a program, give it ``question`` as its whole input, and take what it answers.

    ``on_start`` is handed the tree, with which others can end it. Raises OSError where it can't be
    started, TimeoutError after ``seconds``, and TooMuchOutputError; then and where the caller is
    cancelled, the process and everything it started have been ended.
    """
    loop = asyncio.get_running_loop()
    transport, talk = await loop.subprocess_exec(
        lambda: _Conversation(output_limit, on_stderr), *arguments, env=environment, **start_options()
    )
    tree: ProcessTree | None = None
    done = False
    try:
        tree = adopt(transport.get_pid())
        on_start(tree)
        stdin = transport.get_pipe_transport(0)
        assert isinstance(stdin, asyncio.WriteTransport)  # noqa: S101 (it is a pipe, by default)
        stdin.write(question)
        stdin.write_eof()
        async with asyncio.timeout(seconds):
            await talk.finished
        done = True
    finally:
        if tree is not None and not done:
            tree.kill()
        transport.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(REAP_SECONDS):
                await talk.closed
        if tree is not None:
            tree.close()
    code = transport.get_returncode()
    return Ended(-1 if code is None else code, bytes(talk.written[1]), bytes(talk.written[2]))
