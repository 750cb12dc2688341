"""Routes: the prefixes the host reaches, the way there, and which networks they overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.addressing import network_prefixes, overlaps, parse_prefix
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, optional
from console.ui.models.endpoints import address_key
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations
    from console.domain.snapshot import Adapter, Route

CONTEXT = "Routes"


@dataclass(frozen=True, slots=True)
class RouteRow(InventoryRow):
    """A route, the adapter it leads through, and the networks whose subnet overlaps its destination."""

    route: Route
    adapter: str
    metric: int | None
    networks: tuple[str, ...]


def rows(relations: Relations) -> Iterator[RouteRow]:
    """One row per route. The default route overlaps everything and so tells nothing of anything."""
    snapshot = relations.snapshot
    adapters = {one.index: one for one in snapshot.facts.adapters.known() or ()}
    networks = [
        (one.name, prefix) for one in snapshot.networks.known() or () for prefix in network_prefixes(one)
    ]
    for route in snapshot.facts.routes.known() or ():
        prefix = parse_prefix(route.prefix)
        meets: tuple[str, ...] = ()
        if prefix is not None and prefix.prefixlen:
            meets = tuple(dict.fromkeys(name for name, own in networks if overlaps(prefix, own)))
        adapter = adapters.get(route.index) if route.index is not None else None
        yield RouteRow(
            key=f"{route.prefix} {route.next_hop} {route.index}",
            ref=None,
            route=route,
            adapter=adapter.name if adapter else "",
            metric=_metric(route, adapter),
            networks=meets,
        )


def _metric(route: Route, adapter: Adapter | None) -> int | None:
    """What Windows compares: the route's own metric and its interface's together; the lowest wins."""
    if route.metric is None or adapter is None or adapter.metric is None:
        return None
    return route.metric + adapter.metric


def _next_hop(row: RouteRow) -> str:
    return row.route.next_hop or QCoreApplication.translate(CONTEXT, "On the link")


COLUMNS: tuple[Column[RouteRow], ...] = (
    Column("prefix", N_(CONTEXT, "Destination"), lambda row: row.route.prefix, width=20),
    Column("next-hop", N_(CONTEXT, "Next hop"), _next_hop, sort=address_key, width=16),
    Column("adapter", N_(CONTEXT, "Adapter"), lambda row: row.adapter, width=30),
    Column("metric", N_(CONTEXT, "Metric"), lambda row: row.metric, text=optional, width=10, numeric=True),
    Column("networks", N_(CONTEXT, "Overlapping networks"), lambda row: row.networks, text=joined, width=34),
)

HEADING = N_(CONTEXT, "Route")


def facts(row: RouteRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one route."""
    own = row.route.metric
    said = (
        Fact(HEADING, N_(CONTEXT, "Destination"), row.route.prefix),
        Fact(HEADING, N_(CONTEXT, "Next hop"), _next_hop(row)),
        Fact(HEADING, N_(CONTEXT, "Adapter"), row.adapter),
        Fact(HEADING, N_(CONTEXT, "Metric"), optional(row.metric)),
        Fact(HEADING, N_(CONTEXT, "Route's own metric"), optional(own)),
        Fact(HEADING, N_(CONTEXT, "Overlapping networks"), lines(row.networks)),
    )
    return tuple(fact for fact in said if fact.value)


ROUTES = InventoryKind(
    id="routes",
    title=N_(CONTEXT, "Routes"),
    icon=Icon.CONNECT,
    sections=("routes", "adapters", "networks"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "The host's routing table is empty: it reaches nothing."),
)
