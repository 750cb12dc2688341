"""The columns of the networks table, and the rows behind it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import DNS_SERVERS, INTERFACE, NETWORK_NAME, VLAN_ID, VSID
from console.domain.text import N_
from console.ui import texts
from console.ui.models.records import Column, natural

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectRef
    from console.domain.snapshot import Container, Network, Snapshot

CONTEXT = "NetworksTable"

NO_SUBNET = "0.0.0.0/0"
"""What the engine says where it knows no subnet: DHCP or an adopted vSwitch (reference, 0.8)."""

LINUX_ADAPTER = "parent"
"""The option in which macvlan and ipvlan networks of a Linux engine name their adapter."""


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network as the table shows it. ``endpoints`` is None where containers could not be read."""

    network: Network
    endpoints: int | None


def network_rows(snapshot: Snapshot, previous: tuple[NetworkRow, ...] = ()) -> tuple[NetworkRow, ...]:
    """The rows of ``snapshot``; a row of ``previous`` that did not change is the same object again.

    Touches no Qt object: made for a worker thread.
    """
    import console.domain.object_ref  # noqa: F401 (network_ref is asked on the UI thread)

    networks = snapshot.networks.known() or ()
    containers = snapshot.containers.known()
    counts = None if containers is None else _endpoint_counts(containers)
    before = {row.network.id: row for row in previous}
    rows = []
    for network in networks:
        endpoints = None if counts is None else counts[network.id]
        row = before.get(network.id)
        if row is None or row.network is not network or row.endpoints != endpoints:
            row = NetworkRow(network, endpoints)
        rows.append(row)
    unchanged = len(rows) == len(previous) and all(map(_same, rows, previous))
    return previous if unchanged else tuple(rows)


def _endpoint_counts(containers: tuple[Container, ...]) -> Counter[str]:
    """How many endpoints each network has, by its id."""
    counts: Counter[str] = Counter()
    # A list and not a generator: counted in C, in half the time that the window may have to wait for.
    counts.update([endpoint.network_id for container in containers for endpoint in container.endpoints])
    return counts


def _same(one: NetworkRow, other: NetworkRow) -> bool:
    return one is other


def network_id(row: NetworkRow) -> str:
    """What identifies a row over refreshes."""
    return row.network.id


def network_ref(row: NetworkRow) -> ObjectRef:
    """The network as an object of its host."""
    # Loaded with the first rows, in their thread: the first paint needs no records.
    from console.domain.object_ref import ObjectKind, ObjectRef

    return ObjectRef(ObjectKind.NETWORK, row.network.id)


def _joined(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _subnets(row: NetworkRow) -> tuple[str, ...]:
    return tuple(pool.subnet for pool in row.network.pools if pool.subnet not in {"", NO_SUBNET})


def _subnet_tip(row: NetworkRow) -> str:
    if _subnets(row):
        return ""
    return QCoreApplication.translate(
        CONTEXT, "The engine knows no subnet: addresses come from DHCP, or the vSwitch was adopted."
    )


def _gateways(row: NetworkRow) -> tuple[str, ...]:
    return tuple(pool.gateway for pool in row.network.pools if pool.gateway not in {"", "0.0.0.0"})  # noqa: S104


def _vlan(row: NetworkRow) -> int | str | None:
    text = row.network.option(VLAN_ID) or row.network.option(VSID)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text or None


def _adapters(row: NetworkRow) -> tuple[str, ...]:
    windows = adapter_names(row.network.option(INTERFACE))
    linux = row.network.option(LINUX_ADAPTER)
    return windows or ((linux,) if linux else ())


def _endpoint_text(count: int | None) -> str:
    return QCoreApplication.translate(CONTEXT, "unknown") if count is None else str(count)


def _endpoints_spoken(row: NetworkRow) -> str:
    if row.endpoints is None:
        return QCoreApplication.translate(CONTEXT, "endpoints unknown")
    said = QCoreApplication.translate(CONTEXT, "%n endpoint(s)", "", row.endpoints)
    return said.replace("(s)", "" if row.endpoints == 1 else "s")


def _optional(value: object) -> str:
    return "" if value is None else str(value)


def _age(created: datetime | None) -> str:
    return "" if created is None else texts.age(time.time() - created.timestamp())


def _created(row: NetworkRow) -> datetime | None:
    return row.network.created


def _created_tip(row: NetworkRow) -> str:
    return texts.moment(row.network.created)


def _youngest_first(created: datetime) -> float:
    return -created.timestamp()


def _kind_of_number(value: int | str) -> tuple[int, object]:
    # Numbers before words, and never compared with them: an option can hold anything.
    return (0, value) if isinstance(value, int) else (1, natural(value))


def _labels(row: NetworkRow) -> tuple[str, ...]:
    return tuple(f"{key}={value}" for key, value in row.network.labels.items())


def _special(row: NetworkRow) -> tuple[str, ...]:
    """Internal, attachable, ingress and config-only: rare, so one column for all."""
    network = row.network
    say = QCoreApplication.translate
    return tuple(
        word
        for holds, word in (
            (network.internal, say(CONTEXT, "internal")),
            (network.attachable, say(CONTEXT, "attachable")),
            (network.ingress, say(CONTEXT, "ingress")),
            (network.config_only, say(CONTEXT, "config only")),
        )
        if holds
    )


def _name(row: NetworkRow) -> str:
    return row.network.name


def _driver(row: NetworkRow) -> str:
    return row.network.driver


def _scope(row: NetworkRow) -> str:
    return row.network.scope


def _endpoints(row: NetworkRow) -> int | None:
    return row.endpoints


def _hns_name(row: NetworkRow) -> str:
    return row.network.option(NETWORK_NAME)


def _dns_servers(row: NetworkRow) -> str:
    return row.network.option(DNS_SERVERS)


NETWORKS: tuple[Column[NetworkRow], ...] = (
    Column("name", N_(CONTEXT, "Name"), _name, tip=_name, width=20),
    Column("driver", N_(CONTEXT, "Driver"), _driver, width=12),
    Column("scope", N_(CONTEXT, "Scope"), _scope, width=8),
    Column("subnets", N_(CONTEXT, "Subnets"), _subnets, text=_joined, tip=_subnet_tip, width=18),
    Column("gateways", N_(CONTEXT, "Gateway"), _gateways, text=_joined, width=15),
    Column("vlan", N_(CONTEXT, "VLAN"), _vlan, text=_optional, sort=_kind_of_number, width=7, numeric=True),
    Column("adapters", N_(CONTEXT, "Adapter"), _adapters, text=_joined, width=14),
    Column(
        "endpoints", N_(CONTEXT, "Endpoints"), _endpoints, text=_endpoint_text, spoken=_endpoints_spoken,
        width=10, searched=False, numeric=True,
    ),
    Column(
        "age", N_(CONTEXT, "Age"), _created, text=_age, tip=_created_tip, sort=_youngest_first,
        width=9, searched=False,
    ),
    Column("hns-name", N_(CONTEXT, "HNS name"), _hns_name, tip=_hns_name, width=22),
    Column("id", N_(CONTEXT, "ID"), network_id, width=20, shown=False),
    Column(
        "created", N_(CONTEXT, "Created"), _created, text=texts.moment, width=20, shown=False, searched=False
    ),
    Column("dns-servers", N_(CONTEXT, "DNS servers"), _dns_servers, width=18, shown=False),
    Column("special", N_(CONTEXT, "Properties"), _special, text=_joined, width=18, shown=False),
    Column("labels", N_(CONTEXT, "Labels"), _labels, text=_joined, width=24, shown=False),
)  # fmt: skip
