"""Address arithmetic: prefixes in use on a host, free ones, gateways.

Texts come in as they were typed or observed and are parsed leniently: what is no IPv4 prefix is
None, never an exception. ``0.0.0.0/0`` in an existing network means "no subnet known"
(reference, 0.8) and is never counted as in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from console.domain.per_snapshot import once_per_snapshot
from console.domain.prefix_index import (
    PRIVATE_RANGES,
    HeldPrefix,
    PrefixIndex,
    PrefixKind,
    Span,
    UsedPrefix,
    span_of,
)
from console.domain.snapshot import Adapter, Network, Snapshot

AnyPrefix = IPv4Network | IPv6Network
AnyAddress = IPv4Address | IPv6Address

PRIVATE_PREFIXES: Final = tuple(map(str, PRIVATE_RANGES))
"""Where free subnets are looked for: the private ranges of RFC 1918, HNS' own choice first."""

MULTI_NAT_BUILD: Final = 15063
"""From this build (Windows 10 1703) on NAT networks may lie outside the one internal prefix."""


def parse_prefix(text: str) -> IPv4Network | None:
    """The IPv4 prefix of a CIDR text, host bits masked away; None where it is none."""
    network = parse_any_prefix(text)
    return network if isinstance(network, IPv4Network) else None


def parse_address(text: str) -> IPv4Address | None:
    """The IPv4 address of a text, None where it is none."""
    address = parse_any_address(text)
    return address if isinstance(address, IPv4Address) else None


