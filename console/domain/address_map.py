"""The private address ranges of a host: which blocks are taken and by whom, and what is free.

One prefix of a host usually has several holders that are one thing: a NAT network, its NAT, the host
vNIC with the gateway's address, the route to it. They make one :class:`AddressBlock`. Blocks of
different things that share addresses say so in ``overlaps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, summarize_address_range
from typing import Final

from console.domain.addressing import PRIVATE_PREFIXES, prefix_index
from console.domain.drivers.registry import driver
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.prefix_index import HeldPrefix, PrefixKind
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text

CONTEXT = "Address map"

_KIND_ORDER: Final = {kind: position for position, kind in enumerate(PrefixKind)}
# Who else has a prefix that so many have already tells nobody anything.
_MOST_HOLDERS: Final = 32
_REFS = {
    PrefixKind.NETWORK: ObjectKind.NETWORK,
    PrefixKind.NAT: ObjectKind.NAT,
    PrefixKind.ADAPTER: ObjectKind.ADAPTER,
}


@dataclass(frozen=True, slots=True)
class Overlap:
    """A conflict of one ``holder`` of a block with a rival that has some of the same addresses.

    ``holder`` is None for a route; ``rival`` is the other's name for people, ``prefix`` what it has.
    """

    holder: ObjectRef | None
    rival: Text
    prefix: str

    @property
    def text(self) -> Text:
        """The conflict in a sentence about the rival."""
        return N_(CONTEXT, "{owner} has {prefix}", owner=self.rival, prefix=self.prefix)


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """A prefix in use. ``owner`` is its first holder for people, ``kind`` what that is.

    ``refs`` are all its holders that are objects of the host. ``overlaps`` are its holders'
    conflicts, with each other or with those of other blocks; ``within`` is the prefix of the smallest block
    around it, "" where there is none. ``depth`` counts the blocks around it, for drawing.
    """

    prefix: str
    owner: Text
    kind: PrefixKind
    refs: tuple[ObjectRef, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    within: str = ""
    depth: int = 0

    @property
    def first(self) -> int:
        """Its first address as a number."""
        return int(IPv4Network(self.prefix).network_address)

    @property
    def last(self) -> int:
        """Its last address as a number."""
        return int(IPv4Network(self.prefix).broadcast_address)


@dataclass(frozen=True, slots=True)
class FreeBlock:
    """A prefix none of whose addresses anything is known to hold."""

    prefix: str

    @property
    def size(self) -> int:
        """How many addresses it has."""
        return IPv4Network(self.prefix).num_addresses


@dataclass(frozen=True, slots=True)
class AddressRange:
    """One range with what is in it, in the order of addresses; an outer block before its inner ones.

    Every address of the range is in at least one block or in exactly one free block. A block that
    is larger than the range is here with its own prefix.
    """

    prefix: str
    blocks: tuple[AddressBlock, ...]
    free: tuple[FreeBlock, ...]


@dataclass(frozen=True, slots=True)
class AddressMap:
    """The private ranges, and ``elsewhere`` the blocks in use outside of all of them."""

    ranges: tuple[AddressRange, ...]
    elsewhere: tuple[AddressBlock, ...] = ()

    @property
    def blocks(self) -> tuple[AddressBlock, ...]:
        """Every block once."""
        found = {block.prefix: block for one in self.ranges for block in one.blocks}
        return (*found.values(), *(block for block in self.elsewhere if block.prefix not in found))

    @property
    def free(self) -> tuple[FreeBlock, ...]:
        """All free blocks."""
        return tuple(block for one in self.ranges for block in one.free)


def address_map(snapshot: Snapshot, *, within: Sequence[str] = PRIVATE_PREFIXES) -> AddressMap:
    """The ranges ``within`` (CIDR, none overlapping another) of a host."""
    blocks = _nested(_blocks(snapshot))
    ranges = [IPv4Network(prefix) for prefix in within]
    return AddressMap(
        ranges=tuple(_range(whole, blocks) for whole in ranges),
        elsewhere=tuple(
            block
            for block in blocks
            if not any(IPv4Network(block.prefix).overlaps(whole) for whole in ranges)
        ),
    )


def subnet_in(block: FreeBlock, prefix_length: int) -> str:
    """The first subnet of ``prefix_length`` in a free block, for "create a network here".

    The block itself where it is smaller than that.
    """
    free = IPv4Network(block.prefix)
    return str(IPv4Network((int(free.network_address), max(prefix_length, free.prefixlen))))


def _range(whole: IPv4Network, blocks: Sequence[AddressBlock]) -> AddressRange:
    first, last = int(whole.network_address), int(whole.broadcast_address)
    inside = tuple(block for block in blocks if block.first <= last and first <= block.last)
    return AddressRange(str(whole), inside, tuple(_free(first, last, inside)))


def _free(first: int, last: int, blocks: Iterable[AddressBlock]) -> Iterator[FreeBlock]:
    """What no block covers, in the fewest prefixes. ``blocks`` are in the order of addresses."""
    start = first
    for begin, end in [*((block.first, block.last) for block in blocks), (last + 1, last + 1)]:
        if begin > start:
            yield from _prefixes(start, min(begin, last + 1) - 1)
        start = max(start, end + 1)


def _prefixes(first: int, last: int) -> Iterator[FreeBlock]:
    for prefix in summarize_address_range(IPv4Address(first), IPv4Address(last)):
        yield FreeBlock(str(prefix))


def _blocks(snapshot: Snapshot) -> Iterator[AddressBlock]:
    """One block for each prefix, with what its holders have against each other."""
    found: dict[IPv4Network, dict[HeldPrefix, None]] = {}
    for held in prefix_index(snapshot).held:
        found.setdefault(held.prefix, {})[held] = None
    by_prefix = {prefix: tuple(holders) for prefix, holders in found.items()}
    drivers = {one.id: one.driver for one in snapshot.networks.known() or ()}
    conflicts = _conflicts(by_prefix, _Nature(snapshot, drivers))
    for prefix, holders in by_prefix.items():
        chief = min(holders, key=lambda held: _KIND_ORDER[held.kind])
        yield AddressBlock(
            prefix=str(prefix),
            owner=chief.described().owner,
            kind=chief.kind,
            refs=tuple(_ref(held) for held in holders if held.kind in _REFS),
            overlaps=tuple(dict.fromkeys(conflicts.get(prefix, ()))),
        )


def _ref(held: HeldPrefix) -> ObjectRef:
    return ObjectRef(_REFS[held.kind], held.network_id or held.name)


class _Nature:
    """What kinds of holders a host has, to tell a conflict from one thing with two names."""

    def __init__(self, snapshot: Snapshot, drivers: dict[str, str]) -> None:
        self._drivers = drivers
        self._vnics = {one.name for one in snapshot.facts.adapters.known() or () if one.host_vnic}

    def conflict(self, one: HeldPrefix, other: HeldPrefix) -> bool:
        """Whether two holders of shared addresses stand in each other's way."""
        if one.kind is PrefixKind.NETWORK and other.kind is PrefixKind.NETWORK:
            return one.network_id != other.network_id
        if other.kind is PrefixKind.NETWORK:
            one, other = other, one
        if one.kind is not PrefixKind.NETWORK or other.kind is PrefixKind.NAT:
            return False  # a NAT holds its networks; adapters and routes are the host's own business
        return not self._is_on_the_lan(one) and not self._is_its_own(one, other)

    def _is_on_the_lan(self, network: HeldPrefix) -> bool:
        """A transparent or l2bridge network is meant to be in a subnet of the host."""
        kind = driver(self._drivers.get(network.network_id, ""))
        return kind is not None and kind.external and kind.name != "overlay"

    def _is_its_own(self, network: HeldPrefix, other: HeldPrefix) -> bool:
        """The network's own host vNIC, and its own on-link route."""
        if other.kind is PrefixKind.ADAPTER:
            return other.name in self._vnics and other.prefix == network.prefix
        return other.prefix == network.prefix


