"""Overlay networks: subnets with their VXLAN ids, services, and which systems use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.swarm.standing import (
    OverlayStanding,
    overlay_standing,
    overlay_warning,
    platform_words,
)
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, told, yes_no
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Swarm"


@dataclass(frozen=True, slots=True)
class OverlayRow(InventoryRow):
    """An overlay network and what is wrong with it."""

    standing: OverlayStanding
    wrong: Text | None

    @property
    def subnets(self) -> tuple[str, ...]:
        """The subnets."""
        return tuple(subnet for subnet, _ in self.standing.subnets)

    @property
    def vxlan_ids(self) -> tuple[str, ...]:
        """The VXLAN ids, in the subnets' order."""
        return tuple(number for _, number in self.standing.subnets if number)

    @property
    def use(self) -> str:
        """What the network is for."""
        return told(N_(CONTEXT, "routing mesh (ingress)")) if self.standing.network.ingress else ""

    @property
    def systems(self) -> str:
        """Which systems use it."""
        return told(platform_words(self.standing))


def rows(relations: Relations) -> Iterator[OverlayRow]:
    """One row per overlay network."""
    snapshot = relations.snapshot
    nodes = snapshot.swarm.nodes.known() or ()
    for network in snapshot.networks.known() or ():
        if network.driver == "overlay":
            standing = overlay_standing(network, snapshot)
            # No link to the networks page's selection: the row shows another side of the object.
            yield OverlayRow(network.id, None, standing, overlay_warning(standing, nodes))


def _mark(row: OverlayRow) -> tuple[Icon, str] | None:
    return (Icon.WARNING, "warning") if row.wrong is not None else None


COLUMNS: tuple[Column[OverlayRow], ...] = (
    Column("name", N_(CONTEXT, "Network"), lambda row: row.standing.network.name, width=18, mark=_mark),
    Column("subnets", N_(CONTEXT, "Subnets"), lambda row: row.subnets, text=joined, width=18),
    Column("vxlan", N_(CONTEXT, "VXLAN IDs"), lambda row: row.vxlan_ids, text=joined, width=12),
    Column("services", N_(CONTEXT, "Services"), lambda row: row.standing.services, text=joined, width=20),
    Column("systems", N_(CONTEXT, "Used by"), lambda row: row.systems, width=20),
    Column("encrypted", N_(CONTEXT, "Encrypted"), lambda row: row.standing.encrypted, text=yes_no, width=10),
    Column(
        "attachable", N_(CONTEXT, "Attachable"), lambda row: row.standing.network.attachable, text=yes_no,
        width=11,
    ),
    Column("use", N_(CONTEXT, "Purpose"), lambda row: row.use, width=20),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Overlay network")


def facts(row: OverlayRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one overlay network."""
    standing = row.standing
    pairs = (f"{subnet}, VXLAN {number}" if number else subnet for subnet, number in standing.subnets)
    said = (
        Fact(GENERAL, N_(CONTEXT, "Name"), standing.network.name),
        Fact(GENERAL, N_(CONTEXT, "ID"), standing.network.id),
        Fact(GENERAL, N_(CONTEXT, "Subnets"), lines(pairs)),
        Fact(GENERAL, N_(CONTEXT, "Services"), lines(standing.services)),
        Fact(GENERAL, N_(CONTEXT, "Used by"), row.systems),
        Fact(GENERAL, N_(CONTEXT, "Encrypted"), yes_no(standing.encrypted)),
        Fact(GENERAL, N_(CONTEXT, "Attachable"), yes_no(standing.network.attachable)),
        Fact(GENERAL, N_(CONTEXT, "Purpose"), row.use),
    )
    return tuple(fact for fact in said if fact.value)


def warning(row: OverlayRow) -> Text | None:
    """What Windows makes of the network."""
    return row.wrong


OVERLAY_NETWORKS = InventoryKind(
    id="overlay-networks",
    title=N_(CONTEXT, "Overlay networks"),
    icon=Icon.NETWORKS,
    sections=("networks", "swarm.services", "swarm.nodes"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "There is no overlay network."),
    warning=warning,
)
