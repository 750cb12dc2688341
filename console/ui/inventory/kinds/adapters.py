"""Adapters: physical ones, virtual ones and the host's own vNICs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.adapter_standing import Standing, machine_meaning, standings
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.snapshot import Adapter
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import joined, lines, optional, short_name, speed, titles, yes_no
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Adapters"


@dataclass(frozen=True, slots=True)
class AdapterRow(InventoryRow):
    """An adapter, whether a new network can have it, and what is on it."""

    adapter: Adapter
    standing: Standing
    switches: tuple[str, ...]
    networks: tuple[str, ...]


def rows(relations: Relations) -> Iterator[AdapterRow]:
    """One row per adapter."""
    standing = standings(relations.snapshot)
    for adapter in relations.snapshot.facts.adapters.known() or ():
        ref = ref_of(adapter)
        switches = relations.related(ref, ObjectKind.VSWITCH)
        networks = {name: None for one in switches for name in titles(relations, one, ObjectKind.NETWORK)}
        names = tuple(short_name(shown(relations.title_of(one))) for one in switches)
        yield AdapterRow(ref.id, ref, adapter, standing[adapter.name], names, tuple(networks))


def _kind(row: AdapterRow) -> str:
    say, adapter = QCoreApplication.translate, row.adapter
    if adapter.container_vnic:
        return say(CONTEXT, "Container vNIC")
    if adapter.host_vnic:
        return say(CONTEXT, "Host vNIC")
    if adapter.wireless:
        return say(CONTEXT, "Wireless")
    if adapter.team_interface:
        return say(CONTEXT, "Team")
    return say(CONTEXT, "Physical") if adapter.physical else say(CONTEXT, "Virtual")


def _use(row: AdapterRow) -> str:
    say = QCoreApplication.translate
    if row.adapter.host_vnic:
        return say(CONTEXT, "Not for networks")
    if row.standing.free:
        return say(CONTEXT, "Free")
    return say(CONTEXT, "Overlay only") if row.standing.free_for_overlay else say(CONTEXT, "Not free")


def _use_mark(row: AdapterRow) -> tuple[Icon, str] | None:
    if row.adapter.host_vnic:
        return None
    return (Icon.OK, "ok") if row.standing.free else (Icon.SKIPPED, "muted")


def _status_mark(row: AdapterRow) -> tuple[Icon, str]:
    return (Icon.OK, "ok") if row.adapter.status == "Up" else (Icon.WARNING, "warning")


def _reason(row: AdapterRow) -> str:
    return shown(row.standing.reason)


def _speed(row: AdapterRow) -> int | None:
    return row.adapter.speed_bits


COLUMNS: tuple[Column[AdapterRow], ...] = (
    Column("name", N_(CONTEXT, "Name"), lambda row: row.adapter.name, width=22, alike=True),
    Column("status", N_(CONTEXT, "Status"), lambda row: row.adapter.status, width=13, mark=_status_mark),
    Column("kind", N_(CONTEXT, "Kind"), _kind, width=10),
    Column("addresses", N_(CONTEXT, "Addresses"), lambda row: row.adapter.addresses, text=joined, width=18),
    Column("use", N_(CONTEXT, "For a new network"), _use, tip=_reason, width=18, mark=_use_mark),
    Column("switch", N_(CONTEXT, "vSwitch"), lambda row: row.switches, text=joined, width=15),
    Column("networks", N_(CONTEXT, "Networks"), lambda row: row.networks, text=joined, width=16),
    Column("vlan", N_(CONTEXT, "VLAN"), lambda row: row.adapter.vlan, text=optional, width=7, numeric=True),
    Column("mac", N_(CONTEXT, "MAC address"), lambda row: row.adapter.mac_address, width=20),
    Column("description", N_(CONTEXT, "Description"), lambda row: row.adapter.description, width=30,
           alike=True),
    Column("gateways", N_(CONTEXT, "Gateway"), lambda row: row.adapter.gateways, text=joined, shown=False),
    Column("dns", N_(CONTEXT, "DNS servers"), lambda row: row.adapter.dns_servers, text=joined, shown=False),
    Column("dhcp", N_(CONTEXT, "DHCP"), lambda row: row.adapter.dhcp, text=yes_no, width=7, shown=False),
    Column("speed", N_(CONTEXT, "Speed"), _speed, text=speed, width=11, shown=False, numeric=True),
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.adapter.driver, width=20, shown=False),
    Column(
        "mtu", N_(CONTEXT, "MTU"), lambda row: row.adapter.mtu, text=optional, width=7, shown=False,
        numeric=True,
    ),
    Column(
        "metric", N_(CONTEXT, "Metric"), lambda row: row.adapter.metric, text=optional, width=7, shown=False,
        numeric=True,
    ),
    Column(
        "compartment", N_(CONTEXT, "Compartment"), lambda row: row.adapter.compartment, width=12,
        shown=False, numeric=True,
    ),
    Column(
        "index", N_(CONTEXT, "Index"), lambda row: row.adapter.index, text=optional, width=7, shown=False,
        numeric=True,
    ),
    Column("guid", N_(CONTEXT, "GUID"), lambda row: row.adapter.guid, width=36, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Adapter")
ADDRESSES = N_(CONTEXT, "Addresses")
NETWORKING = N_(CONTEXT, "Container networks")
MACHINE = N_(CONTEXT, "The machine this host runs on")


def facts(row: AdapterRow, relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one adapter."""
    adapter = row.adapter
    vlan = QCoreApplication.translate(CONTEXT, "none (untagged)") if adapter.host_vnic else ""
    said = [
        Fact(GENERAL, N_(CONTEXT, "Name"), adapter.name),
        Fact(GENERAL, N_(CONTEXT, "Description"), adapter.description),
        Fact(GENERAL, N_(CONTEXT, "Kind"), _kind(row)),
        Fact(GENERAL, N_(CONTEXT, "Status"), adapter.status),
        Fact(GENERAL, N_(CONTEXT, "Speed"), speed(adapter.speed_bits)),
        Fact(GENERAL, N_(CONTEXT, "MAC address"), adapter.mac_address),
        Fact(GENERAL, N_(CONTEXT, "VLAN"), optional(adapter.vlan) or vlan),
        Fact(GENERAL, N_(CONTEXT, "Driver"), adapter.driver),
        Fact(GENERAL, N_(CONTEXT, "MTU"), optional(adapter.mtu)),
        Fact(GENERAL, N_(CONTEXT, "GUID"), adapter.guid),
        Fact(ADDRESSES, N_(CONTEXT, "Addresses"), lines(adapter.addresses)),
        Fact(ADDRESSES, N_(CONTEXT, "Assigned by"), _given_by(adapter)),
        Fact(ADDRESSES, N_(CONTEXT, "Gateway"), lines(adapter.gateways)),
        Fact(ADDRESSES, N_(CONTEXT, "DNS servers"), lines(adapter.dns_servers)),
        Fact(NETWORKING, N_(CONTEXT, "New network"), _reason(row)),
        Fact(NETWORKING, N_(CONTEXT, "vSwitch"), lines(row.switches)),
        Fact(NETWORKING, N_(CONTEXT, "Networks"), lines(row.networks)),
        *(() if adapter.host_vnic else _machine(relations)),
    ]
    return tuple(fact for fact in said if fact.value)


