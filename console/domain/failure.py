"""How talking to a host can fail, in the domain's words; the raw words are kept beside it."""

from __future__ import annotations

from enum import StrEnum

from console.domain.record import Record


class FailureKind(StrEnum):
    """Why a request got no good answer."""

    NOT_RUNNING = "not-running"
    ACCESS_DENIED = "access-denied"
    TLS = "tls"
    PROXY = "proxy"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    CONNECTION_LOST = "connection-lost"
    MALFORMED_ANSWER = "malformed-answer"
    REFUSED = "refused"
    UNSUPPORTED = "unsupported"
    INTERNAL = "internal"
    # Not the host's word but the console's: it was told, or has learned, not to.
    READ_ONLY = "read-only"
    UNENCRYPTED = "unencrypted"
    UNVERIFIED = "unverified"
    # Only scripts on a host fail in these ways; console.domain.host_failure has the words for them.
    MISSING = "missing"
    BLOCKED_BY_POLICY = "blocked-by-policy"
    CONSTRAINED_LANGUAGE = "constrained-language"
    EXIT_CODE = "exit-code"
    TOO_MUCH_OUTPUT = "too-much-output"
    MODULE_MISSING = "module-missing"
    SCRIPT_ERROR = "script-error"
    AUTHENTICATION = "authentication"
    SIGNED_OUT = "signed-out"
    ELEVATION_DECLINED = "elevation-declined"
    CANCELLED = "cancelled"


class Failure(Record):
    """One failed request.

    ``raw`` are the engine's, PowerShell's or system's own words, unchanged. ``status`` is the HTTP
    status of a refusal, else 0. ``may_have_happened`` is True where the request was sent and its answer was
    lost, so that only a new observation can tell. ``script`` is the id of the script that failed;
    empty where a request to the engine did.
    """

    kind: FailureKind
    raw: str
    status: int = 0
    may_have_happened: bool = False
    script: str = ""