def _conflicts(
    by_prefix: Mapping[IPv4Network, Sequence[HeldPrefix]], nature: _Nature
) -> dict[IPv4Network, list[Overlap]]:
    found: dict[IPv4Network, list[Overlap]] = {}
    for one, other in _touching(by_prefix):
        for held in by_prefix[one][:_MOST_HOLDERS]:
            for rival in by_prefix[other][:_MOST_HOLDERS]:
                if held is not rival and nature.conflict(held, rival):
                    found.setdefault(one, []).append(_overlap(held, rival))
                    found.setdefault(other, []).append(_overlap(rival, held))
    return found


def _overlap(held: HeldPrefix, rival: HeldPrefix) -> Overlap:
    holder = _ref(held) if held.kind in _REFS else None
    return Overlap(holder, rival.described().owner, str(rival.prefix))


def _touching(prefixes: Iterable[IPv4Network]) -> Iterator[tuple[IPv4Network, IPv4Network]]:
    """Every pair of prefixes that share addresses, and each prefix with itself.

    Of two prefixes that do, one holds the other: a stack of the open ones finds all pairs.
    """
    open_ones: list[IPv4Network] = []
    for prefix in sorted(prefixes):
        while open_ones and int(open_ones[-1].broadcast_address) < int(prefix.network_address):
            open_ones.pop()
        for outer in open_ones:
            yield outer, prefix
        yield prefix, prefix
        open_ones.append(prefix)


def _nested(blocks: Iterable[AddressBlock]) -> tuple[AddressBlock, ...]:
    """The blocks in the order of addresses, each with what is around it."""
    around: list[tuple[int, str]] = []
    found: list[AddressBlock] = []
    for network, block in sorted(
        ((IPv4Network(one.prefix), one) for one in blocks), key=lambda pair: pair[0]
    ):
        while around and around[-1][0] < int(network.network_address):
            around.pop()
        found.append(
            AddressBlock(
                block.prefix,
                block.owner,
                block.kind,
                block.refs,
                block.overlaps,
                within=around[-1][1] if around else "",
                depth=len(around),
            )
        )
        around.append((int(network.broadcast_address), block.prefix))
    return tuple(found)
