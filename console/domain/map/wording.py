"""What stands in the nodes and on the edges of a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from console.domain.adapter_standing import Standing, standings
from console.domain.addressing import parse_prefix
from console.domain.drivers.options import VLAN_ID
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork
from console.domain.map.model import FoldRef, NodeState
from console.domain.map.troubles import Trouble, Troubles
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.relations import Relations
from console.domain.severity import Severity
from console.domain.snapshot import Adapter, Container, Endpoint, Network, VSwitch, VSwitchKind
from console.domain.switch_origin import origin_text
from console.domain.text import N_, Text, verbatim
from console.domain.vfp import vfp_of

CONTEXT = "Map"

_ALIVE = frozenset({HnsEndpointState.ATTACHED, HnsEndpointState.ATTACHED_SHARING})
_SHOWN_BY_CONTAINER = frozenset({ObjectKind.HNS_ENDPOINT, ObjectKind.COMPARTMENT, ObjectKind.PORT_MAPPING})
#: The troubles of so many of a fold's members are drawn on it; the rest is counted by its lines.
_TROUBLED_OF_FOLD = 3

_SWITCH_KINDS = {
    VSwitchKind.EXTERNAL: N_(CONTEXT, "External"),
    VSwitchKind.INTERNAL: N_(CONTEXT, "Internal"),
    VSwitchKind.PRIVATE: N_(CONTEXT, "Private"),
}
CONTAINER_STATES = {
    "running": N_(CONTEXT, "Running"),
    "paused": N_(CONTEXT, "Paused"),
    "exited": N_(CONTEXT, "Stopped"),
    "created": N_(CONTEXT, "Never started"),
    "restarting": N_(CONTEXT, "Restarting"),
    "dead": N_(CONTEXT, "Dead"),
}


class Words(NamedTuple):
    """What a node says, as in :class:`~console.domain.map.model.MapNode`; ``members`` is its count."""

    title: Text
    lines: tuple[Text, ...]
    state: NodeState
    troubles: tuple[Trouble, ...] = ()
    also: tuple[ObjectRef, ...] = ()
    members: int = 1


class Wording:
    """Words the nodes and edges of one host's map."""

    def __init__(self, relations: Relations, troubles: Troubles) -> None:
        self._relations = relations
        self._troubles = troubles
        self._standings: Mapping[str, Standing] = standings(relations.snapshot)

    def of(self, ref: ObjectRef) -> Words:
        """The words of one object's node."""
        lines, alive = self._lines(ref)
        troubles = self._troubles.of(ref)
        state = _state(troubles, alive=alive)
        return Words(self._relations.title_of(ref), lines, state, troubles, tuple(self._also(ref)))

    def of_fold(self, fold: FoldRef, members: tuple[ObjectRef, ...]) -> Words:
        """The words of a folded group: how many there are, and how many of them are in use."""
        alive = sum(self._is_alive(ref) for ref in members)
        also = [other for ref in members for other in (ref, *self._also(ref))]
        lines = [N_(CONTEXT, "{count} of them in use", count=alive)]
        troubles: list[Trouble] = []
        if fold.troubled:
            lines.append(N_(CONTEXT, "all with a problem"))
            for ref in members[:_TROUBLED_OF_FOLD]:
                troubles += [
                    trouble._replace(text=self._of_member(ref, trouble))
                    for trouble in self._troubles.of(ref)[:1]
                ]
        state = _state(troubles, alive=alive > 0)
        return Words(
            _fold_title(fold, members), tuple(lines), state, tuple(troubles), tuple(also), len(members)
        )

    def _of_member(self, ref: ObjectRef, trouble: Trouble) -> Text:
        return N_(CONTEXT, "{name}: {problem}", name=self._relations.title_of(ref), problem=trouble.text)

    def is_live(self, ref: ObjectRef) -> bool:
        """Whether something flows to a node further right: a stopped container's edge is dead."""
        found = self._relations.find(ref)
        return self._is_alive(ref) if isinstance(found, Container | HnsEndpoint) else True

    def label(self, source: ObjectRef, target: ObjectRef) -> Text | None:
        """What stands on an edge: the address in that network, the VLAN on that vSwitch."""
        item, network = self._relations.find(target), self._relations.find(source)
        if isinstance(item, Container):
            for endpoint in item.endpoints:
                if endpoint.network_id == source.id:
                    address = self._address(item, endpoint)
                    return verbatim(address) if address else None
        if isinstance(item, HnsEndpoint) and item.address:
            return verbatim(item.address)
        if isinstance(item, Network | HnsNetwork) and not isinstance(network, Network):
            return _vlan_text(_vlan_of(item))
        return None

    def _lines(self, ref: ObjectRef) -> tuple[tuple[Text, ...], bool]:
        item = self._relations.find(ref)
        match item:
            case Adapter():
                return tuple(self._adapter(item)), item.status == "Up"
            case VSwitch():
                used = self._relations.networks_on(item) or self._relations.hns_networks_on(item)
                return tuple(self._switch(item)), bool(used)
            case Network():
                return tuple(self._network(item)), bool(self._relations.containers_of(ref))
            case HnsNetwork():
                return tuple(self._hns_network(item)), bool(self._relations.hns_endpoints_on(item))
            case Container():
                return tuple(self._container(item)), item.running
            case HnsEndpoint():
                return tuple(self._endpoint(item)), item.state in _ALIVE
        return (), True

    def _is_alive(self, ref: ObjectRef) -> bool:
        item = self._relations.find(ref)
        if isinstance(item, Container):
            return item.running
        return isinstance(item, HnsEndpoint) and item.state in _ALIVE

    def _adapter(self, adapter: Adapter) -> Iterator[Text]:
        if adapter.description:
            yield verbatim(adapter.description)
        if adapter.status != "Up":
            yield N_(CONTEXT, "Status: {status}", status=adapter.status)
        yield from (verbatim(address) for address in adapter.addresses)
        if adapter.vlan:
            yield from _if_known(_vlan_text(str(adapter.vlan)))
        if self._standings[adapter.name].free:
            yield N_(CONTEXT, "Free for a new network")

    def _switch(self, switch: VSwitch) -> Iterator[Text]:
        origin = origin_text(self._relations.origin_of(switch))
        yield N_(CONTEXT, "{kind}, {origin}", kind=_SWITCH_KINDS[switch.kind], origin=origin)
        if switch.embedded_teaming or len(switch.adapters) > 1:
            yield N_(CONTEXT, "Team of {count} adapters", count=len(switch.adapters))
        for vnic in self._relations.host_vnics_of(switch):
            yield N_(CONTEXT, "Host: {addresses}", addresses=", ".join(vnic.addresses) or vnic.name)
        vfp = vfp_of(switch)
        if vfp is not None and vfp.enabled:
            yield N_(CONTEXT, "VFP on")

    def _network(self, network: Network) -> Iterator[Text]:
        if network.scope == "local":
            yield N_(CONTEXT, "{driver} network", driver=network.driver)
        else:
            yield N_(CONTEXT, "{driver} network of the swarm", driver=network.driver)
        hns = self._relations.hns_network_of(network)
        pairs = [(pool.subnet, pool.gateway) for pool in network.pools]
        if not any(_is_known(subnet) for subnet, _ in pairs) and hns is not None:
            pairs = [(subnet.prefix, subnet.gateway) for subnet in hns.subnets]
        yield from _subnets(pairs, network.driver)
        yield from _if_known(_vlan_text(_vlan_of(network)))
        if hns is not None:
            yield from _vsids(hns)

    def _hns_network(self, network: HnsNetwork) -> Iterator[Text]:
        yield N_(CONTEXT, "{type} network in HNS only", type=network.type)
        yield from _subnets([(subnet.prefix, subnet.gateway) for subnet in network.subnets], network.type)
        yield from _if_known(_vlan_text(_vlan_of(network)))
        yield from _vsids(network)

    def _container(self, container: Container) -> Iterator[Text]:
        yield CONTAINER_STATES.get(container.state) or verbatim(container.state or container.status)
        several = len(container.endpoints) > 1
        for endpoint in container.endpoints:
            address = self._address(container, endpoint)
            if address and several:
                yield N_(CONTEXT, "{address} on {network}", address=address, network=endpoint.network_name)
            elif address:
                yield verbatim(address)
            elif container.running:
                yield N_(CONTEXT, "Address from DHCP or unknown on {network}", network=endpoint.network_name)
        for compartment in self._relations.related(ref_of(container), ObjectKind.COMPARTMENT):
            yield self._relations.title_of(compartment)
        yield from _published(container)

    def _endpoint(self, endpoint: HnsEndpoint) -> Iterator[Text]:
        yield N_(CONTEXT, "Endpoint in no container: {state}", state=endpoint.state.value)
        if endpoint.address:
            yield verbatim(_with_length(endpoint.address, endpoint.prefix_length))
        if endpoint.compartment:
            yield N_(CONTEXT, "Compartment {number}", number=endpoint.compartment)

    def _address(self, container: Container, endpoint: Endpoint) -> str:
        """HNS' word where there is one: the engine shows a classful prefix length (reference, 0.7)."""
        found = self._relations.hns_endpoint_of(container, endpoint)
        if found is not None and found.address:
            return _with_length(found.address, found.prefix_length)
        return endpoint.address or (endpoint.configured_address if not container.running else "")

    def _also(self, ref: ObjectRef) -> Iterator[ObjectRef]:
        """What has no node of its own and is shown by this one."""
        item = self._relations.find(ref)
        match item:
            case VSwitch():
                yield from (ref_of(vnic) for vnic in self._relations.host_vnics_of(item))
                yield from (
                    ref_of(hns)
                    for hns in self._relations.hns_networks_on(item)
                    if self._relations.network_of(hns) is None
                )
            case Network():
                yield from self._relations.related(ref, ObjectKind.HNS_NETWORK)
                yield from self._relations.related(ref, ObjectKind.NAT)
            case Container():
                related = self._relations.related(ref)
                yield from (other for other in related if other.kind in _SHOWN_BY_CONTAINER)


