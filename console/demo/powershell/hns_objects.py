"""What HNS says of its networks, endpoints, policy lists and namespaces (reference, 5.4).

HNS of Server 2016 and 1703 tells much less: no state, no extensions, no resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.demo.guids import guid_for
from console.demo.identity import mac_text
from console.demo.interfaces import ROUTED_TYPES, cut_name, endpoint_guid
from console.demo.powershell.stack import mac_of
from console.demo.powershell.switches import extensions_of, nat_name
from console.demo.powershell.writing import text_of
from console.demo.resolution import endpoint_dns_servers, has_internal_dns
from console.demo.state import ContainerState, EndpointState, HnsNetworkState, NetworkState
from console.demo.windows_state import HnsEndpointRecord

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_UPDATED = 133928875495496471
_HEALTH = {"LastErrorCode": 0, "LastUpdateTime": _UPDATED}
_NOT_PERSISTENT = 8
_DEFAULT_SWITCH_FLAGS = 11
_ATTACHED, _ATTACHED_SHARING = 2, 3
_ANY_PROTOCOL = 256
_PROTOCOL_NUMBERS = {"tcp": 6, "udp": 17}
_POOL_SIZE = 4096
_KEPT = "hns endpoints"


class HnsObjects:
    """The items of HNS' sections. Texts are kept until what they tell of changes."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self._networks: dict[str, tuple[tuple[Any, ...], str]] = {}

    # Networks

    def networks(self) -> list[str]:
        """The items of ``hnsNetworks``."""
        networks = self._host.state.hns_networks
        counts = {one.hns_id: len(one.members) for one in self._host.networks.all() if one.hns_id}
        for record in self._host.state.windows.hns_endpoints.values():
            counts[record.network_id] = counts.get(record.network_id, 0) + 1
        for gone in self._networks.keys() - networks.keys():
            del self._networks[gone]
        return [self._network(network, counts.get(network.id, 0)) for network in networks.values()]

    def _network(self, network: HnsNetworkState, endpoints: int) -> str:
        switch = self._host.state.switches.get(network.switch_id)
        told = (
            network.name,
            network.switch_id,
            endpoints,
            nat_name(self._host, network),
            tuple((one.prefix, one.gateway) for one in network.subnets),
            (network.state, network.last_error_code, self._management_ip(network)),
            (switch.vfp, tuple(switch.extensions.items()), tuple(switch.adapters)) if switch else None,
        )
        kept = self._networks.get(network.id)
        if kept is not None and kept[0] == told:
            return kept[1]
        text = text_of(self._network_document(network, endpoints))
        self._networks[network.id] = (told, text)
        return text

    def _network_document(self, network: HnsNetworkState, endpoints: int) -> dict[str, Any]:
        document: dict[str, Any] = {
            "ID": network.id,
            "Name": network.name,
            "Type": network.type,
            "Version": self._host.build.hns_version,
            "Flags": None,
            "State": None,
            "NatName": nat_name(self._host, network) if network.nat_name else "",
            "LayeredOn": "",
            "ManagementIP": self._management_ip(network),
            "NetworkAdapterName": self._adapter_name(network),
            "DNSSuffix": network.dns_suffix,
            "DNSServerList": network.dns_servers,
            "DNSServerCompartment": None,
            "CurrentEndpointCount": endpoints,
            "Health": None,
            "Subnets": self._subnets(network),
            "Ipams": [],
            "MacPools": _mac_pools(network),
            "Policies": _network_policies(network),
            "Extensions": [],
            "Resources": {"Allocators": []},
        }
        return document if self._host.build.bare_hns else document | self._newer(network)

    def _newer(self, network: HnsNetworkState) -> dict[str, Any]:
        """What HNS tells since 1709."""
        switch = self._host.state.switches.get(network.switch_id)
        extensions = extensions_of(self._host, switch) if switch else []
        by_hyper_v = network.type == "Transparent"
        return {
            "Flags": self._flags(network),
            "State": network.state,
            "Health": {"LastErrorCode": network.last_error_code, "LastUpdateTime": _UPDATED},
            "LayeredOn": network.switch_id if by_hyper_v else guid_for("layer", network.switch_id),
            "Extensions": [
                {"Id": one["id"], "IsEnabled": one["enabled"], "Name": one["name"]} for one in extensions
            ],
            "Resources": {"Allocators": [] if by_hyper_v else self._allocators(network)},
        }

    def _flags(self, network: HnsNetworkState) -> int:
        if network.type == "ICS":
            return _DEFAULT_SWITCH_FLAGS
        return _NOT_PERSISTENT if not network.persistent and self._host.build.shares_nat_switch else 0

    def _allocators(self, network: HnsNetworkState) -> list[dict[str, str]]:
        routed = network.type.lower() in ROUTED_TYPES
        owner = ("network vnic", network.id) if routed else ("switch vnic", network.switch_id)
        allocators = [
            {
                "Tag": "RDID" if network.type == "overlay" else "Host Vnic",
                "SwitchId": network.switch_id,
                "InterfaceGuid": "" if network.type == "overlay" else guid_for(*owner),
                "NicFriendlyName": "" if network.type == "overlay" else cut_name(network.name),
            }
        ]
        if network.nat_name:
            tag = "ICS" if self._host.build.shares_by_ics else "NAT"
            allocators.append({"Tag": tag, "SwitchId": "", "InterfaceGuid": "", "NicFriendlyName": ""})
        return allocators

    def _management_ip(self, network: HnsNetworkState) -> str:
        if network.type not in {"overlay", "l2bridge"}:
            return ""
        if network.management_ip:
            return network.management_ip
        card = self._host.hns.switches.adapter_of(network)
        return card.addresses[0].partition("/")[0] if card and card.addresses else ""

    def _adapter_name(self, network: HnsNetworkState) -> str:
        switch = self._host.state.switches.get(network.switch_id)
        return ",".join(switch.adapters) if switch and network.type != "Transparent" else ""

    def _subnets(self, network: HnsNetworkState) -> list[dict[str, Any]]:
        policies = [{"Type": "VSID", "VSID": network.vsid}] if network.vsid else []
        subnets = []
        for one in network.subnets:
            document: dict[str, Any] = {"AddressPrefix": one.prefix}
            if one.gateway:
                document["GatewayAddress"] = one.gateway
            if not self._host.build.bare_hns:
                identifier = guid_for("subnet", network.id, one.prefix)
                document |= {"ID": identifier, "Health": _HEALTH, "ObjectType": 5, "State": 0}
            subnets.append({**document, "Policies": policies})
        return subnets

    # Endpoints

    def endpoints(self) -> list[str]:
        """The items of ``hnsEndpoints``: those of running containers, and those that are nobody's."""
        sharers = self._sharers()
        items: list[str] = []
        for container in self._host.containers.all():
            if container.running:
                items += self._endpoints_of(container, sharers.get(container.id, []))
        records = self._host.state.windows.hns_endpoints.values()
        return items + [text_of(_record(one, bare=self._host.build.bare_hns)) for one in records]

    def _sharers(self) -> dict[str, list[str]]:
        """The running containers that share another's network, by that other's id."""
        found: dict[str, list[str]] = {}
        for container in self._host.containers.all():
            owner = self._host.containers.network_owner(container) if container.running else None
            if owner is not None:
                found.setdefault(owner.id, []).append(container.id)
        return found

    def _endpoints_of(self, container: ContainerState, sharers: list[str]) -> list[str]:
        live = [one for one in container.endpoints.values() if one.endpoint_id]
        pairs = [(one, self._host.hns_network_of(one)) for one in live]
        # HNS can lose a network, and another container can join, without a change to this one.
        keeps = not sharers and all(network is not None for _, network in pairs)
        kept = container.kept_json.get(_KEPT)
        if keeps and kept is not None:
            return [kept.decode()] if kept else []
        items = [
            text_of(self._endpoint(container, endpoint, network, sharers))
            for endpoint, network in pairs
            if network is not None
        ]
        if keeps:
            container.kept_json[_KEPT] = ",".join(items).encode()
        return items

    def _endpoint(
        self,
        container: ContainerState,
        endpoint: EndpointState,
        network: HnsNetworkState,
        sharers: list[str],
    ) -> dict[str, Any]:
        namespace = self._namespace_of(container)
        state = endpoint.hns_state or (_ATTACHED_SHARING if sharers else _ATTACHED)
        return {
            "ID": endpoint_guid(endpoint).lower(),
            "Name": endpoint.endpoint_id if network.type == "overlay" else "Ethernet",
            "VirtualNetwork": network.id,
            "VirtualNetworkName": network.name,
            "State": None if self._host.build.bare_hns else state,
            "MacAddress": mac_of(endpoint.mac_address),
            "IPAddress": endpoint.address,
            "PrefixLength": endpoint.lease_prefix if endpoint.address else None,
            "GatewayAddress": endpoint.gateway,
            "DNSServerList": ",".join(self._dns_servers(container, endpoint)),
            "EnableInternalDNS": has_internal_dns(self._docker_network(endpoint)) or None,
            "IsRemoteEndpoint": None,
            "Namespace": {"ID": namespace} if namespace else None,
            "SharedContainers": [container.id, *sharers],
            "Policies": self._endpoint_policies(endpoint, network),
        }

    def _dns_servers(self, container: ContainerState, endpoint: EndpointState) -> list[str]:
        return endpoint_dns_servers(self._host, container, self._docker_network(endpoint), endpoint)

    def _docker_network(self, endpoint: EndpointState) -> NetworkState:
        return self._host.state.networks[endpoint.network_id]

    def _endpoint_policies(self, endpoint: EndpointState, network: HnsNetworkState) -> list[dict[str, Any]]:
        policies: list[dict[str, Any]] = [
            {
                "Type": "NAT",
                "Protocol": port.protocol.upper(),
                "InternalPort": port.container_port,
                "ExternalPort": port.host_port,
            }
            for port in endpoint.ports
        ]
        if network.type == "overlay":
            policies.append({"Type": "PA", "PA": self._management_ip(network)})
            # The overlay driver lets everything in (reference, 3.5).
            policies.append(_acl(_ANY_PROTOCOL, None))
        elif self._host.build.bare_hns:
            # Before 1709 nothing came in but what was published (reference, 3.5).
            policies += [_acl(_PROTOCOL_NUMBERS[one.protocol], one.container_port) for one in endpoint.ports]
        return policies

    # Policy lists and namespaces

    def policy_lists(self) -> list[str]:
        """The items of ``hnsPolicyLists``."""
        return [
            text_of(
                {
                    "ID": one.id,
                    "State": None if self._host.build.bare_hns else 2,
                    "References": [f"/endpoints/{one.endpoint_id}"],
                    "Policies": [
                        {
                            "Type": "ELB",
                            "VIPs": [one.virtual_address],
                            "Protocol": 6,
                            "InternalPort": one.internal_port,
                            "ExternalPort": one.external_port,
                        }
                    ],
                }
            )
            for one in self._host.state.windows.load_balancers.values()
        ]

    def namespaces(self) -> list[str]:
        """The items of ``hnsNamespaces``: one for each container with a compartment of its own."""
        sharers = self._sharers()
        items = []
        for container in self._host.containers.all():
            namespace = self._namespace_of(container)
            if not namespace or container.network_mode.startswith("container:"):
                continue
            endpoints = [one for one in container.endpoints.values() if self._host.hns_network_of(one)]
            members = [("Container", one) for one in (container.id, *sharers.get(container.id, []))]
            members += [("Endpoint", endpoint_guid(one).lower()) for one in endpoints]
            items.append(
                text_of(
                    {
                        "ID": namespace,
                        "CompartmentId": container.compartment,
                        "NamespaceId": container.compartment,
                        "ResourceList": [{"Type": kind, "Data": {"Id": one}} for kind, one in members],
                        "Resources": [],
                    }
                )
            )
        return items

    def _namespace_of(self, container: ContainerState) -> str:
        if not container.compartment or self._host.build.bare_hns:
            return ""
        return guid_for("namespace", container.sandbox_id).lower()


