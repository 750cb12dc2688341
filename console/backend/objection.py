"""What is wrong with a document in a few words: :func:`first_objection`."""

from __future__ import annotations

from pydantic import ValidationError

LONGEST = 160
"""Characters. Where one of many words is expected, the whole list tells nobody anything."""


def first_objection(error: ValidationError) -> str:
    """The first thing that a model objects to and where it stands, without the value itself."""
    first = error.errors(include_url=False, include_input=False)[0]
    words = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
