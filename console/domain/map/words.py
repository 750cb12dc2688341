"""The map in words: an indented tree of whole sentences, for screen readers and for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.domain.map.layout import lay_out
from console.domain.map.model import EVERYTHING, FoldRef, HostMap, MapColumn, MapFilter, MapNode, NodeRef
from console.domain.map.troubles import NOTHING, Found, Trouble
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text

CONTEXT = "Map"
INDENT = "  "

_KIND_WORDS = {
    ObjectKind.ADAPTER: N_(CONTEXT, "Adapter"),
    ObjectKind.VSWITCH: N_(CONTEXT, "vSwitch"),
    ObjectKind.NETWORK: N_(CONTEXT, "Network"),
    ObjectKind.HNS_NETWORK: N_(CONTEXT, "HNS network"),
    ObjectKind.CONTAINER: N_(CONTEXT, "Container"),
    ObjectKind.HNS_ENDPOINT: N_(CONTEXT, "Endpoint"),
}

Show = Callable[[Text], str]


class UnknownNameError(LookupError):
    """A filter names something that is not on the host; ``text`` says so to a person."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def map_text(
    snapshot: Snapshot,
    filter: MapFilter = EVERYTHING,  # noqa: A002 (the word people use for it)
    found: Found = NOTHING,
) -> str:
    """The map of a host as ``wcn map`` prints it, in English; ``found`` is what is wrong with its objects."""
    return as_text(lay_out(snapshot, filter=filter, found=found))


def named_filter(
    snapshot: Snapshot, *, network: str = "", container: str = "", fold_above: int = EVERYTHING.fold_above
) -> MapFilter:
    """The filter for a network and a container as people name them: by name, id or start of an id.

    Raises UnknownNameError for what is not, or not only once, there.
    """
    networks = [(one.name, one.id) for one in snapshot.networks.known() or ()]
    containers = [(one.name, one.id) for one in snapshot.containers.known() or ()]
    return MapFilter(
        networks=frozenset(_named(network, networks, ObjectKind.NETWORK)),
        containers=frozenset(_named(container, containers, ObjectKind.CONTAINER)),
        fold_above=fold_above,
    )


def as_text(host_map: HostMap, *, show: Show = str) -> str:
    """The map as lines of text. ``show`` translates; without it they are English.

    Each node is one line of sentences below the one it hangs on. What hangs on several is told in
    full below the first, and below the others only named.
    """
    return "".join(f"{line}\n" for line in _Telling(host_map, show).lines())


def sentence(node: MapNode, *, show: Show = str) -> str:
    """All that a node says, in sentences: its kind and title, its lines, what is wrong with it."""
    said = [_heading(node, show), *(show(line) for line in node.lines)]
    said += [show(_told(trouble)) for trouble in node.troubles]
    return " ".join(_ended(part) for part in said if part)


def _told(trouble: Trouble) -> Text:
    match trouble.severity:
        case Severity.ERROR:
            return N_(CONTEXT, "Error: {text}", text=trouble.text)
        case Severity.WARNING:
            return N_(CONTEXT, "Warning: {text}", text=trouble.text)
        case Severity.NOTE:
            return N_(CONTEXT, "Note: {text}", text=trouble.text)


class _Telling:
    """One walk over a map, from its roots in the order they are drawn."""

    def __init__(self, host_map: HostMap, show: Show) -> None:
        self._map = host_map
        self._show = show
        self._told: set[NodeRef] = set()
        self._nodes = {node.ref: node for node in host_map.nodes}
        self._children: dict[NodeRef, list[MapNode]] = {}
        targets: set[NodeRef] = set()
        for edge in host_map.edges:
            self._children.setdefault(edge.source, []).append(self._nodes[edge.target])
            targets.add(edge.target)
        for below in self._children.values():
            below.sort(key=_drawn_order)
        self._roots = sorted((node for node in host_map.nodes if node.ref not in targets), key=_drawn_order)

    def lines(self) -> Iterator[str]:
        yield _ended(self._show(self._map.title))
        yield from (_ended(self._show(note)) for note in self._map.notes)
        if not self._map.nodes:
            yield self._show(N_(CONTEXT, "There is nothing on this map."))
        for root in self._roots:
            yield from self._below(root, 0)

    def _below(self, node: MapNode, depth: int) -> Iterator[str]:
        if node.ref in self._told:
            above = N_(CONTEXT, "see above")
            yield f"{INDENT * depth}{_heading(node, self._show)}: {_ended(self._show(above))}"
            return
        self._told.add(node.ref)
        yield INDENT * depth + sentence(node, show=self._show)
        for child in self._children.get(node.ref, ()):
            yield from self._below(child, depth + 1)


def _drawn_order(node: MapNode) -> tuple[MapColumn, int]:
    return node.column, node.row


def _heading(node: MapNode, show: Show) -> str:
    title = _one_line(show(node.title))
    if isinstance(node.ref, FoldRef):
        return title
    return f"{show(_KIND_WORDS[node.ref.kind])} {title}"


def _ended(words: str) -> str:
    words = _one_line(words)
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _one_line(words: str) -> str:
    """Names are any Unicode: none may break the tree's lines or steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in words)


def _named(wanted: str, items: list[tuple[str, str]], kind: ObjectKind) -> Iterator[ObjectRef]:
    if not wanted:
        return
    found = [identity for name, identity in items if wanted in (name, identity)]
    found = found or [identity for _, identity in items if identity.startswith(wanted)]
    if len(found) != 1:
        text = (
            N_(CONTEXT, "Several objects are named {name}.", name=wanted)
            if found
            else N_(CONTEXT, "There is no {name} on this host.", name=wanted)
        )
        raise UnknownNameError(text)
    yield ObjectRef(kind, found[0])
