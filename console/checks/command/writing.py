"""A command's words as one line of its own shell again: :func:`written`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.checks.command.reading import PastedCommand
from console.domain.render.errors import InexpressibleError
from console.domain.render.shell import Shell, join, quote

_VARIABLE_SIGNS = frozenset("$%")
# The variables that all three shells work out within double quotes, and letters that mean nothing else.
_WITH_VARIABLE = re.compile(r"(?:[\w ./:\\@+,=-]|\$\{?[\w:]+\}?|\$\([\w ]+\)|%\w+%)+")


def written(command: PastedCommand, words: Sequence[str]) -> str | None:
    """The command with ``words`` in place of its own; None where there is no certain spelling."""
    if command.unreadable is not None:
        return None
    whole = [*command.head, *words]
    if command.expression is not None and not all(_is_certain(word, command.shell) for word in whole):
        return None
    try:
        if command.expression is None:
            return join(whole, command.shell)
        line = " ".join(_word(word, command.shell) for word in whole)
        return f"& {line}" if command.shell is Shell.POWERSHELL and line[0] in "'\"" else line
    except InexpressibleError:
        return None


def _word(word: str, shell: Shell) -> str:
    return f'"{word}"' if _VARIABLE_SIGNS & set(word) else quote(word, shell)


def _is_certain(word: str, shell: Shell) -> bool:
    """Whether a variable in ``word`` stays one between double quotes, and all else stays as it is."""
    if not _VARIABLE_SIGNS & set(word):
        return True
    escaped = "\\" in word and (shell is Shell.POSIX or word.endswith("\\"))
    return not escaped and _WITH_VARIABLE.fullmatch(word) is not None
