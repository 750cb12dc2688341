"""The ``.env`` file beside a Compose file: lines of ``NAME=value``, as compose-go's dotenv reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from console.domain.compose.interpolation import Variables, substituted
from console.domain.compose.tree import ComposeError, Place
from console.domain.text import N_

CONTEXT = "Compose"

_KEY = re.compile(r"[\w.\-\[\]]+")
_ESCAPE = re.compile(r'\\([abcfnrtv$"\\]|0[0-7]{0,3})')
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def read_dotenv(file: str, text: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of a ``.env`` file; a later line wins. Raises :class:`ComposeError`.

    ``environment`` is what its values may refer to, and what a name without a value is taken from.
    """
    values: dict[str, str] = {}
    rest = text.removeprefix("\ufeff").replace("\r\n", "\n")
    line = 1
    while True:
        stripped = rest.lstrip()
        line += rest[: len(rest) - len(stripped)].count("\n")
        if not stripped:
            return values
        if stripped.startswith("#"):
            rest = stripped.partition("\n")[2]
            line += 1
            continue
        place = Place(file, line)
        statement = re.sub(r"^export[ \t]+", "", stripped)
        name, separator, rest = _name(statement, place)
        if separator:
            known = {**values, **environment}
            values[name], rest = _value(rest.lstrip(" \t"), known, place)
        elif name in environment:
            values[name] = environment[name]
        line += stripped[: len(stripped) - len(rest)].count("\n")


def _name(statement: str, place: Place) -> tuple[str, str, str]:
    found = _KEY.match(statement)
    after = statement[found.end() :].lstrip(" \t") if found else statement
    if found is None or not (after == "" or after[0] in "=:\n"):
        first = statement.partition("\n")[0]
        raise ComposeError(N_(CONTEXT, "“{line}” is not of the form NAME=value.", line=first[:80]), place)
    separator = after[:1] if after[:1] in {"=", ":"} else ""
    return found[0], separator, after[1:]


def _value(rest: str, known: Mapping[str, str], place: Place) -> tuple[str, str]:
    """The value at the beginning of ``rest``, and what follows it."""
    quote = rest[:1]
    if quote not in {'"', "'"}:
        line, _, following = rest.partition("\n")
        value = line.split(" #", 1)[0].rstrip()
        return substituted(value, Variables(known), place), following
    at = 1
    inside: list[str] = []
    while at < len(rest):
        if rest[at] == "\\":
            # It takes the next character with it: two of them do not escape a quotation mark after them.
            following = rest[at + 1 : at + 2]
            inside.append(following if following == quote else rest[at] + following)
            at += 2
            continue
        if rest[at] == quote:
            value = "".join(inside)
            if quote == '"':
                value = substituted(_ESCAPE.sub(_unescaped, value), Variables(known), place)
            return value, rest[at + 1 :]
        inside.append(rest[at])
        at += 1
    raise ComposeError(N_(CONTEXT, "The quotation mark of this value is not closed."), place)


def _unescaped(found: re.Match[str]) -> str:
    letter = found[1]
    if letter == "$":
        return "$$"
    if letter.startswith("0"):
        return chr(int(letter, 8))
    return _ESCAPED.get(letter, letter if letter in '"\\' else found[0])
