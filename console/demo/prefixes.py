"""IPv4 prefixes as number ranges, and which of them are in use on the host."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, ip_network

Range = tuple[int, int]

UNKNOWN_PREFIX = "0.0.0.0/0"


def range_of(prefix: str) -> Range:
    """First and last address of a CIDR text, as numbers; ValueError if it is none."""
    network = IPv4Network(prefix, strict=False)
    return int(network.network_address), int(network.broadcast_address)


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share an address."""
    return one[0] <= other[1] and other[0] <= one[1]


def first_host(prefix: str) -> str:
    """The address HNS gives to the gateway where none is asked for."""
    return str(IPv4Address(range_of(prefix)[0] + 1))


def classful_prefix(address: str) -> int:
    """The default mask's length of an address' class, which the engine shows (reference, 0.7)."""
    first = int(address.split(".", 1)[0])
    return 8 if first < 128 else 16 if first < 192 else 24


def is_ipv6(prefix: str) -> bool:
    """Whether the text is an IPv6 prefix."""
    try:
        return ip_network(prefix, strict=False).version == 6
    except ValueError:
        return False


def partitions(prefix: str, length: int) -> Iterator[str]:
    """All prefixes of that length inside ``prefix``, in order."""
    return (str(part) for part in IPv4Network(prefix).subnets(new_prefix=length))
