"""JSON as the scripts write it: compact and in ASCII."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def text_of(document: Any) -> str:
    """A document as text."""
    return json.dumps(document, separators=(",", ":"))


def list_of(items: Iterable[str]) -> str:
    """Items that are JSON already, as a JSON list."""
    return f"[{','.join(items)}]"