def _given_by(adapter: Adapter) -> str:
    if not adapter.addresses:
        return ""
    say = QCoreApplication.translate
    return say(CONTEXT, "DHCP") if adapter.dhcp else say(CONTEXT, "set manually, or by Windows")


def _machine(relations: Relations) -> tuple[Fact, ...]:
    meaning = machine_meaning(relations.snapshot)
    if meaning is None:
        return ()
    return (
        Fact(MACHINE, N_(CONTEXT, "Machine"), shown(meaning.machine)),
        Fact(MACHINE, N_(CONTEXT, "DHCP"), shown(meaning.dhcp)),
        Fact(MACHINE, N_(CONTEXT, "MAC addresses"), shown(meaning.mac_spoofing)),
    )


def warning(row: AdapterRow) -> Text | None:
    """An adapter that is not connected."""
    if row.adapter.status == "Up" or row.adapter.host_vnic:
        return None
    return row.standing.reason


def _can_carry(row: AdapterRow) -> bool:
    return not row.adapter.host_vnic


ADAPTERS = InventoryKind(
    id="adapters",
    title=N_(CONTEXT, "Adapters"),
    icon=Icon.ADAPTER,
    sections=("adapters", "vswitches", "networks", "hypervisor"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "Windows shows no network adapter. Is one installed, with its driver, and enabled?"),
    shows=ObjectKind.ADAPTER,
    warning=warning,
    narrowing=Narrowing(N_(CONTEXT, "Wit&hout vNICs"), _can_carry),
    actions=("switch-new", "vnic-vlan", "mac-spoofing"),
)
