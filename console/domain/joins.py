"""Which object of one source is which of another: docker's, HNS' and Hyper-V's views of one thing.

Every join falls back from ids to what ids are missing for: HNS objects can only be read with an
administrator's rights, Hyper-V's cmdlets are absent on hosts with the Containers feature alone
(reference, 5.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import HNS_ID, INTERFACE
from console.domain.host_adapters import external_networks, hns_name
from console.domain.host_inventory import HnsEndpoint, HnsNetwork
from console.domain.object_index import ObjectIndex, by_fold
from console.domain.object_ref import ref_of
from console.domain.snapshot import Adapter, Container, Endpoint, Network, VSwitch, VSwitchKind

#: HNS cuts a network's name to this length for its host vNIC ``vEthernet (…)`` (reference, 5.4).
VNIC_NAME_LENGTH = 15
_VNIC = "vEthernet ("


class Joins:
    """The joins of one snapshot. Maps are by id: engine ids as they are, GUIDs case-folded."""

    def __init__(self, index: ObjectIndex) -> None:
        self._index = index
        self.hns_network: dict[str, HnsNetwork] = {}
        self.network: dict[str, Network] = {}
        self._pair_networks()
        bound = dict(self._bound_adapters())
        self.adapters: dict[str, tuple[Adapter, ...]] = bound
        self._switch_of_adapter = {
            adapter.name: switch
            for switch in index.vswitches
            for adapter in bound.get(ref_of(switch).id, ())
            if switch.kind is VSwitchKind.EXTERNAL
        }
        self._external = {network.id for network in external_networks(index.snapshot)}
        self._hns_vswitch = {one.id.casefold(): self._find_hns_vswitch(one) for one in index.hns_networks}
        self.vswitch = {network.id: self._find_vswitch(network) for network in index.networks}
        self.host_vnics = self._pair_vnics()
        endpoints = _EndpointsOfHns(index)
        self._hns_endpoint = {
            (container.id, endpoint.network_id): endpoints.find(
                self.hns_network.get(endpoint.network_id), container, endpoint
            )
            for container in index.containers
            for endpoint in container.endpoints
        }

    def vswitch_of_hns(self, network: HnsNetwork) -> VSwitch | None:
        """The vSwitch that carries a network of HNS, where it is known."""
        return self._hns_vswitch.get(network.id.casefold())

    def network_of_hns(self, network: HnsNetwork) -> Network | None:
        """The docker network that a network of HNS is, None where docker has none."""
        return self.network.get(network.id.casefold())

    def hns_endpoint(self, container: Container, endpoint: Endpoint) -> HnsEndpoint | None:
        """What HNS knows of a container's attachment, where it can be told."""
        return self._hns_endpoint.get((container.id, endpoint.network_id))

    def _pair_networks(self) -> None:
        by_name = by_fold(self._index.hns_networks, lambda one: one.name)
        for network in self._index.networks:
            wanted = network.option(HNS_ID).casefold()
            if wanted:
                found = self._index.hns_network_by_id.get(wanted)
            else:
                found = by_name.get(hns_name(network).casefold())
            if found is not None:
                self.hns_network[network.id] = found
                self.network.setdefault(found.id.casefold(), network)

    def _bound_adapters(self) -> Iterator[tuple[str, tuple[Adapter, ...]]]:
        by_switch: dict[str, list[Adapter]] = {}
        for adapter in self._index.adapters:
            if adapter.vswitch and not adapter.host_vnic:
                by_switch.setdefault(adapter.vswitch.casefold(), []).append(adapter)
        for switch in self._index.vswitches:
            named = (self._index.adapter_by_name.get(name.casefold()) for name in switch.adapters)
            found = {adapter.name: adapter for adapter in named if adapter is not None}
            if switch.kind is VSwitchKind.EXTERNAL:
                found |= {one.name: one for one in by_switch.get(switch.name.casefold(), ())}
            yield ref_of(switch).id, tuple(found.values())

    def _find_hns_vswitch(self, network: HnsNetwork) -> VSwitch | None:
        index = self._index
        return (
            index.vswitch_by_id.get(network.switch_id.casefold())
            or index.vswitch_by_id.get(network.layered_on.casefold())
            or index.vswitch_by_name.get(network.name.casefold())
            or self._switch_on(network.adapter)
        )

    def _find_vswitch(self, network: Network) -> VSwitch | None:
        hns = self.hns_network.get(network.id)
        if hns is not None:
            found = self._hns_vswitch.get(hns.id.casefold())
            if found is not None:
                return found
        named = self._index.vswitch_by_name.get(hns_name(network).casefold())
        if named is not None or network.id not in self._external:
            return named
        candidates = (self._switch_on(name) for name in adapter_names(network.option(INTERFACE)))
        return next((switch for switch in candidates if switch is not None), None)

    def _switch_on(self, adapter_name: str) -> VSwitch | None:
        adapter = self._index.adapter_by_name.get(adapter_name.casefold())
        return self._switch_of_adapter.get(adapter.name) if adapter else None

    def _pair_vnics(self) -> dict[str, VSwitch]:
        """The vSwitch below each host vNIC, by the vNIC's name."""
        by_gateway = {
            subnet.gateway: self.vswitch_of_hns(network)
            for network in self._index.hns_networks
            for subnet in network.subnets
            if subnet.gateway
        }
        by_name: dict[str, VSwitch | None] = {
            network.name[:VNIC_NAME_LENGTH].casefold(): self.vswitch_of_hns(network)
            for network in self._index.hns_networks
        }
        for switch in self._index.vswitches:
            by_name[switch.name[:VNIC_NAME_LENGTH].casefold()] = switch
        by_name |= self._index.vswitch_by_name
        found: dict[str, VSwitch] = {}
        for vnic in self._index.adapters:
            if not vnic.host_vnic:
                continue
            label = vnic.name.removeprefix(_VNIC).removesuffix(")").casefold()
            hosts = (address.partition("/")[0] for address in vnic.addresses)
            on_gateway = next((by_gateway[host] for host in hosts if by_gateway.get(host)), None)
            below = on_gateway or self._index.vswitch_by_name.get(vnic.vswitch.casefold())
            below = below or by_name.get(label)
            if below is not None:
                found[vnic.name] = below
        return found


