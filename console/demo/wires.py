"""Where packets can be on a practice host: the ports of its vSwitches and cards, and who is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import TYPE_CHECKING, NamedTuple

from console.demo.guids import guid_for
from console.demo.hns_switches import VFP_TYPES
from console.demo.resolution import attached
from console.demo.state import ContainerState, HnsNetworkState, NetworkState

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import EndpointState


class Segment(NamedTuple):
    """Whoever hears one another's frames: the ports of a vSwitch (or a card) with one VLAN or VXLAN id."""

    place: str
    vsid: int
    vlan: int


@dataclass(frozen=True, slots=True)
class Port:
    """One vNIC (or card) with its address. ``container`` is None for the host's own.

    ``network`` and ``hns`` are what an endpoint belongs to; for a host vNIC ``hns`` is the network
    whose gateway it is, None on others.
    """

    segment: Segment
    address: str
    prefix: IPv4Network
    gateway: str
    container: ContainerState | None = None
    hns: HnsNetworkState | None = None
    network: NetworkState | None = None

    @property
    def kind(self) -> str:
        """The type of its HNS network in lower case, "" for none."""
        return self.hns.type.lower() if self.hns is not None else ""


#: HNS' numbers of endpoints that are off their port: detached, degraded, destroyed (reference, 5.3).
CUT_OFF = frozenset({4, 5, 6})


def all_ports(host: PracticeHost) -> list[Port]:
    """Every port with an address now."""
    return [*_host_ports(host), *_endpoint_ports(host)]


def _host_ports(host: PracticeHost) -> Iterator[Port]:
    routed = {guid_for("network vnic", one.id): one for one in host.state.hns_networks.values()}
    for vnic in host.interfaces.host_vnics():
        network = routed.get(vnic.guid)
        # A nat network's own VLAN isolates it on a shared vSwitch; the vNIC's can be set apart from it.
        vlan = vnic.vlan or (network.vlan if network is not None else 0)
        gateway = vnic.gateways[0] if vnic.gateways else ""
        for text in vnic.addresses:
            link = IPv4Interface(text)
            segment = Segment(vnic.switch_id, 0, vlan)
            yield Port(segment, str(link.ip), link.network, gateway, hns=network)
    for card in host.interfaces.physical():
        gateway = card.gateways[0] if card.gateways else ""
        for text in card.addresses if card.status == "Up" else ():
            link = IPv4Interface(text)
            yield Port(Segment(card.name, 0, 0), str(link.ip), link.network, gateway)


def _endpoint_ports(host: PracticeHost) -> Iterator[Port]:
    for container in host.containers.all():
        if not container.running or container.network_mode.startswith("container:"):
            continue
        for network, endpoint in attached(host, container):
            hns = host.hns_network_of(endpoint)
            if hns is None or not endpoint.lease or endpoint.hns_state in CUT_OFF:
                continue
            overlay = hns.type.lower() == "overlay"
            segment = Segment(hns.switch_id, hns.vsid if overlay else 0, 0 if overlay else hns.vlan)
            yield Port(
                segment,
                endpoint.lease,
                _prefix(hns, endpoint),
                endpoint.lease_gateway,
                container=container,
                hns=hns,
                network=network,
            )


def _prefix(hns: HnsNetworkState, endpoint: EndpointState) -> IPv4Network:
    """The subnet as Windows has it inside; the engine's classful length is for show only."""
    address = IPv4Address(endpoint.lease)
    for subnet in hns.subnets:
        if address in IPv4Network(subnet.prefix):
            return IPv4Network(subnet.prefix)
    return IPv4Interface(f"{endpoint.lease}/{endpoint.lease_prefix}").network


def uplink(host: PracticeHost, segment: Segment) -> str:
    """The card by which a segment goes out; "" for one that stays inside."""
    switch = host.state.switches.get(segment.place)
    names = switch.adapters if switch is not None else [segment.place]
    cards = [one for one in host.state.adapters if one.name in names and one.status == "Up"]
    return cards[0].name if cards else ""


def vfp_works(host: PracticeHost, port: Port) -> bool:
    """Whether the forwarding extension does its part at a port that needs it."""
    if port.kind not in VFP_TYPES:
        return True
    switch = host.state.switches.get(port.segment.place)
    if switch is None or not host.services.running("vfpext"):
        return False
    return switch.extensions.get(host.build.vfp_extension, switch.vfp)
