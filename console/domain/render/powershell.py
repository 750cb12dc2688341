r"""PowerShell's language, for Windows PowerShell 5.1 and PowerShell 7 alike.

Words stand in single quotes, in which nothing has a meaning but the quote itself. PowerShell takes
the typographic quotes U+2018 to U+201B as single quotes too: all five are written twice.

The second reader is the program (:mod:`console.domain.render.argv`), and there the editions differ.
Windows PowerShell 5.1 and PowerShell up to 7.2 paste an argument into the program's command line
without escaping the double quotes in it, drop an empty one, and (5.1) leave a backslash before the
closing quote they add. PowerShell 7.3 does it right, unless ``$PSNativeCommandArgumentPassing`` says
``Legacy``. A command with such a word is therefore written as

    & { $PSNativeCommandArgumentPassing = 'Legacy'; docker network create '"say \"hi\""' }

with those words already quoted as the program wants them: in 7.3 and later the assignment (which
ends with the block) brings the old way back, in older editions it does nothing, and all of them
hand on a word that is already in double quotes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.domain.render.argv import quote_argument, split_arguments
from console.domain.render.errors import (
    refuse_control_characters,
    refuse_expression,
    refuse_unfinished_quote,
)
from console.domain.render.word_reader import WordReader

# A word that begins with a digit could be read as a number.
_SAFE = re.compile(r"--?[A-Za-z][A-Za-z0-9\-]*|[A-Za-z_/\\][A-Za-z0-9_./:\\\-]*")
_QUOTES = re.compile("['\u2018-\u201b]")
_DOUBLE_QUOTES = '"\u201c\u201d\u201e'
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LEGACY = "& { $PSNativeCommandArgumentPassing = 'Legacy'; "
_LEGACY_TEXT = re.compile(
    r"\s*&\s*\{\s*\$PSNativeCommandArgumentPassing\s*=\s*'Legacy'\s*;(?P<command>.*)\}\s*", re.DOTALL
)
_CALL = re.compile(r"\A\s*&\s*(?=['\"\u2018-\u201e])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def quote_word(word: str) -> str:
    """``word`` as a PowerShell string; a program gets it unharmed only through :func:`join_words`.

    Raises :class:`InexpressibleError` for control characters other than tab and line feed: a
    terminal the text is pasted into acts on them.
    """
    quoted = quote_text(word)
    return word if _SAFE.fullmatch(word) else quoted


def quote_text(text: str) -> str:
    """``text`` as a PowerShell string that always stands in quotes, as a cmdlet's value does.

    Raises :class:`InexpressibleError` like :func:`quote_word`.
    """
    if _CONTROL.search(text):
        refuse_control_characters(text)
    return "'" + _QUOTES.sub(lambda found: found.group() * 2, text) + "'"


def join_words(words: Sequence[str]) -> str:
    """A command that hands exactly ``words[1:]`` to the program ``words[0]``, in every edition."""
    program = [_called(word) for word in words[:1]]
    arguments = words[1:]
    if not any(_harmed(word) for word in arguments):
        return " ".join([*program, *map(quote_word, arguments)])
    passed = (quote_word(quote_argument(word) if _harmed(word) else word) for word in arguments)
    return _LEGACY + " ".join([*program, *passed]) + " }"


def _called(program: str) -> str:
    """The program that is started: in quotes it would only be a string, so ``&`` calls it then."""
    quoted = quote_word(program)
    return quoted if quoted == program else f"& {quoted}"


def _harmed(word: str) -> bool:
    """Whether some edition would hand on something else than ``word``."""
    has_space = any(character.isspace() for character in word)
    return not word or '"' in word or (has_space and word.endswith("\\"))


def split_line(text: str) -> list[str]:
    """The arguments a program started by this PowerShell line reads.

    Raises :class:`CommandError` for an unfinished quote, more than one command, and for what only
    PowerShell can work out (variables, expressions).
    """
    if found := _LEGACY_TEXT.fullmatch(text):
        line = " ".join(_passed_on(word) for word in _words(found["command"]))
        return split_arguments(line)
    return _words(text.replace("\r\n", "\n"))


def _words(text: str) -> list[str]:
    """The words of one command; ``&`` before it only calls it."""
    return _Words(_CALL.sub("", text.strip(" "), count=1)).read()


def _passed_on(word: str) -> str:
    """``word`` as ``Legacy`` argument passing puts it into the command line."""
    inside = False
    for at, character in enumerate(word):
        if character == '"' and word[at - 1 : at] != "\\":
            inside = not inside
        elif character.isspace() and not inside:
            return f'"{word}"'
    return word


class _Words(WordReader):
    """One reading of a command, character by character."""

    def _step(self, character: str) -> None:
        if character == "\n" or character in "&|;<>(){}":
            self._end_command(self._text[self._at - 1 :])
        elif character.isspace():
            self._end_word()
        elif _QUOTES.match(character):
            self._append("")
            self._single_quoted()
        elif character in _DOUBLE_QUOTES:
            self._append("")
            self._double_quoted()
        elif character == "`":
            self._escape()
        elif character == "$" or (character == "@" and self._word is None):
            refuse_expression(self._text[self._at - 1 :])
        elif character == "#" and self._word is None:
            self._skip_comment()
        else:
            self._append(character)

    def _single_quoted(self) -> None:
        while self._at < len(self._text):
            character = self._take()
            if _QUOTES.match(character):
                if not _QUOTES.match(self._text[self._at : self._at + 1]):
                    return
                self._at += 1
            self._append(character)
        refuse_unfinished_quote()

    def _double_quoted(self) -> None:
        while self._at < len(self._text):
            character = self._take()
            if character in _DOUBLE_QUOTES:
                following = self._text[self._at : self._at + 1]
                if not following or following not in _DOUBLE_QUOTES:
                    return
                self._at += 1
                self._append(character)
            elif character == "$":
                refuse_expression(self._text[self._at - 1 :])
            elif character == "`":
                self._escape()
            else:
                self._append(character)
        refuse_unfinished_quote()

    def _escape(self) -> None:
        if self._at >= len(self._text):
            refuse_unfinished_quote()
        following = self._take()
        if following == "\n":  # a backtick at the end of a line joins the next one
            return
        self._append(_ESCAPES.get(following, following))
