"""The network interfaces of a host: adapters, the host's own vNICs and those of containers.

One list of :class:`Interface`, out of which the adapter, address and route sections are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.demo.guids import guid_for
from console.demo.identity import mac_text
from console.demo.state import AdapterState, ContainerState, EndpointState, HnsNetworkState, SwitchState
from console.domain.snapshot import VSwitchKind

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

ROUTED_TYPES = frozenset({"nat", "ics", "internal"})
_VNIC_SPEED = 10_000_000_000
_VNIC_METRIC = 5000
_HNS_NAME_LENGTH = 15
_VNIC_DRIVER = ("VmsProxyHNic.sys", "10.0")


@dataclass(frozen=True, slots=True)
class Interface:
    """One adapter with its IP interface. ``addresses`` in CIDR form.

    ``has_ip`` is False for an adapter below a vSwitch, which has no IP of its own. ``switch_id`` and
    ``vlan`` are of a host vNIC's port on its vSwitch.
    """

    name: str
    description: str
    guid: str
    index: int
    mac_address: str
    status: str = "Up"
    physical: bool = False
    wireless: bool = False
    in_team: bool = False
    speed_bits: int = _VNIC_SPEED
    driver: tuple[str, str] = _VNIC_DRIVER
    addresses: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    dns_servers: tuple[str, ...] = ()
    dhcp: bool = False
    has_ip: bool = True
    mtu: int = 1500
    metric: int = _VNIC_METRIC
    compartment: int = 1
    bound: bool = False
    switch_id: str = ""
    vlan: int = 0


def vnic_name(name: str) -> str:
    """A host vNIC's adapter name."""
    return f"vEthernet ({name})"


def cut_name(name: str) -> str:
    """HNS cuts a network's name to 15 characters for its vNIC (reference, 5.4)."""
    return name[:_HNS_NAME_LENGTH]


def adapter_guid(adapter: AdapterState) -> str:
    """The GUID of a network card."""
    return guid_for("adapter", adapter.mac_address, adapter.name)


def endpoint_guid(endpoint: EndpointState) -> str:
    """The id HNS gave to a container's endpoint."""
    return guid_for("endpoint", endpoint.endpoint_id)


