"""The members of the engine's JSON objects, read with patience.

Engines from 2016 to today must be readable: a member that is missing, null or of another type is no fault
unless it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def object_of(document: Any) -> Mapping[str, Any]:
    """The document as an object. Raises TypeError where it is none."""
    if not isinstance(document, dict):
        raise TypeError(f"expected an object, found {str(document)[:80]!r}")
    return document


def list_in(source: Mapping[str, Any], name: str) -> list[Any]:
    """A member that is a list; an empty one where it is anything else."""
    value = source.get(name)
    return value if isinstance(value, list) else []


def needed(source: Mapping[str, Any], name: str) -> str:
    """A member that must be there as text. Raises ValueError where it is not."""
    value = source.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing")
    return value


def text_in(source: Mapping[str, Any], name: str) -> str:
    """A member that is text; "" where it is anything else."""
    value = source.get(name)
    return value if isinstance(value, str) else ""


def texts_of(value: Any) -> dict[str, str]:
    """A map of texts; null, which Go writes for an empty map, is one without entries."""
    if not isinstance(value, dict):
        return {}
    return {
        key: entry if isinstance(entry, str) else "" if entry is None else str(entry)
        for key, entry in value.items()
    }


def number_in(source: Mapping[str, Any], name: str) -> int:
    """A member that is a whole number; 0 where it is anything else."""
    value = source.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def texts_in(source: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a member that is a list; none where it is anything else."""
    return tuple(value for value in list_in(source, name) if isinstance(value, str))


def part_in(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A member that is an object; an empty one where it is missing or null. Raises TypeError for others."""
    return object_of(source.get(name) or {})
