"""The map as a table: a row for each node and for each edge, in words."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.domain.map.model import NodeRef
from console.domain.text import N_
from console.ui.map.look import CONTEXT, EdgeLook, NodeLook, Picture
from console.ui.models.records import Column


@dataclass(frozen=True, slots=True)
class MapRow:
    """A node or an edge. ``node`` is the node itself, or the one at the right end of the edge."""

    key: Hashable
    node: NodeRef
    name: str
    kind: str
    state: str
    details: tuple[str, ...]
    joined: tuple[str, ...]
    problems: tuple[str, ...]


def map_rows(picture: Picture) -> tuple[MapRow, ...]:
    """All nodes in reading order, then all edges. Touches no widget: made for a worker thread."""
    nodes = (_node_row(look, picture) for look in picture.reading_order())
    return (*nodes, *(_edge_row(edge, picture) for edge in picture.edges))


def _node_row(look: NodeLook, picture: Picture) -> MapRow:
    refs = (*picture.before.get(look.ref, ()), *picture.after.get(look.ref, ()))
    joined = tuple(picture.nodes[ref].title for ref in refs)
    return MapRow(look.ref, look.ref, look.title, look.kind, look.state, look.lines, joined, look.told)


def _edge_row(edge: EdgeLook, picture: Picture) -> MapRow:
    ends = (picture.nodes[edge.edge.source].title, picture.nodes[edge.edge.target].title)
    say = QCoreApplication.translate
    state = say(CONTEXT, "in use") if edge.edge.live else say(CONTEXT, "not in use")
    details = (edge.label,) if edge.label else ()
    kind = say(CONTEXT, "Connection")
    return MapRow(edge.key, edge.edge.target, edge.sentence, kind, state, details, ends, ())


def row_key(row: MapRow) -> Hashable:
    """What identifies a row over refreshes."""
    return row.key


def _name(row: MapRow) -> str:
    return row.name


def _kind(row: MapRow) -> str:
    return row.kind


def _state(row: MapRow) -> str:
    return row.state


def _details(row: MapRow) -> tuple[str, ...]:
    return row.details


def _joined(row: MapRow) -> tuple[str, ...]:
    return row.joined


def _problems(row: MapRow) -> tuple[str, ...]:
    return row.problems


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _details_tip(row: MapRow) -> str:
    return "\n".join(row.details)


def _joined_tip(row: MapRow) -> str:
    return "\n".join(row.joined)


def _problems_tip(row: MapRow) -> str:
    return "\n".join(row.problems)


MAP_COLUMNS: tuple[Column[MapRow], ...] = (
    Column("name", N_(CONTEXT, "Name"), _name, tip=_name, width=28),
    Column("kind", N_(CONTEXT, "Kind"), _kind, width=13),
    Column("state", N_(CONTEXT, "State"), _state, width=11),
    Column("details", N_(CONTEXT, "Details"), _details, text=_listed, tip=_details_tip, width=40),
    Column("joined", N_(CONTEXT, "Connected to"), _joined, text=_listed, tip=_joined_tip, width=26),
    Column("problems", N_(CONTEXT, "Problems"), _problems, text=_listed, tip=_problems_tip, width=32),
)
