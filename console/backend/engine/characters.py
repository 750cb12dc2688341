r"""Halves of characters in what an engine sends, replaced: :func:`whole_characters`.

JSON can name the two halves of a character beyond U+FFFF each for itself (``\ud83d\ude00``; RFC 8259, 8.2).
One half alone is no character: no file can be written and nothing printed that holds it, so one label of a
strange engine would stand in the way of every copy of the host.
"""

from __future__ import annotations

import re
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_WRITTEN = re.compile(r"\\u[dD][89a-fA-F]")
_WRITTEN_BYTES = re.compile(rb"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")


def whole_characters(document: Any, source: str | bytes) -> Any:
    """``document`` as it was decoded from ``source``, with a replacement character for each half."""
    written = _WRITTEN.search(source) if isinstance(source, str) else _WRITTEN_BYTES.search(source)
    return _whole(document) if written else document


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF.sub(REPLACEMENT, value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value
