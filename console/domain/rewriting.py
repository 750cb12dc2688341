"""A record with every text in it put through one function: :func:`rewritten`.

What the fields of a record mean is not known here; the :class:`Rewriter` is told of each text whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal, Protocol, TypeVar, get_origin

from console.domain.record import Record
from console.domain.text import Text

R = TypeVar("R", bound=Record)

_PLAIN = frozenset({int, bool, float})


class Rewriter(Protocol):
    """What becomes of the texts of a record."""

    def text(self, owner: Record, field: str, words: str) -> str:
        """What is written in the place of ``words``, which stand in ``owner``'s ``field``."""

    def entry(self, owner: Record, field: str, key: str, words: str) -> tuple[str, str]:
        """What is written in the place of one entry of a mapping of texts."""


def rewritten(record: R, rewriter: Rewriter) -> R:
    """``record`` with what ``rewriter`` makes of its texts, down to the innermost record.

    Enumerations, numbers and the literals that tell kinds of records apart are no texts. Records in
    which nothing changes are the same objects again.
    """
    changed = {}
    for field in _fields(type(record)):
        before = getattr(record, field)
        after = _value(record, field, before, rewriter)
        if after is not before:
            changed[field] = after
    return record.model_copy(update=changed) if changed else record


@cache
def _fields(kind: type[Record]) -> tuple[str, ...]:
    """The fields that are not literals."""
    return tuple(
        name for name, field in kind.model_fields.items() if get_origin(field.annotation) is not Literal
    )


def _value(owner: Record, field: str, value: Any, rewriter: Rewriter) -> Any:
    kind = type(value)
    if kind is str:
        return rewriter.text(owner, field, value)
    if value is None or kind in _PLAIN:  # before the slower questions: most values are of these
        return value
    if isinstance(value, Record):
        return rewritten(value, rewriter)
    if kind is tuple or kind is list:
        items = [_value(owner, field, item, rewriter) for item in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else kind(items)
    if isinstance(value, Text):
        values = tuple((name, _value(owner, field, inner, rewriter)) for name, inner in value.values)
        return value if values == value.values else replace(value, values=values)
    if isinstance(value, Mapping):
        entries = dict(_entry(owner, field, key, item, rewriter) for key, item in value.items())
        return value if entries == value else entries
    return value


def _entry(owner: Record, field: str, key: str, value: Any, rewriter: Rewriter) -> tuple[str, Any]:
    if type(value) is str:
        return rewriter.entry(owner, field, key, value)
    return key, _value(owner, field, value, rewriter)
