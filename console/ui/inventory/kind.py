"""What a kind of object is to the inventory: data, from which the one generic page is built.

To add a kind: write a file in :mod:`console.ui.inventory.kinds` with its row class, ``rows``,
columns, ``facts`` and an :class:`InventoryKind`, and name it in :mod:`console.ui.inventory.catalog`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.snapshot import HostFacts, Section, Snapshot
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.models.records import Column

if TYPE_CHECKING:
    from console.domain.relations import Relations
    from console.ui.widgets.fact_sheet import Fact

CONTEXT = "Inventory"


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One line of a table. ``key`` identifies it over refreshes; ``ref`` is the object it is about.

    Rows are compared: a row that says what it said is the same row again, and nothing is repainted.
    """

    key: str
    ref: ObjectRef | None


R = TypeVar("R", bound=InventoryRow)


@dataclass(frozen=True)
class Narrowing(Generic[R]):
    """A tick box above the table that leaves only some of the rows."""

    title: Text
    keeps: Callable[[R], bool]


def _nothing_wrong(_row: InventoryRow) -> Text | None:
    return None


@dataclass(frozen=True)
class InventoryKind(Generic[R]):
    """One kind of object and its table.

    ``sections`` are the parts of a snapshot its rows come from: without the first there are no rows,
    the others only add to them. ``rows`` and ``facts`` touch no widget: they run on a worker thread.
    ``warning`` says what is wrong with one object. ``actions`` are ids of :mod:`console.ui.actions`,
    ``more_actions`` those that stand in the context menu only.
    ``none`` says what it means when the host has none. ``linked`` is False for objects no others hang on.
    ``tabs`` is ``module:function`` that makes further tabs of the details (:class:`DetailTab`) of a page's
    parts and their parent.
    """

    id: str
    title: Text
    icon: Icon
    sections: tuple[str, ...]
    columns: tuple[Column[R], ...]
    rows: Callable[[Relations], Iterable[R]]
    facts: Callable[[R, Relations], tuple[Fact, ...]]
    none: Text
    shows: ObjectKind | None = None
    warning: Callable[[R], Text | None] = _nothing_wrong
    narrowing: Narrowing[R] | None = None
    actions: tuple[str, ...] = ()
    more_actions: tuple[str, ...] = ()
    linked: bool = True
    tabs: str = ""


AnyKind = InventoryKind[Any]

SECTION_TITLES = {
    "engine": N_(CONTEXT, "Docker Engine"),
    "networks": N_(CONTEXT, "Docker networks"),
    "containers": N_(CONTEXT, "Containers"),
    "adapters": N_(CONTEXT, "Adapters"),
    "vswitches": N_(CONTEXT, "vSwitches"),
    "nat_prefixes": N_(CONTEXT, "NAT instances"),
    "nat_mappings": N_(CONTEXT, "NAT mappings"),
    "routes": N_(CONTEXT, "Routes"),
    "hypervisor": N_(CONTEXT, "Machine"),
    "hns_networks": N_(CONTEXT, "HNS networks"),
    "hns_endpoints": N_(CONTEXT, "HNS endpoints"),
    "hns_load_balancers": N_(CONTEXT, "HNS load balancers"),
    "hns_namespaces": N_(CONTEXT, "HNS namespaces"),
    "compartments": N_(CONTEXT, "Compartments"),
    "firewall_profiles": N_(CONTEXT, "Firewall profiles"),
    "firewall_rules": N_(CONTEXT, "Firewall rules"),
    "services": N_(CONTEXT, "Services"),
    "swarm.nodes": N_(CONTEXT, "Swarm nodes"),
    "swarm.services": N_(CONTEXT, "Swarm services"),
    "swarm.tasks": N_(CONTEXT, "Swarm tasks"),
    "windows": N_(CONTEXT, "Windows"),
    "images": N_(CONTEXT, "Images"),
    "listeners": N_(CONTEXT, "Listening ports"),
    "connections": N_(CONTEXT, "Connections"),
    "port_exclusions": N_(CONTEXT, "Reserved port ranges"),
    "dynamic_ports": N_(CONTEXT, "Dynamic ports"),
    "proxies": N_(CONTEXT, "Proxies"),
    "engine_configuration": N_(CONTEXT, "Docker's configuration"),
    "container_settings": N_(CONTEXT, "Settings for containers"),
    "hns_service": N_(CONTEXT, "Host Networking Service"),
}
"""What people call the parts of a snapshot."""


_SWARM = "swarm."


def section_of(snapshot: Snapshot, name: str) -> Section[Any]:
    """One part of a snapshot by its name, be it the engine's, Windows' or (``swarm.nodes``) the swarm's."""
    if name.startswith(_SWARM):
        part: Section[Any] = getattr(snapshot.swarm, name.removeprefix(_SWARM))
        return part
    section: Section[Any] = getattr(snapshot.facts if name in HostFacts.model_fields else snapshot, name)
    return section


def row_key(row: InventoryRow) -> str:
    """What identifies a row over refreshes."""
    return row.key


def row_ref(row: InventoryRow) -> ObjectRef | None:
    """The object a row is about."""
    return row.ref


def rows_of(kind: InventoryKind[R], relations: Relations, previous: tuple[R, ...] = ()) -> tuple[R, ...]:
    """The rows of ``kind``; a row of ``previous`` that did not change is the same object again.

    Of two rows with one key (a broken answer) the first counts. Touches no widget.
    """
    before = {row.key: row for row in previous}
    made: dict[str, R] = {}
    for row in kind.rows(relations):
        old = before.get(row.key)
        made.setdefault(row.key, old if old is not None and old == row else row)
    rows = tuple(made.values())
    unchanged = len(rows) == len(previous) and all(map(_same, rows, previous))
    return previous if unchanged else rows


def _same(one: InventoryRow, other: InventoryRow) -> bool:
    return one is other
