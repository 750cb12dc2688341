"""Ranges of ports that no program is given, and those out of which Windows gives ports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import optional
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Port ranges"


@dataclass(frozen=True, slots=True)
class RangeRow(InventoryRow):
    """One range. ``administered`` is None for a dynamic range, which has ``free_blocks`` instead."""

    protocol: str
    first: int
    last: int
    administered: bool | None
    free_blocks: int | None


def rows(relations: Relations) -> Iterator[RangeRow]:
    """The excluded ranges, then the dynamic ones."""
    host = relations.snapshot.facts
    for one in host.port_exclusions.known() or ():
        key = f"excluded|{one.protocol}|{one.first}|{one.last}"
        yield RangeRow(key, None, one.protocol, one.first, one.last, one.administered, None)
    for dynamic in host.dynamic_ports.known() or ():
        yield RangeRow(
            f"dynamic|{dynamic.protocol}", None, dynamic.protocol, dynamic.first, dynamic.last, None,
            dynamic.free_blocks,
        )  # fmt: skip


def _kind(row: RangeRow) -> str:
    say = QCoreApplication.translate
    if row.administered is None:
        return say(CONTEXT, "Dynamic")
    return say(CONTEXT, "Administered exclusion") if row.administered else say(CONTEXT, "Reserved by Windows")


def _meaning(row: RangeRow) -> str:
    say = QCoreApplication.translate
    if row.administered is None:
        return say(
            CONTEXT,
            "Programs that ask for no particular port get one of these. HNS and WinNAT take blocks of 64 "
            "for containers' connections.",
        )
    if row.administered:
        return say(CONTEXT, "Nothing gets these ports until the exclusion is removed with netsh.")
    return say(
        CONTEXT,
        "A part of Windows (WinNAT, Hyper-V) reserved them when it started. No container can publish one "
        "of them; after a restart the range may be another.",
    )


COLUMNS: tuple[Column[RangeRow], ...] = (
    Column("first", N_(CONTEXT, "First"), lambda row: row.first, width=10, numeric=True),
    Column("last", N_(CONTEXT, "Last"), lambda row: row.last, width=10, numeric=True),
    Column("protocol", N_(CONTEXT, "Protocol"), lambda row: row.protocol, width=9),
    Column("kind", N_(CONTEXT, "Kind"), _kind, tip=_meaning, width=24),
    Column(
        "free", N_(CONTEXT, "Free blocks of 64"), lambda row: row.free_blocks, text=optional, width=16,
        numeric=True,
    ),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Port range")


def facts(row: RangeRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one range."""
    said = (
        Fact(GENERAL, N_(CONTEXT, "Ports"), f"{row.first}-{row.last}/{row.protocol}"),
        Fact(GENERAL, N_(CONTEXT, "Kind"), _kind(row), _meaning(row)),
        Fact(GENERAL, N_(CONTEXT, "Free blocks of 64 ports"), optional(row.free_blocks)),
    )
    return tuple(fact for fact in said if fact.value)


PORT_RANGES = InventoryKind(
    id="port-ranges",
    title=N_(CONTEXT, "Reserved port ranges"),
    icon=Icon.PORT,
    sections=("port_exclusions", "dynamic_ports"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "Windows has reserved no ports."),
    linked=False,
)
