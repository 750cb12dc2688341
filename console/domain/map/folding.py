"""Big groups drawn as one node, so that a host of thousands of containers can be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.map.model import FoldRef, MapColumn, MapFilter, NodeRef
from console.domain.map.skeleton import Join, Skeleton
from console.domain.map.troubles import Troubles
from console.domain.object_ref import ObjectRef

_FOLDABLE = (MapColumn.NETWORKS, MapColumn.ENDPOINTS)


@dataclass
class Folded:
    """A skeleton with folds, and the ``members`` of each fold."""

    skeleton: Skeleton
    members: dict[FoldRef, tuple[ObjectRef, ...]] = field(default_factory=dict)


def fold(whole: Skeleton, chosen: MapFilter, troubles: Troubles) -> Folded:
    """Fold the leaves of the map that hang on the same parents, where there are many of them.

    Only what nothing hangs on is folded (containers, endpoints, unused networks), so that no path
    from adapter to container is hidden. Those with a problem make a group of their own.
    """
    parents, children = whole.neighbours()
    members: dict[FoldRef, tuple[ObjectRef, ...]] = {}
    for column in _FOLDABLE:
        leaves = [
            ref for ref in whole.columns[column] if ref not in children and ref not in chosen.containers
        ]
        groups = _groups(leaves, parents, troubles)
        limit = _limit(groups, chosen, len(whole.columns[column]))
        members |= {
            ref: tuple(group)
            for ref, group in groups.items()
            if len(group) > limit and ref not in chosen.expanded
        }
    return Folded(_drawn(whole, members), members)


def _groups(
    leaves: list[NodeRef], parents: Mapping[NodeRef, list[NodeRef]], troubles: Troubles
) -> dict[FoldRef, list[ObjectRef]]:
    groups: dict[FoldRef, list[ObjectRef]] = {}
    for ref in leaves:
        if isinstance(ref, FoldRef):
            continue
        above = tuple(sorted(one for one in parents.get(ref, ()) if isinstance(one, ObjectRef)))
        key = FoldRef(ref.kind, above, troubled=troubles.has_problem(ref))
        groups.setdefault(key, []).append(ref)
    return groups


def _limit(groups: Mapping[FoldRef, list[ObjectRef]], chosen: MapFilter, count: int) -> int:
    """The largest group that is drawn member by member: smaller ones on bigger hosts."""
    for limit in range(chosen.fold_above, 1, -1):
        hidden = sum(
            len(group) - 1
            for ref, group in groups.items()
            if len(group) > limit and ref not in chosen.expanded
        )
        if count - hidden <= chosen.most_nodes:
            return limit
    return min(1, chosen.fold_above)


def _drawn(whole: Skeleton, members: Mapping[FoldRef, tuple[ObjectRef, ...]]) -> Skeleton:
    fold_of: dict[NodeRef, NodeRef] = {ref: fold for fold, group in members.items() for ref in group}
    columns = {
        column: list(dict.fromkeys(fold_of.get(ref, ref) for ref in refs))
        for column, refs in whole.columns.items()
    }
    joins = (Join(join.source, fold_of.get(join.target, join.target), join.kind) for join in whole.joins)
    return Skeleton.of(columns, joins)
