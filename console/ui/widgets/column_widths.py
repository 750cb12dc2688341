"""How wide the columns of a table are in the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

GROWTH = 0.35
"""A column of words takes so much more than its width where there is room: further apart, the cells of
a row are hard to read as one.
"""

GIVE = 0.08
"""So much of the room the columns of words give way for beyond what reads well, before a scroll bar is
called for.
"""


@dataclass(frozen=True)
class ColumnWidth:
    """What one column wants. At ``readable`` its texts are read well, which for sentences is less than
    their length; ``least`` still shows its title. With ``gives`` it takes of what is spare and gives of
    what is short.
    """

    width: int
    readable: int
    least: int
    gives: bool = True


def shared(columns: Sequence[ColumnWidth], room: int) -> list[int]:
    """The widths of ``columns`` in ``room`` pixels; those they want where they do not fit at all."""
    wanted = [column.width for column in columns]
    short = sum(wanted) - room
    if short <= 0:
        return _grown(columns, -short)
    readable = [column.readable if column.gives else column.width for column in columns]
    if sum(readable) <= room:
        return _narrowed(wanted, readable, short)
    least = [
        min(column.least, fair) if column.gives else fair
        for column, fair in zip(columns, readable, strict=True)
    ]
    short = sum(readable) - room
    if short <= room * GIVE and sum(least) <= room:
        return _narrowed(readable, least, short)
    return wanted


def _grown(columns: Sequence[ColumnWidth], spare: int) -> list[int]:
    elastic = sum(column.width for column in columns if column.gives)
    share = min(GROWTH, spare / elastic) if elastic else 0.0
    return [column.width + (int(column.width * share) if column.gives else 0) for column in columns]


def _narrowed(widths: Sequence[int], least: Sequence[int], short: int) -> list[int]:
    """``widths`` less ``short`` in all, each less in proportion to what it has beyond ``least``."""
    slack = [width - floor for width, floor in zip(widths, least, strict=True)]
    share = short / sum(slack)
    return [width - min(ceil(own * share), own) for width, own in zip(widths, slack, strict=True)]
