"""Objects of the engine as JSON, kept per object until the object changes.

A list of thousands is joined out of kept parts, so that serving it costs little more than
sending it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable


def encoded(document: object) -> bytes:
    """A document as compact UTF-8 JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def json_list(parts: Iterable[bytes]) -> bytes:
    """Encoded elements as one JSON list."""
    return b"[" + b",".join(parts) + b"]\n"
