"""From a snapshot to what the map page shows: everything that is worked out on a worker thread."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.map.layout import lay_out
from console.domain.map.model import FoldRef, MapFilter, NodeRef
from console.domain.map.troubles import Found
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.relations import Relations
from console.domain.snapshot import Snapshot
from console.ui.map.look import Picture, picture_of
from console.ui.map.rows import MapRow, map_rows

_NETWORKS = frozenset({ObjectKind.NETWORK, ObjectKind.HNS_NETWORK})
_ENDS = frozenset({ObjectKind.CONTAINER, ObjectKind.HNS_ENDPOINT})


@dataclass(frozen=True, eq=False)
class Drawing:
    """A snapshot, drawn through a filter; ``relations`` serve the next drawing of the same snapshot.

    ``found`` is what is wrong with its objects.
    """

    snapshot: Snapshot
    filter: MapFilter
    relations: Relations
    picture: Picture
    rows: tuple[MapRow, ...]
    found: Found


def drawn(snapshot: Snapshot, chosen: MapFilter, previous: Drawing | None, found: Found) -> Drawing:
    """Lay the map out and word it; what did not change since ``previous`` is the same object."""
    kept = previous is not None and previous.snapshot is snapshot
    relations = previous.relations if kept and previous is not None else Relations(snapshot)
    host_map = lay_out(snapshot, filter=chosen, relations=relations, found=found)
    picture = picture_of(host_map, previous.picture if previous is not None else None)
    return Drawing(snapshot, chosen, relations, picture, map_rows(picture), found)


def path_filter(picture: Picture, ref: NodeRef, before: MapFilter) -> MapFilter:
    """The filter that leaves only what hangs together with a node."""
    path = picture.path_of(ref)
    refs = {one for one in path if isinstance(one, ObjectRef)} | set(picture.nodes[ref].node.also)
    networks: frozenset[ObjectRef] = frozenset()
    containers: frozenset[ObjectRef] = frozenset()
    if ref.kind in _ENDS:
        own = picture.nodes[ref].node.also if isinstance(ref, FoldRef) else (ref,)
        containers = frozenset(one for one in own if one.kind is ref.kind)
    elif isinstance(ref, ObjectRef) and ref.kind in _NETWORKS:
        networks = frozenset({ref})
    else:
        networks = frozenset(one for one in refs if one.kind in _NETWORKS)
    return MapFilter(networks, containers, before.expanded)


def refolded(picture: Picture, ref: NodeRef, before: MapFilter) -> MapFilter:
    """The filter with a fold opened, or with the group of an opened fold's member closed again."""
    if isinstance(ref, FoldRef):
        expanded = before.expanded | {ref}
    else:
        parents = set(picture.before.get(ref, ()))
        expanded = frozenset(
            one for one in before.expanded if one.kind is not ref.kind or set(one.parents) != parents
        )
    return MapFilter(before.networks, before.containers, expanded)
