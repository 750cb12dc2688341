"""The order of the nodes in each column: few crossings, and as stable as the host itself.

Nodes go below their parents in the parents' order (barycentre of the neighbours' positions), equal
ones by name. That order depends on names and links alone, so that a new node moves no other past
its neighbours. Sweeps back and forth are only kept where they take crossings away.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from math import fsum

from console.domain.map.model import MapColumn, NodeRef
from console.domain.map.skeleton import Join, Skeleton

Order = dict[MapColumn, list[NodeRef]]
_SWEEPS = 4
_DIGITS = re.compile(r"(\d+)")


def ordered(whole: Skeleton, titles: Mapping[NodeRef, str]) -> Order:
    """Every column's nodes from top to bottom."""
    parents, children = whole.neighbours()
    column_of = {ref: column for column, refs in whole.columns.items() for ref in refs}
    ranks = _name_ranks(whole, titles)
    best = {column: sorted(refs, key=ranks.__getitem__) for column, refs in whole.columns.items()}
    _sweep(best, parents, list(MapColumn), ranks)
    fewest = crossings(best, whole.joins, column_of)
    order = {column: list(refs) for column, refs in best.items()}
    for number in range(_SWEEPS):
        if not fewest:
            break
        back = number % 2 == 0
        _sweep(order, children if back else parents, list(MapColumn)[:: -1 if back else 1], ranks)
        found = crossings(order, whole.joins, column_of)
        if found < fewest:
            best, fewest = {column: list(refs) for column, refs in order.items()}, found
    return best


def crossings(order: Order, joins: Iterable[Join], column_of: Mapping[NodeRef, MapColumn]) -> int:
    """How often edges between the same two columns cross."""
    places = {ref: place for refs in order.values() for place, ref in enumerate(refs)}
    bundles: dict[tuple[MapColumn, MapColumn], list[tuple[int, int]]] = {}
    for join in joins:
        ends = (column_of[join.source], column_of[join.target])
        bundles.setdefault(ends, []).append((places[join.source], places[join.target]))
    return sum(_inversions(sorted(bundle)) for bundle in bundles.values())


def _inversions(pairs: Iterable[tuple[int, int]]) -> int:
    """Pairs whose second numbers are in the wrong order; edges from one node do not cross."""
    seen: list[int] = []
    count = 0
    for _, target in pairs:
        count += len(seen) - bisect_right(seen, target)
        insort(seen, target)
    return count


def _sweep(
    order: Order,
    neighbours: Mapping[NodeRef, list[NodeRef]],
    columns: Iterable[MapColumn],
    ranks: Mapping[NodeRef, int],
) -> None:
    """Sort each column by the mean place of its neighbours; those without any keep to the end."""
    place = {
        ref: position / max(1, len(refs)) for refs in order.values() for position, ref in enumerate(refs)
    }
    for column in columns:
        refs = order[column]
        means = {ref: _mean([place[other] for other in neighbours.get(ref, ())]) for ref in refs}
        if all(mean is None for mean in means.values()):
            continue
        refs.sort(key=lambda ref: (means[ref] is None, means[ref] or 0.0, ranks[ref]))
        place |= {ref: position / len(refs) for position, ref in enumerate(refs)}


def _mean(places: list[float]) -> float | None:
    # fsum: the same whatever order the links were found in.
    return fsum(places) / len(places) if places else None


def _name_ranks(whole: Skeleton, titles: Mapping[NodeRef, str]) -> dict[NodeRef, int]:
    """The order of all nodes by name, in which ``web 2`` comes before ``web 10``."""
    refs = [ref for column in whole.columns.values() for ref in column]
    refs.sort(key=lambda ref: (_natural(titles[ref]), str(ref)))
    return {ref: rank for rank, ref in enumerate(refs)}


def _natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    parts = _DIGITS.split(text.casefold())
    return tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts if part)
