"""How any object of a host is addressed: by its kind and its id (:class:`ObjectRef`)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from console.domain.host_inventory import (
    Compartment,
    FirewallRule,
    HnsEndpoint,
    HnsLoadBalancer,
    HnsNamespace,
    HnsNetwork,
    NatMapping,
    Service,
)
from console.domain.snapshot import Adapter, Container, NatPrefix, Network, PortMapping, VSwitch


class ObjectKind(StrEnum):
    """The kinds of objects a host is made of, from the wire to the container and around it."""

    ADAPTER = "adapter"
    VSWITCH = "vswitch"
    HNS_NETWORK = "hns-network"
    NETWORK = "network"
    HNS_ENDPOINT = "hns-endpoint"
    CONTAINER = "container"
    COMPARTMENT = "compartment"
    HNS_NAMESPACE = "hns-namespace"
    HNS_LOAD_BALANCER = "hns-load-balancer"
    NAT = "nat"
    PORT_MAPPING = "port-mapping"
    FIREWALL_RULE = "firewall-rule"
    SERVICE = "service"


class ObjectRef(NamedTuple):
    """One object of a host. ``id`` is unique within its kind and stays the same while it exists.

    That is the engine's or HNS' id where there is one, else the name: an adapter's, a NAT's, a
    service's. A published port's is made of its container's id and its ports.
    """

    kind: ObjectKind
    id: str


HostObject = (
    Adapter
    | VSwitch
    | HnsNetwork
    | Network
    | HnsEndpoint
    | Container
    | Compartment
    | HnsNamespace
    | HnsLoadBalancer
    | NatPrefix
    | NatMapping
    | FirewallRule
    | Service
)


def ref_of(item: HostObject) -> ObjectRef:
    """The address of an object of a snapshot."""
    kind = _KINDS_WITH_ID.get(type(item))
    if kind is not None:
        return ObjectRef(kind, str(item.id))  # type: ignore[union-attr] # the table has those with an id
    match item:
        case Adapter():
            return ObjectRef(ObjectKind.ADAPTER, item.name)
        case VSwitch():
            return ObjectRef(ObjectKind.VSWITCH, item.id or item.name)
        case NatPrefix():
            return ObjectRef(ObjectKind.NAT, item.name or item.internal_prefix)
        case NatMapping():
            ports = f"{item.external_address}:{item.external_port}"
            return ObjectRef(ObjectKind.PORT_MAPPING, f"{item.nat}|{item.protocol.lower()}|{ports}")
        case Service():
            return ObjectRef(ObjectKind.SERVICE, item.name)
    raise TypeError(f"{type(item).__name__} is no object of a host")


def published_ref(container: Container, mapping: PortMapping) -> ObjectRef:
    """The address of a port that a container publishes."""
    host = f"{mapping.host_address}:{mapping.host_port}"
    return ObjectRef(
        ObjectKind.PORT_MAPPING, f"{container.id}|{mapping.protocol}|{host}|{mapping.container_port}"
    )


_KINDS_WITH_ID: dict[type, ObjectKind] = {
    HnsNetwork: ObjectKind.HNS_NETWORK,
    Network: ObjectKind.NETWORK,
    HnsEndpoint: ObjectKind.HNS_ENDPOINT,
    Container: ObjectKind.CONTAINER,
    Compartment: ObjectKind.COMPARTMENT,
    HnsNamespace: ObjectKind.HNS_NAMESPACE,
    HnsLoadBalancer: ObjectKind.HNS_LOAD_BALANCER,
    FirewallRule: ObjectKind.FIREWALL_RULE,
}
