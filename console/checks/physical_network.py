"""The subnets of the physical network that a network on an external vSwitch is part of."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import NamedTuple

from console.checks.check import Host
from console.domain.addressing import adapter_prefixes, parse_address
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE
from console.domain.snapshot import Adapter, Network


class PhysicalSubnet(NamedTuple):
    """A subnet the host itself is in; ``gateway`` is the host's own way out there, "" if it has none."""

    prefix: IPv4Network
    gateway: str


def physical_subnets(host: Host, network: Network) -> tuple[PhysicalSubnet, ...]:
    """The subnets the host is in on the network's vSwitch, or on the adapter that it asks for."""
    return tuple(
        PhysicalSubnet(prefix, _gateway(adapter, prefix))
        for adapter in _adapters(host, network)
        for prefix in adapter_prefixes(adapter)
        if not prefix.is_link_local
    )


def _adapters(host: Host, network: Network) -> Iterator[Adapter]:
    switch = host.relations.vswitch_of(network)
    if switch is not None:
        yield from host.relations.host_vnics_of(switch)
        return
    asked = {name.casefold() for name in adapter_names(network.option(INTERFACE))}
    for adapter in host.snapshot.facts.adapters.known() or ():
        if adapter.name.casefold() in asked:
            yield adapter


def _gateway(adapter: Adapter, prefix: IPv4Network) -> str:
    for text in adapter.gateways:
        address = parse_address(text)
        if address is not None and address in prefix:
            return text
    return ""
