"""The services of the swarm: how many tasks run, virtual addresses, published ports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.swarm.objects import SwarmService
from console.domain.swarm.standing import ServiceStanding, service_standing
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Swarm"


@dataclass(frozen=True, slots=True)
class ServiceRow(InventoryRow):
    """A service, how its tasks stand, and its networks by name."""

    service: SwarmService
    standing: ServiceStanding
    networks: tuple[str, ...]
    virtual_addresses: tuple[str, ...]

    @property
    def replicas(self) -> str:
        """Running and wanted tasks, as ``docker service ls`` shows them."""
        wanted = self.standing.wanted
        return f"{self.standing.running}/{wanted if wanted is not None else self.standing.running}"

    @property
    def ports(self) -> tuple[str, ...]:
        """The published ports: outside, inside, and how."""
        return tuple(
            f"{port.published or '-'}:{port.target}/{port.protocol} ({port.mode})"
            for port in self.service.ports
        )


def rows(relations: Relations) -> Iterator[ServiceRow]:
    """One row per service."""
    snapshot = relations.snapshot
    names = {network.id: network.name for network in snapshot.networks.known() or ()}
    tasks = snapshot.swarm.tasks.known() or ()
    nodes = snapshot.swarm.nodes.known() or ()
    for service in snapshot.swarm.services.known() or ():
        yield ServiceRow(
            service.id,
            None,
            service,
            service_standing(service, tasks, nodes),
            tuple(names.get(one, one) for one in service.network_ids),
            tuple(
                f"{names.get(one.network_id, one.network_id)}: {one.address}"
                for one in service.virtual_addresses
            ),
        )


def _mark(row: ServiceRow) -> tuple[Icon, str]:
    return (Icon.OK, "ok") if row.standing.complete else (Icon.WARNING, "warning")


COLUMNS: tuple[Column[ServiceRow], ...] = (
    Column("name", N_(CONTEXT, "Service"), lambda row: row.service.name, width=18),
    Column("tasks", N_(CONTEXT, "Tasks running"), lambda row: row.replicas, width=13, mark=_mark),
    Column("networks", N_(CONTEXT, "Networks"), lambda row: row.networks, text=joined, width=18),
    Column(
        "virtual", N_(CONTEXT, "Virtual addresses"), lambda row: row.virtual_addresses, text=joined, width=24
    ),
    Column("endpoint", N_(CONTEXT, "Endpoint mode"), lambda row: row.service.endpoint_mode, width=13),
    Column("ports", N_(CONTEXT, "Published ports"), lambda row: row.ports, text=joined, width=24),
    Column("image", N_(CONTEXT, "Image"), lambda row: row.service.image, width=18),
    Column(
        "platforms", N_(CONTEXT, "Image is for"), lambda row: row.service.platforms, text=joined, width=13
    ),
)

GENERAL = N_(CONTEXT, "Service")


def facts(row: ServiceRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one service."""
    service = row.service
    said = (
        Fact(GENERAL, N_(CONTEXT, "Name"), service.name),
        Fact(GENERAL, N_(CONTEXT, "ID"), service.id),
        Fact(GENERAL, N_(CONTEXT, "Image"), service.image),
        Fact(GENERAL, N_(CONTEXT, "Mode"), service.mode),
        Fact(GENERAL, N_(CONTEXT, "Tasks running"), row.replicas),
        Fact(GENERAL, N_(CONTEXT, "Why tasks are pending"), lines(row.standing.errors)),
        Fact(GENERAL, N_(CONTEXT, "Networks"), lines(row.networks)),
        Fact(GENERAL, N_(CONTEXT, "Virtual addresses"), lines(row.virtual_addresses)),
        Fact(GENERAL, N_(CONTEXT, "Endpoint mode"), service.endpoint_mode),
        Fact(GENERAL, N_(CONTEXT, "Published ports"), lines(row.ports)),
        Fact(GENERAL, N_(CONTEXT, "Constraints"), lines(service.constraints)),
        Fact(GENERAL, N_(CONTEXT, "Image is for"), ", ".join(service.platforms)),
        Fact(GENERAL, N_(CONTEXT, "Last update"), f"{service.update_state} {service.update_message}".strip()),
    )
    return tuple(fact for fact in said if fact.value)


def warning(row: ServiceRow) -> Text | None:
    """Why not all of its tasks run."""
    if row.standing.complete:
        return None
    reason = row.standing.errors[0] if row.standing.errors else "-"
    return N_(
        CONTEXT,
        "{running} tasks of {service} are running; the manager says: {reason}",
        running=row.replicas,
        service=row.service.name,
        reason=reason,
    )


SWARM_SERVICES = InventoryKind(
    id="swarm-services",
    title=N_(CONTEXT, "Swarm services"),
    icon=Icon.SERVICE,
    sections=("swarm.services", "swarm.tasks", "swarm.nodes"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "The swarm has no services."),
    warning=warning,
)
