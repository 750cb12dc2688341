"""What is around a practice host: on each network card's link a router, where it has a gateway, and one
other machine; behind the router the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from types import MappingProxyType

from console.demo.state import AdapterState

OUTSIDE_ADDRESS = "203.0.113.10"
"""A machine of the world outside (an address of RFC 5737, for documentation)."""

_MACHINE_FROM_THE_END = 5
MACHINE_PORTS = frozenset({80, 445})
"""What the other machine on a link listens on (TCP)."""

OUTSIDE_PORTS = frozenset({80, 443})
OUTSIDE_NAMES: Mapping[str, str] = MappingProxyType({"www.example.com": OUTSIDE_ADDRESS})
"""The names that DNS servers outside know."""


@dataclass(frozen=True, slots=True)
class Link:
    """The wire on one network card. ``router`` is "" where no gateway is on it."""

    adapter: str
    prefix: IPv4Network
    router: str
    machine: str


def links(adapters: Iterable[AdapterState]) -> Iterator[Link]:
    """The links of the cards that are plugged in and have an address."""
    for adapter in adapters:
        if adapter.status == "Up" and adapter.addresses:
            prefix = IPv4Interface(adapter.addresses[0]).network
            router = adapter.gateways[0] if adapter.gateways else ""
            yield Link(adapter.name, prefix, router, machine_on(prefix))


def machine_on(prefix: IPv4Network) -> str:
    """The address of the other machine on a link; "" on one too small for it."""
    if prefix.prefixlen > 28:
        return ""
    return str(IPv4Address(int(prefix.broadcast_address) - _MACHINE_FROM_THE_END))
