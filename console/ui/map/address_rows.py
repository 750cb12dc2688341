"""The address map as rows: each private range, and in it each block in use and each free one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network

from PySide6.QtCore import QCoreApplication

from console.domain.address_map import AddressBlock, AddressRange, FreeBlock, address_map
from console.domain.object_ref import ObjectRef
from console.domain.snapshot import Snapshot
from console.domain.text import N_
from console.ui.models.records import Column
from console.ui.texts import shown

CONTEXT = "AddressMap"


class RowKind(StrEnum):
    """What a row is: a range and what is in it, or blocks outside of all ranges."""

    RANGE = "range"
    USED = "used"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One row. ``first`` and ``last`` are addresses; ``free_share`` is told of ranges only."""

    kind: RowKind
    prefix: str
    owner: str
    overlaps: tuple[str, ...] = ()
    refs: tuple[ObjectRef, ...] = ()
    within: str = ""
    free_share: float | None = None

    @property
    def network(self) -> IPv4Network:
        """Its prefix, to calculate with."""
        return IPv4Network(self.prefix)

    @property
    def use(self) -> str:
        """What it is, as a word."""
        say = QCoreApplication.translate
        if self.overlaps:
            return say(CONTEXT, "overlaps")
        words = {
            RowKind.RANGE: say(CONTEXT, "range"),
            RowKind.USED: say(CONTEXT, "in use"),
            RowKind.FREE: say(CONTEXT, "free"),
        }
        return words[self.kind]

    @property
    def spoken(self) -> str:
        """All of it in one sentence, for screen readers."""
        return ", ".join(word for word in (self.prefix, self.use, self.owner, *self.overlaps) if word)


def address_rows(snapshot: Snapshot) -> tuple[AddressRow, ...]:
    """Each range with its blocks in the order of addresses. Made for a worker thread."""
    found = address_map(snapshot)
    rows: list[AddressRow] = []
    for one in found.ranges:
        rows.append(_range_row(one))
        rows += sorted(_inside(one), key=lambda row: (row.network.network_address, row.network.prefixlen))
    return (*rows, *(_block_row(block) for block in found.elsewhere))


def _inside(one: AddressRange) -> Iterator[AddressRow]:
    yield from (_block_row(block) for block in one.blocks)
    yield from (_free_row(block) for block in one.free)


def _range_row(one: AddressRange) -> AddressRow:
    whole = IPv4Network(one.prefix).num_addresses
    free = sum(block.size for block in one.free) / whole
    words = QCoreApplication.translate(CONTEXT, "private range, {used} in use, {share} % free")
    said = words.format(used=len(one.blocks), share=f"{free * 100:.4g}")
    return AddressRow(RowKind.RANGE, one.prefix, said, free_share=free)


def _block_row(block: AddressBlock) -> AddressRow:
    overlaps = tuple(shown(one.text) for one in block.overlaps)
    return AddressRow(RowKind.USED, block.prefix, shown(block.owner), overlaps, block.refs, block.within)


def _free_row(block: FreeBlock) -> AddressRow:
    words = QCoreApplication.translate(CONTEXT, "{count} addresses").format(count=f"{block.size:,}")
    return AddressRow(RowKind.FREE, block.prefix, words)


def address_key(row: AddressRow) -> Hashable:
    """What identifies a row over refreshes."""
    return row.kind, row.prefix


def _prefix(row: AddressRow) -> str:
    return row.prefix


def _use(row: AddressRow) -> str:
    return row.use


def _owner(row: AddressRow) -> str:
    return row.owner


def _first(row: AddressRow) -> str:
    return str(row.network.network_address)


def _last(row: AddressRow) -> str:
    return str(row.network.broadcast_address)


def _within(row: AddressRow) -> str:
    return row.within


def _overlaps(row: AddressRow) -> tuple[str, ...]:
    return row.overlaps


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _spoken(row: AddressRow) -> str:
    return row.spoken


ADDRESS_COLUMNS: tuple[Column[AddressRow], ...] = (
    Column("prefix", N_(CONTEXT, "Prefix"), _prefix, tip=_prefix, width=18),
    Column("use", N_(CONTEXT, "Use"), _use, width=10),
    Column("owner", N_(CONTEXT, "Held by"), _owner, tip=_owner, width=32),
    Column("first", N_(CONTEXT, "First address"), _first, width=15),
    Column("last", N_(CONTEXT, "Last address"), _last, width=15),
    Column("within", N_(CONTEXT, "Inside"), _within, width=16),
    Column("overlaps", N_(CONTEXT, "Overlaps"), _overlaps, text=_listed, width=34),
)

TILES: tuple[Column[AddressRow], ...] = (Column("tile", N_(CONTEXT, "Block"), _spoken, spoken=_spoken),)
"""The same rows as tiles: one column, whose text is what is said of a tile."""
