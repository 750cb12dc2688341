"""Ports of the host that lead to containers: published by docker, or mapped in WinNAT by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_inventory import NatMapping
from console.domain.object_index import PublishedPort
from console.domain.object_ref import ObjectKind, ObjectRef
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
class PortRow(InventoryRow):
    """A port of the host and where it leads. ``published`` is whether docker made it."""

    published: bool
    container: str
    protocol: str
    host_address: str
    host_port: int
    target_address: str
    target_port: int
    nat: str
    rules: tuple[str, ...]


def rows(relations: Relations) -> Iterator[PortRow]:
    """One row per published port and per static mapping."""
    for ref in relations.objects(ObjectKind.PORT_MAPPING):
        found = relations.find(ref)
        rules = titles(relations, ref, ObjectKind.FIREWALL_RULE)
        if isinstance(found, PublishedPort):
            yield _published(ref, found, rules)
        elif isinstance(found, NatMapping):
            yield _static(ref, found, titles(relations, ref, ObjectKind.CONTAINER), rules)


def _published(ref: ObjectRef, port: PublishedPort, rules: tuple[str, ...]) -> PortRow:
    mapping = port.mapping
    addresses = (one.address for one in port.container.endpoints if one.address)
    return PortRow(
        key=ref.id,
        ref=ref,
        published=True,
        container=port.container.name,
        protocol=mapping.protocol.upper(),
        host_address=mapping.host_address,
        host_port=mapping.host_port or 0,
        target_address=next(addresses, ""),
        target_port=mapping.container_port,
        nat="",
        rules=rules,
    )


def _static(
    ref: ObjectRef, mapping: NatMapping, containers: tuple[str, ...], rules: tuple[str, ...]
) -> PortRow:
    return PortRow(
        key=ref.id,
        ref=ref,
        published=False,
        container=joined(containers),
        protocol=mapping.protocol.upper(),
        host_address=mapping.external_address,
        host_port=mapping.external_port,
        target_address=mapping.internal_address,
        target_port=mapping.internal_port,
        nat=mapping.nat,
        rules=rules,
    )


def _made_by(row: PortRow) -> str:
    say = QCoreApplication.translate
    return say(CONTEXT, "Published (docker)") if row.published else say(CONTEXT, "Static mapping")


def _target(row: PortRow) -> str:
    return f"{row.target_address}:{row.target_port}" if row.target_address else str(row.target_port)


COLUMNS: tuple[Column[PortRow], ...] = (
    Column("container", N_(CONTEXT, "Container"), lambda row: row.container, width=20),
    Column("port", N_(CONTEXT, "Host port"), lambda row: row.host_port, width=10, numeric=True),
    Column("protocol", N_(CONTEXT, "Protocol"), lambda row: row.protocol, width=9),
    Column("host-address", N_(CONTEXT, "Host address"), lambda row: row.host_address, width=15),
    Column("target", N_(CONTEXT, "Leads to"), _target, width=20),
    Column("made-by", N_(CONTEXT, "Created by"), _made_by, width=18),
    Column("nat", N_(CONTEXT, "NAT instance"), lambda row: row.nat, width=16),
    Column("rules", N_(CONTEXT, "Firewall rules"), lambda row: row.rules, text=joined, width=30),
)

GENERAL = N_(CONTEXT, "Port")


def facts(row: PortRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one port."""
    host = f"{row.host_address}:{row.host_port}" if row.host_address else str(row.host_port)
    said = (
        Fact(GENERAL, N_(CONTEXT, "Container"), row.container),
        Fact(GENERAL, N_(CONTEXT, "On the host"), f"{host}/{row.protocol}"),
        Fact(GENERAL, N_(CONTEXT, "Leads to"), _target(row)),
        Fact(GENERAL, N_(CONTEXT, "Created by"), _made_by(row)),
        Fact(GENERAL, N_(CONTEXT, "NAT instance"), row.nat),
        Fact(GENERAL, N_(CONTEXT, "Firewall rules for it"), lines(row.rules)),
    )
    return tuple(fact for fact in said if fact.value)


PORT_MAPPINGS = InventoryKind(
    id="port-mappings",
    title=N_(CONTEXT, "Ports"),
    icon=Icon.PORT,
    # Published ports are told by the engine, so that they are there without WinNAT's.
    sections=("containers", "nat_mappings", "firewall_rules"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "No container publishes a port, and none is mapped in WinNAT."),
    shows=ObjectKind.PORT_MAPPING,
)
