"""Namespaces of HNS: one container's compartment and the endpoints in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.host_inventory import HnsNamespace
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, optional, titles
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "HNS"


@dataclass(frozen=True, slots=True)
class NamespaceRow(InventoryRow):
    """A namespace with the containers and endpoints in it."""

    namespace: HnsNamespace
    containers: tuple[str, ...]
    endpoints: tuple[str, ...]


def rows(relations: Relations) -> Iterator[NamespaceRow]:
    """One row per namespace. Its container is also found by the endpoints it shares with it."""
    for namespace in relations.snapshot.facts.hns_namespaces.known() or ():
        ref = ref_of(namespace)
        containers = dict.fromkeys(titles(relations, ref, ObjectKind.CONTAINER))
        for endpoint in relations.related(ref, ObjectKind.HNS_ENDPOINT):
            containers |= dict.fromkeys(titles(relations, endpoint, ObjectKind.CONTAINER))
        endpoints = titles(relations, ref, ObjectKind.HNS_ENDPOINT)
        yield NamespaceRow(ref.id, ref, namespace, tuple(containers), endpoints)


COLUMNS: tuple[Column[NamespaceRow], ...] = (
    Column(
        "compartment", N_(CONTEXT, "Compartment"), lambda row: row.namespace.compartment, text=optional,
        width=12, numeric=True,
    ),
    Column("containers", N_(CONTEXT, "Container"), lambda row: row.containers, text=joined, width=24),
    Column("endpoints", N_(CONTEXT, "Endpoints"), lambda row: row.endpoints, text=joined, width=34),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.namespace.id, width=36),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Namespace")


def facts(row: NamespaceRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one namespace."""
    said = (
        Fact(GENERAL, N_(CONTEXT, "Compartment"), optional(row.namespace.compartment)),
        Fact(GENERAL, N_(CONTEXT, "Container"), lines(row.containers)),
        Fact(GENERAL, N_(CONTEXT, "Endpoints"), lines(row.endpoints)),
        Fact(GENERAL, N_(CONTEXT, "ID"), row.namespace.id),
    )
    return tuple(fact for fact in said if fact.value)


HNS_NAMESPACES = InventoryKind(
    id="hns-namespaces",
    title=N_(CONTEXT, "Namespaces"),
    icon=Icon.COMPARTMENT,
    sections=("hns_namespaces", "hns_endpoints", "containers"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "HNS has no namespace. Windows Server 2016 has none at all."),
    shows=ObjectKind.HNS_NAMESPACE,
)
