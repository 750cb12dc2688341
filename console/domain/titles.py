"""What people call the objects of a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.host_inventory import (
    Compartment,
    FirewallRule,
    HnsEndpoint,
    HnsNetwork,
    NatMapping,
    Service,
)
from console.domain.network_origin import is_docker_name
from console.domain.object_index import PublishedPort
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.snapshot import Adapter, Container, NatPrefix, Network, VSwitch
from console.domain.text import N_, Text, verbatim

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Objects"
_SHORT_ID = 12


def title_of(ref: ObjectRef, relations: Relations) -> Text:
    """The name of one object; its id for one that is gone or has no name."""
    found = relations.find(ref)
    match found:
        case HnsNetwork():
            return _hns_network(found, relations)
        case HnsEndpoint():
            return _hns_endpoint(found, relations)
        case Compartment():
            return _compartment(found)
        case PublishedPort():
            return _published(found)
        case NatMapping():
            return _static_mapping(found)
        case VSwitch():
            return _vswitch(found, relations)
        case Adapter() | Network() | Container() | NatPrefix():
            return verbatim(found.name or ref.id)
        case FirewallRule() | Service():
            return verbatim(found.title or ref.id)
    return verbatim(ref.id)


def _hns_network(network: HnsNetwork, relations: Relations) -> Text:
    docker = relations.network_of(network)
    if docker is not None and is_docker_name(network.name):
        return verbatim(docker.name)
    return verbatim(_readable(network.name) or network.id)


def _vswitch(switch: VSwitch, relations: Relations) -> Text:
    networks = relations.networks_on(switch)
    if len(networks) == 1 and is_docker_name(switch.name):
        return verbatim(networks[0].name)
    return verbatim(_readable(switch.name) or switch.id)


def _readable(name: str) -> str:
    return f"{name[:_SHORT_ID]}…" if is_docker_name(name) else name


def _hns_endpoint(endpoint: HnsEndpoint, relations: Relations) -> Text:
    containers = relations.containers_of(ref_of(endpoint))
    networks = relations.related(ref_of(endpoint), ObjectKind.HNS_NETWORK)
    where = title_of(networks[0], relations) if networks else verbatim(endpoint.network_name)
    if containers:
        return N_(CONTEXT, "{container} on {network}", container=containers[0].name, network=where)
    words = endpoint.address or endpoint.name or endpoint.id
    return N_(CONTEXT, "{address} on {network}", address=words, network=where)


def _compartment(compartment: Compartment) -> Text:
    if compartment.id == 1:
        return N_(CONTEXT, "Compartment 1 (the host's own)")
    return N_(CONTEXT, "Compartment {number}", number=compartment.id)


def _published(port: PublishedPort) -> Text:
    mapping = port.mapping
    host = f"{mapping.host_address}:{mapping.host_port}" if mapping.host_address else str(mapping.host_port)
    return N_(
        CONTEXT,
        "{host}/{protocol} to {container}:{port}",
        host=host,
        protocol=mapping.protocol,
        container=port.container.name,
        port=mapping.container_port,
    )


def _static_mapping(mapping: NatMapping) -> Text:
    return N_(
        CONTEXT,
        "{host}/{protocol} to {container}:{port}",
        host=mapping.external_port,
        protocol=mapping.protocol.lower(),
        container=mapping.internal_address,
        port=mapping.internal_port,
    )
