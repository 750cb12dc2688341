"""What went wrong between us and an engine, put into the domain's words in one place."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from functools import cache

from console.backend.threads import TooManyHungCallsError
from console.domain.failure import Failure, FailureKind

Causes = tuple[BaseException, ...]


class EngineError(Exception):
    """A request to an engine got no good answer; :attr:`failure` says how."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.raw)
        self.failure = failure


class MalformedAnswerError(ValueError):
    """An answer that is no engine's: broken JSON, another shape, another kind of server."""


class DeadlineExceededError(TimeoutError):
    """The whole answer did not arrive in time, although bytes may have kept coming."""


class SshError(OSError):
    """The ssh client ended; its own words are the message."""


class CertificateFileError(OSError):
    """A file with a certificate or a key can't be used; the message names it."""


class UnsupportedTransportError(ValueError):
    """This system has no such way to an engine."""


@cache
def transport_errors() -> tuple[type[BaseException], ...]:
    """Everything a request over any transport is known to raise.

    docker, requests and urllib3 are imported here and not at the top, because they cost 0.2 s
    that the window's first paint must not pay.
    """
    import docker.errors
    import urllib3.exceptions

    return (
        OSError,  # requests' exceptions are OSErrors too
        ValueError,  # broken JSON, broken URLs, reading what was just closed
        RecursionError,  # JSON nested without end
        RuntimeError,  # docker's NpipeSocket, when it is used after it was closed
        http.client.HTTPException,
        docker.errors.DockerException,
        urllib3.exceptions.HTTPError,
        *_pipe_errors(),
    )


def _pipe_errors() -> tuple[type[BaseException], ...]:
    """``pywintypes.error`` escapes from docker's named pipe transport as it is (docker-py 2562)."""
    try:
        import pywintypes
    except ImportError:
        return ()
    return (pywintypes.error,)


def failure_of(error: BaseException, *, changing: bool = False, proxied: bool = False) -> Failure:
    """The failure that ``error`` means.

    ``changing`` says that the request was to change something: where it may have reached the
    engine before the answer was lost, the failure says so. ``proxied`` that a proxy is in between.
    """
    if isinstance(error, EngineError):
        return error.failure
    causes = tuple(_causes(error))
    kind, telling = _meaning(causes)
    if proxied and kind in {FailureKind.NOT_RUNNING, FailureKind.UNREACHABLE}:
        kind = FailureKind.PROXY
    return Failure(
        kind=kind, raw=_words(telling), may_have_happened=changing and _may_have_been_sent(kind, causes)
    )


def _meaning(causes: Causes) -> tuple[FailureKind, Causes]:
    """The kind, and the causes that tell it."""
    for kind, means in _MEANINGS:
        if telling := tuple(cause for cause in causes if means(cause)):
            return kind, telling
    return FailureKind.INTERNAL, causes


_MAYBE_SENT = {
    FailureKind.CONNECTION_LOST,
    FailureKind.TIMED_OUT,
    FailureKind.MALFORMED_ANSWER,
    FailureKind.INTERNAL,
}


