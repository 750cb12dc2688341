"""The tasks of the swarm's services, also those that ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.swarm.objects import SwarmTask
from console.domain.text import N_, Text, verbatim
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import joined, lines, optional
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Swarm"


@dataclass(frozen=True, slots=True)
class TaskRow(InventoryRow):
    """A task with its service and node by name; ``lost``: its node does not answer."""

    task: SwarmTask
    service: str
    node: str
    lost: bool
    addresses: tuple[str, ...]


def rows(relations: Relations) -> Iterator[TaskRow]:
    """One row per task."""
    snapshot = relations.snapshot
    services = {one.id: one.name for one in snapshot.swarm.services.known() or ()}
    nodes = {one.id: one for one in snapshot.swarm.nodes.known() or ()}
    names = {network.id: network.name for network in snapshot.networks.known() or ()}
    for task in snapshot.swarm.tasks.known() or ():
        node = nodes.get(task.node_id)
        service = services.get(task.service_id, task.service_id)
        yield TaskRow(
            task.id,
            None,
            task,
            f"{service}.{task.slot}" if task.slot is not None else service,
            node.host_name if node is not None else task.node_id,
            node is not None and not node.ready,
            tuple(
                f"{names.get(one.network_id, one.network_id)}: {address}"
                for one in task.addresses
                for address in one.addresses
            ),
        )


def _mark(row: TaskRow) -> tuple[Icon, str]:
    if row.lost:
        return (Icon.WARNING, "warning")
    if row.task.error:
        return (Icon.ERROR, "error")
    return (Icon.OK, "ok") if row.task.running else (Icon.SKIPPED, "muted")


COLUMNS: tuple[Column[TaskRow], ...] = (
    Column("task", N_(CONTEXT, "Task"), lambda row: row.service, width=18),
    Column("state", N_(CONTEXT, "State"), lambda row: row.task.state, width=12, mark=_mark),
    Column("wanted", N_(CONTEXT, "Desired state"), lambda row: row.task.desired_state, width=11),
    Column("node", N_(CONTEXT, "Node"), lambda row: row.node, width=19),
    Column("addresses", N_(CONTEXT, "Addresses"), lambda row: row.addresses, text=joined, width=24),
    Column("error", N_(CONTEXT, "Error"), lambda row: row.task.error, width=34),
    Column("slot", N_(CONTEXT, "Slot"), lambda row: row.task.slot, text=optional, width=6, numeric=True,
           shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Task")


def facts(row: TaskRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one task."""
    task = row.task
    said = (
        Fact(GENERAL, N_(CONTEXT, "Task"), row.service),
        Fact(GENERAL, N_(CONTEXT, "ID"), task.id),
        Fact(GENERAL, N_(CONTEXT, "State"), task.state),
        Fact(GENERAL, N_(CONTEXT, "Desired state"), task.desired_state),
        Fact(GENERAL, N_(CONTEXT, "Message"), task.message),
        Fact(GENERAL, N_(CONTEXT, "Error"), task.error),
        Fact(GENERAL, N_(CONTEXT, "Node"), row.node),
        Fact(GENERAL, N_(CONTEXT, "Addresses"), lines(row.addresses)),
        Fact(GENERAL, N_(CONTEXT, "Image"), task.image),
        Fact(GENERAL, N_(CONTEXT, "Container"), task.container_id),
    )
    return tuple(fact for fact in said if fact.value)


def warning(row: TaskRow) -> Text | None:
    """Why it does not run, or that nobody can tell whether it does."""
    if row.lost:
        return N_(
            CONTEXT,
            "The node {node} does not answer: this is its last known state.",
            node=row.node,
        )
    return verbatim(row.task.error) if row.task.error else None


SWARM_TASKS = InventoryKind(
    id="swarm-tasks",
    title=N_(CONTEXT, "Tasks"),
    icon=Icon.CONTAINER,
    sections=("swarm.tasks", "swarm.services", "swarm.nodes"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "The swarm has no tasks."),
    warning=warning,
    narrowing=Narrowing(N_(CONTEXT, "Only &desired to run"), lambda row: row.task.wanted),
)
