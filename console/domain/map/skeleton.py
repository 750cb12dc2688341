"""Which objects a map of a host has and what joins them, before anything is folded or worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE
from console.domain.host_inventory import HnsNetwork
from console.domain.map.model import EdgeKind, MapColumn, MapFilter, NodeRef
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.relations import Relations
from console.domain.snapshot import Adapter, Network, Snapshot


class Join(NamedTuple):
    """An edge before it is drawn."""

    source: NodeRef
    target: NodeRef
    kind: EdgeKind


@dataclass
class Skeleton:
    """Nodes by column, and the edges between them; ``parents`` and ``children`` are their neighbours."""

    columns: dict[MapColumn, list[NodeRef]] = field(
        default_factory=lambda: {column: [] for column in MapColumn}
    )
    joins: list[Join] = field(default_factory=list)

    @classmethod
    def of(cls, columns: dict[MapColumn, list[NodeRef]], joins: Iterable[Join]) -> Skeleton:
        """Only the joins whose both ends are there, each once."""
        present = {ref for column in columns.values() for ref in column}
        kept = dict.fromkeys(join for join in joins if join.source in present and join.target in present)
        return cls(columns, list(kept))

    def neighbours(self) -> tuple[dict[NodeRef, list[NodeRef]], dict[NodeRef, list[NodeRef]]]:
        """The parents and the children of every node that has some."""
        parents: dict[NodeRef, list[NodeRef]] = {}
        children: dict[NodeRef, list[NodeRef]] = {}
        for join in self.joins:
            parents.setdefault(join.target, []).append(join.source)
            children.setdefault(join.source, []).append(join.target)
        return parents, children


def skeleton(relations: Relations, chosen: MapFilter) -> Skeleton:
    """Everything on the map of a host, or what ``chosen`` leaves of it."""
    snapshot = relations.snapshot
    networks = _NetworkNodes(relations)
    columns: dict[MapColumn, list[NodeRef]] = {
        MapColumn.ADAPTERS: list(_adapters(relations)),
        MapColumn.VSWITCHES: list(relations.objects(ObjectKind.VSWITCH)),
        MapColumn.NETWORKS: list(networks.refs()),
        MapColumn.ENDPOINTS: [
            *relations.objects(ObjectKind.CONTAINER),
            *_lone_endpoints(relations),
        ],
    }
    joins = [*_switch_joins(relations), *networks.joins(), *_endpoint_joins(snapshot, relations, networks)]
    return _narrowed(Skeleton.of(columns, joins), chosen, networks)


def _adapters(relations: Relations) -> Iterator[ObjectRef]:
    """The adapters themselves; a host vNIC is a line of its vSwitch, unless a switch is bound to it."""
    bound = {
        adapter.name
        for switch in relations.snapshot.facts.vswitches.known() or ()
        for adapter in relations.adapters_of(switch)
    }
    for ref in relations.objects(ObjectKind.ADAPTER):
        adapter = relations.find(ref)
        if isinstance(adapter, Adapter) and (not adapter.host_vnic or adapter.name in bound):
            yield ref


def _lone_endpoints(relations: Relations) -> Iterator[ObjectRef]:
    """Endpoints of HNS on this host that are in no container docker knows."""
    for endpoint in relations.snapshot.facts.hns_endpoints.known() or ():
        ref = ref_of(endpoint)
        if not endpoint.remote and not relations.related(ref, ObjectKind.CONTAINER):
            yield ref


class _NetworkNodes:
    """The networks: docker's, and HNS' own that are more than the face of a Hyper-V switch there."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations
        self._docker = relations.snapshot.networks.known() or ()
        self._hns = [
            one
            for one in relations.snapshot.facts.hns_networks.known() or ()
            if relations.network_of(one) is None and not self._is_a_switch(one)
        ]

    def refs(self) -> Iterator[ObjectRef]:
        """In the snapshot's order, docker's first."""
        for network in self._docker:
            # "none" is docker's word for no network at all: it is drawn for its containers only.
            if network.driver.lower() != "null" or self._relations.containers_of(ref_of(network)):
                yield ref_of(network)
        yield from (ref_of(network) for network in self._hns)

    def node_of(self, hns: ObjectRef) -> ObjectRef:
        """The node that stands for a network of HNS."""
        found = self._relations.find(hns)
        docker = self._relations.network_of(found) if isinstance(found, HnsNetwork) else None
        return ref_of(docker) if docker is not None else hns

    def joins(self) -> Iterator[Join]:
        """From vSwitches, or from the adapter itself where the vSwitch between is not known."""
        networks: list[Network | HnsNetwork] = [*self._docker, *self._hns]
        for network in networks:
            switch = self._relations.vswitch_of(network)
            if switch is not None:
                yield Join(ref_of(switch), ref_of(network), EdgeKind.CARRYING)
            elif isinstance(network, Network):
                for name in adapter_names(network.option(INTERFACE)):
                    yield Join(ObjectRef(ObjectKind.ADAPTER, name), ref_of(network), EdgeKind.CARRYING)

    def _is_a_switch(self, network: HnsNetwork) -> bool:
        """A switch made in Hyper-V Manager is to HNS a transparent network (reference, 2.4)."""
        return (
            network.type.casefold() in {"transparent", "internal", "private"}
            and self._relations.vswitch_of(network) is not None
            and not self._relations.hns_endpoints_on(network)
            and self._relations.stale_because(network) is None
        )


def _switch_joins(relations: Relations) -> Iterator[Join]:
    for switch in relations.snapshot.facts.vswitches.known() or ():
        for adapter in relations.adapters_of(switch):
            yield Join(ref_of(adapter), ref_of(switch), EdgeKind.BINDING)


def _endpoint_joins(snapshot: Snapshot, relations: Relations, networks: _NetworkNodes) -> Iterator[Join]:
    for container in snapshot.containers.known() or ():
        for endpoint in container.endpoints:
            network = ObjectRef(ObjectKind.NETWORK, endpoint.network_id)
            yield Join(network, ref_of(container), EdgeKind.ATTACHMENT)
    for ref in relations.objects(ObjectKind.HNS_ENDPOINT):
        for network in relations.related(ref, ObjectKind.HNS_NETWORK):
            yield Join(networks.node_of(network), ref, EdgeKind.ATTACHMENT)


def _narrowed(whole: Skeleton, chosen: MapFilter, networks: _NetworkNodes) -> Skeleton:
    if not (chosen.networks or chosen.containers):
        return whole
    parents, children = whole.neighbours()
    wanted: list[NodeRef] = [networks.node_of(ref) for ref in chosen.networks]
    kept = _reach([*wanted, *chosen.containers], parents) | _reach(wanted, children)
    columns = {column: [ref for ref in refs if ref in kept] for column, refs in whole.columns.items()}
    return Skeleton.of(columns, whole.joins)


def _reach(start: Iterable[NodeRef], following: dict[NodeRef, list[NodeRef]]) -> set[NodeRef]:
    found: set[NodeRef] = set()
    waiting = list(start)
    while waiting:
        ref = waiting.pop()
        if ref not in found:
            found.add(ref)
            waiting += following.get(ref, ())
    return found
