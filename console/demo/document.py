"""What every part of the state is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """A part of the state: plain mutable data that a state file holds."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