def _may_have_been_sent(kind: FailureKind, causes: Causes) -> bool:
    return kind in _MAYBE_SENT and not any(map(_never_connected, causes))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps; libraries hide the cause in different places."""
    pending, seen = [error], set[int]()
    while pending:
        current = pending.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inside = (current.__cause__, current.__context__, getattr(current, "reason", None), *current.args)
        pending += [cause for cause in inside if isinstance(cause, BaseException)]


def _words(causes: Causes) -> str:
    """Our own words where we found the fault, else the innermost: the outer ones of libraries only
    repeat them with their own names around.
    """
    ours = [
        cause
        for cause in causes
        if isinstance(cause, MalformedAnswerError | DeadlineExceededError | SshError | CertificateFileError)
    ]
    plain = [cause for cause in causes if not any(isinstance(part, BaseException) for part in cause.args)]
    words = [str(cause) for cause in [*plain, *ours[:1]] if str(cause)]
    return words[-1] if words else str(causes[0]) or type(causes[0]).__name__


def _type_named(*names: str) -> Callable[[BaseException], bool]:
    """By name, so that no library need be imported to look; subclasses count."""
    wanted = frozenset(names)
    return lambda error: any(base.__name__ in wanted for base in type(error).__mro__)


def _windows_code(error: BaseException) -> int:
    code = getattr(error, "winerror", None)
    return code if isinstance(code, int) else 0


def _is_tls(error: BaseException) -> bool:
    named = _type_named("SSLError", "TLSParameterError", "SSLEOFError")
    return isinstance(error, ssl.SSLError | CertificateFileError) or named(error)


def _is_access_denied(error: BaseException) -> bool:
    if isinstance(error, SshError):
        return "permission denied" in str(error).lower()
    return isinstance(error, PermissionError) or _windows_code(error) == 5


def _is_not_running(error: BaseException) -> bool:
    missing = (ConnectionRefusedError, FileNotFoundError, NotADirectoryError)
    # 2 no such pipe, 3 no such path, 121 and 231 a pipe that nobody serves in time
    return isinstance(error, missing) or _windows_code(error) in {2, 3, 231}


def _is_timeout(error: BaseException) -> bool:
    return isinstance(error, TimeoutError | TooManyHungCallsError) or _type_named(
        "ReadTimeoutError", "Timeout"
    )(error)


def _is_unreachable(error: BaseException) -> bool:
    if isinstance(error, socket.gaierror | SshError):
        return True
    codes = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EHOSTDOWN}
    return (isinstance(error, OSError) and error.errno in codes) or _type_named(
        "InvalidURL", "LocationParseError"
    )(error)


def _is_lost(error: BaseException) -> bool:
    if isinstance(error, http.client.IncompleteRead | ConnectionError | http.client.RemoteDisconnected):
        return True
    # 109 broken pipe, 232 the pipe is being closed, 233 no process is on the other end, 995 aborted
    closed = _windows_code(error) in {109, 232, 233, 995} or (
        isinstance(error, RuntimeError) and "closed" in str(error)
    )
    return closed or _type_named("IncompleteRead", "ClosedPoolError")(error)


def _is_malformed(error: BaseException) -> bool:
    shape = MalformedAnswerError | http.client.HTTPException | RecursionError | UnicodeDecodeError
    named = _type_named(
        "InvalidChunkLength", "DecodeError", "ContentDecodingError", "InvalidHeader", "JSONDecodeError"
    )
    return isinstance(error, shape) or named(error)


def _is_unsupported(error: BaseException) -> bool:
    named = _type_named("InvalidSchema", "InvalidVersion", "UnsupportedTransportError")
    return named(error) or "only supported on Windows" in str(error)


def _never_connected(error: BaseException) -> bool:
    return _type_named("NewConnectionError", "ConnectTimeoutError", "ConnectTimeout", "NameResolutionError")(
        error
    ) or isinstance(error, TooManyHungCallsError)


# In this order: what says most comes first. A proxy's refusal also holds a refused connection, a
# failed handshake also a lost one, and RemoteDisconnected is also a bad status line.
_MEANINGS: tuple[tuple[FailureKind, Callable[[BaseException], bool]], ...] = (
    (FailureKind.PROXY, _type_named("ProxyError")),
    (FailureKind.TLS, _is_tls),
    (FailureKind.ACCESS_DENIED, _is_access_denied),
    (FailureKind.NOT_RUNNING, _is_not_running),
    (FailureKind.UNREACHABLE, _is_unreachable),
    (FailureKind.TIMED_OUT, _is_timeout),
    (FailureKind.CONNECTION_LOST, _is_lost),
    (FailureKind.MALFORMED_ANSWER, _is_malformed),
    (FailureKind.UNSUPPORTED, _is_unsupported),
)
