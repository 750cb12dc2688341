"""What an error of PowerShell means, told by its ids and codes: its words are localized.

An error reaches us as a record of the launcher or of a script's own document, or, where PowerShell
did not get that far, as text on standard error that holds the same id.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from console.backend.powershell.runner import HostError, host_error
from console.domain.failure import FailureKind
from console.domain.scripts import Script

#: How much of a host's own words is kept, in characters.
LONGEST_RAW = 4000


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """PowerShell's ErrorRecord in short: ``id`` is its FullyQualifiedErrorId, ``hresult`` ``0x…``."""

    message: str
    category: str = ""
    id: str = ""
    hresult: str = ""
    mode: str = ""

    @property
    def kind(self) -> FailureKind:
        """What it means; SCRIPT_ERROR where it is an error of what the script did."""
        told = f"{self.id} {self.category}"
        for kind, pattern in _BY_ID:
            if pattern.search(told):
                return kind
        if self.hresult.lower() in _DENIED:
            return FailureKind.ACCESS_DENIED
        return FailureKind.SCRIPT_ERROR

    @property
    def words(self) -> str:
        """Its message, with the code where that says more."""
        plain = self.hresult.lower()
        if not plain or plain in self.message.lower() or plain in _SAY_NOTHING:
            return self.message
        return f"{self.message} ({plain})"


# In this order: what says most comes first. PowerShell gives scripts that a policy forbids the id
# UnauthorizedAccess and the category SecurityError; access denied has it with PermissionDenied.
_BY_ID = (
    (
        FailureKind.CONSTRAINED_LANGUAGE,
        re.compile(
            r"ConstrainedLanguage|ConversionSupportedOnlyToCoreTypes|TypeNotSupportedIn|"
            r"NotSupportedInThisLanguageMode|DotSourceNotSupported|CannotDefineNewType",
            re.IGNORECASE,
        ),
    ),
    (
        FailureKind.BLOCKED_BY_POLICY,
        re.compile(r"UnauthorizedAccess\b.*SecurityError|PSSecurityException|ProgramBlockedByPolicy"),
    ),
    (
        FailureKind.MODULE_MISSING,
        re.compile(
            r"CommandNotFound|Modules_ModuleNotFound|CouldNotAutoLoadModule|CouldNotAutoloadMatchingModule|"
            r"CommandMissing|ModuleMissing",
            re.IGNORECASE,
        ),
    ),
    (
        FailureKind.ACCESS_DENIED,
        re.compile(
            r"AccessDenied|UnauthorizedAccess|PermissionDenied|ScriptRequiresElevation|0x80070005|"
            r"Windows System Error 5\b"
        ),
    ),
)
#: E_ACCESSDENIED and WBEM_E_ACCESS_DENIED.
_DENIED = frozenset({"0x80070005", "0x80041003"})
#: COR_E_EXCEPTION, E_FAIL and .NET's other codes for "something went wrong".
_SAY_NOTHING = frozenset({"0x00000000", "0x80131500", "0x80131501", "0x80131509", "0x80131904", "0x80004005"})

# What only the text on standard error tells.
_BY_WORDS = (
    (FailureKind.CONSTRAINED_LANGUAGE, re.compile(r"ConstrainedLanguage|core types in this language mode")),
    (
        FailureKind.BLOCKED_BY_POLICY,
        re.compile(
            r"PSSecurityException|about_Execution_Policies|blocked by (?:group|your organization's) policy",
            re.IGNORECASE,
        ),
    ),
    (
        FailureKind.MODULE_MISSING,
        re.compile(
            r"CommandNotFoundException|Modules_ModuleNotFound|is not recognized as the name of a cmdlet"
        ),
    ),
    (
        FailureKind.ACCESS_DENIED,
        re.compile(
            r"UnauthorizedAccess|PermissionDenied|0x80070005|Access is denied|"
            r"do not have the required permission",
            re.IGNORECASE,
        ),
    ),
)


def kind_of_words(stderr: str) -> FailureKind | None:
    """What text on standard error tells, None where it is an error of no known kind."""
    return next((kind for kind, pattern in _BY_WORDS if pattern.search(stderr)), None)


def record_of(document: Any) -> ErrorRecord:
    """The record in one JSON object with ``message``, ``category``, ``id`` and ``hresult``."""
    fields = document if isinstance(document, dict) else {}
    return ErrorRecord(
        message=str(fields.get("message", "")),
        category=str(fields.get("category", "")),
        id=str(fields.get("id", "")),
        hresult=_hresult(fields.get("hresult", "")),
        mode=str(fields.get("mode", "")),
    )


def error_of(script: Script, record: ErrorRecord, *, changed: bool) -> HostError:
    """The error for a script that ended in ``record``. ``changed``: it had begun to change the host."""
    error = host_error(script, record.kind, shortened(record.words))
    if changed and not error.failure.may_have_happened:
        return HostError(error.failure.model_copy(update={"may_have_happened": True}))
    return error


def checked_answer(script: Script, text: str) -> str:
    """``text`` where it is a whole JSON document of a script that did its work.

    Raises HostError where it is no JSON object, where a script that changes the host does not say
    whether it did, and where it is the error such a script ended in.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        words = f"{error}: {text}" if text.strip() else "PowerShell wrote nothing."
        raise host_error(script, FailureKind.MALFORMED_ANSWER, shortened(words)) from error
    told = isinstance(document, dict) and (not script.changes_host or isinstance(document.get("ok"), bool))
    if not told:
        raise host_error(script, FailureKind.MALFORMED_ANSWER, shortened(text))
    if document.get("ok") is False:
        raise error_of(script, record_of(document.get("error")), changed=document.get("changed") is True)
    return text


def shortened(words: str) -> str:
    """At most :data:`LONGEST_RAW` characters, from the beginning and the end."""
    words = words.strip()
    if len(words) <= LONGEST_RAW:
        return words
    half = LONGEST_RAW // 2
    return f"{words[:half]} … {words[-half:]}"


def _hresult(value: object) -> str:
    """As ``0x80070005``, from the same, or from the signed number .NET holds."""
    text = str(value).strip()
    if text.lower().startswith("0x"):
        return text.lower()
    return f"0x{int(text) & 0xFFFFFFFF:08x}" if text.lstrip("-").isdigit() else ""
