"""What a map is made of. Lengths are logical pixels; the origin is the upper left corner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import NamedTuple

from console.domain.map.troubles import Trouble
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.text import Text


class MapColumn(IntEnum):
    """The columns of a map, from the wire on the left to the container on the right."""

    ADAPTERS = 0
    VSWITCHES = 1
    NETWORKS = 2
    ENDPOINTS = 3


class FoldRef(NamedTuple):
    """A group drawn as one node: all objects of ``kind`` that hang on exactly ``parents``.

    ``troubled`` groups those with a problem apart from the others. The same group keeps its
    address while its members come and go.
    """

    kind: ObjectKind
    parents: tuple[ObjectRef, ...]
    troubled: bool = False


NodeRef = ObjectRef | FoldRef


class NodeState(StrEnum):
    """How a node is drawn: in use, not in use (stopped, disconnected), or with what is wrong with it.

    A note is nothing wrong: a node with notes alone is in use or not.
    """

    UP = "up"
    DOWN = "down"
    WARNING = "warning"
    ERROR = "error"

    @property
    def troubled(self) -> bool:
        """Whether something is wrong."""
        return self in (NodeState.WARNING, NodeState.ERROR)


class EdgeKind(StrEnum):
    """What an edge says: a vSwitch is bound to an adapter, carries a network; something is attached."""

    BINDING = "binding"
    CARRYING = "carrying"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class MapNode:
    """One box of the map.

    ``row`` counts the nodes of its column from the top. ``lines`` are what stands below the title:
    type, state, addresses, VLAN, compartment, published ports; below them stand its ``troubles``,
    the most serious first. ``also`` are further objects it
    stands for: a network's HNS network, a container's endpoints and compartment, all of a fold's
    members. ``count`` is how many containers, endpoints or networks it stands for.
    """

    ref: NodeRef
    column: MapColumn
    row: int
    x: float
    y: float
    width: float
    height: float
    title: Text
    lines: tuple[Text, ...] = ()
    state: NodeState = NodeState.UP
    troubles: tuple[Trouble, ...] = ()
    also: tuple[ObjectRef, ...] = ()
    count: int = 1

    @property
    def folded(self) -> bool:
        """Whether it stands for a group."""
        return isinstance(self.ref, FoldRef)


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A line from a node to one further right. ``live`` is False where nothing flows (stopped)."""

    source: NodeRef
    target: NodeRef
    kind: EdgeKind
    label: Text | None = None
    live: bool = True


@dataclass(frozen=True)
class HostMap:
    """A laid out map. ``notes`` say which parts of the host could not be read and are missing."""

    title: Text
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    width: float
    height: float
    notes: tuple[Text, ...] = ()

    @cached_property
    def _shown(self) -> Mapping[NodeRef, MapNode]:
        found: dict[NodeRef, MapNode] = {node.ref: node for node in self.nodes}
        for node in self.nodes:
            for ref in node.also:
                found.setdefault(ref, node)
        return found

    def node_for(self, ref: NodeRef) -> MapNode | None:
        """The node that is or stands for an object; None where the map doesn't show it."""
        return self._shown.get(ref)


@dataclass(frozen=True, slots=True)
class MapFilter:
    """What of a host is drawn, and in how much detail.

    ``networks`` (docker or HNS) and ``containers``: only what they hang together with, to the left
    down to the adapter and to the right up to the container; empty: everything. ``expanded`` are folds that
    are drawn member by member. More than ``fold_above`` members are folded; where a column would
    still have more than ``most_nodes`` nodes, smaller groups are folded too.
    """

    networks: frozenset[ObjectRef] = frozenset()
    containers: frozenset[ObjectRef] = frozenset()
    expanded: frozenset[FoldRef] = frozenset()
    fold_above: int = 12
    most_nodes: int = 400


EVERYTHING = MapFilter()
