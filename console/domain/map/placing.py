"""Where the nodes of ordered columns stand: each as near to its neighbours as its column allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from console.domain.map.model import MapColumn, NodeRef
from console.domain.map.ordering import Order

GAP = 14.0
"""Between two nodes of a column."""


def placed(
    order: Order,
    heights: Mapping[NodeRef, float],
    parents: Mapping[NodeRef, Sequence[NodeRef]],
    children: Mapping[NodeRef, Sequence[NodeRef]],
) -> dict[NodeRef, float]:
    """The upper edge of every node; no two of a column overlap, the smallest is 0.

    The tallest column is stacked without holes; the others are drawn to the middle of what they
    are joined to, in their order.
    """
    tops: dict[NodeRef, float] = {}
    columns = list(MapColumn)
    base = max(columns, key=lambda column: (_stacked(order[column], heights), column))
    top = 0.0
    for ref in order[base]:
        tops[ref] = top
        top += heights[ref] + GAP
    left = [column for column in reversed(columns) if column < base]
    right = [column for column in columns if column > base]
    for side, near, far in ((left, children, parents), (right, parents, children)):
        for column in side:
            refs = order[column]
            wanted = _wanted(refs, heights, tops, (near, far))
            tops |= dict(zip(refs, spread(wanted, [heights[ref] for ref in refs]), strict=True))
    lowest = min(tops.values(), default=0.0)
    return {ref: round(top - lowest) + 0.0 for ref, top in tops.items()}


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Upper edges nearest to ``wanted`` (least squares) at which nodes in this order don't overlap.

    Pool adjacent violators: nodes that would overlap become one block around their common mean.
    """
    offsets, offset = [], 0.0
    for height in heights:
        offsets.append(offset)
        offset += height + GAP
    blocks: list[tuple[float, int]] = []
    for place, top in enumerate(wanted):
        total, count = top - offsets[place], 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, number = blocks.pop()
            total, count = total + before, count + number
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def _stacked(refs: Sequence[NodeRef], heights: Mapping[NodeRef, float]) -> float:
    return sum(heights[ref] + GAP for ref in refs)


def _wanted(
    refs: Sequence[NodeRef],
    heights: Mapping[NodeRef, float],
    tops: Mapping[NodeRef, float],
    neighbours: Sequence[Mapping[NodeRef, Sequence[NodeRef]]],
) -> list[float]:
    """The upper edge at which each node is level with its placed neighbours; else below the one before."""
    found: list[float] = []
    below = 0.0
    for ref in refs:
        others = [other for side in neighbours for other in side.get(ref, ()) if other in tops]
        if others:
            middle = fsum(tops[other] + heights[other] / 2 for other in others) / len(others)
            below = middle - heights[ref] / 2
        found.append(below)
        below += heights[ref] + GAP
    return found
