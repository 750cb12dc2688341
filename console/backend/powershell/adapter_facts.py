"""The adapters of a host: one record out of what five cmdlets tell, joined by interface index."""

from __future__ import annotations

from collections.abc import Iterable

from console.backend.powershell.documents import (
    AdapterDocument,
    AddressDocument,
    DnsServersDocument,
    InterfaceDocument,
    RouteDocument,
)
from console.backend.powershell.switch_facts import HostAdapters, switch_of_adapter
from console.backend.powershell.values import guid, mac, named
from console.domain.addressing import parse_prefix
from console.domain.snapshot import Adapter, Route, VSwitch

#: NDIS_PHYSICAL_MEDIUM: wireless LAN, wireless WAN, native 802.11, Bluetooth.
_WIRELESS = frozenset({1, 8, 9, 10})
_FASTEST = 1 << 62
_DEFAULT = "0.0.0.0/0"
_ON_LINK = "0.0.0.0"  # noqa: S104  # a next hop of Get-NetRoute, nothing is bound to it
_LOST_STATES = frozenset({"Invalid", "Duplicate", "0", "2"})
_UP = frozenset({"Up", "1"})
_ON = frozenset({"Enabled", "1"})
#: The driver of a team's own adapter (NIC Teaming, LBFO). Its description is localized.
_TEAM_DRIVER = "ndisimplatform.sys"
_VLAN_MODES = {"1": "Access", "2": "Trunk", "0": "Untagged"}
#: Loopback, multicast and limited broadcast: on every host, of no use for a network.
_NOT_ROUTES = ("127.0.0.0/8", "224.0.0.0/4", "255.255.255.255/32")
_HOST_LENGTH = 32


class AddressFacts:
    """What the IP stack tells, by interface index."""

    def __init__(
        self,
        addresses: Iterable[AddressDocument] = (),
        interfaces: Iterable[InterfaceDocument] = (),
        routes: Iterable[RouteDocument] = (),
        dns_servers: Iterable[DnsServersDocument] = (),
    ) -> None:
        self._interfaces = {one.index: one for one in interfaces}
        self._addresses: dict[int | None, list[str]] = {}
        for address in addresses:
            if address.prefix_length is not None and address.state not in _LOST_STATES:
                cidr = f"{address.address}/{address.prefix_length}"
                self._addresses.setdefault(address.index, []).append(cidr)
        self._gateways: dict[int | None, list[str]] = {}
        for route in routes:
            if route.prefix == _DEFAULT:
                self._gateways.setdefault(route.index, []).append(route.next_hop)
        self._servers: dict[int | None, list[str]] = {}
        for servers in dns_servers:
            self._servers.setdefault(servers.index, []).extend(servers.addresses)

    def interface(self, index: int | None) -> InterfaceDocument:
        """The IP interface; one of which nothing is known where there is none."""
        return self._interfaces.get(index) or InterfaceDocument()

    def addresses(self, index: int | None) -> tuple[str, ...]:
        """Its IPv4 addresses in CIDR form."""
        return tuple(self._addresses.get(index, ()))

    def gateways(self, index: int | None) -> tuple[str, ...]:
        """Its default gateways."""
        return tuple(self._gateways.get(index, ()))

    def dns_servers(self, index: int | None) -> tuple[str, ...]:
        """Its DNS servers, each once."""
        return tuple(dict.fromkeys(self._servers.get(index, ())))


def adapter_of(
    document: AdapterDocument, stack: AddressFacts, host: HostAdapters, switches: Iterable[VSwitch]
) -> Adapter:
    """One adapter."""
    index = document.index
    interface = stack.interface(index)
    vnic = host.is_vnic(document)
    return Adapter(
        name=document.name,
        description=document.description,
        status="Up" if document.operational_status in _UP else document.status,
        physical=not vnic and _is_hardware(document),
        wireless=document.physical_medium in _WIRELESS,
        host_vnic=vnic,
        mac_address=mac(document.mac_address),
        addresses=stack.addresses(index),
        gateways=stack.gateways(index),
        dns_servers=stack.dns_servers(index),
        dhcp=interface.dhcp in _ON,
        vswitch=switch_of_adapter(document, switches, host),
        index=index,
        guid=guid(document.guid),
        speed_bits=document.speed_bits if 0 < (document.speed_bits or 0) < _FASTEST else None,
        driver=" ".join(part for part in (document.driver_file, document.driver_version) if part),
        vlan=_vlan(document, host),
        mtu=interface.mtu,
        metric=interface.metric,
        compartment=interface.compartment or 1,
        team_member=host.is_in_team(document),
        team_interface=document.driver_file.casefold().endswith(_TEAM_DRIVER),
    )


def _is_hardware(document: AdapterDocument) -> bool:
    """Whether it is a card, be it a virtual machine's: neither a VPN's, a team's nor another program's."""
    if document.hardware_interface is not None:
        return document.hardware_interface
    return document.virtual is not True


def routes_of(documents: Iterable[RouteDocument]) -> tuple[Route, ...]:
    """The routes that matter to networks, each once: no loopback, multicast or own address."""
    return tuple(dict.fromkeys(_route(one) for one in documents if _matters(one)))


def _route(document: RouteDocument) -> Route:
    return Route(
        prefix=document.prefix,
        next_hop="" if document.next_hop == _ON_LINK else document.next_hop,
        index=document.index,
        metric=document.metric,
    )


def _matters(route: RouteDocument) -> bool:
    prefix = parse_prefix(route.prefix)
    if prefix is None:
        return False
    for text in _NOT_ROUTES:
        other = parse_prefix(text)
        if other is not None and prefix.subnet_of(other):
            return False
    return prefix.prefixlen < _HOST_LENGTH or route.next_hop not in {"", _ON_LINK}


def _vlan(document: AdapterDocument, host: HostAdapters) -> int | None:
    vnic = host.vnic(document)
    if vnic is None:
        return document.vlan or None
    return vnic.vlan or None if named(vnic.vlan_mode, _VLAN_MODES) == "Access" else None
