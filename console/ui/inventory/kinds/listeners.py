"""Ports that programs of the host wait on, and the containers that publish the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.host_ports import Listener
from console.domain.object_index import PublishedPort
from console.domain.object_ref import ObjectKind
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Listening ports"


@dataclass(frozen=True, slots=True)
class ListenerRow(InventoryRow):
    """One listener; ``containers`` publish its port."""

    listener: Listener
    containers: tuple[str, ...]


def rows(relations: Relations) -> Iterator[ListenerRow]:
    """One row per port, address and process."""
    publishers: dict[tuple[str, int], list[str]] = {}
    for ref in relations.objects(ObjectKind.PORT_MAPPING):
        port = relations.find(ref)
        if isinstance(port, PublishedPort):
            where = (port.mapping.protocol.upper(), port.mapping.host_port or 0)
            publishers.setdefault(where, []).append(port.container.name)
    for one in relations.snapshot.facts.listeners.known() or ():
        key = f"{one.protocol}|{one.address}|{one.port}|{one.process_id}"
        yield ListenerRow(key, None, one, tuple(publishers.get((one.protocol, one.port), ())))


COLUMNS: tuple[Column[ListenerRow], ...] = (
    Column("port", N_(CONTEXT, "Port"), lambda row: row.listener.port, width=10, numeric=True),
    Column("protocol", N_(CONTEXT, "Protocol"), lambda row: row.listener.protocol, width=9),
    Column("address", N_(CONTEXT, "Address"), lambda row: row.listener.address, width=16),
    Column("process", N_(CONTEXT, "Program"), lambda row: row.listener.process, width=18),
    Column("pid", N_(CONTEXT, "Process ID"), lambda row: row.listener.process_id, width=11, numeric=True),
    Column("services", N_(CONTEXT, "Services"), lambda row: row.listener.services, text=joined, width=24),
    Column("containers", N_(CONTEXT, "Published by"), lambda row: row.containers, text=joined, width=20),
)

GENERAL = N_(CONTEXT, "Listening port")


def facts(row: ListenerRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one listener."""
    one = row.listener
    said = (
        Fact(GENERAL, N_(CONTEXT, "Port"), f"{one.port}/{one.protocol}"),
        Fact(GENERAL, N_(CONTEXT, "Address"), one.address),
        Fact(GENERAL, N_(CONTEXT, "Program"), one.process),
        Fact(GENERAL, N_(CONTEXT, "Process ID"), str(one.process_id)),
        Fact(GENERAL, N_(CONTEXT, "Services in the process"), lines(one.services)),
        Fact(GENERAL, N_(CONTEXT, "Published by containers"), lines(row.containers)),
    )
    return tuple(fact for fact in said if fact.value)


LISTENERS = InventoryKind(
    id="listeners",
    title=N_(CONTEXT, "Listening ports"),
    icon=Icon.PORT,
    sections=("listeners", "containers"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "No program on this host listens on a port."),
    linked=False,
)