class Interfaces:
    """The interfaces of one host. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host

    def physical(self) -> Iterator[Interface]:
        """The network cards, and what stands for one (:attr:`AdapterState.virtual`)."""
        for adapter in self._host.state.adapters:
            yield self._of_adapter(adapter)

    def host_vnics(self) -> Iterator[Interface]:
        """The host's own vNICs: one for each shared vSwitch, one for each routed network of HNS."""
        number = 0
        routed = set()
        for network in self._host.state.hns_networks.values():
            if network.type.lower() in ROUTED_TYPES and network.subnets:
                routed.add(network.switch_id)
                number += 1
                yield self._of_network(network, number)
        for switch in self._host.state.switches.values():
            internal = switch.kind is VSwitchKind.INTERNAL and switch.id not in routed
            if internal or (switch.kind is VSwitchKind.EXTERNAL and switch.management_os):
                number += 1
                yield self._of_switch(switch, number)

    def of_container(self, container: ContainerState) -> Iterator[Interface]:
        """The vNICs of a container in a compartment of this host (none in a virtual machine's)."""
        if not container.compartment:
            return
        for endpoint in container.endpoints.values():
            network = self._host.hns_network_of(endpoint)
            if network is not None:
                yield self._of_endpoint(container, endpoint, network)

    def all(self) -> Iterator[Interface]:
        """All of them."""
        yield from self.physical()
        yield from self.host_vnics()
        for container in self._host.containers.all():
            yield from self.of_container(container)

    def set_mtu(self, index: int, mtu: int) -> None:
        """Set the MTU of the interface with that index."""
        for adapter in self._host.state.adapters:
            if adapter.index == index:
                adapter.mtu = mtu
        for network in self._host.state.hns_networks.values():
            if network.host_vnic_index == index:
                network.host_vnic_mtu = mtu
        for switch in self._host.state.switches.values():
            if switch.vnic_index == index:
                switch.vnic_mtu = mtu
        for container in self._host.containers.all():
            for endpoint in container.endpoints.values():
                if endpoint.index == index:
                    endpoint.mtu = mtu

    def next_index(self) -> int:
        """An interface index nobody had before."""
        self._host.state.last_index += 1
        return self._host.state.last_index

    def _of_adapter(self, adapter: AdapterState) -> Interface:
        adapter.index = adapter.index or self.next_index()
        bound = adapter.switch_id in self._host.state.switches
        own = not (bound or adapter.team)
        return Interface(
            name=adapter.name,
            description=adapter.description,
            guid=adapter_guid(adapter),
            index=adapter.index,
            mac_address=adapter.mac_address,
            status=adapter.status,
            physical=not adapter.virtual,
            wireless=adapter.wireless,
            in_team=bool(adapter.team),
            speed_bits=adapter.speed_bits if adapter.status == "Up" else 0,
            driver=_driver(adapter.description),
            addresses=tuple(adapter.addresses) if own else (),
            gateways=tuple(adapter.gateways) if own else (),
            dns_servers=tuple(adapter.dns_servers) if own else (),
            dhcp=adapter.dhcp and own,
            has_ip=own,
            mtu=adapter.mtu,
            metric=adapter.metric,
            bound=bound,
        )

    def _of_network(self, network: HnsNetworkState, number: int) -> Interface:
        network.host_vnic_index = network.host_vnic_index or self.next_index()
        return Interface(
            name=vnic_name(cut_name(network.name)),
            description=_vnic_description(number),
            guid=guid_for("network vnic", network.id),
            index=network.host_vnic_index,
            mac_address=network.host_vnic_mac or mac_text(network.mac_pool),
            addresses=() if network.host_vnic_lost else tuple(_gateways(network)),
            mtu=network.host_vnic_mtu,
            switch_id=network.switch_id,
            vlan=network.host_vnic_vlan,
        )

    def _of_switch(self, switch: SwitchState, number: int) -> Interface:
        """An external vSwitch's vNIC has taken over the first card's addresses and MAC (reference, 7)."""
        switch.vnic_index = switch.vnic_index or self.next_index()
        card = next((one for one in self._host.state.adapters if one.switch_id == switch.id), None)
        return Interface(
            name=vnic_name(switch.vnic_name or cut_name(switch.name)),
            description=_vnic_description(number),
            guid=guid_for("switch vnic", switch.id),
            index=switch.vnic_index,
            mac_address=card.mac_address if card else _switch_mac(switch),
            addresses=tuple(card.addresses) if card else (),
            gateways=tuple(card.gateways) if card else (),
            dns_servers=tuple(card.dns_servers) if card else (),
            dhcp=card.dhcp if card else True,
            metric=card.metric if card else _VNIC_METRIC,
            mtu=switch.vnic_mtu,
            switch_id=switch.id,
            vlan=switch.vlan,
        )

    def _of_endpoint(
        self, container: ContainerState, endpoint: EndpointState, network: HnsNetworkState
    ) -> Interface:
        endpoint.index = endpoint.index or self.next_index()
        return Interface(
            name=f"vEthernet (Ethernet) {endpoint.index}",
            description="Hyper-V Virtual Ethernet Container Adapter",
            guid=guid_for("endpoint vnic", endpoint.endpoint_id),
            index=endpoint.index,
            mac_address=endpoint.mac_address,
            addresses=(f"{endpoint.lease}/{endpoint.lease_prefix}",) if endpoint.lease else (),
            gateways=(endpoint.lease_gateway,) if endpoint.lease_gateway else (),
            dhcp=not network.subnets,
            mtu=endpoint.mtu,
            compartment=container.compartment,
            switch_id=network.switch_id,
        )


def _gateways(network: HnsNetworkState) -> Iterator[str]:
    for subnet in network.subnets:
        if subnet.gateway:
            yield f"{subnet.gateway}/{_length(subnet.prefix)}"


def _vnic_description(number: int) -> str:
    return f"Hyper-V Virtual Ethernet Adapter{f' #{number}' if number > 1 else ''}"


def _length(prefix: str) -> str:
    return prefix.partition("/")[2]


def _switch_mac(switch: SwitchState) -> str:
    """Of Hyper-V's own range, for a vNIC that took no card's address over."""
    return mac_text(0x00155D000000 | int(guid_for("switch mac", switch.id)[:6], 16))


_DRIVERS = {
    "Intel(R) Ethernet": ("i40ea68.sys", "1.16.202.10"),
    "Intel(R) Wi-Fi": ("Netwtw10.sys", "22.150.0.3"),
    "Microsoft Hyper-V": ("netvsc.sys", "10.0"),
    "vmxnet3": ("vmxnet3.sys", "1.9.8.0"),
    "Microsoft Network Adapter Multiplexor": ("NdisImPlatform.sys", "10.0"),
}


def _driver(description: str) -> tuple[str, str]:
    return next((found for begin, found in _DRIVERS.items() if description.startswith(begin)), ("", ""))
