"""One request and its whole answer, with a deadline over all of it. Blocking: call it in a thread."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from console.backend.engine.characters import whole_characters
from console.backend.engine.client import CONNECT_SECONDS
from console.backend.failures import (
    DeadlineExceededError,
    EngineError,
    MalformedAnswerError,
    failure_of,
    transport_errors,
)
from console.domain.failure import Failure, FailureKind

T = TypeVar("T")

_CHUNK = 65536
#: No engine's list is that long; an endless answer must not eat the machine's memory.
LONGEST_ANSWER = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Timeouts:
    """``idle``: seconds without a byte; ``total``: seconds until the answer is complete."""

    idle: float
    total: float


READING = Timeouts(idle=10.0, total=30.0)
#: HNS takes its time over a new external vSwitch: the host's network goes down and comes back.
CHANGING = Timeouts(idle=120.0, total=130.0)


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the engine. ``path`` starts with a slash and is quoted already."""

    method: str
    path: str
    params: Mapping[str, str] | None = None
    body: Mapping[str, Any] | None = None
    timeouts: Timeouts = READING

    @property
    def changing(self) -> bool:
        """Whether it may change the host."""
        return self.method not in {"GET", "HEAD"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete good answer (HTTP status below 400)."""

    status: int
    content_type: str
    body: bytes

    def document(self) -> Any:
        """The JSON of the body. Raises MalformedAnswerError where it is none."""
        try:
            return whole_characters(json.loads(self.body), self.body)
        except (ValueError, RecursionError) as error:
            raise MalformedAnswerError(f"{error}; the answer begins with {excerpt(self.body)}") from error


def exchange(client: Any, request: Request) -> Answer:
    """The answer to one request. Raises EngineError, also where the engine refuses."""
    return _exchange(client, request, _whole)


def read_parts(client: Any, request: Request, read: Callable[[Iterator[bytes]], T]) -> T:
    """What ``read`` makes of the body of a good answer, which is never held whole.

    Raises EngineError as :func:`exchange` does, also while ``read`` asks for the next part.
    """
    return _exchange(client, request, lambda _response, parts: read(parts))


def _whole(response: Any, parts: Iterator[bytes]) -> Answer:
    return Answer(response.status_code, response.headers.get("Content-Type", ""), b"".join(parts))


def _exchange(client: Any, request: Request, read: Callable[[Any, Iterator[bytes]], T]) -> T:
    """A request that only reads is asked once more where the connection broke before an answer: a
    kept-alive connection that the engine has closed meanwhile shows it only when it is used.
    """
    try:
        return _exchange_once(client, request, read)
    except EngineError as error:
        if request.changing or error.failure.kind is not FailureKind.CONNECTION_LOST or not _stale(error):
            raise
    return _exchange_once(client, request, read)


def _exchange_once(client: Any, request: Request, read: Callable[[Any, Iterator[bytes]], T]) -> T:
    started = time.monotonic()
    try:
        response = send(client, request, idle=request.timeouts.idle)
        try:
            parts = _parts(response, started + request.timeouts.total)
            if response.status_code < 300:
                return read(response, parts)
            refused = _whole(response, parts)
        finally:
            response.close()
    except transport_errors() as error:
        raise EngineError(
            failure_of(error, changing=request.changing, proxied=bool(client.proxies))
        ) from error
    raise EngineError(refusal_of(refused, proxied=bool(client.proxies)))


def send(client: Any, request: Request, idle: float | None) -> Any:
    """Send the request and wait for the answer's head; its body is still to be read."""
    encoded = None if request.body is None else json.dumps(request.body).encode()
    return client.request(
        request.method,
        client.base_url + request.path,
        params=request.params,
        data=encoded,
        headers={"Content-Type": "application/json"} if encoded is not None else None,
        timeout=(CONNECT_SECONDS, idle),
        stream=True,
        allow_redirects=False,  # an engine never redirects; whoever does is none
    )


def _parts(response: Any, deadline: float) -> Iterator[bytes]:
    """The body. ``read1`` comes back with what is there, so that a trickle meets the deadline."""
    size = 0
    while part := response.raw.read1(_CHUNK, decode_content=True):
        size += len(part)
        if time.monotonic() > deadline:
            raise DeadlineExceededError("the answer did not end in time")
        if size > LONGEST_ANSWER:
            raise MalformedAnswerError(f"the answer is longer than {LONGEST_ANSWER} bytes")
        yield part


def _stale(error: EngineError) -> bool:
    """Whether the connection ended before the first byte of an answer."""
    cause = error.__cause__
    return "Connection aborted" in str(cause) or "'WriteFile'" in str(cause)


def refusal_of(answer: Answer, *, proxied: bool = False) -> Failure:
    """What an answer with a status of 300 or more means; ``raw`` is the engine's own message."""
    message = _message(answer)
    kind = FailureKind.REFUSED
    if answer.status == 407 or (proxied and message is None):
        kind = FailureKind.PROXY
    elif "HTTP request to an HTTPS server" in (message or excerpt(answer.body)):
        kind = FailureKind.TLS  # Go's server says so in plain text to a client that speaks no TLS
    elif answer.status < 400 or (message is None and "html" in answer.content_type):
        kind = FailureKind.MALFORMED_ANSWER
    raw = message if message is not None else excerpt(answer.body) or f"HTTP status {answer.status}"
    return Failure(kind=kind, raw=raw, status=answer.status)


def _message(answer: Answer) -> str | None:
    """The ``message`` of the engine's error document; plain text is taken as it is.

    Old engines, and proxies inside of Docker Desktop, answer errors in plain text.
    """
    try:
        document = whole_characters(json.loads(answer.body), answer.body)
    except (ValueError, RecursionError):
        is_text = answer.content_type.startswith("text/plain")
        return answer.body.decode(errors="replace").strip() if is_text and answer.body.strip() else None
    message = document.get("message") if isinstance(document, dict) else None
    return message if isinstance(message, str) else None


def excerpt(body: bytes, length: int = 300) -> str:
    """The beginning of an answer, for a message."""
    return body[:length].decode(errors="replace").strip()
