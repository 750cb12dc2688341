"""What HNS says, as domain records (reference, 5.4)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from console.backend.powershell.documents import (
    HnsEndpointDocument,
    HnsNamespaceDocument,
    HnsNetworkDocument,
    HnsPolicyListDocument,
    HnsSubnetDocument,
)
from console.backend.powershell.values import guid, listed, mac, named
from console.domain.host_inventory import (
    HnsEndpoint,
    HnsEndpointState,
    HnsLoadBalancer,
    HnsNamespace,
    HnsNetwork,
    HnsPolicy,
    HnsSubnet,
    SwitchExtension,
)

_MINOR_BITS = 32
_DEFAULT_ROUTES = frozenset({"", "0.0.0.0/0", "::/0"})
_STATES = dict(enumerate(HnsEndpointState))
_STATE_NAMES = {str(number): state.value for number, state in _STATES.items()}


def network_of(document: HnsNetworkDocument) -> HnsNetwork:
    """One network."""
    subnets = document.subnets or [one for ipam in document.ipams for one in ipam.subnets]
    return HnsNetwork(
        id=guid(document.id),
        name=document.name,
        type=document.type,
        subnets=tuple(_subnet_of(one) for one in subnets if one.address_prefix),
        policies=policies_of(document.policies),
        extensions=tuple(
            SwitchExtension(id=guid(one.id), name=one.name, enabled=one.is_enabled is True)
            for one in document.extensions
        ),
        dns_suffix=document.dns_suffix,
        dns_servers=listed(document.dns_server_list),
        mac_ranges=tuple(
            f"{mac(one.start_mac_address)},{mac(one.end_mac_address)}" for one in document.mac_pools
        ),
        management_ip=document.management_ip,
        adapter=document.network_adapter_name,
        nat_name=document.nat_name,
        switch_id=_switch_id(document),
        layered_on=guid(document.layered_on),
        version=_version(document.version),
        flags=document.flags or 0,
        state=document.state,
        last_error_code=(document.health.last_error_code or 0) if document.health else 0,
        endpoint_count=document.current_endpoint_count,
        dns_compartment=document.dns_server_compartment,
    )


def endpoint_of(document: HnsEndpointDocument, namespaces: Mapping[str, HnsNamespace]) -> HnsEndpoint:
    """One endpoint. ``namespaces`` by id tell its compartment and containers where it has one."""
    namespace_id = guid(document.namespace.id) if document.namespace else ""
    namespace = namespaces.get(namespace_id)
    containers = dict.fromkeys((*document.shared_containers, *(namespace.containers if namespace else ())))
    return HnsEndpoint(
        id=guid(document.id),
        network_id=guid(document.virtual_network),
        network_name=document.virtual_network_name,
        name=document.name,
        address=document.ip_address,
        prefix_length=document.prefix_length or 0,
        gateway=document.gateway_address,
        mac_address=mac(document.mac_address),
        dns_servers=listed(document.dns_server_list),
        internal_dns=document.enable_internal_dns is True,
        remote=document.is_remote_endpoint is True,
        state=_endpoint_state(document.state),
        namespace_id=namespace_id,
        compartment=namespace.compartment if namespace else None,
        containers=tuple(containers),
        policies=policies_of(document.policies),
    )


def namespace_of(document: HnsNamespaceDocument) -> HnsNamespace:
    """One namespace."""
    members = [one for one in (*document.resource_list, *document.resources) if one.data]
    by_type = {
        kind: tuple(one.data.id for one in members if one.data and one.type.lower() == kind)
        for kind in ("endpoint", "container")
    }
    return HnsNamespace(
        id=guid(document.id),
        compartment=document.compartment,
        endpoints=tuple(guid(one) for one in by_type["endpoint"]),
        containers=by_type["container"],
    )


def load_balancer_of(document: HnsPolicyListDocument) -> HnsLoadBalancer:
    """One policy list."""
    paths = [one.strip("/").split("/") for one in document.references]
    return HnsLoadBalancer(
        id=guid(document.id),
        endpoints=tuple(guid(path[-1]) for path in paths if path[0].lower() == "endpoints"),
        policies=policies_of(document.policies),
        state=document.state,
    )


def policies_of(documents: Iterable[Mapping[str, Any]]) -> tuple[HnsPolicy, ...]:
    """The policies of an object; one without a type (``{}`` in HNS of 2016) says nothing."""
    return tuple(_policy_of(one) for one in documents if one.get("Type"))


def _policy_of(document: Mapping[str, Any]) -> HnsPolicy:
    """``Settings`` of the second schema are the policy's own members in the first."""
    members = {name: value for name, value in document.items() if name not in {"Type", "Settings"}}
    settings = document.get("Settings")
    if isinstance(settings, dict):
        members |= settings
    return HnsPolicy(
        kind=str(document["Type"]), settings={name: _shown(one) for name, one in members.items()}
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _subnet_of(document: HnsSubnetDocument) -> HnsSubnet:
    hops = [one.next_hop for one in document.routes if one.destination_prefix in _DEFAULT_ROUTES]
    return HnsSubnet(
        prefix=document.address_prefix,
        gateway=document.gateway_address or next(iter(hops), ""),
        vsid=next((number for one in document.policies if (number := _vsid(one)) is not None), None),
    )


def _vsid(policy: Mapping[str, Any]) -> int | None:
    settings = policy.get("Settings")
    members = {**policy, **settings} if isinstance(settings, dict) else policy
    number = members.get("VSID", members.get("IsolationId"))
    return number if isinstance(number, int) else None


def _switch_id(document: HnsNetworkDocument) -> str:
    allocators = document.resources.allocators if document.resources else []
    return next((guid(one.switch_id) for one in allocators if one.switch_id), "")


def _version(number: int | None) -> tuple[int, int] | None:
    """HNS packs it: the major number in the upper 32 bits (reference, 5.4)."""
    return None if not number else (number >> _MINOR_BITS, number & (1 << _MINOR_BITS) - 1)


def _endpoint_state(value: str) -> HnsEndpointState:
    name = named(value, _STATE_NAMES)
    return next(
        (one for one in HnsEndpointState if one.value.lower() == name.lower()), HnsEndpointState.UNKNOWN
    )
