"""Every container's places on networks: what the engine says of each, and what HNS adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.attachment import static_subnets
from console.domain.host_inventory import HnsEndpoint
from console.domain.object_ref import ref_of
from console.domain.snapshot import Container, Endpoint, Network
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import joined, optional, yes_no
from console.ui.models.endpoints import address_key, state_text
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "ContainerEndpoints"


@dataclass(frozen=True, slots=True)
class ContainerEndpointRow(InventoryRow):
    """One attachment. ``network`` and ``hns`` are None where they could not be read."""

    container: Container
    endpoint: Endpoint
    network: Network | None
    hns: HnsEndpoint | None


def rows(relations: Relations) -> Iterator[ContainerEndpointRow]:
    """One row per attachment of every container."""
    networks = {one.id: one for one in relations.snapshot.networks.known() or ()}
    for container in relations.snapshot.containers.known() or ():
        yield from endpoint_rows(container, networks, relations)


def endpoint_rows(
    container: Container, networks: dict[str, Network], relations: Relations
) -> Iterator[ContainerEndpointRow]:
    """One row per attachment of one container. ``networks`` are those of the host by id."""
    ref = ref_of(container)
    for endpoint in container.endpoints:
        key = f"{container.id}|{endpoint.network_id or endpoint.network_name}"
        hns = relations.hns_endpoint_of(container, endpoint)
        yield ContainerEndpointRow(key, ref, container, endpoint, networks.get(endpoint.network_id), hns)


def _address(row: ContainerEndpointRow) -> str:
    """The engine's word; where it does not know (DHCP), HNS' or what was asked for."""
    told = row.endpoint.address or (row.hns.address if row.hns else "")
    return told or row.endpoint.configured_address


def _address_tip(row: ContainerEndpointRow) -> str:
    if _address(row):
        return ""
    return QCoreApplication.translate(
        CONTEXT, "The engine does not know it: the container is stopped, or a DHCP server assigns it."
    )


def _subnet(row: ContainerEndpointRow) -> str:
    """The network's own, since the prefix length the engine tells is often not it (reference, 0.7)."""
    subnets = static_subnets(row.network) if row.network else ()
    return ", ".join(str(one) for one in subnets)


def _prefix_length(row: ContainerEndpointRow) -> int | None:
    return row.endpoint.prefix_length or None


def _prefix_tip(_row: ContainerEndpointRow) -> str:
    return QCoreApplication.translate(
        CONTEXT,
        "As the engine reports it. On local Windows drivers this is the classful default mask of the "
        "address, not the subnet's.",
    )


def _mac(row: ContainerEndpointRow) -> str:
    return row.endpoint.mac_address or (row.hns.mac_address if row.hns else "")


def _gateway(row: ContainerEndpointRow) -> str:
    return row.endpoint.gateway or (row.hns.gateway if row.hns else "")


def _dns_servers(row: ContainerEndpointRow) -> tuple[str, ...]:
    return row.hns.dns_servers if row.hns else ()


def _internal_dns(row: ContainerEndpointRow) -> bool | None:
    return row.hns.internal_dns if row.hns else None


def _compartment(row: ContainerEndpointRow) -> int | None:
    return row.hns.compartment if row.hns else None


COLUMNS: tuple[Column[ContainerEndpointRow], ...] = (
    Column("container", N_(CONTEXT, "Container"), lambda row: row.container.name, width=20),
    Column("network", N_(CONTEXT, "Network"), lambda row: row.endpoint.network_name, width=16),
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.network.driver if row.network else "", width=11),
    Column("address", N_(CONTEXT, "Address"), _address, sort=address_key, tip=_address_tip, width=15),
    Column("subnet", N_(CONTEXT, "Subnet"), _subnet, width=18),
    Column("gateway", N_(CONTEXT, "Gateway"), _gateway, sort=address_key, width=15),
    Column("mac", N_(CONTEXT, "MAC address"), _mac, width=19),
    Column("dns", N_(CONTEXT, "DNS servers"), _dns_servers, text=joined, width=22),
    Column(
        "compartment", N_(CONTEXT, "Compartment"), _compartment, text=optional, width=12, numeric=True
    ),
    Column("aliases", N_(CONTEXT, "Aliases"), lambda row: row.endpoint.aliases, text=joined, width=18),
    Column("state", N_(CONTEXT, "State"), lambda row: row.container.state, text=state_text, width=15),
    Column(
        "asked", N_(CONTEXT, "Requested address"), lambda row: row.endpoint.configured_address,
        sort=address_key, width=15, shown=False,
    ),
    Column(
        "prefix", N_(CONTEXT, "Prefix length"), _prefix_length, text=optional, tip=_prefix_tip, width=8,
        numeric=True, shown=False,
    ),
    Column("internal-dns", N_(CONTEXT, "Docker's DNS"), _internal_dns, text=yes_no, width=12, shown=False),
    Column("id", N_(CONTEXT, "Endpoint ID"), lambda row: row.endpoint.endpoint_id, width=20, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Endpoint")


def facts(row: ContainerEndpointRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one attachment."""
    said = (
        Fact(GENERAL, N_(CONTEXT, "Container"), row.container.name),
        Fact(GENERAL, N_(CONTEXT, "Network"), row.endpoint.network_name),
        Fact(GENERAL, N_(CONTEXT, "Driver"), row.network.driver if row.network else ""),
        Fact(GENERAL, N_(CONTEXT, "Address"), _address(row)),
        Fact(GENERAL, N_(CONTEXT, "Requested address"), row.endpoint.configured_address),
        Fact(GENERAL, N_(CONTEXT, "Subnet"), _subnet(row)),
        Fact(GENERAL, N_(CONTEXT, "Gateway"), _gateway(row)),
        Fact(GENERAL, N_(CONTEXT, "MAC address"), _mac(row)),
        Fact(GENERAL, N_(CONTEXT, "DNS servers"), "\n".join(_dns_servers(row))),
        Fact(GENERAL, N_(CONTEXT, "Docker's DNS"), yes_no(_internal_dns(row))),
        Fact(GENERAL, N_(CONTEXT, "Compartment"), optional(_compartment(row))),
        Fact(GENERAL, N_(CONTEXT, "Aliases"), joined(row.endpoint.aliases)),
        Fact(GENERAL, N_(CONTEXT, "Endpoint ID"), row.endpoint.endpoint_id),
    )
    return tuple(fact for fact in said if fact.value)


CONTAINER_ENDPOINTS = InventoryKind(
    id="container-endpoints",
    title=N_(CONTEXT, "All endpoints"),
    icon=Icon.CONNECT,
    sections=("containers", "networks", "hns_endpoints"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "No container of this host is on a network."),
    narrowing=Narrowing(N_(CONTEXT, "R&unning only"), lambda row: row.container.running),
)
