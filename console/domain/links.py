"""The links between the objects of a host, as pairs of addresses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from console.domain.addressing import network_prefixes, parse_prefix
from console.domain.host_inventory import FirewallRule, HnsNetwork
from console.domain.joins import Joins
from console.domain.object_index import ObjectIndex
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.snapshot import Container, NatPrefix

Link = tuple[ObjectRef, ObjectRef]

_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_PROTOCOLS = {"6": "tcp", "17": "udp"}


def links(index: ObjectIndex, joins: Joins) -> Iterator[Link]:
    """Every link once or more, in one direction, possibly to objects that could not be read."""
    yield from _of_switches(index, joins)
    yield from _of_networks(index, joins)
    yield from _of_endpoints(index)
    yield from _of_containers(index, joins)
    yield from _of_namespaces(index)
    yield from _of_nat(index, joins)
    yield from _of_ports(index)
    yield from _of_firewall(index)


def _of_switches(index: ObjectIndex, joins: Joins) -> Iterator[Link]:
    for switch in index.vswitches:
        for adapter in joins.adapters[ref_of(switch).id]:
            yield ref_of(adapter), ref_of(switch)
    for name, switch in joins.host_vnics.items():
        yield ObjectRef(ObjectKind.ADAPTER, name), ref_of(switch)
    for adapter in index.adapters:
        yield ref_of(adapter), _compartment(adapter.compartment)


def _of_networks(index: ObjectIndex, joins: Joins) -> Iterator[Link]:
    for hns in index.hns_networks:
        switch = joins.vswitch_of_hns(hns)
        if switch is not None:
            yield ref_of(switch), ref_of(hns)
        if hns.dns_compartment:
            yield ref_of(hns), _compartment(hns.dns_compartment)
    for network in index.networks:
        paired = joins.hns_network.get(network.id)
        if paired is not None:
            yield ref_of(paired), ref_of(network)
        switch = joins.vswitch[network.id]
        if switch is not None:
            yield ref_of(switch), ref_of(network)


def _of_endpoints(index: ObjectIndex) -> Iterator[Link]:
    for endpoint in index.hns_endpoints:
        ref = ref_of(endpoint)
        network = index.hns_network_by_id.get(endpoint.network_id.casefold())
        if network is not None:
            yield ref_of(network), ref
        if endpoint.compartment:
            yield ref, _compartment(endpoint.compartment)
        namespace = index.namespace_by_id.get(endpoint.namespace_id.casefold())
        if namespace is not None:
            yield ref, ref_of(namespace)
        for container in endpoint.containers:
            yield ref, ObjectRef(ObjectKind.CONTAINER, container)
    for balancer in index.load_balancers:
        for endpoint_id in balancer.endpoints:
            found = index.hns_endpoint_by_id.get(endpoint_id.casefold())
            if found is not None:
                yield ref_of(found), ref_of(balancer)


def _of_containers(index: ObjectIndex, joins: Joins) -> Iterator[Link]:
    for container in index.containers:
        ref = ref_of(container)
        for endpoint in container.endpoints:
            yield ObjectRef(ObjectKind.NETWORK, endpoint.network_id), ref
            found = joins.hns_endpoint(container, endpoint)
            if found is None:
                continue
            yield ref_of(found), ref
            yield ref_of(found), ObjectRef(ObjectKind.NETWORK, endpoint.network_id)
            if found.compartment:
                yield ref, _compartment(found.compartment)


def _of_namespaces(index: ObjectIndex) -> Iterator[Link]:
    for namespace in index.namespaces:
        ref = ref_of(namespace)
        if namespace.compartment:
            yield ref, _compartment(namespace.compartment)
        for container in namespace.containers:
            yield ref, ObjectRef(ObjectKind.CONTAINER, container)
            if namespace.compartment:
                yield ObjectRef(ObjectKind.CONTAINER, container), _compartment(namespace.compartment)
        for endpoint_id in namespace.endpoints:
            found = index.hns_endpoint_by_id.get(endpoint_id.casefold())
            if found is not None:
                yield ref, ref_of(found)


def _of_nat(index: ObjectIndex, joins: Joins) -> Iterator[Link]:
    by_name = {nat.name.casefold(): nat for nat in index.nats if nat.name}
    for hns in index.hns_networks:
        nat = by_name.get(hns.nat_name.casefold())
        if nat is not None:
            yield ref_of(nat), ref_of(hns)
            network = joins.network_of_hns(hns)
            if network is not None:
                yield ref_of(nat), ref_of(network)
    holders = _Holders(index.nats)
    for network in index.networks:
        # On Windows Server 2016 one NAT holds the prefixes of all nat networks
        # (seed, "Multiple NAT networks on WS2016 Container Host").
        if network.driver.lower() == "nat":
            for prefix in network_prefixes(network):
                for nat in holders.of(int(prefix.network_address), prefix.prefixlen):
                    yield ref_of(nat), ref_of(network)


class _Holders:
    """The NATs whose internal prefix holds a prefix, found by their lengths."""

    def __init__(self, nats: tuple[NatPrefix, ...]) -> None:
        self._found: dict[tuple[int, int], NatPrefix] = {}
        for nat in nats:
            prefix = parse_prefix(nat.internal_prefix)
            if prefix is not None and prefix.prefixlen:
                self._found.setdefault((int(prefix.network_address), prefix.prefixlen), nat)
        self._lengths = sorted({length for _, length in self._found})

    def of(self, first: int, length: int) -> Iterator[NatPrefix]:
        for shorter in self._lengths:
            if shorter > length:
                return
            found = self._found.get((first >> (32 - shorter) << (32 - shorter), shorter))
            if found is not None:
                yield found


def _of_ports(index: ObjectIndex) -> Iterator[Link]:
    for port in index.published:
        yield ref_of(port.container), port.ref
    by_address: dict[str, list[Container]] = {}
    for container in index.containers:
        for endpoint in container.endpoints:
            if endpoint.address:
                by_address.setdefault(endpoint.address, []).append(container)
    for mapping in index.nat_mappings:
        yield ObjectRef(ObjectKind.NAT, mapping.nat), ref_of(mapping)
        for container in by_address.get(mapping.internal_address, ()):
            yield ref_of(container), ref_of(mapping)


def _of_firewall(index: ObjectIndex) -> Iterator[Link]:
    ports = sorted(
        [(port.mapping.host_port or 0, port.mapping.protocol.lower(), port.ref) for port in index.published]
        + [(one.external_port, one.protocol.lower(), ref_of(one)) for one in index.nat_mappings]
    )
    numbers = [number for number, _, _ in ports]
    for rule in index.firewall_rules:
        for first, last in port_ranges(rule):
            for position in range(bisect_left(numbers, first), bisect_right(numbers, last)):
                _, protocol, ref = ports[position]
                if rule_protocol(rule) in ("any", protocol):
                    yield ref, ref_of(rule)
        yield from _of_hns_rule(index, rule)


def _of_hns_rule(index: ObjectIndex, rule: FirewallRule) -> Iterator[Link]:
    """HNS writes the id of its network into the names of its rules (reference, 5.1)."""
    for guid in _GUID.findall(f"{rule.title} {rule.id}"):
        network: HnsNetwork | None = index.hns_network_by_id.get(guid.casefold())
        if network is not None:
            yield ref_of(network), ref_of(rule)


def port_ranges(rule: FirewallRule) -> Iterator[tuple[int, int]]:
    """The inbound ports a rule in force names, first and last; none for ``Any`` or a name of a kind.

    A rule for any port bears on everything and so tells nothing about one port.
    """
    if not rule.enabled or rule.direction.casefold() != "inbound":
        return
    for text in rule.local_ports:
        first, _, last = text.replace(" ", "").partition("-")
        if first.isdecimal() and (not last or last.isdecimal()):
            yield int(first), int(last or first)


def rule_protocol(rule: FirewallRule) -> str:
    """``tcp``, ``udp``, ``any`` or another protocol's name or number, in lower case."""
    protocol = rule.protocol.strip().lower() or "any"
    return _PROTOCOLS.get(protocol, protocol)


def _compartment(number: int) -> ObjectRef:
    return ObjectRef(ObjectKind.COMPARTMENT, str(number))