def _state(troubles: Iterable[Trouble], *, alive: bool) -> NodeState:
    severities = {trouble.severity for trouble in troubles}
    if Severity.ERROR in severities:
        return NodeState.ERROR
    if Severity.WARNING in severities:
        return NodeState.WARNING
    return NodeState.UP if alive else NodeState.DOWN


def _fold_title(fold: FoldRef, members: tuple[ObjectRef, ...]) -> Text:
    count = len(members)
    if fold.kind is ObjectKind.CONTAINER:
        return N_(CONTEXT, "{count} containers", count=count)
    if fold.kind is ObjectKind.HNS_ENDPOINT:
        return N_(CONTEXT, "{count} endpoints in no container", count=count)
    return N_(CONTEXT, "{count} unused networks", count=count)


def _subnets(pairs: Iterable[tuple[str, str]], driver: str) -> Iterator[Text]:
    known = [(subnet, gateway) for subnet, gateway in pairs if _is_known(subnet)]
    for subnet, gateway in known:
        yield verbatim(subnet)
        if gateway:  # a line of its own: both together are wider than a node
            yield N_(CONTEXT, "Gateway {gateway}", gateway=gateway)
    if not known and driver.lower() == "transparent":
        yield N_(CONTEXT, "Addresses from DHCP")


