"""How the objects of a host hang together: adapter, vSwitch, HNS and docker network, container.

:class:`Relations` is made once for a snapshot and asked by the pages (links to related objects), the
map and the actions (what uses this?).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from console.domain.host_inventory import HnsEndpoint, HnsNetwork
from console.domain.joins import Joins
from console.domain.links import links
from console.domain.network_origin import is_docker_name, made_by_others
from console.domain.object_index import ObjectIndex, PublishedPort
from console.domain.object_ref import HostObject, ObjectKind, ObjectRef, published_ref, ref_of
from console.domain.removal import is_windows
from console.domain.snapshot import Adapter, Container, Endpoint, Network, Snapshot, VSwitch
from console.domain.stale import (
    LIVE,
    foreign_endpoint_because,
    foreign_network_because,
    stale_endpoint_because,
    stale_network_because,
)
from console.domain.switch_origin import SwitchOrigin, origin
from console.domain.text import Text
from console.domain.titles import title_of

__all__ = ["ObjectKind", "ObjectRef", "Relations", "SwitchOrigin", "published_ref", "ref_of"]


class Relations:
    """The links between all objects of ``snapshot``; each link can be followed both ways.

    What could not be read has no objects and so no links. Making one, and the first question for a
    link, take time in proportion to the host's size (about a tenth of a second for 3,000 endpoints):
    make it off the UI thread and keep it with its snapshot.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._index = ObjectIndex(snapshot)
        self._joins = Joins(self._index)

    @cached_property
    def _refs(self) -> tuple[ObjectRef, ...]:
        return tuple(self._index.objects)

    @cached_property
    def _place(self) -> dict[ObjectRef, int]:
        return {ref: place for place, ref in enumerate(self._refs)}

    @cached_property
    def _links(self) -> list[int]:
        # A link is one number, place * count + place: thousands of sets would be much slower to make,
        # and as much again for the garbage collector to visit.
        count = len(self._refs)
        found: set[int] = set()
        for one, other in links(self._index, self._joins):
            first, second = self._place.get(one), self._place.get(other)
            if first is not None and second is not None and first != second:
                found.add(first * count + second)
                found.add(second * count + first)
        return sorted(found)

    def objects(self, kind: ObjectKind | None = None) -> tuple[ObjectRef, ...]:
        """Every object, or all of one kind, in the snapshot's order."""
        return tuple(ref for ref in self._refs if kind is None or ref.kind is kind)

    def find(self, ref: ObjectRef) -> HostObject | PublishedPort | None:
        """The object itself; None for one that is not, or no longer, there."""
        return self._index.objects.get(ref)

    def related(self, ref: ObjectRef, kind: ObjectKind | None = None) -> tuple[ObjectRef, ...]:
        """What hangs together with ``ref`` directly, by kind; only of one kind where that is given."""
        place = self._place.get(ref)
        if place is None:
            return ()
        count = len(self._refs)
        first, end = place * count, place * count + count
        numbers = self._links[bisect_left(self._links, first) : bisect_left(self._links, end)]
        # Places are in the order of kinds, so the links are already.
        found = (self._refs[number - first] for number in numbers)
        return tuple(other for other in found if kind is None or other.kind is kind)

    def title_of(self, ref: ObjectRef) -> Text:
        """What people call the object; its id for one that is gone."""
        return title_of(ref, self)

    def hns_network_of(self, network: Network) -> HnsNetwork | None:
        """What a docker network is in HNS; None where that can't be told or HNS lost it."""
        return self._joins.hns_network.get(network.id)

    def network_of(self, network: HnsNetwork) -> Network | None:
        """The docker network that a network of HNS is; None where docker has none."""
        return self._joins.network_of_hns(network)

    def vswitch_of(self, network: Network | HnsNetwork) -> VSwitch | None:
        """The vSwitch that carries a network, where it is known."""
        if isinstance(network, Network):
            return self._joins.vswitch.get(network.id)
        return self._joins.vswitch_of_hns(network)

    def adapters_of(self, switch: VSwitch) -> tuple[Adapter, ...]:
        """The adapters a vSwitch is bound to (several in a team); none but for an external one."""
        return self._joins.adapters.get(ref_of(switch).id, ())

    def host_vnics_of(self, switch: VSwitch) -> tuple[Adapter, ...]:
        """The host's own vNICs on a vSwitch."""
        vnics = self._vnics.get(ref_of(switch), ())
        return tuple(vnics)

    def hns_endpoint_of(self, container: Container, endpoint: Endpoint) -> HnsEndpoint | None:
        """What HNS knows of a container's attachment; None where it can't be told."""
        return self._joins.hns_endpoint(container, endpoint)

    def networks_on(self, switch: VSwitch) -> tuple[Network, ...]:
        """The docker networks on a vSwitch."""
        refs = self.related(ref_of(switch), ObjectKind.NETWORK)
        return tuple(self._index.network_by_id[ref.id] for ref in refs)

    def hns_networks_on(self, switch: VSwitch) -> tuple[HnsNetwork, ...]:
        """The networks of HNS on a vSwitch."""
        refs = self.related(ref_of(switch), ObjectKind.HNS_NETWORK)
        return tuple(self._index.hns_network_by_id[ref.id.casefold()] for ref in refs)

    def hns_endpoints_on(self, network: HnsNetwork) -> tuple[HnsEndpoint, ...]:
        """The endpoints of a network of HNS."""
        refs = self.related(ref_of(network), ObjectKind.HNS_ENDPOINT)
        return tuple(self._index.hns_endpoint_by_id[ref.id.casefold()] for ref in refs)

    def hns_networks_of(self, endpoint: HnsEndpoint) -> tuple[HnsNetwork, ...]:
        """The network of HNS that an endpoint is on; none where it is gone or was not read."""
        found = self._index.hns_network_by_id.get(endpoint.network_id.casefold())
        return (found,) if found is not None else ()

    def containers_of(self, ref: ObjectRef) -> tuple[Container, ...]:
        """The containers that hang on an object directly, running or not."""
        refs = self.related(ref, ObjectKind.CONTAINER)
        return tuple(self._index.container_by_id[one.id] for one in refs)

    def origin_of(self, switch: VSwitch) -> SwitchOrigin:
        """Who made a vSwitch."""
        return origin(switch, self.networks_on(switch), self.hns_networks_on(switch))

    @cached_property
    def stale_hns_networks(self) -> tuple[HnsNetwork, ...]:
        """The networks of HNS that belong to nothing; see :meth:`stale_because`."""
        return tuple(one for one in self._index.hns_networks if self.stale_because(one) is not None)

    @cached_property
    def stale_hns_endpoints(self) -> tuple[HnsEndpoint, ...]:
        """The endpoints of HNS that belong to nothing; see :meth:`stale_because`."""
        return tuple(one for one in self._index.hns_endpoints if self.stale_because(one) is not None)

    def stale_because(self, item: HnsNetwork | HnsEndpoint) -> Text | None:
        """Why an object of HNS seems to be left over; None where something is known to use it.

        None also while docker's side could not be read, or HNS' networks: then nobody can tell.
        """
        if not self._told_whose or self._is_dockers(item) or self.foreign_because(item) is not None:
            return None
        if isinstance(item, HnsNetwork):
            live = any(one.state in LIVE or one.remote for one in self.hns_endpoints_on(item))
            return None if live else stale_network_because(item)
        network = self._index.hns_network_by_id.get(item.network_id.casefold())
        return stale_endpoint_because(item, network, dockers_network=self._made_by_docker(network))

    def foreign_because(self, item: HnsNetwork | HnsEndpoint) -> Text | None:
        """Why an object of HNS seems to be another program's, as a sentence; None where nothing tells."""
        if not self._told_whose or self._is_dockers(item):
            return None
        if isinstance(item, HnsNetwork):
            return foreign_network_because(item)
        return foreign_endpoint_because(item, self._index.container_by_id)

    @cached_property
    def _told_whose(self) -> bool:
        """Whether all is known that tells whose an object of HNS is."""
        snapshot = self.snapshot
        return is_windows(snapshot) and None not in (
            snapshot.networks.known(),
            snapshot.containers.known(),
            snapshot.facts.hns_networks.known(),
        )

    def _is_dockers(self, item: HnsNetwork | HnsEndpoint) -> bool:
        """Whether Docker has the network, or a container of its own on the endpoint."""
        if isinstance(item, HnsNetwork):
            return self.network_of(item) is not None
        return bool(
            self.related(ref_of(item), ObjectKind.CONTAINER)
            or self.related(ref_of(item), ObjectKind.HNS_LOAD_BALANCER)
        )

    def _made_by_docker(self, network: HnsNetwork | None) -> bool:
        docker = self.network_of(network) if network else None
        if network is None or docker is None:
            return network is not None and is_docker_name(network.name)
        return not made_by_others(docker, self.snapshot)

    @cached_property
    def _vnics(self) -> dict[ObjectRef, list[Adapter]]:
        found: dict[ObjectRef, list[Adapter]] = {}
        for name, switch in self._joins.host_vnics.items():
            found.setdefault(ref_of(switch), []).append(self._index.adapter_by_name[name.casefold()])
        return found
