"""Texts shown to people: how a :class:`~console.domain.text.Text` gets its language, and ages."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.domain.text import Text

CONTEXT = "Texts"

# (seconds in one of it, text); the largest that fits once is used.
_SPANS = (
    (86400 * 365, "%n year(s)"),
    (86400, "%n day(s)"),
    (3600, "%n h"),
    (60, "%n min"),
    (1, "%n s"),
)


def shown(text: Text) -> str:
    """``text`` in the language of the window; host data in it stays as it is."""
    return text.render(_translate)


def _translate(context: str, template: str) -> str:
    # Verbatim texts have no context: there is nothing in them to translate.
    return QCoreApplication.translate(context, template) if context else template


def moment(when: datetime | None) -> str:
    """Date and time of day where the person is; "" for none."""
    return "" if when is None else _local(when).strftime("%Y-%m-%d %H:%M:%S")


def time_of_day(when: datetime) -> str:
    """The time of day where the person is."""
    return _local(when).strftime("%H:%M:%S")


def _local(when: datetime) -> datetime:
    try:
        return when.astimezone()
    except (OSError, OverflowError):
        # Windows' calendar begins in 1970 and ends in 3000; what lies outside is told as it came.
        return when


def age(seconds: float) -> str:
    """A span of time in one unit, as in "3 days"; "" for a time that has not come yet by > 1 min."""
    if seconds < -60:
        return ""
    for length, template in _SPANS:
        count = int(seconds // length)
        if count >= 1:
            return _plural(QCoreApplication.translate(CONTEXT, template, "", count), count)
    return QCoreApplication.translate(CONTEXT, "now")


def _plural(text: str, count: int) -> str:
    # Without a translation loaded Qt leaves "(s)" for the programmer to see.
    return text.replace("(s)", "" if count == 1 else "s")
