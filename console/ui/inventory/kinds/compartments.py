"""Network compartments: each container's own view of the network, and the host's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.host_inventory import Compartment
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, titles
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Compartments"


@dataclass(frozen=True, slots=True)
class CompartmentRow(InventoryRow):
    """A compartment and what is in it."""

    compartment: Compartment
    title: str
    containers: tuple[str, ...]
    endpoints: tuple[str, ...]
    adapters: tuple[str, ...]


def rows(relations: Relations) -> Iterator[CompartmentRow]:
    """One row per compartment."""
    for compartment in relations.snapshot.facts.compartments.known() or ():
        ref = ref_of(compartment)
        yield CompartmentRow(
            ref.id,
            ref,
            compartment,
            shown(relations.title_of(ref)),
            titles(relations, ref, ObjectKind.CONTAINER),
            titles(relations, ref, ObjectKind.HNS_ENDPOINT),
            titles(relations, ref, ObjectKind.ADAPTER),
        )


def _number(row: CompartmentRow) -> int:
    return row.compartment.id


COLUMNS: tuple[Column[CompartmentRow], ...] = (
    Column("number", N_(CONTEXT, "Number"), _number, width=8, numeric=True),
    Column("title", N_(CONTEXT, "Compartment"), lambda row: row.title, width=30, searched=False),
    Column("containers", N_(CONTEXT, "Container"), lambda row: row.containers, text=joined, width=24),
    Column("endpoints", N_(CONTEXT, "Endpoints"), lambda row: row.endpoints, text=joined, width=32),
    Column("adapters", N_(CONTEXT, "Adapters"), lambda row: row.adapters, text=joined, width=30),
    Column("kind", N_(CONTEXT, "Type"), lambda row: row.compartment.kind, width=12, shown=False),
    Column(
        "description", N_(CONTEXT, "Description"), lambda row: row.compartment.description, width=26,
        shown=False,
    ),
    Column("guid", N_(CONTEXT, "GUID"), lambda row: row.compartment.guid, width=36, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Compartment")
INSIDE = N_(CONTEXT, "What is in it")


def facts(row: CompartmentRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one compartment."""
    said = (
        Fact(GENERAL, N_(CONTEXT, "Compartment"), row.title),
        Fact(GENERAL, N_(CONTEXT, "Description"), row.compartment.description),
        Fact(GENERAL, N_(CONTEXT, "Type"), row.compartment.kind),
        Fact(GENERAL, N_(CONTEXT, "GUID"), row.compartment.guid),
        Fact(INSIDE, N_(CONTEXT, "Container"), lines(row.containers)),
        Fact(INSIDE, N_(CONTEXT, "Endpoints"), lines(row.endpoints)),
        Fact(INSIDE, N_(CONTEXT, "Adapters"), lines(row.adapters)),
    )
    return tuple(fact for fact in said if fact.value)


COMPARTMENTS = InventoryKind(
    id="compartments",
    title=N_(CONTEXT, "Compartments"),
    icon=Icon.COMPARTMENT,
    sections=("compartments", "hns_endpoints", "hns_namespaces", "containers"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "Windows shows no compartment, not even the host's own."),
    shows=ObjectKind.COMPARTMENT,
)