def _mac_pools(network: HnsNetworkState) -> list[dict[str, str]]:
    first, last = mac_text(network.mac_pool), mac_text(network.mac_pool + _POOL_SIZE - 1)
    if network.mac_pools:
        first, last = network.mac_pools
    return [{"StartMacAddress": mac_of(first), "EndMacAddress": mac_of(last)}]


def _network_policies(network: HnsNetworkState) -> list[dict[str, Any]]:
    policies: list[dict[str, Any]] = []
    if network.vlan:
        policies.append({"Type": "VLAN", "VLAN": network.vlan})
    if network.vsid and network.type != "overlay":
        policies.append({"Type": "VSID", "VSID": network.vsid})
    return policies


def _acl(protocol: int, port: int | None) -> dict[str, Any]:
    """A port rule of HNS: inbound traffic it lets through."""
    ports = {} if port is None else {"LocalPort": port}
    return {
        "Type": "ACL",
        "Protocol": protocol,
        "Action": "Allow",
        "Direction": "In",
        "RuleType": "Switch",
        "Priority": 200,
        **ports,
    }


def _record(record: HnsEndpointRecord, *, bare: bool) -> dict[str, Any]:
    return {
        "ID": record.id,
        "Name": record.name,
        "VirtualNetwork": record.network_id,
        "VirtualNetworkName": record.network_name,
        "State": None if bare else record.state,
        "MacAddress": mac_of(record.mac_address),
        "IPAddress": record.address,
        "PrefixLength": record.prefix_length or None,
        "GatewayAddress": record.gateway,
        "DNSServerList": "",
        "EnableInternalDNS": None,
        "IsRemoteEndpoint": None,
        "Namespace": None,
        "SharedContainers": list(record.containers),
        "Policies": [],
    }
