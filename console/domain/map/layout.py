"""The map of a host, laid out: :func:`lay_out`.

Pure and repeatable: the same snapshot and filter give the same map. It takes about a quarter of a
second for thousands of endpoints, so it is called off the UI thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.map.folding import Folded, fold
from console.domain.map.model import (
    EVERYTHING,
    FoldRef,
    HostMap,
    MapColumn,
    MapEdge,
    MapFilter,
    MapNode,
    NodeRef,
    NodeState,
)
from console.domain.map.ordering import Order, ordered
from console.domain.map.placing import placed
from console.domain.map.skeleton import skeleton
from console.domain.map.troubles import NOTHING, Found, Troubles
from console.domain.map.wording import Wording, Words
from console.domain.relations import Relations
from console.domain.removal import is_windows
from console.domain.snapshot import Section, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Map"

NODE_WIDTH = 230.0
COLUMN_GAP = 110.0
TITLE_HEIGHT = 30.0
LINE_HEIGHT = 17.0
PADDING = 10.0
LONG_TROUBLE = 28
"""So many characters of a trouble surely fit into one line of a node."""


def lay_out(
    snapshot: Snapshot,
    *,
    filter: MapFilter = EVERYTHING,  # noqa: A002 (the word people use for it)
    relations: Relations | None = None,
    found: Found = NOTHING,
) -> HostMap:
    """The map of a host, or of the part of it that ``filter`` chooses.

    ``relations`` are those of the same snapshot, where the caller has them already. ``found`` is what
    is wrong with its objects.
    """
    relations = relations or Relations(snapshot)
    troubles = Troubles(found)
    folded = fold(skeleton(relations, filter), filter, troubles)
    wording = Wording(relations, troubles)
    words = _words(folded, wording)
    order = ordered(folded.skeleton, {ref: str(one.title) for ref, one in words.items()})
    nodes = tuple(_nodes(order, words, folded))
    return HostMap(
        title=_title(snapshot),
        nodes=nodes,
        edges=tuple(_edges(folded, wording, words)),
        width=max((node.x + node.width for node in nodes), default=0.0),
        height=max((node.y + node.height for node in nodes), default=0.0),
        notes=tuple(_notes(snapshot)),
    )


def trouble_lines(trouble: str) -> int:
    """How many lines a trouble is given in its node: two where one would hold only its beginning."""
    return 2 if len(trouble) > LONG_TROUBLE else 1


def node_height(words: Words) -> float:
    """The height of a node: its title, its lines, and those of each trouble."""
    lines = len(words.lines) + sum(trouble_lines(str(trouble.text)) for trouble in words.troubles)
    return TITLE_HEIGHT + LINE_HEIGHT * lines + PADDING


def _words(folded: Folded, wording: Wording) -> dict[NodeRef, Words]:
    found: dict[NodeRef, Words] = {}
    for refs in folded.skeleton.columns.values():
        for ref in refs:
            if isinstance(ref, FoldRef):
                found[ref] = wording.of_fold(ref, folded.members[ref])
            else:
                found[ref] = wording.of(ref)
    return found


def _nodes(order: Order, words: Mapping[NodeRef, Words], folded: Folded) -> Iterator[MapNode]:
    heights = {ref: node_height(one) for ref, one in words.items()}
    tops = placed(order, heights, *folded.skeleton.neighbours())
    # A column nothing is in takes no room: a Linux host has no adapters and no vSwitches.
    used = [column for column in MapColumn if order[column]]
    for place, column in enumerate(used):
        for row, ref in enumerate(order[column]):
            one = words[ref]
            yield MapNode(
                ref=ref,
                column=column,
                row=row,
                x=place * (NODE_WIDTH + COLUMN_GAP),
                y=tops[ref],
                width=NODE_WIDTH,
                height=heights[ref],
                title=one.title,
                lines=one.lines,
                state=one.state,
                troubles=one.troubles,
                also=one.also,
                count=one.members,
            )


def _edges(folded: Folded, wording: Wording, words: Mapping[NodeRef, Words]) -> Iterator[MapEdge]:
    for join in folded.skeleton.joins:
        source, target = join.source, join.target
        if isinstance(source, FoldRef) or isinstance(target, FoldRef):
            yield MapEdge(source, target, join.kind, None, words[target].state is not NodeState.DOWN)
        else:
            label = wording.label(source, target)
            yield MapEdge(source, target, join.kind, label, wording.is_live(target))


def _title(snapshot: Snapshot) -> Text:
    if snapshot.host.bundle:
        return N_(CONTEXT, "Host {name} from a support bundle", name=snapshot.host.name)
    if snapshot.host.practice:
        return N_(CONTEXT, "Practice host {name}", name=snapshot.host.name)
    return N_(CONTEXT, "Host {name}", name=snapshot.host.name)


def _notes(snapshot: Snapshot) -> Iterator[Text]:
    """The parts of the host that are missing from the map; on Linux there are no others."""
    parts: list[tuple[Section[Any], Text]] = [
        (snapshot.networks, N_(CONTEXT, "networks")),
        (snapshot.containers, N_(CONTEXT, "containers")),
    ]
    if is_windows(snapshot):
        facts = snapshot.facts
        parts += [
            (facts.adapters, N_(CONTEXT, "adapters")),
            (facts.vswitches, N_(CONTEXT, "vSwitches")),
            (facts.hns_networks, N_(CONTEXT, "HNS networks")),
            (facts.hns_endpoints, N_(CONTEXT, "HNS endpoints")),
        ]
    for section, what in parts:
        if section.known() is None:
            reason = section.reason or N_(CONTEXT, "no reason is known")
            yield N_(CONTEXT, "Not on this map: {what}. {reason}", what=what, reason=reason)
