"""What a live test is: programs to try one after the other, and how their output is read.

No program's words are read, only addresses, numbers and exit codes: Windows speaks the language of
its image, and the same holds for what is in a Linux image.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address
from typing import Final, Generic, TypeVar

from console.domain.container_details import ExecResult

T = TypeVar("T")

#: Names and addresses as they may be handed to a program: a word that is no option and no script.
_SAFE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})")
_ADDRESS = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])")

POWERSHELL: Final = ("powershell", "-NoProfile", "-NonInteractive", "-Command")
NOT_STARTED: Final = frozenset({126, 127, 9009})
"""Exit codes that say that the program is not there: of shells, of the engine, and of cmd."""


class UnsafeWordError(ValueError):
    """A target that is no host name and no address: it is handed to no program."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """One program to try. ``command`` are its words; ``read`` gives what it found out, None where that
    program could not tell (then the next one is tried).
    """

    command: tuple[str, ...]
    read: Callable[[ExecResult], T | None]


class Reach(StrEnum):
    """How a try to reach something ended. ``refused``: it answered that nothing listens there."""

    CONNECTED = "connected"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    UNKNOWN_NAME = "unknown-name"


def safe_word(text: str) -> str:
    """``text`` if it is a host name or an address. Raises UnsafeWordError for anything else.

    Words go to programs as a list, never through a shell; PowerShell alone reads its words as a
    script again, and to it such a word is nothing but itself.
    """
    word = text.strip()
    if not _SAFE.fullmatch(word):
        raise UnsafeWordError(text)
    return word


def addresses_in(text: str) -> tuple[str, ...]:
    """The IPv4 addresses in a text, each once."""
    found = []
    for match in _ADDRESS.finditer(text):
        try:
            found.append(str(IPv4Address(match[1])))
        except AddressValueError:
            continue  # four numbers that are none, as of a version
    return tuple(dict.fromkeys(found))


_NOT_IN_IMAGE = re.compile(r"executable file not found|no such file or directory|\(0x2\)", re.IGNORECASE)


def is_not_in_image(words: str) -> bool:
    """Whether an engine says that a program is not there: runc in English, Windows by its code 0x2."""
    return _NOT_IN_IMAGE.search(words) is not None


def is_missing(result: ExecResult) -> bool:
    """Whether the program was not in the image (the engine's answer is in the output then)."""
    return result.exit_code in NOT_STARTED
