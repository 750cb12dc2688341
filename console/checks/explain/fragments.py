"""The fixed words of an error pattern's regular expression, to look for before it is tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from console.checks.explain.paste import squeeze

_GROUP = re.compile(r"\((?:[^()\\]|\\.)*\)")
_CLASS = re.compile(r"\[(?:[^\]\\]|\\.)*\]")
_KIND = re.compile(r"\\[SwdsWbD]")
_QUANTIFIED = re.compile(r"(?:\\.|[^\\])[?*+]")
_GAP = "\0"
_TELLING = 4  # squeezed characters


@dataclass(frozen=True, slots=True)
class Fragment:
    """The longest text that every match of one alternative holds, squeezed, and the other such texts."""

    longest: str
    others: tuple[str, ...]


@cache
def fragments(regex: str) -> tuple[Fragment, ...]:
    """For each alternative of ``regex`` its fixed texts; an alternative without any gives ""."""
    if not regex:
        return ()
    escaped = regex.replace(r"\(", "\1").replace(r"\)", "\2").replace(r"\|", "\3").replace(r"\[", "\4")
    bare = _CLASS.sub(_GAP, escaped)
    while (shorter := _GROUP.sub(_GAP, bare)) != bare:
        bare = shorter
    return tuple(_fragment(alternative) for alternative in bare.split("|"))


def _fragment(alternative: str) -> Fragment:
    gapped = _QUANTIFIED.sub(_GAP, _KIND.sub(_GAP, alternative))
    gapped = re.sub(r"(?<!\\)[.^$]", _GAP, gapped)
    for mark, character in zip("\1\2\3\4", "()|[", strict=True):
        gapped = gapped.replace(mark, character)
    plain = re.sub(r"\\(.)", r"\1", gapped)
    parts = sorted((squeeze(part).strip(".") for part in plain.split(_GAP)), key=len, reverse=True)
    return Fragment(parts[0], tuple(part for part in parts[1:] if len(part) >= _TELLING))
