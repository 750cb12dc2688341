"""The code in an error text, whatever shape it comes in (reference, 4.1)."""

from __future__ import annotations

import re

# In this order: a code in parentheses is the answer itself, the others are reports about it.
_SHAPES = (
    re.compile(r"\((0x[0-9a-fA-F]{1,8})\)"),
    re.compile(r"Result code = '(0x[0-9a-fA-F]{1,8})'"),
    re.compile(r'"ErrorCode"\s*:\s*(-?\d{1,10})'),
    re.compile(r"\b(0x[8cC][0-9a-fA-F]{7})\b"),
)
_WIN32_FACILITY = 0x8007
_FACILITIES = {0xC037: 0x8037, 0xC03B: 0x803B}


def code_of(raw: str) -> str:
    """The normalised code of an error text, such as ``0x803b0006`` or ``0x57``; "" where it has none.

    The same error comes as HRESULT, as Win32 code, as NTSTATUS-like number of the old compute path
    and as decimal number in JSON: ``0x80070057`` becomes ``0x57``, ``0xc0370101`` ``0x80370101``.
    """
    for shape in _SHAPES:
        if found := shape.search(raw):
            return normalised(int(found[1], 0) & 0xFFFFFFFF)
    return ""


def normalised(number: int) -> str:
    """The one notation of a 32-bit code, "" for success; see :func:`code_of`."""
    if not number:
        return ""
    facility, low = number >> 16, number & 0xFFFF
    if facility == _WIN32_FACILITY:
        return f"{low:#x}"
    facility = _FACILITIES.get(facility, facility)
    return f"{facility << 16 | low:#x}"
