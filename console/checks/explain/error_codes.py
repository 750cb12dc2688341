"""The codes in a pasted text, in whatever notation (reference, 4.1): :func:`codes_in`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from console.checks.errors.codes import normalised

# Squeezed text: lower case, without blanks and quotes.
_HEXADECIMAL = re.compile(r"0x([0-9a-f]{1,16})")
# Each expression begins with fixed characters: the engine of expressions then skips to the next of them.
_NAMED = {
    name: re.compile(rf"{name}[:=]?(-?\d{{1,10}})(?!\d)")
    for name in ("errorcode", "hresult", "systemerror", "win32error", "oserror", "winerror")
}
# Numbers that only an HRESULT of Windows, HNS or HCS is written as: in decimal, and without 0x.
_DECIMAL = re.compile(r"21[45]\d{7}(?!\d)")
_BARE = re.compile(r"80(?:3b|37|07)[0-9a-f]{4}(?![0-9a-z])")
_SHORT = (4, 3, 2)
_MOST_CODES = 400


def codes_in(squeezed: str) -> Iterator[tuple[str, int, int]]:
    """Each code with the place where it begins and ends, normalised (``0x803b0006``, ``0x57``).

    Where the blanks between columns are lost, what follows a code may run into it: then also what its
    first eight digits, or its first two to four, would mean.
    """
    if "0x" in squeezed:
        for found in islice(_HEXADECIMAL.finditer(squeezed), _MOST_CODES):
            yield from _read(found, runs_on=squeezed[found.end() : found.end() + 1].isalnum())
    for name, shape in _NAMED.items():
        if name in squeezed:
            for found in islice(shape.finditer(squeezed), _MOST_CODES):
                yield from _coded(found, int(found[1]))
    for found in islice(_DECIMAL.finditer(squeezed), _MOST_CODES):
        before = squeezed[max(0, found.start() - 1) : found.start()]
        if before != "." and not before.isdigit():
            yield from _coded(found, -int(found[0]) if before == "-" else int(found[0]))
    for found in islice(_BARE.finditer(squeezed), _MOST_CODES):
        if not squeezed[max(0, found.start() - 1) : found.start()].isalnum():
            yield from _coded(found, int(found[0], 16))


def _coded(found: re.Match[str], number: int) -> Iterator[tuple[str, int, int]]:
    if code := normalised(number & 0xFFFFFFFF):
        yield code, found.start(), found.end()


def _read(found: re.Match[str], *, runs_on: bool) -> Iterator[tuple[str, int, int]]:
    digits = found[1]
    lengths = (len(digits), 8, *_SHORT) if runs_on else (len(digits), 8)
    for length in dict.fromkeys(length for length in lengths if length <= min(len(digits), 8)):
        if code := normalised(int(digits[:length], 16)):
            yield code, found.start(), found.start() + len("0x") + length
