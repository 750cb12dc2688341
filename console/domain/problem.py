"""The one shape in which something that went wrong reaches a person."""

from __future__ import annotations

from enum import StrEnum

from console.domain.field import Field
from console.domain.record import Record
from console.domain.text import Text


class Origin(StrEnum):
    """Who said no."""

    ENGINE = "engine"
    HNS = "hns"
    CONNECTION = "connection"
    POWERSHELL = "powershell"
    CONSOLE = "console"


class Problem(Record):
    """What happened, why, what to do, and the raw words on demand.

    ``field`` is the form field it concerns, if one. ``code`` is a normalised HRESULT or Win32 code
    such as ``0x803b0006``; HNS texts are localized, so only the code is reliable (reference, 0.6).
    """

    what: Text
    why: Text
    do: tuple[Text, ...] = ()
    raw: str = ""
    origin: Origin = Origin.CONSOLE
    field: Field | None = None
    code: str = ""
