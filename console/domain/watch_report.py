"""How a watchdog on a host stands, as the host itself tells it."""

from __future__ import annotations

from enum import StrEnum

from console.domain.record import Record


class WatchState(StrEnum):
    """Where a watchdog stands: the values of ``State`` that Start-Watchdog.ps1 and its task write, and GONE.

    ``acting``: Windows is reverting the change right now. ``failed``: it tried in vain. ``gone``: the
    host knows of no such watchdog, so that nothing will revert the change.
    """

    ARMED = "armed"
    CONFIRMED = "confirmed"
    ACTING = "acting"
    TAKEN_BACK = "taken-back"
    FAILED = "failed"
    GONE = "gone"


SETTLED = frozenset({WatchState.CONFIRMED, WatchState.TAKEN_BACK, WatchState.FAILED, WatchState.GONE})
"""The states that stay."""


class WatchReport(Record):
    """A watchdog's state when the host answered.

    ``seconds_left`` until Windows acts, by the host's own clock; 0 when the time is up. ``problem`` is
    Windows' own words where reverting failed.
    """

    state: WatchState
    seconds_left: int = 0
    problem: str = ""
