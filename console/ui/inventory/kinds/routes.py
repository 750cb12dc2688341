"""Routes: the prefixes the host reaches, and what of ours they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.addressing import adapter_prefixes, network_prefixes, overlaps, parse_prefix
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Routes"


@dataclass(frozen=True, slots=True)
class RouteRow(InventoryRow):
    """A destination prefix, the adapters with an address in it and the networks whose subnet meets it."""

    prefix: str
    adapters: tuple[str, ...]
    networks: tuple[str, ...]


def rows(relations: Relations) -> Iterator[RouteRow]:
    """One row per destination. The default route meets everything and so tells nothing of anything."""
    snapshot = relations.snapshot
    adapters = [
        (one.name, prefix)
        for one in snapshot.facts.adapters.known() or ()
        for prefix in adapter_prefixes(one)
    ]
    networks = [
        (one.name, prefix) for one in snapshot.networks.known() or () for prefix in network_prefixes(one)
    ]
    for text in dict.fromkeys(snapshot.facts.routes.known() or ()):
        prefix = parse_prefix(text)
        on, meets = [], []
        if prefix is not None and prefix.prefixlen:
            on = [name for name, own in adapters if overlaps(prefix, own)]
            meets = [name for name, own in networks if overlaps(prefix, own)]
        yield RouteRow(text, None, text, tuple(on), tuple(meets))


COLUMNS: tuple[Column[RouteRow], ...] = (
    Column("prefix", N_(CONTEXT, "Destination"), lambda row: row.prefix, width=22),
    Column("adapters", N_(CONTEXT, "Adapters in it"), lambda row: row.adapters, text=joined, width=34),
    Column("networks", N_(CONTEXT, "Networks it overlaps"), lambda row: row.networks, text=joined, width=34),
)

HEADING = N_(CONTEXT, "Route")


def facts(row: RouteRow, _relations: Relations) -> tuple[Fact, ...]:
    """What one route meets."""
    said = (
        Fact(HEADING, N_(CONTEXT, "Destination"), row.prefix),
        Fact(HEADING, N_(CONTEXT, "Adapters in it"), lines(row.adapters)),
        Fact(HEADING, N_(CONTEXT, "Networks it overlaps"), lines(row.networks)),
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
