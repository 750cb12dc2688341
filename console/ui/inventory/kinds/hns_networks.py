"""Networks as HNS has them, with what they are in docker; those that belong to nothing are marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_inventory import HnsNetwork, HnsPolicy
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_, Text, verbatim
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import joined, lines, optional, short_name
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "HNS"

HEALTHY = 1
"""``State`` of a network of HNS that has no fault (reference, 5.3)."""


@dataclass(frozen=True, slots=True)
class HnsNetworkRow(InventoryRow):
    """A network of HNS, its docker network and vSwitch, and why it seems left over or another's."""

    network: HnsNetwork
    title: str
    docker: str
    switch: str
    endpoints: int
    stale: Text | None
    foreign: Text | None


def rows(relations: Relations) -> Iterator[HnsNetworkRow]:
    """One row per network."""
    for network in relations.snapshot.facts.hns_networks.known() or ():
        ref = ref_of(network)
        docker = relations.network_of(network)
        switch = relations.vswitch_of(network)
        yield HnsNetworkRow(
            ref.id,
            ref,
            network,
            shown(relations.title_of(ref)),
            docker.name if docker else "",
            short_name(switch.name) if switch else "",
            len(relations.hns_endpoints_on(network)),
            relations.stale_because(network),
            relations.foreign_because(network),
        )


def health(*, stale: bool, failed: bool) -> str:
    """How an object of HNS stands, in one word."""
    say = QCoreApplication.translate
    if stale:
        return say(CONTEXT, "Stale")
    return say(CONTEXT, "Fault") if failed else say(CONTEXT, "Healthy")


def health_mark(*, stale: bool, failed: bool) -> tuple[Icon, str]:
    """The mark beside that word."""
    if stale:
        return (Icon.WARNING, "warning")
    return (Icon.ERROR, "error") if failed else (Icon.OK, "ok")


def _failed(row: HnsNetworkRow) -> bool:
    return row.network.last_error_code != 0 or row.network.state not in (None, HEALTHY)


def _health(row: HnsNetworkRow) -> str:
    return health(stale=row.stale is not None, failed=_failed(row))


def _health_mark(row: HnsNetworkRow) -> tuple[Icon, str]:
    return health_mark(stale=row.stale is not None, failed=_failed(row))


def _subnets(row: HnsNetworkRow) -> tuple[str, ...]:
    return tuple(subnet.prefix for subnet in row.network.subnets)


def _gateways(row: HnsNetworkRow) -> tuple[str, ...]:
    return tuple(subnet.gateway for subnet in row.network.subnets if subnet.gateway)


def _version(row: HnsNetworkRow) -> str:
    return "" if row.network.version is None else ".".join(map(str, row.network.version))


def _policies(row: HnsNetworkRow) -> tuple[str, ...]:
    return tuple(policy_words(policy) for policy in row.network.policies)


def policy_words(policy: HnsPolicy) -> str:
    """One policy in a line: its type and settings as HNS spells them."""
    settings = ", ".join(f"{name}={value}" for name, value in policy.settings.items() if value)
    return f"{policy.kind}: {settings}" if settings else policy.kind


