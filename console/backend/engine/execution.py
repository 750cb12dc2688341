"""One program run inside of a container (``docker exec``), with an end: of time, and of output.

The engine can't end such a program. Where time or output run out the console hangs up, and the program
goes on by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from console.backend.engine.exchange import Answer, Request, Timeouts, exchange, refusal_of, send
from console.backend.failures import (
    DeadlineExceededError,
    EngineError,
    MalformedAnswerError,
    failure_of,
    transport_errors,
)
from console.domain.container_details import ExecResult
from console.domain.failure import Failure, FailureKind

_CHUNK = 65536
_HEAD = 8
_ERRORS = 2
#: What Windows' programs write where it is not UTF-8: the OEM code page of western Windows, which knows
#: every byte. What a parser looks for (addresses, numbers) is the same in all of them.
_OEM = "cp850"
#: How long the engine may take to prepare the program, and to tell how it ended.
_AROUND = Timeouts(idle=10.0, total=10.0)


class Execution:
    """One run of ``command`` in ``container``. Blocking: :meth:`run` in a thread, once."""

    def __init__(
        self, client: Any, prefix: str, container: str, command: Sequence[str], *, seconds: float, limit: int
    ) -> None:
        self._client = client
        self._prefix = prefix
        self._container = container
        self._command = list(command)
        self._seconds = seconds
        self._limit = limit
        self._lock = threading.Lock()
        self._response: Any = None
        self._left = False

    def run(self) -> ExecResult:
        """What it wrote and how it ended. Raises EngineError: refused, lost, or out of time."""
        body = {"AttachStdout": True, "AttachStderr": True, "Tty": False, "Cmd": self._command}
        path = f"/containers/{quote(self._container, safe='')}/exec"
        prepared = self._document("POST", path, body)
        identifier = prepared.get("Id")
        if not isinstance(identifier, str) or not identifier:
            raise EngineError(failure_of(MalformedAnswerError(f"no id in {str(prepared)[:200]}")))
        try:
            pieces, truncated = self._output(identifier)
        except transport_errors() as error:
            raise EngineError(self._failure(error)) from error
        code = None if truncated else self._document("GET", f"/exec/{identifier}/json").get("ExitCode")
        return ExecResult(
            exit_code=code if isinstance(code, int) else None,
            output=decoded(b"".join(data for stream, data in pieces if stream != _ERRORS)),
            errors=decoded(b"".join(data for stream, data in pieces if stream == _ERRORS)),
            truncated=truncated,
        )

    def hang_up(self) -> None:
        """Stop reading, from any thread; :meth:`run` then ends with an error."""
        with self._lock:
            self._left = True
            response = self._response
        # The socket may be gone already: then there is nothing left to hang up.
        with suppress(*transport_errors()):
            if response is not None:
                response.raw.shutdown()

    def _failure(self, error: BaseException) -> Failure:
        failure = failure_of(error, proxied=bool(self._client.proxies))
        if failure.kind is FailureKind.TIMED_OUT and self._response is not None:
            # Libraries name the socket that was silent; a person waited for a program.
            late = f"the program did not end within {self._seconds:g} seconds"
            failure = failure.model_copy(update={"raw": late})
        return failure

    def _document(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        answer = exchange(self._client, Request(method, self._prefix + path, body=body, timeouts=_AROUND))
        try:
            document = answer.document()
        except MalformedAnswerError as error:
            raise EngineError(failure_of(error)) from error
        if not isinstance(document, dict):
            raise EngineError(failure_of(MalformedAnswerError(f"no object: {str(document)[:200]}")))
        return document

    def _output(self, identifier: str) -> tuple[list[tuple[int, bytes]], bool]:
        """The pieces by stream, and whether there was more than the limit."""
        deadline = time.monotonic() + self._seconds
        path = f"{self._prefix}/exec/{quote(identifier, safe='')}/start"
        response = send(
            self._client, Request("POST", path, body={"Detach": False, "Tty": False}), idle=self._seconds
        )
        with self._lock:
            self._response = response
            left = self._left
        try:
            if left:
                raise ConnectionAbortedError("hung up")
            parts = self._parts(response, deadline)
            if response.status_code >= 300:
                content_type = response.headers.get("Content-Type", "")
                raise EngineError(refusal_of(Answer(response.status_code, content_type, b"".join(parts))))
            return _limited(_frames(parts), self._limit)
        finally:
            response.close()

    def _parts(self, response: Any, deadline: float) -> Iterator[bytes]:
        while part := response.raw.read1(_CHUNK, decode_content=True):
            if time.monotonic() > deadline:
                raise DeadlineExceededError("the output did not end in time")
            yield part
        with self._lock:
            if self._left:
                raise ConnectionAbortedError("hung up")


def _frames(parts: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Pieces out of the multiplexed stream: number, three zeros, length in four bytes, data.

    (Engine API, "Attach to a container": stream format.) What is cut off at the end is left out.
    """
    rest = b""
    for part in parts:
        rest += part
        while len(rest) >= _HEAD:
            end = _HEAD + int.from_bytes(rest[4:_HEAD], "big")
            if rest[0] > 3 or rest[1:4] != b"\0\0\0":
                raise MalformedAnswerError(f"no frame of output: {rest[:_HEAD]!r}")
            if len(rest) < end:
                break
            yield rest[0], rest[_HEAD:end]
            rest = rest[end:]


def _limited(pieces: Iterator[tuple[int, bytes]], limit: int) -> tuple[list[tuple[int, bytes]], bool]:
    kept: list[tuple[int, bytes]] = []
    room = limit
    for stream, data in pieces:
        kept.append((stream, data[:room]))
        room -= len(data)
        if room < 0:
            return kept, True
    return kept, False


def decoded(data: bytes) -> str:
    """A program's output as text: UTF-8 where it is that, else in Windows' western OEM code page."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_OEM)