def _is_known(subnet: str) -> bool:
    """``0.0.0.0/0`` says that no subnet is known (reference, 0.8)."""
    prefix = parse_prefix(subnet)
    return bool(subnet) and (prefix is None or prefix.prefixlen > 0)


def _vlan_of(network: Network | HnsNetwork) -> str:
    if isinstance(network, Network):
        return network.option(VLAN_ID)
    # A VLAN of a nat network only keeps several of them apart on one vSwitch (reference, 5.4).
    if network.type.casefold() == "nat":
        return ""
    found = (policy.settings.get("VLAN", "") for policy in network.policies if policy.kind.upper() == "VLAN")
    return next(found, "")


def _vlan_text(vlan: str) -> Text | None:
    return N_(CONTEXT, "VLAN {vlan}", vlan=vlan) if vlan else None


def _vsids(network: HnsNetwork) -> Iterator[Text]:
    for subnet in network.subnets:
        if subnet.vsid is not None:
            yield N_(CONTEXT, "VXLAN ID {vsid}", vsid=subnet.vsid)


def _published(container: Container) -> Iterator[Text]:
    for port in container.ports:
        if port.host_port is not None:
            host = f"{port.host_address}:{port.host_port}" if port.host_address else str(port.host_port)
            inside = f"{port.container_port}/{port.protocol}"
            yield N_(CONTEXT, "Port {host} to {inside}", host=host, inside=inside)


def _with_length(address: str, length: int) -> str:
    return f"{address}/{length}" if length else address


def _if_known(text: Text | None) -> Iterator[Text]:
    if text is not None:
        yield text
