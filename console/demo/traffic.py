"""Packets on a practice host: each is walked from port to port until somebody answers it or drops it.

This is the practice host's own account of what reaches what: it reads the simulated switches, VLANs,
NAT, firewall and wires as they are, and knows nothing of the console's predictions, which are tested
against it. The facts: reference, 2.7, 3.1, 3.5 and 5.4; peers, 2f.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING

from console.demo import surroundings
from console.demo.interfaces import ROUTED_TYPES
from console.demo.options import truth
from console.demo.surroundings import Link
from console.demo.wires import Port, all_ports, uplink, vfp_works
from console.domain.drivers import options as keys
from console.domain.snapshot import Hypervisor

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState, HnsNetworkState
    from console.demo.windows_state import FirewallRuleRecord

_TRANSLATED = frozenset({"nat", "ics"})
_INBOUND_ALLOWED_BUILD = 16299
_LOOPBACK_MAPPING_BUILD = 17134
_OVERLAY_NAT_BUILD = 17763
_DNS = 53


class Fate(StrEnum):
    """What becomes of a packet. ``refused``: it arrived, and nobody listens on the port."""

    ANSWERED = "answered"
    REFUSED = "refused"
    LOST = "lost"
    NO_ROUTE = "no-route"


@dataclass(frozen=True, slots=True)
class Packet:
    """``protocol`` is icmp, tcp or udp; ``source`` is the address it has where it is now. ``lives`` is
    how many more times it is forwarded (its TTL): a loop ends it.
    """

    protocol: str
    target: str
    port: int = 0
    source: str = ""
    lives: int = 8


class Traffic:
    """The traffic of one host. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self._links = {link.adapter: link for link in surroundings.links(host.state.adapters)}

    @cached_property
    def _ports(self) -> list[Port]:
        """Looked up when a packet leaves its compartment: most that containers send at their start do not."""
        return all_ports(self._host)

    @property
    def _listening(self) -> frozenset[int]:
        """The TCP ports that programs of the host itself wait on."""
        listeners = self._host.state.windows.ports.listeners
        return frozenset(one.port for one in listeners if one.protocol == "TCP")

    def from_container(self, container: ContainerState, packet: Packet) -> Fate:
        """A packet that a program in a container sends."""
        owner = self._host.containers.network_owner(container) or container
        if IPv4Address(packet.target).is_loopback:
            return self._by_listener(packet, _listening_in(self._host, owner))
        own = [port for port in self._ports if port.container is not None and port.container.id == owner.id]
        if packet.target in {port.address for port in own}:
            return self._by_listener(packet, _listening_in(self._host, owner))
        return self._send(own, packet)

    def from_host(self, packet: Packet) -> Fate:
        """A packet that a program on the host itself sends."""
        own = [port for port in self._ports if port.container is None]
        if IPv4Address(packet.target).is_loopback or packet.target in {port.address for port in own}:
            published = self._published(packet)
            if published is not None:
                works = self._host.build.build >= _LOOPBACK_MAPPING_BUILD
                return self._into_container(*published) if works else Fate.LOST
            return self._by_listener(packet, self._listening)
        return self._send(own, packet)

    def from_machine(self, link: Link, packet: Packet) -> Fate:
        """A packet that the other machine on a link sends."""
        packet = replace(packet, source=link.machine)
        if IPv4Address(packet.target) in link.prefix:
            return self._from_wire(link, packet)
        return self._routed(link, packet) if link.router else Fate.NO_ROUTE

    def from_outside(self, packet: Packet) -> Fate:
        """A packet from behind the routers."""
        packet = replace(packet, source=surroundings.OUTSIDE_ADDRESS)
        for link in self._links.values():
            if link.router and IPv4Address(packet.target) in link.prefix:
                return self._from_wire(link, packet)
        return Fate.LOST

    # Sending

    def _send(self, own: list[Port], packet: Packet) -> Fate:
        """By the port on whose prefix the target is, else by the first that has a gateway."""
        target = IPv4Address(packet.target)
        near = [port for port in own if target in port.prefix]
        if near:
            port, hop = max(near, key=lambda one: one.prefix.prefixlen), packet.target
        else:
            leading = [port for port in own if port.gateway or port.kind in ("overlay", "l2bridge")]
            if not leading:
                return Fate.NO_ROUTE
            port, hop = leading[0], leading[0].gateway
        return self._emit(port, hop, replace(packet, source=packet.source or port.address))

    def _emit(self, port: Port, hop: str, packet: Packet) -> Fate:
        if not vfp_works(self._host, port):
            return Fate.LOST
        if port.container is not None and IPv4Address(packet.target) not in port.prefix:
            if port.kind == "overlay":
                return self._out_of_overlay(port, packet)
            if self._leaves_as_host(port, packet.target):
                return self._rewritten(port, packet)
        for other in self._ports:
            if other.segment == port.segment and other.address == hop:
                return self._arrive(other, packet)
        return self._onto_wire(port, hop, packet)

    def _out_of_overlay(self, port: Port, packet: Packet) -> Fate:
        """VFP translates to the host's address, but no pings; before 2019 a second endpoint on nat does."""
        if self._host.build.build >= _OVERLAY_NAT_BUILD:
            return Fate.LOST if packet.protocol == "icmp" else self._rewritten(port, packet)
        nat = next((one for one in self._host.state.hns_networks.values() if one.name == "nat"), None)
        return self._translated(nat, packet) if nat is not None else Fate.LOST

    def _rewritten(self, port: Port, packet: Packet) -> Fate:
        """VFP puts the host's address in and the frame onto the vSwitch's own wire: the host's stack,
        and what else it is connected to, never see it.
        """
        own = [
            one for one in self._ports if one.container is None and one.segment.place == port.segment.place
        ]
        if not own or packet.target in {one.address for one in own}:
            return Fate.LOST
        near = [one for one in own if IPv4Address(packet.target) in one.prefix]
        leaving = near[0] if near else own[0]
        hop = packet.target if near else leaving.gateway
        return self._onto_wire(leaving, hop, replace(packet, source=leaving.address))

    def _leaves_as_host(self, port: Port, target: str) -> bool:
        """Whether an l2bridge network's policy OutBoundNAT translates what goes to ``target``."""
        if port.kind != "l2bridge" or port.network is None:
            return False
        options = port.network.options
        if not truth(options.get(keys.ENABLE_OUTBOUND_NAT, "false")):
            return False
        exceptions = options.get(keys.OUTBOUND_NAT_EXCEPTIONS, "")
        prefixes = [IPv4Network(text.strip(), strict=False) for text in exceptions.split(",") if text.strip()]
        return not any(IPv4Address(target) in prefix for prefix in prefixes)

    # Arriving

    def _arrive(self, port: Port, packet: Packet) -> Fate:
        if port.container is not None:
            return self._into_container(port, packet)
        if packet.target in {one.address for one in self._ports if one.container is None}:
            published = self._published(packet)
            if published is None:
                return self._into_host(packet)
            # What is published needs no rule that allows it; one that blocks it wins.
            return Fate.LOST if self._firewall_blocks(packet) else self._into_container(*published)
        if port.hns is not None and port.kind in _TRANSLATED:
            return self._translated(port.hns, packet)
        return Fate.LOST  # the host forwards for nobody else

    def _into_container(self, port: Port, packet: Packet) -> Fate:
        container = port.container
        if container is None or packet.target != port.address or not vfp_works(self._host, port):
            return Fate.LOST
        if IPv4Address(packet.source) not in port.prefix and not port.gateway:
            return Fate.LOST  # there is no way for the answer
        if not self._lets_in(port, container, packet):
            return Fate.LOST
        return self._by_listener(packet, _listening_in(self._host, container))

    def _lets_in(self, port: Port, container: ContainerState, packet: Packet) -> bool:
        """Windows Firewall of the container: before 1709 it keeps out all but published ports."""
        if self._host.build.build >= _INBOUND_ALLOWED_BUILD:
            return True
        if container.isolation == "hyperv" or port.kind == "overlay":
            return True
        opened = [one for endpoint in container.endpoints.values() for one in endpoint.ports]
        return any((one.protocol, one.container_port) == (packet.protocol, packet.port) for one in opened)

    def _into_host(self, packet: Packet) -> Fate:
        if not self._firewall_lets_in(packet):
            return Fate.LOST
        return self._by_listener(packet, self._listening)

    def _firewall_lets_in(self, packet: Packet) -> bool:
        if not self._firewall_on:
            return True
        rules = [rule for rule in self._host.state.windows.firewall_rules if _is_about(rule, packet)]
        return bool(rules) and all(rule.action == "Allow" for rule in rules)

    def _firewall_blocks(self, packet: Packet) -> bool:
        """Whether a rule keeps a packet from what is no program's, such as a port that NAT maps."""
        rules = self._host.state.windows.firewall_rules if self._firewall_on else ()
        return any(
            rule.action == "Block" and rule.program == "Any" and _is_about(rule, packet) for rule in rules
        )

    @property
    def _firewall_on(self) -> bool:
        profiles = self._host.state.windows.firewall_profiles
        return self._host.services.running("mpssvc") and any(profile.enabled for profile in profiles)

    @staticmethod
    def _by_listener(packet: Packet, ports: frozenset[int]) -> Fate:
        if packet.protocol == "icmp" or packet.port in ports:
            return Fate.ANSWERED
        return Fate.REFUSED

    # NAT

    def _translated(self, network: HnsNetworkState, packet: Packet) -> Fate:
        """Out of a nat network by the host's address. Between nat networks nothing goes."""
        if not self._translates(network):
            return Fate.LOST
        target = IPv4Address(packet.target)
        networks = self._host.state.hns_networks.values()
        routed = [subnet for one in networks if one.type.lower() in ROUTED_TYPES for subnet in one.subnets]
        if any(target in IPv4Network(subnet.prefix) for subnet in routed):
            return Fate.LOST
        own = [port for port in self._ports if port.container is None]
        return self._send(own, replace(packet, source=""))

    def _translates(self, network: HnsNetworkState) -> bool:
        """Whether the service runs by which the host translates for a network."""
        by_sharing = self._host.build.shares_by_ics or network.type.lower() == "ics"
        return self._host.services.running("SharedAccess" if by_sharing else "winnat")

    def _has_gateway(self, port: Port) -> bool:
        """Whether the host has a vNIC on a container's segment and in its subnet, by which it gets there."""
        beside = [one for one in self._ports if one.container is None and one.segment == port.segment]
        return any(IPv4Address(one.address) in port.prefix for one in beside)

    def _published(self, packet: Packet) -> tuple[Port, Packet] | None:
        """The container's port that a port of the host is mapped to, and the packet as it arrives."""
        for port in self._ports:
            if port.container is None or port.network is None or port.hns is None:
                continue
            if port.kind in _TRANSLATED and not (self._translates(port.hns) and self._has_gateway(port)):
                continue
            for mapping in port.container.endpoints[port.network.name].ports:
                if (mapping.protocol, mapping.host_port) == (packet.protocol, packet.port):
                    source = port.gateway or packet.source
                    arriving = replace(
                        packet, target=port.address, port=mapping.container_port, source=source
                    )
                    return port, arriving
        return None

    # The wire

    def _onto_wire(self, port: Port, hop: str, packet: Packet) -> Fate:
        link = self._links.get(uplink(self._host, port.segment))
        if link is None or port.segment.vlan or not self._passes_parent(port):
            return Fate.LOST  # a port of the physical switch in access mode drops tagged frames
        if hop and hop == link.machine:
            known = IPv4Address(packet.source) in link.prefix
            return self._by_listener(packet, surroundings.MACHINE_PORTS) if known else Fate.LOST
        if not hop or hop != link.router:
            return Fate.LOST
        if packet.target == link.router:
            return self._by_listener(packet, frozenset({_DNS} if packet.protocol == "udp" else ()))
        return self._routed(link, packet)

    def _passes_parent(self, port: Port) -> bool:
        """A parent host drops frames of MAC addresses that are not the guest's own."""
        foreign = port.container is not None and port.kind == "transparent"
        return not foreign or self._host.state.hypervisor is Hypervisor.NONE

    def _routed(self, link: Link, packet: Packet) -> Fate:
        """The router knows the links it is on, and the world. It answers only to addresses it knows."""
        if IPv4Address(packet.source) not in link.prefix or not packet.lives:
            return Fate.LOST
        packet = replace(packet, lives=packet.lives - 1)
        if packet.target == surroundings.OUTSIDE_ADDRESS:
            return self._by_listener(packet, surroundings.OUTSIDE_PORTS)
        for other in self._links.values():
            if other.router and IPv4Address(packet.target) in other.prefix:
                return self._from_wire(other, packet)
        return Fate.LOST

    def _from_wire(self, link: Link, packet: Packet) -> Fate:
        """A frame that comes to a card for an address of its link."""
        if packet.target == link.machine:
            return self._by_listener(packet, surroundings.MACHINE_PORTS)
        for port in self._ports:
            here = not port.segment.vlan and uplink(self._host, port.segment) == link.adapter
            if here and port.address == packet.target:
                return self._arrive(port, packet) if self._passes_parent(port) else Fate.LOST
        return Fate.LOST


def _is_about(rule: FirewallRuleRecord, packet: Packet) -> bool:
    names = {"icmp": {"icmpv4", "any"}, "tcp": {"tcp", "any"}, "udp": {"udp", "any"}}[packet.protocol]
    if not rule.enabled or rule.protocol.lower() not in names:
        return False
    return packet.protocol == "icmp" or any(_holds(text, packet.port) for text in rule.ports)


def _holds(text: str, port: int) -> bool:
    """Whether a rule's ``Any``, number or range means a port; words such as ``RPC`` mean others."""
    first, _, last = text.partition("-")
    return text == "Any" or (first.isdecimal() and int(first) <= port <= int(last or first))


def _listening_in(host: PracticeHost, container: ContainerState) -> frozenset[int]:
    """The TCP ports that the main process of a container listens on: what its image says, if it runs that."""
    image = next((one for one in host.state.images if one.id == container.image_id), None)
    if image is None or container.command != [*image.entrypoint, *image.command]:
        return frozenset()
    numbers = (text.partition("/") for text in image.exposed)
    return frozenset(int(number) for number, _, protocol in numbers if protocol in ("", "tcp"))
