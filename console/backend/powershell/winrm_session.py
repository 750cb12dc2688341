"""One script in one PowerShell session over WinRM: blocking, for a thread of its own.

pypsrp costs a quarter of a second to import, so this module is imported when a host is first asked.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

import requests
from pypsrp.complex_objects import PSInvocationState
from pypsrp.exceptions import WinRMError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from console.backend.powershell.clixml import Progress
from console.backend.powershell.endpoint import WinRmEndpoint
from console.backend.powershell.faults import ErrorRecord
from console.backend.trust import ContextAdapter, tls_context

LOG = logging.getLogger(__name__)

#: How long the host may hold a poll open when it has nothing to say, in seconds; a wish to stop waits
#: for it.
POLL_SECONDS = 1
#: How long any one answer may take on its way, in seconds; more than a poll.
READ_SECONDS = 20
#: MS-PSRP 2.2.3.9, ErrorCategory.
_CATEGORIES = {7: "InvalidOperation", 13: "ObjectNotFound", 18: "PermissionDenied", 25: "SecurityError"}


class StoppedError(Exception):
    """The script was stopped, because somebody asked for it or its time was over."""


class TooMuchReceivedError(Exception):
    """The host sent more than it may."""


class ScriptFailedError(Exception):
    """The script ended in an error; :attr:`record` is PowerShell's."""

    def __init__(self, record: ErrorRecord) -> None:
        super().__init__(record.message)
        self.record = record


@dataclass(eq=False)
class Session:
    """How one run stands; ``begun`` is set once the host was handed the script."""

    endpoint: WinRmEndpoint
    text: str
    parameters: Mapping[str, Any]
    output_limit: int
    seconds: float
    on_progress: Callable[[str], None]
    stop: threading.Event = field(default_factory=threading.Event)
    begun: bool = False

    def run(self) -> str:
        """What the script wrote. Raises the errors above, and everything pypsrp and requests raise."""
        end = time.monotonic() + self.seconds
        with _LimitedWSMan(self.endpoint, self.output_limit) as wsman, RunspacePool(wsman) as pool:
            shell = PowerShell(pool)
            shell.add_script(self.text)
            shell.add_parameters(dict(self.parameters))
            self._check(end)
            self.begun = True
            shell.begin_invoke()
            self._follow(shell, end)
            return _outcome(shell)

    def _follow(self, shell: PowerShell, end: float) -> None:
        told = 0
        try:
            while shell.state == PSInvocationState.RUNNING:
                self._check(end)
                shell.poll_invoke(timeout=POLL_SECONDS)
                told = self._tell(shell, told)
        except (StoppedError, TooMuchReceivedError, TimeoutError):
            _stop(shell)
            raise

    def _check(self, end: float) -> None:
        if self.stop.is_set():
            raise StoppedError
        if time.monotonic() > end:
            raise TimeoutError(f"No answer within {self.seconds:g} s.")

    def _tell(self, shell: PowerShell, told: int) -> int:
        records = shell.streams.progress
        for record in records[told:]:
            percent = record.percent_complete
            words = Progress(
                record.activity or "", record.description or "", -1 if percent is None else percent
            )
            self.on_progress(str(words))
        return len(records)


class _LimitedWSMan(WSMan):  # type: ignore[misc, unused-ignore]
    """A connection that counts what the host sends, also the pieces of an object not yet whole."""

    def __init__(self, endpoint: WinRmEndpoint, limit: int) -> None:
        password = endpoint.password.get_secret_value()
        super().__init__(
            endpoint.host,
            port=endpoint.port,
            username=endpoint.username or None,
            password=password or None,
            ssl=endpoint.tls,
            auth=endpoint.authentication,
            # Over TLS the channel is encrypted; without it each message must be, or nothing is sent.
            encryption="auto" if endpoint.tls else "always",
            connection_timeout=endpoint.connect_seconds,
            read_timeout=READ_SECONDS,
            operation_timeout=READ_SECONDS // 2,
            reconnection_backoff=0.0,
            certificate_pem=endpoint.certificate_file or None,
            certificate_key_pem=endpoint.key_file or None,
        )
        if endpoint.tls:
            self.transport.session = self._trusting_session(endpoint)
        self._left = limit

    def _trusting_session(self, endpoint: WinRmEndpoint) -> requests.Session:
        """The session that pypsrp would make at its first message (0.9 offers no other way in), with
        whom to believe and our own certificate in its context.
        """
        context = tls_context(endpoint.authority_file, endpoint.certificate_file, endpoint.key_file)
        session = self.transport._build_session()
        session.mount("https://", ContextAdapter(context))
        return session

    def receive(self, *args: Any, **options: Any) -> ET.Element:
        """As inherited. Raises TooMuchReceivedError beyond the limit."""
        body: ET.Element = super().receive(*args, **options)
        self._left -= sum(len(element.text or "") for element in body.iter())
        if self._left < 0:
            raise TooMuchReceivedError("The host sent more than the console takes.")
        return body


def _stop(shell: PowerShell) -> None:
    try:
        shell.stop()
    except (WinRMError, OSError) as error:
        LOG.warning("the host could not be told to stop a script: %s", error)


def _outcome(shell: PowerShell) -> str:
    errors = [_record(error) for error in shell.streams.error]
    output = "\n".join(str(part) for part in shell.output)
    if shell.state == PSInvocationState.COMPLETED and (output or not errors):
        for error in errors:
            LOG.warning("a script answered, and reported an error beside: %s", error.message)
        return output
    if shell.state == PSInvocationState.STOPPED:
        raise StoppedError("The host stopped the script.")
    raise ScriptFailedError(errors[-1] if errors else ErrorRecord("The script failed without a word."))


def _record(error: Any) -> ErrorRecord:
    properties = getattr(error.exception, "adapted_properties", None) or {}
    hresult = properties.get("HResult")
    return ErrorRecord(
        message=str(properties.get("Message") or error),
        category=_CATEGORIES.get(error.category, ""),
        id=error.fq_error or "",
        hresult=f"0x{hresult & 0xFFFFFFFF:08x}" if isinstance(hresult, int) else "",
    )
