"""Times as the engine prints them."""

from __future__ import annotations

from datetime import UTC, datetime

ZERO = "0001-01-01T00:00:00Z"


def rfc3339(seconds: float) -> str:
    """Unix seconds as ``2026-01-15T09:12:33.4455667Z`` (Windows ticks of 100 ns); 0 is no time."""
    if not seconds:
        return ZERO
    whole = datetime.fromtimestamp(int(seconds), tz=UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{int(seconds % 1 * 10_000_000):07d}Z"


_STEPS = (
    (1, "Less than a second"),
    (2, "1 second"),
    (60, "{} seconds"),
    (120, "About a minute"),
    (3600, "{} minutes"),
    (5400, "About an hour"),
    (48 * 3600, "{} hours"),
    (14 * 86400, "{} days"),
    (60 * 86400, "{} weeks"),
)
_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 7 * 86400}


def spoken(seconds: float) -> str:
    """A length of time as ``docker ps`` says it: ``5 minutes``, ``About an hour``."""
    for limit, words in _STEPS:
        if seconds < limit:
            return words.format(int(seconds // _UNITS.get(words.split(" ")[-1], 1)))
    return f"{int(seconds // (30 * 86400))} months"