class _EndpointsOfHns:
    """The endpoints of HNS by whatever tells whose they are."""

    def __init__(self, index: ObjectIndex) -> None:
        self._by_container: dict[tuple[str, str], HnsEndpoint] = {}
        self._by_mac: dict[tuple[str, str], HnsEndpoint] = {}
        self._by_address: dict[tuple[str, str], HnsEndpoint] = {}
        self._by_name: dict[tuple[str, str], HnsEndpoint] = {}
        for endpoint in index.hns_endpoints:
            if endpoint.remote:
                continue
            network = endpoint.network_id.casefold()
            for container in endpoint.containers:
                self._by_container.setdefault((network, container), endpoint)
            _note(self._by_mac, network, endpoint.mac_address.lower(), endpoint)
            _note(self._by_address, network, endpoint.address, endpoint)
            _note(self._by_name, network, endpoint.name, endpoint)

    def find(self, hns: HnsNetwork | None, container: Container, endpoint: Endpoint) -> HnsEndpoint | None:
        """By container, MAC address, name (overlay) or address, on the right network only."""
        if hns is None:
            return None
        network = hns.id.casefold()
        return (
            self._by_container.get((network, container.id))
            or self._by_mac.get((network, endpoint.mac_address.lower()))
            or self._by_name.get((network, endpoint.endpoint_id))
            or self._by_address.get((network, endpoint.address))
        )


def _note(found: dict[tuple[str, str], HnsEndpoint], network: str, key: str, endpoint: HnsEndpoint) -> None:
    if key:
        found.setdefault((network, key), endpoint)
