"""Established TCP connections of the host, and the adapters that carry them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.host_ports import Connection
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Connections"


@dataclass(frozen=True, slots=True)
class ConnectionRow(InventoryRow):
    """One connection; ``adapter`` has its address at this end, "" where none is known to."""

    connection: Connection
    adapter: str


def rows(relations: Relations) -> Iterator[ConnectionRow]:
    """One row per connection."""
    carriers = {
        address.split("/")[0]: adapter.name
        for adapter in relations.snapshot.facts.adapters.known() or ()
        for address in adapter.addresses
    }
    for one in relations.snapshot.facts.connections.known() or ():
        key = f"{one.address}|{one.port}|{one.remote_address}|{one.remote_port}"
        yield ConnectionRow(key, None, one, carriers.get(one.address, ""))


COLUMNS: tuple[Column[ConnectionRow], ...] = (
    Column("remote", N_(CONTEXT, "Remote address"), lambda row: row.connection.remote_address, width=20),
    Column(
        "remote-port",
        N_(CONTEXT, "Remote port"),
        lambda row: row.connection.remote_port,
        width=9,
        numeric=True,
    ),
    Column("address", N_(CONTEXT, "Local address"), lambda row: row.connection.address, width=16),
    Column("port", N_(CONTEXT, "Local port"), lambda row: row.connection.port, width=10, numeric=True),
    Column("adapter", N_(CONTEXT, "Adapter"), lambda row: row.adapter, width=18),
    Column("process", N_(CONTEXT, "Program"), lambda row: row.connection.process, width=16),
    Column("services", N_(CONTEXT, "Services"), lambda row: row.connection.services, text=joined, width=22),
)

GENERAL = N_(CONTEXT, "Connection")


def facts(row: ConnectionRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one connection."""
    one = row.connection
    said = (
        Fact(GENERAL, N_(CONTEXT, "Remote address"), f"{one.remote_address}, port {one.remote_port}"),
        Fact(GENERAL, N_(CONTEXT, "Local address"), f"{one.address}, port {one.port}"),
        Fact(GENERAL, N_(CONTEXT, "Adapter"), row.adapter),
        Fact(GENERAL, N_(CONTEXT, "Program"), one.process),
        Fact(GENERAL, N_(CONTEXT, "Process ID"), str(one.process_id)),
        Fact(GENERAL, N_(CONTEXT, "Services in the process"), lines(one.services)),
    )
    return tuple(fact for fact in said if fact.value)


CONNECTIONS = InventoryKind(
    id="connections",
    title=N_(CONTEXT, "Connections"),
    icon=Icon.CONNECT,
    sections=("connections", "adapters"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "This host has no TCP connections."),
    linked=False,
)
