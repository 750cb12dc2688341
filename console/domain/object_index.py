"""The objects of one snapshot, found by their address, by a GUID or by a name in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from console.domain.object_ref import HostObject, ObjectRef, published_ref, ref_of
from console.domain.snapshot import Container, PortMapping, Section, Snapshot

T = TypeVar("T")


class PublishedPort(NamedTuple):
    """A port of a container that the host answers on."""

    container: Container
    mapping: PortMapping
    ref: ObjectRef


class ObjectIndex:
    """Everything in ``snapshot`` that has an address. What could not be read has no objects.

    Of two objects with one address (a broken answer) the first counts.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        facts = snapshot.facts
        self.snapshot = snapshot
        self.adapters = _known(facts.adapters)
        self.vswitches = _known(facts.vswitches)
        self.hns_networks = _known(facts.hns_networks)
        self.networks = _known(snapshot.networks)
        self.hns_endpoints = _known(facts.hns_endpoints)
        self.containers = _known(snapshot.containers)
        self.namespaces = _known(facts.hns_namespaces)
        self.load_balancers = _known(facts.hns_load_balancers)
        self.nats = _known(facts.nat_prefixes)
        self.nat_mappings = _known(facts.nat_mappings)
        self.firewall_rules = _known(facts.firewall_rules)
        self.published = tuple(
            PublishedPort(container, mapping, published_ref(container, mapping))
            for container in self.containers
            for mapping in container.ports
            if mapping.host_port is not None
        )
        self.objects: dict[ObjectRef, HostObject | PublishedPort] = {}
        for item in self._items():
            ref = item.ref if isinstance(item, PublishedPort) else ref_of(item)
            self.objects.setdefault(ref, item)
        self.network_by_id = {network.id: network for network in self.networks}
        self.hns_network_by_id = by_fold(self.hns_networks, lambda one: one.id)
        self.hns_endpoint_by_id = by_fold(self.hns_endpoints, lambda one: one.id)
        self.namespace_by_id = by_fold(self.namespaces, lambda one: one.id)
        self.container_by_id = {container.id: container for container in self.containers}
        self.adapter_by_name = by_fold(self.adapters, lambda one: one.name)
        self.vswitch_by_id = by_fold(self.vswitches, lambda one: one.id)
        self.vswitch_by_name = by_fold(self.vswitches, lambda one: one.name)

    def _items(self) -> Iterator[HostObject | PublishedPort]:
        """All objects, in the order of :class:`ObjectKind`."""
        yield from self.adapters
        yield from self.vswitches
        yield from self.hns_networks
        yield from self.networks
        yield from self.hns_endpoints
        yield from self.containers
        yield from _known(self.snapshot.facts.compartments)
        yield from self.namespaces
        yield from self.load_balancers
        yield from self.nats
        yield from self.published
        yield from self.nat_mappings
        yield from self.firewall_rules
        yield from _known(self.snapshot.facts.services)


def _known(section: Section[tuple[T, ...]]) -> tuple[T, ...]:
    return section.known() or ()


def by_fold(items: Iterable[T], key: Callable[[T], str]) -> Mapping[str, T]:
    """``items`` by a key in whatever case it is written; of two with one key the first."""
    found: dict[str, T] = {}
    for item in items:
        word = key(item).casefold()
        if word:
            found.setdefault(word, item)
    return found