@lru_cache(maxsize=16384)
def parse_any_address(text: str) -> AnyAddress | None:
    """The IPv4 or IPv6 address of a text, None where it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None


@lru_cache(maxsize=16384)
def parse_any_prefix(text: str) -> AnyPrefix | None:
    """The IPv4 or IPv6 prefix of a CIDR text, host bits masked away; None where it is none."""
    # A netmask ("10.0.0.0/255.0.0.0") is understood by Python and by nobody here.
    if not text.partition("/")[2].isdecimal():
        return None
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


@lru_cache(maxsize=16384)
def span_of_text(text: str) -> tuple[int, int] | None:
    """First and last address of a CIDR text as numbers; None where it is no IPv4 prefix.

    Many times quicker than parsing it: for questions to thousands of prefixes at once.
    """
    address, _, length = text.partition("/")
    parts = address.split(".")
    if len(parts) != 4 or not length.isdecimal() or not all(map(str.isdecimal, parts)):
        return None
    one, two, three, four = map(int, parts)
    bits = 32 - int(length)
    if bits < 0 or max(one, two, three, four) > 255:
        return None
    first = ((one << 24 | two << 16 | three << 8 | four) >> bits) << bits
    return first, first + (1 << bits) - 1


def overlaps(one: IPv4Network, other: IPv4Network) -> bool:
    """Whether two prefixes share an address: of two prefixes, one then holds the other."""
    if one.prefixlen <= other.prefixlen:
        return other.network_address in one
    return one.network_address in other


def first_host(subnet: str) -> str:
    """The first host address of a subnet, the usual gateway; "" where it has none.

    A /31 or /32 has no network and broadcast address, and no room for a gateway and containers.
    """
    prefix = parse_prefix(subnet)
    if prefix is None or prefix.prefixlen > 30:
        return ""
    return str(prefix.network_address + 1)


def is_host_address(address: IPv4Address, prefix: IPv4Network) -> bool:
    """Whether an endpoint could have ``address``: inside, and not network or broadcast."""
    return address in prefix and not is_reserved_address(address, prefix)


def is_reserved_address(address: IPv4Address, prefix: IPv4Network) -> bool:
    """Whether ``address`` is the network or broadcast address (a /31 or /32 has none: RFC 3021)."""
    return prefix.prefixlen < 31 and address in (prefix.network_address, prefix.broadcast_address)


def network_prefixes(network: Network) -> tuple[IPv4Network, ...]:
    """The known IPv4 subnets of an existing network."""
    parsed = (parse_prefix(pool.subnet) for pool in network.pools)
    return tuple(prefix for prefix in parsed if prefix is not None and prefix.prefixlen > 0)


def adapter_prefixes(adapter: Adapter) -> tuple[IPv4Network, ...]:
    """The subnets an adapter has addresses of."""
    parsed = (parse_prefix(address) for address in adapter.addresses)
    return tuple(prefix for prefix in parsed if prefix is not None and prefix.prefixlen > 0)


def prefixes_in_use(snapshot: Snapshot) -> tuple[UsedPrefix, ...]:
    """Every prefix taken on the host: networks, NAT, adapters, routes, in this order.

    Each prefix is listed once for each kind of owner. Host routes (/32), multicast and loopback
    are left out: every host has them and they stand in nobody's way.
    """
    found: dict[tuple[PrefixKind, IPv4Network, str], HeldPrefix] = {}
    for held in prefix_index(snapshot).held:
        found.setdefault((held.kind, held.prefix, held.network_id), held)
    return tuple(held.described() for held in found.values())


@once_per_snapshot
def prefix_index(snapshot: Snapshot) -> PrefixIndex:
    """Who holds which prefixes of a host."""
    return PrefixIndex(_all_held(snapshot), snapshot.networks.known() or ())


def _all_held(snapshot: Snapshot) -> Iterator[HeldPrefix]:
    for network in snapshot.networks.known() or ():
        for pool in network.pools:
            yield from _held(pool.subnet, PrefixKind.NETWORK, network.name, network.id)
    for nat in snapshot.facts.nat_prefixes.known() or ():
        yield from _held(nat.internal_prefix, PrefixKind.NAT, nat.name)
    for adapter in snapshot.facts.adapters.known() or ():
        for address in adapter.addresses:
            yield from _held(address, PrefixKind.ADAPTER, adapter.name)
    for route in snapshot.facts.routes.known() or ():
        yield from _held(route.prefix, PrefixKind.ROUTE, route.prefix)


def _held(text: str, kind: PrefixKind, name: str, network_id: str = "") -> Iterator[HeldPrefix]:
    read = _read_prefix(text)
    if read is None or (kind is PrefixKind.ROUTE and not _is_route_of_interest(read[0])):
        return
    prefix, first, last = read
    yield HeldPrefix(prefix, first, last, kind, name, network_id)


@lru_cache(maxsize=16384)
def _read_prefix(text: str) -> tuple[IPv4Network, int, int] | None:
    """A prefix with its first and last address as numbers; None where nothing is known."""
    prefix = parse_prefix(text)
    if prefix is None or prefix.prefixlen == 0:
        return None
    return prefix, *span_of(prefix)


def _is_route_of_interest(prefix: IPv4Network) -> bool:
    # Two halves of all addresses are how a VPN puts itself before the default route: they say as little.
    return 1 < prefix.prefixlen < 32 and not (prefix.is_multicast or prefix.is_loopback)


def next_free_subnet(
    prefix_length: int, snapshot: Snapshot, *, within: str | None = None, avoid: Iterable[str] = ()
) -> str | None:
    """The lowest subnet of ``prefix_length`` that overlaps nothing in use; None where there is none.

    Looks in ``within`` (CIDR), else in the private ranges. ``avoid`` are further prefixes to keep
    clear of. In ``within`` itself, what holds all of it (the NAT prefix to be partitioned, the
    network on it) does not count as in use. Where routes take all private ranges elsewhere, as a VPN's do,
    one is chosen as if they did not: see :func:`routed_elsewhere`.
    """
    index = prefix_index(snapshot)
    avoided = [span_of(prefix) for prefix in map(parse_prefix, avoid) if prefix is not None]
    if within is not None:
        return _free_part(within, prefix_length, [*((one.first, one.last) for one in index.held), *avoided])
    free = _first_free(prefix_length, [*index.spans, *avoided])
    return free or _first_free(prefix_length, [*index.spans_without_broad_routes, *avoided])


def _first_free(prefix_length: int, taken: Sequence[Span]) -> str | None:
    for whole in PRIVATE_RANGES:
        free = next(_free_blocks(whole, prefix_length, taken), None)
        if free is not None:
            return str(free)
    return None


def _free_part(within: str, prefix_length: int, taken: Sequence[Span]) -> str | None:
    whole = parse_prefix(within)
    if whole is None:
        return None
    first, last = span_of(whole)
    inside = [span for span in taken if not (span[0] <= first and last <= span[1])]
    free = next(_free_blocks(whole, prefix_length, inside), None)
    return str(free) if free is not None else None


def routed_elsewhere(prefix: str, snapshot: Snapshot) -> str:
    """The route that takes a prefix elsewhere with a whole private range, in CIDR form; "" for none.

    While it is there, machines behind it that have addresses of ``prefix`` can't be reached from a host that
    has a network there.
    """
    wanted = parse_prefix(prefix)
    if wanted is None:
        return ""
    routes = (held for held in prefix_index(snapshot).overlapping(wanted) if held.broad)
    return next((str(held.prefix) for held in routes), "")


def partition(prefix: str, prefix_length: int, snapshot: Snapshot) -> Iterator[str]:
    """The free subnets of ``prefix_length`` inside ``prefix``, lowest first.

    Meant for the internal NAT prefix of Windows Server 2016 (seed, "Multiple NAT networks on
    WS2016 Container Host"). The NAT, the network and the vNIC that hold the whole of ``prefix``
    don't make it taken, except for the first block, in which the host's own gateway lies.
    """
    whole = parse_prefix(prefix)
    if whole is None:
        return
    first, last = span_of(whole)
    blocks = [(held.first, held.last) for held in prefix_index(snapshot).held]
    blocks = [span for span in blocks if not (span[0] <= first and last <= span[1])]
    gateways = (parse_address(text) for text in _gateways_in(snapshot))
    blocks += [(int(gateway), int(gateway)) for gateway in gateways if gateway is not None]
    for free in _free_blocks(whole, prefix_length, blocks):
        yield str(free)


def _gateways_in(snapshot: Snapshot) -> Iterator[str]:
    for network in snapshot.networks.known() or ():
        for pool in network.pools:
            yield pool.gateway


def _free_blocks(
    whole: IPv4Network, prefix_length: int, taken: Iterable[tuple[int, int]]
) -> Iterator[IPv4Network]:
    """The blocks of ``prefix_length`` in ``whole`` that meet none of ``taken``, by one sweep.

    ``taken`` are first and last addresses as numbers, in any order.
    """
    if not whole.prefixlen <= prefix_length <= 32:
        return
    size = 1 << (32 - prefix_length)
    start, end = span_of(whole)
    for first, last in [*sorted(taken), (end + 1, end + 1)]:
        while start + size <= min(first, end + 1):
            yield IPv4Network((start, prefix_length))
            start += size
        if last >= start:
            start = (last // size + 1) * size


def nat_internal_prefix(snapshot: Snapshot) -> str | None:
    """The one prefix all NAT networks of a Windows Server 2016 host must lie in; None where unknown.

    That is what Get-NetNat says; where the host can't be asked, the subnet of the default network
    ``nat``, which is the same there.
    """
    for nat in snapshot.facts.nat_prefixes.known() or ():
        prefix = parse_prefix(nat.internal_prefix)
        if prefix is not None:
            return str(prefix)
    for network in snapshot.networks.known() or ():
        if network.driver.lower() == "nat" and network.name == "nat":
            return next((str(prefix) for prefix in network_prefixes(network)), None)
    return None


def free_addresses(network: Network, snapshot: Snapshot) -> Iterator[str]:
    """The addresses of a network that no endpoint, gateway or reservation is known to hold."""
    taken = set(_addresses_taken(network, snapshot))
    for prefix in network_prefixes(network):
        for number in range(int(prefix.network_address) + 1, int(prefix.broadcast_address)):
            address = str(IPv4Address(number))
            if address not in taken:
                yield address


def _addresses_taken(network: Network, snapshot: Snapshot) -> Iterator[str]:
    for pool in network.pools:
        yield pool.gateway
        yield from pool.aux_addresses.values()
    for container in snapshot.containers.known() or ():
        for endpoint in container.endpoints:
            if endpoint.network_id == network.id:
                yield endpoint.address
                yield endpoint.configured_address
    for adapter in snapshot.facts.adapters.known() or ():
        yield from (address.partition("/")[0] for address in adapter.addresses)
