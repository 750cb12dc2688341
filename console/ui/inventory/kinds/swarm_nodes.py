"""The nodes of the swarm, as a manager tells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.swarm.objects import SwarmNode
from console.domain.swarm.standing import node_warning
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import lines, yes_no
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Swarm"

_STATES = {
    "ready": N_(CONTEXT, "ready"),
    "down": N_(CONTEXT, "down"),
    "disconnected": N_(CONTEXT, "disconnected"),
    "unknown": N_(CONTEXT, "not known"),
}
_ROLES = {"manager": N_(CONTEXT, "manager"), "worker": N_(CONTEXT, "worker")}
_SYSTEMS = {"windows": "Windows", "linux": "Linux"}


@dataclass(frozen=True, slots=True)
class NodeRow(InventoryRow):
    """A node, whether it is the one shown, how many of its tasks run, and what is wrong with it."""

    node: SwarmNode
    mine: bool
    tasks: int
    wrong: Text | None

    @property
    def role(self) -> str:
        """Manager or worker; the leader is told."""
        if self.node.leader:
            return shown(N_(CONTEXT, "manager (leader)"))
        return shown(_ROLES[self.node.role]) if self.node.role in _ROLES else self.node.role

    @property
    def state(self) -> str:
        """How the managers see it."""
        return shown(_STATES[self.node.state]) if self.node.state in _STATES else self.node.state

    @property
    def system(self) -> str:
        """The operating system by its name."""
        return _SYSTEMS.get(self.node.os, self.node.os)


def rows(relations: Relations) -> Iterator[NodeRow]:
    """One row per node."""
    snapshot = relations.snapshot
    engine = snapshot.engine.known()
    own = engine.swarm.node_id if engine is not None else ""
    nodes = snapshot.swarm.nodes.known() or ()
    running: dict[str, int] = {}
    for task in snapshot.swarm.tasks.known() or ():
        running[task.node_id] = running.get(task.node_id, 0) + task.running
    for node in nodes:
        count = running.get(node.id, 0) if node.ready else 0
        yield NodeRow(node.id, None, node, node.id == own, count, node_warning(node, nodes))


def _mark(row: NodeRow) -> tuple[Icon, str]:
    if not row.node.ready:
        return (Icon.ERROR, "error")
    return (Icon.WARNING, "warning") if row.wrong is not None else (Icon.OK, "ok")


COLUMNS: tuple[Column[NodeRow], ...] = (
    Column("name", N_(CONTEXT, "Node"), lambda row: row.node.host_name, width=18),
    Column("state", N_(CONTEXT, "State"), lambda row: row.state, width=9, mark=_mark),
    Column("role", N_(CONTEXT, "Role"), lambda row: row.role, width=17),
    Column("system", N_(CONTEXT, "System"), lambda row: row.system, width=9),
    Column("address", N_(CONTEXT, "Address"), lambda row: row.node.address, width=15),
    Column("availability", N_(CONTEXT, "Availability"), lambda row: row.node.availability, width=12),
    Column("tasks", N_(CONTEXT, "Tasks running"), lambda row: row.tasks, width=13, numeric=True),
    Column("engine", N_(CONTEXT, "Engine"), lambda row: row.node.engine_version, width=9),
    Column("mine", N_(CONTEXT, "This host"), lambda row: row.mine, text=yes_no, width=6),
)

GENERAL = N_(CONTEXT, "Node")


def facts(row: NodeRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one node."""
    node = row.node
    said = (
        Fact(GENERAL, N_(CONTEXT, "Name"), node.host_name),
        Fact(GENERAL, N_(CONTEXT, "ID"), node.id),
        Fact(GENERAL, N_(CONTEXT, "State"), row.state),
        Fact(GENERAL, N_(CONTEXT, "Message"), node.message),
        Fact(GENERAL, N_(CONTEXT, "Role"), row.role),
        Fact(GENERAL, N_(CONTEXT, "Manager reachability"), node.reachability),
        Fact(GENERAL, N_(CONTEXT, "Availability"), node.availability),
        Fact(GENERAL, N_(CONTEXT, "Address"), node.address),
        Fact(GENERAL, N_(CONTEXT, "Platform"), node.os),
        Fact(GENERAL, N_(CONTEXT, "Architecture"), node.architecture),
        Fact(GENERAL, N_(CONTEXT, "Engine"), node.engine_version),
        Fact(GENERAL, N_(CONTEXT, "Network drivers"), ", ".join(node.network_drivers)),
        Fact(GENERAL, N_(CONTEXT, "Labels"), lines(f"{key}={value}" for key, value in node.labels.items())),
    )
    return tuple(fact for fact in said if fact.value)


def warning(row: NodeRow) -> Text | None:
    """What is wrong with the node."""
    return row.wrong


SWARM_NODES = InventoryKind(
    id="swarm-nodes",
    title=N_(CONTEXT, "Nodes"),
    icon=Icon.SWARM,
    sections=("swarm.nodes", "swarm.tasks"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "The manager reported no node."),
    warning=warning,
)
