"""A pasted text in the form in which its words can be found: :class:`Paste`.

What people paste is wrapped by a console, quoted by a mail program, escaped as JSON or HTML, and
typed with typographic quotes. All of that is between the words of a message, so words are looked up
in a form without blanks, quotes and case (``squeezed``); what is shown is the text as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

#: Characters that are looked at. Of a longer text the beginning and the end count.
MOST: Final = 160_000
_LONGEST_LINE = 400
_WORDS_BESIDE = 8  # lines before and after that tell what a line is about
_LONGEST_EVIDENCE = 300

_MARGIN = re.compile(r"^(?:[ \t]*[>|\u2502])+[ \t]*", re.MULTILINE)
_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ESCAPED_CHARACTER = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})", re.IGNORECASE)  # no halves of characters
_ENTITIES = {"&#39;": "'", "&#x27;": "'", "&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#34;": '"'}
_CODE_END = re.compile(r"(?<!\()(0x[0-9a-f]{1,8})(?=\s)", re.IGNORECASE)
_TYPOGRAPHIC: Final = str.maketrans(
    "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014\u00a0",
    '\'\'\'\'"""""----- ',
    "\u00ad\u200b\ufeff",
)
_QUOTES: Final = ("\\", '"', "'", "`")


def squeeze(words: str) -> str:
    """``words`` in lower case, without blanks, quotes and backslashes."""
    squeezed = "".join(words.lower().split())
    for quote in _QUOTES:
        squeezed = squeezed.replace(quote, "")
    return squeezed


class Paste:
    """One text: its lines, and where in them a squeezed word stands."""

    def __init__(self, text: str) -> None:
        self.lines = _lines(_unescaped(_bounded(text)))
        parts = [squeeze(_with_ended_codes(line)) for line in self.lines]
        self.squeezed = "".join(parts)
        self._said: dict[tuple[re.Pattern[str], int, int], bool] = {}
        self._starts = list(accumulate((len(part) for part in parts), initial=0))

    def line_at(self, place: int) -> int:
        """The number of the line in which the squeezed character ``place`` stands."""
        return min(bisect_right(self._starts, place) - 1, len(self.lines) - 1)

    def around(self, place: int, *, beside: int = _WORDS_BESIDE) -> str:
        """The lines around a place as one flowing text, for what a word is about and its values."""
        line = self.line_at(place)
        return " ".join(" ".join(self.lines[max(0, line - beside) : line + beside + 1]).split())

    def says(self, regex: re.Pattern[str], place: int, *, beside: int = _WORDS_BESIDE) -> bool:
        """Whether ``regex`` is found in the lines around a place; each is searched once for it."""
        key = (regex, self.line_at(place), beside)
        if (known := self._said.get(key)) is None:
            known = self._said[key] = regex.search(self.around(place, beside=beside)) is not None
        return known

    def from_line(self, place: int) -> str:
        """The line of a place and the two it may go on in, as one flowing text."""
        line = self.line_at(place)
        return " ".join(" ".join(self.lines[line : line + 3]).split())

    def evidence(self, start: int, end: int) -> str:
        """The words between two places, with the lines they stand in, cut to a readable length."""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        words = " ".join(line.strip() for line in self.lines[first : last + 1])
        return words if len(words) <= _LONGEST_EVIDENCE else words[: _LONGEST_EVIDENCE - 1] + "\u2026"


def _with_ended_codes(line: str) -> str:
    """The line with a mark behind each code that a blank ends: blanks will be gone."""
    return _CODE_END.sub(r"\1;", line + "\n") if "0x" in line or "0X" in line else line


def _bounded(text: str) -> str:
    if len(text) <= MOST:
        return text
    half = MOST // 2
    return f"{text[:half]}\n{text[-half:]}"


def _unescaped(text: str) -> str:
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    if '\\"' in text:  # JSON within JSON or within a log line
        text = text.replace("\\r", " ").replace("\\n", "\n").replace("\\t", " ")
    if "\\u" in text:
        text = _ESCAPED_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    if "&" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    if not text.isascii():
        text = text.translate(_TYPOGRAPHIC)
    return _MARGIN.sub("", text)


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= _LONGEST_LINE:
            lines.append(line)
        else:
            lines += [line[at : at + _LONGEST_LINE] for at in range(0, len(line), _LONGEST_LINE)]
    return lines
