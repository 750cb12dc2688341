"""The three answers a prediction can have, and how it stands beside what really came."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Whether something will work. ``depends``: on what this host does not tell."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class Agreement(StrEnum):
    """A prediction beside what really came. ``settled``: the prediction left it open, now it is known."""

    AGREES = "agrees"
    DIFFERS = "differs"
    SETTLED = "settled"
