"""What a map shows, in the words of the window: made on a worker thread, read on the UI thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from console.domain.map.model import EdgeKind, HostMap, MapColumn, MapEdge, MapNode, NodeRef, NodeState
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.severity import Severity
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.severities import severity_word
from console.ui.texts import shown

CONTEXT = "Map"

KIND_TEXTS: Mapping[ObjectKind, Text] = {
    ObjectKind.ADAPTER: N_(CONTEXT, "Adapter"),
    ObjectKind.VSWITCH: N_(CONTEXT, "vSwitch"),
    ObjectKind.HNS_NETWORK: N_(CONTEXT, "HNS network"),
    ObjectKind.NETWORK: N_(CONTEXT, "Network"),
    ObjectKind.HNS_ENDPOINT: N_(CONTEXT, "Endpoint"),
    ObjectKind.CONTAINER: N_(CONTEXT, "Container"),
    ObjectKind.COMPARTMENT: N_(CONTEXT, "Compartment"),
    ObjectKind.HNS_NAMESPACE: N_(CONTEXT, "Namespace"),
    ObjectKind.HNS_LOAD_BALANCER: N_(CONTEXT, "Load balancer"),
    ObjectKind.NAT: N_(CONTEXT, "NAT"),
    ObjectKind.PORT_MAPPING: N_(CONTEXT, "Port mapping"),
    ObjectKind.FIREWALL_RULE: N_(CONTEXT, "Firewall rule"),
    ObjectKind.SERVICE: N_(CONTEXT, "Service"),
}
COLUMN_TEXTS: Mapping[MapColumn, Text] = {
    MapColumn.ADAPTERS: N_(CONTEXT, "Adapters"),
    MapColumn.VSWITCHES: N_(CONTEXT, "vSwitches"),
    MapColumn.NETWORKS: N_(CONTEXT, "Networks"),
    MapColumn.ENDPOINTS: N_(CONTEXT, "Containers, endpoints"),
}
STATE_TEXTS: Mapping[NodeState, Text] = {
    NodeState.UP: N_(CONTEXT, "in use"),
    NodeState.DOWN: N_(CONTEXT, "not in use"),
    NodeState.WARNING: N_(CONTEXT, "warning"),
    NodeState.ERROR: N_(CONTEXT, "error"),
}
EDGE_TEXTS: Mapping[EdgeKind, Text] = {
    EdgeKind.BINDING: N_(CONTEXT, "{source} is bound to {target}"),
    EdgeKind.CARRYING: N_(CONTEXT, "{source} carries {target}"),
    EdgeKind.ATTACHMENT: N_(CONTEXT, "{target} is attached to {source}"),
}
ICONS: Mapping[MapColumn, Icon] = {
    MapColumn.ADAPTERS: Icon.ADAPTER,
    MapColumn.VSWITCHES: Icon.SWITCH,
    MapColumn.NETWORKS: Icon.NETWORKS,
    MapColumn.ENDPOINTS: Icon.CONTAINER,
}


@dataclass(frozen=True, slots=True, eq=False)
class NodeLook:
    """A node with its words. It is the same object as long as nothing of it changed.

    ``problems`` are the words of what is wrong with it, and ``severities`` how much each matters.
    """

    node: MapNode
    kind: str
    title: str
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    severities: tuple[Severity, ...]
    search: str

    @property
    def ref(self) -> NodeRef:
        """What it stands for."""
        return self.node.ref

    @property
    def place(self) -> QRectF:
        """Where it stands on the map."""
        node = self.node
        return QRectF(node.x, node.y, node.width, node.height)

    @property
    def state(self) -> str:
        """Its state as a word."""
        return shown(STATE_TEXTS[self.node.state])

    @property
    def told(self) -> tuple[str, ...]:
        """What is wrong with it, each with how much it matters."""
        pairs = zip(self.severities, self.problems, strict=True)
        return tuple(f"{severity_word(severity)}: {problem}" for severity, problem in pairs)

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for screen readers."""
        return ", ".join((self.kind, self.title, *self.lines, self.state, *self.told))


@dataclass(frozen=True, slots=True, eq=False)
class EdgeLook:
    """An edge between two nodes, with its label and the curve's ends."""

    edge: MapEdge
    label: str
    sentence: str
    start: QPointF
    end: QPointF
    top: float
    bottom: float

    @property
    def key(self) -> tuple[NodeRef, NodeRef, EdgeKind]:
        """What identifies it over refreshes."""
        return self.edge.source, self.edge.target, self.edge.kind


