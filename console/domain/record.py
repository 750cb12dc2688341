"""The base of every document the console keeps, compares or writes to disk."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen document. Equal content means equal records.

    Building of validators is deferred to first use, so that importing the domain costs the
    window nothing before its first paint.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