COLUMNS: tuple[Column[HnsNetworkRow], ...] = (
    Column("title", N_(CONTEXT, "Name"), lambda row: row.title, tip=lambda row: row.network.name, width=20),
    Column("type", N_(CONTEXT, "Type"), lambda row: row.network.type, width=12),
    Column("health", N_(CONTEXT, "State"), _health, width=10, mark=_health_mark),
    Column("docker", N_(CONTEXT, "Docker network"), lambda row: row.docker, width=16),
    Column("subnets", N_(CONTEXT, "Subnets"), _subnets, text=joined, width=18),
    Column("gateways", N_(CONTEXT, "Gateway"), _gateways, text=joined, width=15),
    Column("endpoints", N_(CONTEXT, "Endpoints"), lambda row: row.endpoints, width=10, numeric=True),
    Column("switch", N_(CONTEXT, "vSwitch"), lambda row: row.switch, width=16),
    Column("adapter", N_(CONTEXT, "Adapter"), lambda row: row.network.adapter, width=14, shown=False),
    Column("nat", N_(CONTEXT, "NAT"), lambda row: row.network.nat_name, width=16, shown=False),
    Column(
        "management", N_(CONTEXT, "Management IP"), lambda row: row.network.management_ip, width=15,
        shown=False,
    ),
    Column(
        "dns", N_(CONTEXT, "DNS servers"), lambda row: row.network.dns_servers, text=joined, width=18,
        shown=False,
    ),
    Column("policies", N_(CONTEXT, "Policies"), _policies, text=joined, width=30, shown=False),
    Column("version", N_(CONTEXT, "Version"), _version, width=9, shown=False),
    Column("name", N_(CONTEXT, "Name in HNS"), lambda row: row.network.name, width=30, shown=False),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.network.id, width=36, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Network in HNS")
ADDRESSES = N_(CONTEXT, "Addresses")
PLACE = N_(CONTEXT, "Where it is")
POLICIES = N_(CONTEXT, "Policies")


def facts(row: HnsNetworkRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one network of HNS."""
    network = row.network
    nobody = QCoreApplication.translate(CONTEXT, "none")
    error = f"0x{network.last_error_code & 0xFFFFFFFF:08X}" if network.last_error_code else ""
    subnets = (f"{one.prefix}  {one.gateway}".strip() for one in network.subnets)
    said = [
        Fact(GENERAL, N_(CONTEXT, "Name in HNS"), network.name),
        Fact(GENERAL, N_(CONTEXT, "Type"), network.type),
        Fact(GENERAL, N_(CONTEXT, "Docker network"), row.docker or nobody),
        Fact(GENERAL, N_(CONTEXT, "Note"), shown(row.foreign) if row.foreign else ""),
        Fact(GENERAL, N_(CONTEXT, "State"), _health(row)),
        Fact(GENERAL, N_(CONTEXT, "Last error"), error),
        Fact(GENERAL, N_(CONTEXT, "Version"), _version(row)),
        Fact(GENERAL, N_(CONTEXT, "ID"), network.id),
        Fact(ADDRESSES, N_(CONTEXT, "Subnets and gateways"), lines(subnets)),
        Fact(ADDRESSES, N_(CONTEXT, "DNS servers"), lines(network.dns_servers)),
        Fact(ADDRESSES, N_(CONTEXT, "DNS suffix"), network.dns_suffix),
        Fact(ADDRESSES, N_(CONTEXT, "MAC address ranges"), lines(network.mac_ranges)),
        Fact(ADDRESSES, N_(CONTEXT, "Management IP"), network.management_ip),
        Fact(PLACE, N_(CONTEXT, "vSwitch"), row.switch),
        Fact(PLACE, N_(CONTEXT, "Adapter"), network.adapter),
        Fact(PLACE, N_(CONTEXT, "NAT instance"), network.nat_name),
        Fact(PLACE, N_(CONTEXT, "DNS compartment"), optional(network.dns_compartment)),
        *(
            Fact(POLICIES, verbatim(one.kind), lines(f"{k} = {v}" for k, v in one.settings.items()) or "-")
            for one in network.policies
        ),
    ]
    return tuple(fact for fact in said if fact.value)


def _stale(row: HnsNetworkRow) -> Text | None:
    return row.stale


HNS_NETWORKS = InventoryKind(
    id="hns-networks",
    title=N_(CONTEXT, "Networks"),
    icon=Icon.NETWORKS,
    sections=("hns_networks", "networks", "containers", "vswitches", "hns_endpoints"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "HNS has no network. Docker creates the first one when it starts."),
    shows=ObjectKind.HNS_NETWORK,
    warning=_stale,
    narrowing=Narrowing(N_(CONTEXT, "Only &stale ones"), lambda row: row.stale is not None),
    actions=("hns-network-remove",),
)
