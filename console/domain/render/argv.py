"""How a Windows program reads its arguments out of one command line (Microsoft C run time rules).

Windows hands a program one text, not a list. ``docker.exe`` is a Go program, and Go's run time
reads that text by the rules of the Microsoft C run time before 2008: backslashes count only before a
double quote, and ``""`` inside quotes is a quote that also ends them. What is written here is read
alike by later run times, which differ only in that last case.
"""

from __future__ import annotations

import re

_NEEDS_QUOTES = re.compile(r'[\s"]')


def quote_argument(word: str) -> str:
    """``word`` in double quotes, whatever it holds, so that a program reads exactly it."""
    escaped = re.sub(r'(\\*)"', r'\1\1\\"', word)
    trailing = escaped[len(escaped.rstrip("\\")) :]
    return f'"{escaped}{trailing}"'


def needs_quotes(word: str) -> bool:
    """Whether a program would read ``word`` otherwise if it stood there without quotes."""
    return not word or bool(_NEEDS_QUOTES.search(word))


def split_arguments(line: str) -> list[str]:
    """The arguments a program reads out of ``line`` (which does not begin with the program)."""
    words: list[str] = []
    rest = line.lstrip(" \t")
    while rest:
        word, rest = _next_argument(rest)
        words.append(word)
        rest = rest.lstrip(" \t")
    return words


def _next_argument(line: str) -> tuple[str, str]:
    """The first argument of ``line`` and what is left after it."""
    word = ""
    quoted = False
    at = 0
    while at < len(line):
        if line[at] in " \t" and not quoted:
            break
        if line[at] == "\\":
            run = len(line) - at - len(line[at:].lstrip("\\"))
            before_quote = line[at + run : at + run + 1] == '"'
            word += "\\" * (run // 2 if before_quote else run)
            at += run
            if before_quote and run % 2:
                word += '"'
                at += 1
            continue
        if line[at] == '"':
            if quoted and line[at + 1 : at + 2] == '"':
                word += '"'
                at += 1
            quoted = not quoted
            at += 1
            continue
        word += line[at]
        at += 1
    return word, line[at:]
