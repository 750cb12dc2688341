"""Containers: their state, their place in the network, and whose they are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.containers.isolation import isolation_of
from console.domain.containers.owner import compose_project, compose_service, swarm_service
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.snapshot import Container
from console.domain.text import N_, verbatim
from console.ui import texts
from console.ui.container_actions import CONTAINER_BAR, CONTAINER_MORE
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import joined, lines
from console.ui.models.endpoints import address_key, port_text, state_text
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Containers"


@dataclass(frozen=True, slots=True)
class ContainerRow(InventoryRow):
    """A container with its compartments, published ports and isolation ("" where only an inspection
    tells).
    """

    container: Container
    compartments: tuple[str, ...]
    ports: tuple[str, ...]
    isolation: str


def rows(relations: Relations) -> Iterator[ContainerRow]:
    """One row per container, running or not."""
    for container in relations.snapshot.containers.known() or ():
        ref = ref_of(container)
        compartments = tuple(one.id for one in relations.related(ref, ObjectKind.COMPARTMENT))
        yield ContainerRow(
            ref.id,
            ref,
            container,
            compartments,
            tuple(port_text(port) for port in container.ports if port.host_port is not None),
            isolation_of(container, relations),
        )


def isolation_words(isolation: str) -> str:
    """An isolation in a person's words."""
    words = {
        "process": QCoreApplication.translate(CONTEXT, "Process"),
        "hyperv": QCoreApplication.translate(CONTEXT, "Hyper-V"),
    }
    return words.get(isolation, isolation)


def _isolation_tip(row: ContainerRow) -> str:
    if row.isolation:
        return QCoreApplication.translate(
            CONTEXT,
            "Inferred from its compartment: a container with Hyper-V isolation has it in a virtual machine.",
        )
    return QCoreApplication.translate(CONTEXT, "Only an inspection shows it: see its tab DNS and start.")


def _networks(row: ContainerRow) -> tuple[str, ...]:
    return tuple(endpoint.network_name for endpoint in row.container.endpoints)


def _addresses(row: ContainerRow) -> tuple[str, ...]:
    return tuple(endpoint.address for endpoint in row.container.endpoints if endpoint.address)


def _first_address(addresses: tuple[str, ...]) -> tuple[int, int]:
    return address_key(addresses[0] if addresses else "")


def _macs(row: ContainerRow) -> tuple[str, ...]:
    return tuple(endpoint.mac_address for endpoint in row.container.endpoints if endpoint.mac_address)


def _gateways(row: ContainerRow) -> tuple[str, ...]:
    return tuple(endpoint.gateway for endpoint in row.container.endpoints if endpoint.gateway)


def _state_mark(row: ContainerRow) -> tuple[Icon, str]:
    return (Icon.OK, "ok") if row.container.running else (Icon.STOP, "muted")


def _owner(row: ContainerRow) -> str:
    labels = row.container.labels
    return swarm_service(labels) or "/".join(
        part for part in (compose_project(labels), compose_service(labels)) if part
    )


def _age(created: datetime | None) -> str:
    return "" if created is None else texts.age(time.time() - created.timestamp())


COLUMNS: tuple[Column[ContainerRow], ...] = (
    Column("name", N_(CONTEXT, "Container"), lambda row: row.container.name, width=20),
    Column(
        "state", N_(CONTEXT, "State"), lambda row: row.container.state, text=state_text, width=15,
        mark=_state_mark, tip=lambda row: row.container.status,
    ),
    Column("networks", N_(CONTEXT, "Networks"), _networks, text=joined, width=18),
    Column(
        "addresses", N_(CONTEXT, "Addresses"), _addresses, text=joined, sort=_first_address, width=18
    ),
    Column("ports", N_(CONTEXT, "Published ports"), lambda row: row.ports, text=joined, width=22),
    Column("image", N_(CONTEXT, "Image"), lambda row: row.container.image, width=22),
    Column("owner", N_(CONTEXT, "Compose or swarm"), _owner, width=18),
    Column("compartments", N_(CONTEXT, "Compartment"), lambda row: row.compartments, text=joined, width=12),
    Column(
        "isolation", N_(CONTEXT, "Isolation"), lambda row: row.isolation, text=isolation_words,
        tip=_isolation_tip, width=10,
    ),
    Column(
        "age", N_(CONTEXT, "Age"), lambda row: row.container.created, text=_age,
        tip=lambda row: texts.moment(row.container.created), sort=lambda created: -created.timestamp(),
        width=9, searched=False, shown=False,
    ),
    Column("mac", N_(CONTEXT, "MAC addresses"), _macs, text=joined, width=19, shown=False),
    Column("gateways", N_(CONTEXT, "Gateways"), _gateways, text=joined, width=15, shown=False),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.container.id, width=20, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Container")
NETWORKS = N_(CONTEXT, "Networks")
OWNER = N_(CONTEXT, "Owner")


def facts(row: ContainerRow, _relations: Relations) -> tuple[Fact, ...]:
    """What there is to say about one container's network."""
    container = row.container
    labels = container.labels
    said = [
        Fact(GENERAL, N_(CONTEXT, "Name"), container.name),
        Fact(GENERAL, N_(CONTEXT, "State"), container.status or state_text(container.state)),
        Fact(GENERAL, N_(CONTEXT, "Image"), container.image),
        Fact(GENERAL, N_(CONTEXT, "Isolation"), isolation_words(row.isolation)),
        Fact(GENERAL, N_(CONTEXT, "Compartment"), joined(row.compartments)),
        Fact(GENERAL, N_(CONTEXT, "Published ports"), lines(row.ports)),
        Fact(GENERAL, N_(CONTEXT, "Created"), texts.moment(container.created)),
        Fact(GENERAL, N_(CONTEXT, "ID"), container.id),
        *(Fact(NETWORKS, verbatim(one.network_name), one.address or "-") for one in container.endpoints),
        Fact(OWNER, N_(CONTEXT, "Compose project"), compose_project(labels)),
        Fact(OWNER, N_(CONTEXT, "Compose service"), compose_service(labels)),
        Fact(OWNER, N_(CONTEXT, "Swarm service"), swarm_service(labels)),
        Fact(OWNER, N_(CONTEXT, "Labels"), lines(f"{key}={value}" for key, value in labels.items())),
    ]
    return tuple(fact for fact in said if fact.value)


CONTAINERS = InventoryKind(
    id="containers",
    title=N_(CONTEXT, "Containers"),
    icon=Icon.CONTAINER,
    sections=("containers", "networks", "compartments", "hns_endpoints", "hns_namespaces"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "This host has no container. Run one: the console offers the host's images."),
    shows=ObjectKind.CONTAINER,
    narrowing=Narrowing(N_(CONTEXT, "R&unning only"), lambda row: row.container.running),
    actions=CONTAINER_BAR,
    more_actions=CONTAINER_MORE,
    tabs="console.ui.widgets.container_tabs:container_tabs",
)
