"""NAT instances: WinNAT's and ICS', with the one internal prefix each owns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.object_ref import ObjectKind, ref_of
from console.domain.snapshot import NatPrefix
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, titles
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "NAT"


@dataclass(frozen=True, slots=True)
class NatRow(InventoryRow):
    """A NAT instance, the networks behind it and how many static mappings it has."""

    nat: NatPrefix
    networks: tuple[str, ...]
    mappings: int


def rows(relations: Relations) -> Iterator[NatRow]:
    """One row per instance."""
    for nat in relations.snapshot.facts.nat_prefixes.known() or ():
        ref = ref_of(nat)
        networks = titles(relations, ref, ObjectKind.NETWORK) or titles(
            relations, ref, ObjectKind.HNS_NETWORK
        )
        yield NatRow(ref.id, ref, nat, networks, len(relations.related(ref, ObjectKind.PORT_MAPPING)))


COLUMNS: tuple[Column[NatRow], ...] = (
    Column("name", N_(CONTEXT, "NAT instance"), lambda row: row.nat.name, width=39),
    Column("prefix", N_(CONTEXT, "Internal prefix"), lambda row: row.nat.internal_prefix, width=20),
    Column("networks", N_(CONTEXT, "Networks"), lambda row: row.networks, text=joined, width=20),
    Column("mappings", N_(CONTEXT, "Static mappings"), lambda row: row.mappings, width=14, numeric=True),
)

GENERAL = N_(CONTEXT, "NAT instance")


def facts(row: NatRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one instance."""
    said = (
        Fact(GENERAL, N_(CONTEXT, "Name"), row.nat.name),
        Fact(GENERAL, N_(CONTEXT, "Internal prefix"), row.nat.internal_prefix),
        Fact(GENERAL, N_(CONTEXT, "Networks behind it"), lines(row.networks)),
        Fact(GENERAL, N_(CONTEXT, "Static mappings"), str(row.mappings)),
    )
    return tuple(fact for fact in said if fact.value)


NATS = InventoryKind(
    id="nats",
    title=N_(CONTEXT, "Instances"),
    icon=Icon.NAT,
    sections=("nat_prefixes", "networks", "hns_networks"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "This host translates no addresses: it has no nat network."),
    shows=ObjectKind.NAT,
)
