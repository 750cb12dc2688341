"""Words in and out of a shell's command line: :func:`quote`, :func:`join`, :func:`split`.

Each shell's rules are in its own module; this one only chooses. Values travel as data everywhere
else in the console: these texts are for people to read, copy and paste.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from console.domain.render import cmd, posix, powershell


class Shell(StrEnum):
    """The shells a command is shown for."""

    CMD = "cmd"
    POWERSHELL = "powershell"
    POSIX = "posix"


def quote(word: str, shell: Shell) -> str:
    """``word`` as one word of ``shell``; see there for the values that raise InexpressibleError."""
    match shell:
        case Shell.CMD:
            return cmd.quote_word(word)
        case Shell.POWERSHELL:
            return powershell.quote_word(word)
        case Shell.POSIX:
            return posix.quote_word(word)


def join(words: Sequence[str], shell: Shell) -> str:
    """A command of ``shell`` that hands exactly ``words[1:]`` to the program ``words[0]``."""
    if shell is Shell.POWERSHELL:
        return powershell.join_words(words)
    return " ".join(quote(word, shell) for word in words)


def split(text: str, shell: Shell) -> list[str]:
    """The words a program gets from a typed command; raises CommandError where that can't be told."""
    match shell:
        case Shell.CMD:
            return cmd.split_line(text)
        case Shell.POWERSHELL:
            return powershell.split_line(text)
        case Shell.POSIX:
            return posix.split_line(text)
