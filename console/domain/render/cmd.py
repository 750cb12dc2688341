r"""The command prompt's language (cmd.exe), as typed at an interactive prompt.

Two readers stand between a typed line and docker.exe: cmd.exe, to which ``& | < > ^ ( )`` mean
something outside double quotes and ``%`` everywhere, and the program's own argument rules
(:mod:`console.domain.render.argv`). cmd.exe knows nothing of ``\"``, so a word with a quote in it
is written with a caret before every special character, which keeps cmd.exe out of its quote mode.

``%`` has no escape at a prompt. What works is to make the variable's name one that does not exist:
a caret right after each ``%`` becomes part of the name while cmd.exe looks for a variable, and is
taken away afterwards. In a batch file a ``%`` would have to be doubled instead.

``!`` means something only where delayed expansion was switched on (``cmd /v:on``); it is off by
default, and the text is written for that.
"""

from __future__ import annotations

import re

from console.domain.render.argv import needs_quotes, quote_argument, split_arguments
from console.domain.render.errors import InexpressibleError, refuse_expression, refuse_second_command
from console.domain.text import N_

CONTEXT = "Command prompt"

_SAFE = re.compile(r"[A-Za-z0-9_./:\\@+,=\-]+")
_SPECIAL = frozenset('()%!^"<>&|')
_VARIABLE = re.compile(r"%[^%\s^]+%")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def quote_word(word: str) -> str:
    """``word`` as one argument of a program started from cmd.exe.

    Raises :class:`InexpressibleError` for line breaks and other control characters: cmd.exe ends
    the command at a line break, in quotes or not, and a prompt takes the others as key presses.
    """
    if _CONTROL.search(word):
        raise InexpressibleError(
            N_(
                CONTEXT,
                "The command prompt can't take {word}: it contains a line break or another control "
                "character, where a command ends. Use PowerShell, or let the console do it.",
                word=ascii(word),
            )
        )
    if _SAFE.fullmatch(word):
        return word
    quoted = quote_argument(word)
    if '"' in word or "%" in word:
        return _with_carets(quoted)
    return quoted if needs_quotes(word) or _SPECIAL & set(word) else word


def _with_carets(quoted: str) -> str:
    """Every special character behind a caret; after a ``%`` also a harmless one (module text)."""
    out = ""
    previous = ""
    for character in quoted:
        out += "^" + character if character in _SPECIAL - {"%"} or previous == "%" else character
        previous = character
    return out


def split_line(text: str) -> list[str]:
    """The arguments that a program started by this cmd.exe line reads.

    Raises :class:`CommandError` for a line that is more than one command or uses a variable.
    """
    return split_arguments(_without_carets(text.replace("\r\n", "\n")))


def _without_carets(text: str) -> str:
    """What cmd.exe hands to the program: carets resolved, quotes left as they are."""
    if found := _VARIABLE.search(text):
        refuse_expression(found.group())
    out = ""
    quoted = False
    at = 0
    while at < len(text):
        character = text[at]
        if character == "^" and not quoted:
            following = text[at + 1 : at + 2]
            at += 2
            # A caret at the end of a line joins the next one, whose first character is then plain.
            out += following if following != "\n" else ""
            continue
        if character == "\n" or (character in "&|<>" and not quoted):
            refuse_second_command(text[at:])
            break
        quoted = quoted != (character == '"')
        out += character
        at += 1
    return out
