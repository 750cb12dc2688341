"""Text out of the bytes PowerShell writes, whatever encoding its host, version and code page chose."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: How many bytes are looked at to tell UTF-16 without a byte order mark.
_SAMPLE = 64


def decoded(data: bytes, *, errors: str = "strict") -> str:
    """``data`` as text: UTF-8 or UTF-16, with a byte order mark or without.

    Raises UnicodeDecodeError where it is neither.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors)
    return data.decode(_unmarked_encoding(data[:_SAMPLE]), errors)


def _unmarked_encoding(sample: bytes) -> str:
    """JSON and CLIXML begin with ASCII: in UTF-16 every other byte of that is zero."""
    if len(sample) >= 4 and sample[0] and not any(sample[1:4:2]):
        return "utf-16-le"
    if len(sample) >= 4 and sample[1] and not any(sample[0:4:2]):
        return "utf-16-be"
    return "utf-8"
