"""How much a finding or a broken rule matters. Of its own, so that the first paint needs no records."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """``error``: Windows or the engine refuses, or it can't work. ``warning``: accepted, but not
    what is probably meant. ``note``: worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
