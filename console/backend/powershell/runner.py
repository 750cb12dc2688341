"""What every way of running a named script has in common: :class:`ScriptRunner`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from console.backend.failures import EngineError
from console.domain.failure import Failure, FailureKind
from console.domain.scripts import Script

#: The kinds of failure after which a script may have done its work although nobody heard of it.
_CUT_OFF = frozenset(
    {
        FailureKind.TIMED_OUT,
        FailureKind.CONNECTION_LOST,
        FailureKind.MALFORMED_ANSWER,
        FailureKind.TOO_MUCH_OUTPUT,
        FailureKind.CANCELLED,
        FailureKind.EXIT_CODE,
    }
)

Progress = Callable[[str], None]


class HostError(EngineError):
    """A script got no good answer from its host; :attr:`failure` says how."""


class SignInRefusedError(HostError):
    """The host did not let the account in: asked again with the same password, it may lock the account."""


class ScriptRunner(Protocol):
    """Runs named scripts on one host, several at a time if asked so."""

    async def run(
        self, script: Script, parameters: Mapping[str, Any], *, on_progress: Progress | None = None
    ) -> str:
        """The text of the JSON document that ``script`` answers with.

        ``parameters`` are JSON values by the names of the script's ``param()`` block; they travel as
        data. ``on_progress`` is told what the script reports on the way, on the event loop's thread.
        Raises HostError. Cancelling the caller ends the script and all it started.
        """

    async def close(self) -> None:
        """Let go of what is held open; scripts under way are ended."""


def host_error(script: Script, kind: FailureKind, raw: str) -> HostError:
    """The error of a script that failed in one way, with the words it or the system gave.

    Where the script changes the host and was cut off after it began, the failure says that the
    change may have happened.
    """
    return HostError(
        Failure(
            kind=kind,
            raw=raw,
            script=script.id,
            may_have_happened=script.changes_host and kind in _CUT_OFF,
        )
    )
