"""Named scripts on another host, over WinRM with typed parameters.

A session is opened for each script and closed after it: it costs the host 20 ms, and no module, no
hang and no dropped connection of one script meets the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from console.backend.failures import failure_of
from console.backend.powershell.endpoint import WinRmEndpoint
from console.backend.powershell.faults import checked_answer, error_of, shortened
from console.backend.powershell.request import script_text
from console.backend.powershell.runner import HostError, Progress, SignInRefusedError, host_error
from console.backend.threads import DaemonThreads, TooManyHungCallsError
from console.domain.failure import FailureKind
from console.domain.scripts import Script, wrong_parameters

if TYPE_CHECKING:
    from console.backend.powershell.winrm_session import Session

#: Far more than the inventory of a host with 20,000 endpoints, in characters on the wire.
OUTPUT_LIMIT = 96 * 1024 * 1024
#: How much longer than the script's own time a host that answers nothing at all is waited for.
GRACE_SECONDS = 30.0

#: ERROR_ACCESS_DENIED and E_ACCESSDENIED as a WSMan fault.
_DENIED_FAULTS = frozenset({5, 0x80070005})
#: As the answer of WinRM itself, before any script: the account is wrong, locked, or may not come in.
_REFUSED_ACCOUNT = frozenset({FailureKind.AUTHENTICATION, FailureKind.ACCESS_DENIED})
#: With these nobody let us in yet, or hung up: what that means depends on what was under way.
_CUT = frozenset(
    {FailureKind.NOT_RUNNING, FailureKind.UNREACHABLE, FailureKind.PROXY, FailureKind.CONNECTION_LOST}
)


class WinRmRunner:
    """Runs named scripts on one host over WinRM (a ``ScriptRunner``). Blocking calls run in threads."""

    def __init__(
        self,
        endpoint: WinRmEndpoint,
        *,
        output_limit: int = OUTPUT_LIMIT,
        timeout_factor: float = 1.0,
        text_of: Callable[[Script], str] = script_text,
    ) -> None:
        self._endpoint = endpoint
        self._output_limit = output_limit
        self._timeout_factor = timeout_factor
        self._text_of = text_of
        self._threads = DaemonThreads("winrm", limit=16)
        self._sessions: set[Session] = set()

    async def run(
        self, script: Script, parameters: Mapping[str, Any], *, on_progress: Progress | None = None
    ) -> str:
        """See ``ScriptRunner.run``."""
        if wrong := wrong_parameters(script, parameters):
            raise host_error(script, FailureKind.INTERNAL, "; ".join(wrong))
        session = await self._threads.run(partial(self._session, script, parameters, _teller(on_progress)))
        self._sessions.add(session)
        try:
            async with asyncio.timeout(session.seconds + GRACE_SECONDS):
                return await self._threads.run(partial(_answer, script, session))
        except TooManyHungCallsError as error:
            raise host_error(script, FailureKind.TIMED_OUT, str(error)) from error
        except TimeoutError as error:
            raise host_error(script, FailureKind.TIMED_OUT, "The host answers nothing at all.") from error
        finally:
            session.stop.set()  # the thread ends the script on the host, whoever still waits for it
            self._sessions.discard(session)

    async def close(self) -> None:
        """Have what runs stopped; nobody waits for it."""
        for session in self._sessions:
            session.stop.set()
        self._threads.close()

    def _session(self, script: Script, parameters: Mapping[str, Any], tell: Callable[[str], None]) -> Session:
        from console.backend.powershell.winrm_session import Session  # brings pypsrp

        return Session(
            endpoint=self._endpoint,
            text=self._text_of(script),
            parameters=parameters,
            output_limit=self._output_limit,
            seconds=script.timeout_seconds * self._timeout_factor,
            on_progress=tell,
        )


def _teller(on_progress: Progress | None) -> Callable[[str], None]:
    """What a thread calls with news of progress, told on the loop's thread."""
    loop = asyncio.get_running_loop()

    def tell(words: str) -> None:
        if on_progress is not None and not loop.is_closed():
            loop.call_soon_threadsafe(on_progress, words)

    return tell


def _answer(script: Script, session: Session) -> str:
    """The script's document. Raises HostError."""
    try:
        text = session.run()
    except Exception as error:  # whatever the libraries raise is told as a failure
        raise _host_error(script, session, error) from error
    return checked_answer(script, text)


def _host_error(script: Script, session: Session, error: Exception) -> HostError:
    from console.backend.powershell.winrm_session import (
        ScriptFailedError,
        StoppedError,
        TooMuchReceivedError,
    )

    if isinstance(error, ScriptFailedError):
        return error_of(script, error.record, changed=script.changes_host)
    if isinstance(error, StoppedError):
        kind = FailureKind.CANCELLED
    elif isinstance(error, TooMuchReceivedError):
        kind = FailureKind.TOO_MUCH_OUTPUT
    elif isinstance(error, TimeoutError):
        kind = FailureKind.TIMED_OUT
    else:
        kind = _wire_kind(error, begun=session.begun)
        if kind in _REFUSED_ACCOUNT:
            return SignInRefusedError(host_error(script, kind, shortened(_words(error))).failure)
    failure = host_error(script, kind, shortened(_words(error))).failure
    return HostError(
        failure.model_copy(update={"may_have_happened": failure.may_have_happened and session.begun})
    )


def _wire_kind(error: Exception, *, begun: bool) -> FailureKind:
    """What an error of pypsrp, requests or the authentication library means."""
    from pypsrp.exceptions import AuthenticationError, WinRMError, WinRMTransportError, WSManFaultError
    from spnego.exceptions import NativeError, SpnegoError

    cut = FailureKind.CONNECTION_LOST if begun else FailureKind.UNREACHABLE
    match error:
        case AuthenticationError() | SpnegoError() | NativeError():
            return FailureKind.AUTHENTICATION
        case WSManFaultError() if error.code in _DENIED_FAULTS:
            return FailureKind.ACCESS_DENIED
        case WinRMTransportError(code=403) | WSManFaultError(__context__=WinRMTransportError(code=403)):
            # pypsrp takes any XML for a fault, also a web server's page.
            return FailureKind.ACCESS_DENIED
        case WinRMError():
            return cut
        case ParseError():
            return FailureKind.MALFORMED_ANSWER
    kind = failure_of(error).kind
    return cut if kind in _CUT else kind


def _words(error: Exception) -> str:
    return failure_of(error).raw if isinstance(error, OSError) else str(error) or type(error).__name__
