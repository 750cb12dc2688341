"""The map as a document for programs: what ``wcn map --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from console.domain.map.model import HostMap, MapEdge, MapNode, NodeRef
from console.domain.object_ref import ObjectRef

SCHEMA: Final = 1


def as_document(host_map: HostMap) -> Mapping[str, Any]:
    """The map in JSON types; texts are English.

    A node's ``id`` is its object's own; of a folded group it is null, and ``members`` lists the
    kinds and ids it stands for. ``key`` numbers the nodes; edges name their ends by it. ``problems``
    are what the checks found, notes too, each with its ``severity``.
    """
    keys: dict[NodeRef, int] = {node.ref: number for number, node in enumerate(host_map.nodes)}
    return {
        "schema": SCHEMA,
        "title": str(host_map.title),
        "notes": [str(note) for note in host_map.notes],
        "nodes": [_node(node, keys[node.ref]) for node in host_map.nodes],
        "edges": [_edge(edge, keys) for edge in host_map.edges],
    }


def _node(node: MapNode, key: int) -> dict[str, Any]:
    return {
        "key": key,
        "kind": node.ref.kind.value,
        "id": node.ref.id if isinstance(node.ref, ObjectRef) else None,
        "column": node.column.name.lower(),
        "title": str(node.title),
        "lines": [str(line) for line in node.lines],
        "state": node.state.value,
        "problems": [
            {"severity": trouble.severity.value, "text": str(trouble.text)} for trouble in node.troubles
        ],
        "count": node.count,
        "members": [{"kind": ref.kind.value, "id": ref.id} for ref in node.also] if node.folded else [],
    }


def _edge(edge: MapEdge, keys: Mapping[NodeRef, int]) -> dict[str, Any]:
    return {
        "from": keys[edge.source],
        "to": keys[edge.target],
        "kind": edge.kind.value,
        "label": None if edge.label is None else str(edge.label),
        "live": edge.live,
    }
