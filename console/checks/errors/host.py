"""Why a script on a host failed, and what to do; the words are the domain's."""

from __future__ import annotations

from console.checks.errors.codes import code_of
from console.domain.failure import Failure, FailureKind
from console.domain.host_failure import words_of
from console.domain.problem import Origin, Problem

#: The kinds that only scripts fail in; others fail in the engine too and are told apart by the script.
HOST_KINDS = frozenset(
    {
        FailureKind.MISSING,
        FailureKind.BLOCKED_BY_POLICY,
        FailureKind.CONSTRAINED_LANGUAGE,
        FailureKind.EXIT_CODE,
        FailureKind.TOO_MUCH_OUTPUT,
        FailureKind.MODULE_MISSING,
        FailureKind.SCRIPT_ERROR,
        FailureKind.AUTHENTICATION,
        FailureKind.SIGNED_OUT,
        FailureKind.ELEVATION_DECLINED,
        FailureKind.CANCELLED,
    }
)


def host_problem(failure: Failure) -> Problem:
    """What the failure of a script means."""
    words = words_of(failure)
    return Problem(
        what=words.what,
        why=words.why,
        do=words.do,
        raw=failure.raw,
        origin=Origin.POWERSHELL,
        code=code_of(failure.raw),
    )
