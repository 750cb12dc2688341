"""Endpoints as HNS has them: containers' places on networks, and what was left of some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_inventory import HnsEndpoint, HnsEndpointState
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_, Text, verbatim
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.kinds.hns_networks import health_mark
from console.ui.inventory.words import joined, lines, optional, short_name, titles, yes_no
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "HNS"

_FAULTY = frozenset({HnsEndpointState.DEGRADED})


@dataclass(frozen=True, slots=True)
class HnsEndpointRow(InventoryRow):
    """An endpoint of HNS, the container and network it is for, and why it seems left over or another's."""

    endpoint: HnsEndpoint
    containers: tuple[str, ...]
    network: str
    stale: Text | None
    foreign: Text | None


def rows(relations: Relations) -> Iterator[HnsEndpointRow]:
    """One row per endpoint."""
    for endpoint in relations.snapshot.facts.hns_endpoints.known() or ():
        ref = ref_of(endpoint)
        networks = titles(relations, ref, ObjectKind.HNS_NETWORK)
        yield HnsEndpointRow(
            ref.id,
            ref,
            endpoint,
            titles(relations, ref, ObjectKind.CONTAINER),
            networks[0] if networks else short_name(endpoint.network_name),
            relations.stale_because(endpoint),
            relations.foreign_because(endpoint),
        )


def _address(row: HnsEndpointRow) -> str:
    return row.endpoint.address


def _state(row: HnsEndpointRow) -> str:
    say = QCoreApplication.translate
    if row.stale is not None:
        return say(CONTEXT, "Stale")
    words = {
        HnsEndpointState.UNINITIALIZED: say(CONTEXT, "Not set up"),
        HnsEndpointState.CREATED: say(CONTEXT, "Created"),
        HnsEndpointState.ATTACHED: say(CONTEXT, "Attached"),
        HnsEndpointState.ATTACHED_SHARING: say(CONTEXT, "Attached, shared"),
        HnsEndpointState.DETACHED: say(CONTEXT, "Detached"),
        HnsEndpointState.DEGRADED: say(CONTEXT, "Degraded"),
        HnsEndpointState.DESTROYED: say(CONTEXT, "Destroyed"),
        HnsEndpointState.UNKNOWN: say(CONTEXT, "Unknown"),
    }
    return words[row.endpoint.state]


def _state_mark(row: HnsEndpointRow) -> tuple[Icon, str]:
    return health_mark(stale=row.stale is not None, failed=row.endpoint.state in _FAULTY)


def _policies(row: HnsEndpointRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(policy.kind for policy in row.endpoint.policies))


COLUMNS: tuple[Column[HnsEndpointRow], ...] = (
    Column("containers", N_(CONTEXT, "Container"), lambda row: row.containers, text=joined, width=20),
    Column("network", N_(CONTEXT, "Network"), lambda row: row.network, width=18),
    Column("address", N_(CONTEXT, "Address"), _address, width=15),
    Column("mac", N_(CONTEXT, "MAC address"), lambda row: row.endpoint.mac_address, width=20),
    Column("state", N_(CONTEXT, "State"), _state, width=16, mark=_state_mark),
    Column(
        "compartment", N_(CONTEXT, "Compartment"), lambda row: row.endpoint.compartment, text=optional,
        width=12, numeric=True,
    ),
    Column("policies", N_(CONTEXT, "Policies"), _policies, text=joined, width=24),
    Column("gateway", N_(CONTEXT, "Gateway"), lambda row: row.endpoint.gateway, width=15, shown=False),
    Column(
        "dns", N_(CONTEXT, "DNS servers"), lambda row: row.endpoint.dns_servers, text=joined, shown=False
    ),
    Column(
        "internal-dns", N_(CONTEXT, "Docker's DNS"), lambda row: row.endpoint.internal_dns, text=yes_no,
        width=12, shown=False,
    ),
    Column(
        "remote", N_(CONTEXT, "Remote"), lambda row: row.endpoint.remote, text=yes_no, width=8, shown=False
    ),
    Column("name", N_(CONTEXT, "Name in HNS"), lambda row: row.endpoint.name, width=26, shown=False),
    Column(
        "namespace", N_(CONTEXT, "Namespace"), lambda row: row.endpoint.namespace_id, width=36, shown=False
    ),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.endpoint.id, width=36, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Endpoint")
ADDRESSES = N_(CONTEXT, "Addresses")
POLICIES = N_(CONTEXT, "Policies")


def facts(row: HnsEndpointRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one endpoint."""
    one = row.endpoint
    prefix = f"/{one.prefix_length}" if one.address and one.prefix_length else ""
    remote = QCoreApplication.translate(CONTEXT, "on another host") if one.remote else ""
    said = [
        Fact(GENERAL, N_(CONTEXT, "Container"), lines(row.containers)),
        Fact(GENERAL, N_(CONTEXT, "Network"), row.network),
        Fact(GENERAL, N_(CONTEXT, "State"), _state(row)),
        Fact(GENERAL, N_(CONTEXT, "Note"), shown(row.foreign) if row.foreign else ""),
        Fact(GENERAL, N_(CONTEXT, "Place"), remote),
        Fact(GENERAL, N_(CONTEXT, "Compartment"), optional(one.compartment)),
        Fact(GENERAL, N_(CONTEXT, "Namespace"), one.namespace_id),
        Fact(GENERAL, N_(CONTEXT, "Name in HNS"), one.name),
        Fact(GENERAL, N_(CONTEXT, "ID"), one.id),
        Fact(ADDRESSES, N_(CONTEXT, "Address"), f"{one.address}{prefix}"),
        Fact(ADDRESSES, N_(CONTEXT, "Gateway"), one.gateway),
        Fact(ADDRESSES, N_(CONTEXT, "MAC address"), one.mac_address),
        Fact(ADDRESSES, N_(CONTEXT, "DNS servers"), lines(one.dns_servers)),
        Fact(ADDRESSES, N_(CONTEXT, "Docker's own DNS"), yes_no(one.internal_dns)),
        *(
            Fact(
                POLICIES,
                verbatim(policy.kind),
                lines(f"{k} = {v}" for k, v in policy.settings.items()) or "-",
            )
            for policy in one.policies
        ),
    ]
    return tuple(fact for fact in said if fact.value)


def _stale(row: HnsEndpointRow) -> Text | None:
    return row.stale


HNS_ENDPOINTS = InventoryKind(
    id="hns-endpoints",
    title=N_(CONTEXT, "Endpoints"),
    icon=Icon.CONNECT,
    sections=("hns_endpoints", "hns_networks", "networks", "containers"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "HNS has no endpoint: no container is attached to a network."),
    shows=ObjectKind.HNS_ENDPOINT,
    warning=_stale,
    narrowing=Narrowing(N_(CONTEXT, "Only &stale ones"), lambda row: row.stale is not None),
    actions=("hns-endpoint-remove",),
)