@dataclass(frozen=True, eq=False)
class Picture:
    """A map ready to be drawn. ``columns`` hold their nodes from the top down."""

    map: HostMap
    nodes: Mapping[NodeRef, NodeLook]
    edges: tuple[EdgeLook, ...]
    columns: Mapping[MapColumn, tuple[NodeLook, ...]]
    before: Mapping[NodeRef, tuple[NodeRef, ...]]
    after: Mapping[NodeRef, tuple[NodeRef, ...]]
    _tops: Mapping[MapColumn, tuple[float, ...]] = field(repr=False)

    @property
    def size(self) -> QRectF:
        """The whole map."""
        return QRectF(0, 0, self.map.width, self.map.height)

    def look_for(self, ref: NodeRef | None) -> NodeLook | None:
        """The node that is or stands for an object, where the map shows it."""
        node = None if ref is None else self.map.node_for(ref)
        return None if node is None else self.nodes.get(node.ref)

    def at(self, place: QPointF) -> NodeLook | None:
        """The node at a place of the map."""
        spot = QRectF(place.x(), place.y(), 1, 1)
        return next((look for look in self.within(spot) if look.place.contains(place)), None)

    def within(self, area: QRectF) -> Iterator[NodeLook]:
        """The nodes that can be seen in ``area``."""
        for column, looks in self.columns.items():
            if not looks or looks[0].node.x > area.right():
                continue
            tops = self._tops[column]
            # The node above the first that begins inside can still reach into the area.
            first = max(bisect_left(tops, area.top()) - 1, 0)
            for look in looks[first : bisect_right(tops, area.bottom())]:
                node = look.node
                if node.x + node.width >= area.left() and node.y + node.height >= area.top():
                    yield look

    def path_of(self, ref: NodeRef) -> frozenset[NodeRef]:
        """What hangs together with a node: all to its left down to the adapter, all to its right."""
        return frozenset(_reach(ref, self.before) | _reach(ref, self.after))

    def reading_order(self) -> tuple[NodeLook, ...]:
        """All nodes, column by column."""
        return tuple(look for column in sorted(self.columns) for look in self.columns[column])


def picture_of(host_map: HostMap, previous: Picture | None = None) -> Picture:
    """``host_map`` with its words; what did not change is the same object as in ``previous``.

    Touches no widget: made for a worker thread.
    """
    known = previous.nodes if previous is not None else {}
    nodes: dict[NodeRef, NodeLook] = {}
    for node in host_map.nodes:
        old = known.get(node.ref)
        nodes[node.ref] = old if old is not None and old.node == node else _node_look(node)
    columns = {
        column: tuple(sorted((look for look in nodes.values() if look.node.column is column), key=_top_of))
        for column in MapColumn
    }
    before, after = _neighbours(host_map.edges)
    return Picture(
        map=host_map,
        nodes=nodes,
        edges=tuple(_edge_look(edge, nodes[edge.source], nodes[edge.target]) for edge in host_map.edges),
        columns=columns,
        before=before,
        after=after,
        _tops={column: tuple(map(_top_of, looks)) for column, looks in columns.items()},
    )


def kind_of(ref: NodeRef) -> ObjectKind:
    """The kind of what a node stands for."""
    return ref.kind


def _top_of(look: NodeLook) -> float:
    return look.node.y


def _node_look(node: MapNode) -> NodeLook:
    kind = shown(KIND_TEXTS[kind_of(node.ref)])
    title = shown(node.title)
    lines = tuple(map(shown, node.lines))
    problems = tuple(shown(trouble.text) for trouble in node.troubles)
    severities = tuple(trouble.severity for trouble in node.troubles)
    ids = (node.ref.id,) if isinstance(node.ref, ObjectRef) else ()
    search = "\x1f".join((kind, title, *lines, *problems, *ids)).casefold()
    return NodeLook(node, kind, title, lines, problems, severities, search)


def _edge_look(edge: MapEdge, source: NodeLook, target: NodeLook) -> EdgeLook:
    one, other = source.node, target.node
    start = QPointF(one.x + one.width, one.y + one.height / 2)
    end = QPointF(other.x, other.y + other.height / 2)
    sentence = shown(EDGE_TEXTS[edge.kind]).format(source=source.title, target=target.title)
    label = "" if edge.label is None else shown(edge.label)
    top, bottom = sorted((start.y(), end.y()))
    return EdgeLook(edge, label, sentence, start, end, top, bottom)


def _neighbours(
    edges: Iterable[MapEdge],
) -> tuple[Mapping[NodeRef, tuple[NodeRef, ...]], Mapping[NodeRef, tuple[NodeRef, ...]]]:
    before: dict[NodeRef, list[NodeRef]] = {}
    after: dict[NodeRef, list[NodeRef]] = {}
    for edge in edges:
        after.setdefault(edge.source, []).append(edge.target)
        before.setdefault(edge.target, []).append(edge.source)
    return (
        {ref: tuple(found) for ref, found in before.items()},
        {ref: tuple(found) for ref, found in after.items()},
    )


def _reach(start: NodeRef, following: Mapping[NodeRef, tuple[NodeRef, ...]]) -> set[NodeRef]:
    found: set[NodeRef] = set()
    waiting = [start]
    while waiting:
        ref = waiting.pop()
        if ref not in found:
            found.add(ref)
            waiting += following.get(ref, ())
    return found
