"""Who holds which addresses of a host, sorted once so that thousands of prefixes are quick to ask.

The wizard asks at every keystroke, on hosts with thousands of networks and routes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv4Network
from typing import Final

from console.domain.snapshot import Network
from console.domain.text import N_, Text

Span = tuple[int, int]
"""A range of addresses as numbers: its first and its last."""


PRIVATE_RANGES: Final = tuple(map(IPv4Network, ("172.16.0.0/12", "192.168.0.0/16", "10.0.0.0/8")))
"""The private ranges of RFC 1918, HNS' own choice first."""


class PrefixKind(StrEnum):
    """Who holds a prefix."""

    NETWORK = "network"
    NAT = "nat"
    ADAPTER = "adapter"
    ROUTE = "route"


@dataclass(frozen=True, slots=True)
class UsedPrefix:
    """A prefix that is taken: ``prefix`` in CIDR form, ``owner`` for people.

    ``network_id`` is the docker network that holds it, "" for others.
    """

    prefix: str
    owner: Text
    kind: PrefixKind
    network_id: str = ""


@dataclass(frozen=True, slots=True)
class HeldPrefix:
    """A prefix that is taken, before it is put into words: most are only compared."""

    prefix: IPv4Network
    first: int
    last: int
    kind: PrefixKind
    name: str
    network_id: str = ""

    @property
    def broad(self) -> bool:
        """Whether it is a route that takes a whole private range elsewhere, as a VPN's often do.

        It says where packets go while it is there, and not that all of these addresses are in use.
        """
        return self.kind is PrefixKind.ROUTE and any(one.subnet_of(self.prefix) for one in PRIVATE_RANGES)

    def described(self) -> UsedPrefix:
        """The same for people."""
        owners = {
            PrefixKind.NETWORK: N_("Addressing", "the network {name}", name=self.name),
            PrefixKind.NAT: N_("Addressing", "the NAT {name}", name=self.name),
            PrefixKind.ADAPTER: N_("Addressing", "the adapter {name}", name=self.name),
            PrefixKind.ROUTE: N_("Addressing", "the route {name}", name=self.name),
        }
        return UsedPrefix(str(self.prefix), owners[self.kind], self.kind, self.network_id)


class PrefixIndex:
    """The prefixes held on one host as it was seen at one time.

    ``held`` are all of them, networks first, with repetitions; ``spans`` the addresses they cover
    together, disjoint and ascending; ``holders`` the first holder of each prefix;
    ``networks`` the docker networks by id.
    """

    def __init__(self, held: Iterable[HeldPrefix], networks: Iterable[Network]) -> None:
        self.held = tuple(held)
        self.networks = {network.id: network for network in networks}
        self._by_first = sorted(range(len(self.held)), key=lambda place: self.held[place].first)
        self._firsts = [self.held[place].first for place in self._by_first]
        self._by_span: dict[Span, list[int]] = {}
        for place, one in enumerate(self.held):
            self._by_span.setdefault((one.first, one.last), []).append(place)
        self.holders = tuple(self.held[places[0]] for places in self._by_span.values())
        self.spans = tuple(_joined(sorted(self._by_span)))

    @cached_property
    def spans_without_broad_routes(self) -> tuple[Span, ...]:
        """As ``spans``, for where routes of whole private ranges leave nothing free."""
        return tuple(_joined(sorted({(one.first, one.last) for one in self.held if not one.broad})))

    def overlapping(self, prefix: IPv4Network) -> Iterator[HeldPrefix]:
        """Those that share an address with ``prefix``, in the order of :attr:`held`."""
        # Two prefixes that meet are one inside the other: those around it have one of 32 spans.
        first, last = span_of(prefix)
        places = set(
            self._by_first[bisect_left(self._firsts, first) : bisect_right(self._firsts, last)]
        ).union(*(self._by_span.get(span, ()) for span in _around(first, prefix.prefixlen)))
        return (self.held[place] for place in sorted(places))

    def overlapping_networks(self, prefix: IPv4Network) -> Iterator[Network]:
        """The docker networks that have an address of ``prefix``."""
        ids = (held.network_id for held in self.overlapping(prefix) if held.kind is PrefixKind.NETWORK)
        return (self.networks[network_id] for network_id in dict.fromkeys(ids))


def span_of(prefix: IPv4Network) -> Span:
    """First and last address of a prefix as numbers."""
    return int(prefix.network_address), int(prefix.broadcast_address)


def _around(first: int, length: int) -> Iterator[Span]:
    for shorter in range(length):
        size = 1 << (32 - shorter)
        start = first // size * size
        yield start, start + size - 1


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Ascending spans, those that meet or touch made one."""
    start = end = -2
    for first, last in spans:
        if first > end + 1:
            if start >= 0:
                yield start, end
            start = first
        end = max(end, last)
    if start >= 0:
        yield start, end
