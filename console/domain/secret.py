"""Secrets that pass through a plan on their way to the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field, SecretStr

#: A value of a step that is never written anywhere: no dump of the record has it (the journal and
#: support files are made of dumps), no ``repr`` shows it (logs and tracebacks are made of those). A step
#: read back from the journal has it empty. Only the code that sends it asks for its value.
Secret = Annotated[SecretStr, Field(exclude=True, repr=False)]


def secrets_in(value: Any) -> Iterator[SecretStr]:
    """Every secret in a record, down to the innermost, whatever its field is called."""
    if isinstance(value, SecretStr):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from secrets_in(getattr(value, field))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from secrets_in(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from secrets_in(inner)
