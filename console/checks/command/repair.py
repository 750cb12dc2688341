"""Typing accidents in a command's words, undone and told: :func:`repaired`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from console.checks.command.reading import PastedCommand
from console.checks.command.verdict import Trouble
from console.domain.render.create_line import adapters_joined
from console.domain.severity import Severity
from console.domain.text import N_

CONTEXT = "Command check"

_DASHES = re.compile("^[\u2010-\u2015\u2212-]*[\u2010-\u2015\u2212][\u2010-\u2015\u2212-]*")


def repaired(command: PastedCommand, flags: Collection[str]) -> tuple[list[str], tuple[Trouble, ...]]:
    """The command's words as they were meant, and what was wrong; ``flags`` are the known long flags."""
    words = command.words
    troubles = [_QUOTES] if command.typographic else []
    hyphened = [_hyphened(word) for word in words]
    if hyphened != list(words):
        troubles.append(_DASH)
    joined = _dashes_joined(hyphened, flags)
    if joined != hyphened:
        troubles.append(_BLANK_AFTER_DASHES)
    together = adapters_joined(joined)
    if together != joined:
        troubles.append(_BLANK_AFTER_COMMA)
    if command.unreadable is not None:
        troubles.append(Trouble("unreadable", Severity.ERROR, command.unreadable.text))
    return together, tuple(troubles)


def _hyphened(word: str) -> str:
    """Typographic dashes at the beginning of a flag as hyphens; a single long dash was two."""
    found = _DASHES.match(word)
    if found is None or len(found.group()) == len(word):
        return word if found is None else "--"
    rest = word[found.end() :]
    name = re.split(r"[=\s]", rest, maxsplit=1)[0]
    return ("-" if len(name) == 1 else "--") + rest


def _dashes_joined(words: Sequence[str], flags: Collection[str]) -> list[str]:
    """``-- name`` as ``--name``, where that is a flag."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--" and "--" + word.partition("=")[0] in flags:
            joined[-1] = "--" + word
        else:
            joined.append(word)
    return joined


_QUOTES = Trouble(
    "typographic-quotes",
    Severity.ERROR,
    N_(CONTEXT, "Word processor quotation marks: cmd.exe and docker treat them as letters."),
    N_(CONTEXT, "Type the quotation marks again."),
)
_DASH = Trouble(
    "typographic-dash",
    Severity.ERROR,
    N_(CONTEXT, "A word processor dash is where hyphens belong: docker sees no flag there."),
    N_(CONTEXT, "Type the hyphens again: -d, --subnet."),
)
_BLANK_AFTER_DASHES = Trouble(
    "blank-after-dashes",
    Severity.ERROR,
    N_(CONTEXT, "There is a space between -- and the flag's name: docker takes what follows for names."),
    N_(CONTEXT, "Remove the space."),
)
_BLANK_AFTER_COMMA = Trouble(
    "blank-after-comma",
    Severity.ERROR,
    N_(CONTEXT, "There is a space at a comma in an option's value: docker sees two arguments there."),
    N_(CONTEXT, 'Write the whole value as one word: interface="Ethernet 2,Ethernet 3".'),
)
