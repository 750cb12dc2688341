"""One changed field taken apart into what of it is different, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python

from console.domain.comparison.compare import Change


@dataclass(frozen=True, slots=True)
class Difference:
    """What one part of a field was and is. None: the entry of a list was not there, or is not any more.

    ``field`` is the field's name, for one of several named values with that value's name behind it.
    """

    field: str
    before: str | None
    after: str | None

    @property
    def reordered(self) -> bool:
        """Whether the same entries stand in another order only."""
        return self.before == self.after


def differences(change: Change) -> Iterator[Difference]:
    """What of ``change`` is different: named values each for itself, entries of lists each for itself."""
    before, after = plain(change.before), plain(change.after)
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after}):
            if before.get(key) != after.get(key):
                yield Difference(f"{change.field} {key}", words(before.get(key)), words(after.get(key)))
    elif isinstance(before, list) and isinstance(after, list):
        yield from (Difference(change.field, words(one), None) for one in before if one not in after)
        yield from (Difference(change.field, None, words(one)) for one in after if one not in before)
        entries = sorted(map(words, before))
        if entries == sorted(map(words, after)):
            told = ", ".join(entries)
            yield Difference(change.field, told, told)
    else:
        yield Difference(change.field, words(before), words(after))


def plain(value: object) -> Any:
    """The value as JSON has it."""
    return to_jsonable_python(value)


def words(value: Any) -> str:
    """A JSON value in words."""
    if value is None or value == "":
        return "(none)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
