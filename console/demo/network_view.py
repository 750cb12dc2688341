"""How the engine shows a network (reference, 2.5; member order of engine 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.demo.builds import Version
from console.demo.json_text import encoded
from console.demo.state import EndpointState, NetworkState, PoolState
from console.demo.timestamps import rfc3339

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_SINCE_ENABLE_IPV4 = (1, 48)


def network_json(host: PracticeHost, network: NetworkState, api: Version, *, detailed: bool) -> bytes:
    """The network as ``GET /networks`` (``detailed`` False: no containers) or inspect tells it."""
    form = f"{detailed}{api >= _SINCE_ENABLE_IPV4}"
    kept = network.kept_json.get(form)
    if kept is None:
        kept = encoded(network_document(host, network, api, detailed=detailed))
        network.kept_json[form] = kept
    return kept


def network_document(
    host: PracticeHost, network: NetworkState, api: Version, *, detailed: bool
) -> dict[str, Any]:
    """The same, as a document."""
    document: dict[str, Any] = {
        "Name": network.name,
        "Id": network.id,
        "Created": rfc3339(network.created),
        "Scope": network.scope,
        "Driver": network.driver,
    }
    if api >= _SINCE_ENABLE_IPV4:
        document["EnableIPv4"] = True
    document |= {
        "EnableIPv6": network.enable_ipv6,
        "IPAM": {
            "Driver": network.ipam_driver,
            "Options": network.ipam_options,
            "Config": None if network.pools is None else [_pool(pool) for pool in network.pools],
        },
        "Internal": network.internal,
        "Attachable": network.attachable,
        "Ingress": network.ingress,
        "ConfigFrom": {"Network": network.config_from},
        "ConfigOnly": network.config_only,
        "Options": network.options,
        "Labels": network.labels,
    }
    if network.driver == "overlay" and network.hns_id and detailed:
        document["Peers"] = [{"Name": host.state.engine_id[:12], "IP": host.state.swarm.address}]
    document["Containers"] = _members(network) if detailed else {}
    return document


def services_document(host: PracticeHost, network: NetworkState) -> dict[str, Any]:
    """``Services`` of a verbose inspect."""
    return {
        service.name: {"VIP": "", "Ports": [], "LocalLBIndex": 0, "Tasks": []}
        for service in host.state.swarm.services
        if network.id in service.network_ids
    }


def _pool(pool: PoolState) -> dict[str, Any]:
    shown: dict[str, Any] = {"Subnet": pool.subnet}
    if pool.ip_range:
        shown["IPRange"] = pool.ip_range
    if pool.gateway:
        shown["Gateway"] = pool.gateway
    if pool.aux_addresses:
        shown["AuxiliaryAddresses"] = pool.aux_addresses
    return shown


def _members(network: NetworkState) -> dict[str, Any]:
    return {
        container.id: {"Name": container.name, **_endpoint(container.endpoints[network.name])}
        for container in network.members.values()
    }


def _endpoint(endpoint: EndpointState) -> dict[str, str]:
    address = f"{endpoint.address}/{endpoint.prefix_length}" if endpoint.address else ""
    return {
        "EndpointID": endpoint.endpoint_id,
        "MacAddress": endpoint.mac_address,
        "IPv4Address": address,
        "IPv6Address": "",
    }
