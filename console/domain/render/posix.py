"""The POSIX shell's language (sh, dash, bash, zsh)."""

from __future__ import annotations

import re

from console.domain.render.errors import (
    refuse_control_characters,
    refuse_expression,
    refuse_unfinished_quote,
)
from console.domain.render.word_reader import WordReader

# Without a leading "=": zsh looks for a command of the name that follows it.
_SAFE = re.compile(r"[A-Za-z0-9_./:@%+,\-][A-Za-z0-9_./:@%+,=\-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_OPERATORS = "&|;<>()"


def quote_word(word: str) -> str:
    """``word`` as one argument in a POSIX shell.

    Raises :class:`InexpressibleError` for control characters other than tab and line feed: no
    argument can hold NUL, and a terminal the text is pasted into acts on the others.
    """
    if _CONTROL.search(word):
        refuse_control_characters(word)
    if _SAFE.fullmatch(word):
        return word
    return "'" + word.replace("'", "'\"'\"'") + "'"


def split_line(text: str) -> list[str]:
    """The arguments that a POSIX shell reads out of one simple command.

    Raises :class:`CommandError` for an unfinished quote, for more than one command, and for what
    only the shell can resolve (variables, command substitution).
    """
    return _Words(text.replace("\r\n", "\n")).read()


class _Words(WordReader):
    """One reading of a command, character by character."""

    def _step(self, character: str) -> None:
        if character in " \t":
            self._end_word()
        elif character == "'":
            self._append(self._up_to("'"))
        elif character == '"':
            self._append("")
            self._double_quoted()
        elif character == "\\":
            self._escape()
        elif character == "#" and self._word is None:
            self._skip_comment()
        elif character in "$`":
            refuse_expression(self._text[self._at - 1 :])
        elif character == "\n" or character in _OPERATORS:
            self._end_command(self._text[self._at - 1 :])
        else:
            self._append(character)

    def _up_to(self, quote: str) -> str:
        end = self._text.find(quote, self._at)
        if end < 0:
            refuse_unfinished_quote()
        inside, self._at = self._text[self._at : end], end + 1
        return inside

    def _double_quoted(self) -> None:
        while self._at < len(self._text):
            character = self._take()
            if character == '"':
                return
            if character in "$`":
                refuse_expression(self._text[self._at - 1 :])
            if character == "\\" and self._text[self._at : self._at + 1] in tuple('$`"\\\n'):
                following = self._take()
                self._append("" if following == "\n" else following)
            else:
                self._append(character)
        refuse_unfinished_quote()

    def _escape(self) -> None:
        if self._at >= len(self._text):
            refuse_unfinished_quote()
        following = self._take()
        if following != "\n":  # a backslash at the end of a line joins the next one
            self._append(following)
