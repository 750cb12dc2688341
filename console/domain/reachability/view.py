"""What the rules ask of a host: each container's attachments, the host's addresses, services, firewall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network

from console.domain.addressing import network_prefixes, parse_address, parse_prefix
from console.domain.discovery.names import address_of
from console.domain.drivers.options import VLAN_ID
from console.domain.host_inventory import (
    HnsEndpoint,
    HnsEndpointState,
    HnsNetwork,
    Service,
    ServiceStatus,
)
from console.domain.object_ref import ObjectKind, ObjectRef, published_ref, ref_of
from console.domain.relations import Relations
from console.domain.snapshot import Adapter, Container, Endpoint, Network, PortMapping, VSwitch

_HOST_COMPARTMENT = 1
#: One that is only created may be on its way: these are not.
_CUT_OFF = frozenset({HnsEndpointState.DETACHED, HnsEndpointState.DEGRADED, HnsEndpointState.DESTROYED})


@dataclass(frozen=True, slots=True)
class Attached:
    """A container's attachment with all that is known below it. ``address`` None: not known (DHCP)."""

    container: Container
    endpoint: Endpoint
    network: Network
    driver: str
    address: IPv4Address | None
    prefix: IPv4Network | None
    vlan: int
    switch: VSwitch | None
    hns: HnsNetwork | None
    hns_endpoint: HnsEndpoint | None

    @property
    def place(self) -> ObjectRef:
        """The vSwitch, else the network."""
        return ref_of(self.switch) if self.switch is not None else ref_of(self.network)


class HostView:
    """One snapshot as the rules look at it."""

    def __init__(self, relations: Relations) -> None:
        self.relations = relations
        self.snapshot = relations.snapshot
        self._networks = {one.id: one for one in self.snapshot.networks.known() or ()}

    @cached_property
    def containers(self) -> dict[str, Container]:
        """All containers, by id."""
        return {one.id: one for one in self.snapshot.containers.known() or ()}

    @cached_property
    def build(self) -> int | None:
        """The OS build of the host; None where untold."""
        engine = self.snapshot.engine.known()
        if engine is not None and engine.windows is not None:
            return engine.windows.build
        windows = self.snapshot.facts.windows.known()
        return windows.build if windows is not None else None

    @property
    def default_isolation(self) -> str:
        """The engine's default, which a container's list entry does not tell apart from; "" untold."""
        engine = self.snapshot.engine.known()
        return engine.default_isolation if engine is not None else ""

    @property
    def windows(self) -> bool:
        """Whether the engine runs Windows containers (so it counts where it is unknown)."""
        engine = self.snapshot.engine.known()
        return engine is None or engine.is_windows

    # Containers

    def stack_of(self, container: Container) -> Container:
        """The container whose network stack it uses: its own, or the one it was run with
        (``--network container:…``), which HNS tells.
        """
        if container.endpoints:
            return container
        for ref in self.relations.related(ref_of(container), ObjectKind.HNS_ENDPOINT):
            endpoint = self.relations.find(ref)
            for identifier in endpoint.containers if isinstance(endpoint, HnsEndpoint) else ():
                owner = self.containers.get(identifier)
                if owner is not None and owner.endpoints:
                    return owner
        return container

    def attachments(self, container: Container) -> tuple[Attached, ...]:
        """Its networks in the engine's order, without ``none`` and without those it is cut off from."""
        return tuple(one for one in self._attached(self.stack_of(container)) if not _is_cut_off(one))

    def cut_off(self, container: Container) -> tuple[Attached, ...]:
        """Its networks whose endpoint HNS no longer has attached (reference, 5.3)."""
        return tuple(one for one in self._attached(self.stack_of(container)) if _is_cut_off(one))

    def _attached(self, container: Container) -> Iterator[Attached]:
        for endpoint in container.endpoints:
            network = self._networks.get(endpoint.network_id)
            if network is None or network.driver.lower() in ("null", "none"):
                continue
            hns = self.relations.hns_network_of(network)
            hns_endpoint = self.relations.hns_endpoint_of(container, endpoint)
            address = parse_address(address_of(container, endpoint, self.relations))
            yield Attached(
                container=container,
                endpoint=endpoint,
                network=network,
                driver=network.driver.lower(),
                address=address,
                prefix=_prefix(network, hns, address),
                vlan=_vlan(network),
                switch=self.relations.vswitch_of(network),
                hns=hns,
                hns_endpoint=hns_endpoint,
            )

    def published(self, container: Container) -> tuple[tuple[PortMapping, ObjectRef], ...]:
        """The host ports that lead to a container (TCP)."""
        owner = self.stack_of(container)
        return tuple(
            (mapping, published_ref(owner, mapping))
            for mapping in owner.ports
            if mapping.host_port is not None and mapping.protocol == "tcp"
        )

    def publisher(self, port: int) -> tuple[Container, PortMapping, ObjectRef] | None:
        """The container that a TCP port of the host leads to."""
        for container in self.containers.values():
            for mapping, ref in self.published(container) if container.endpoints else ():
                if mapping.host_port == port:
                    return container, mapping, ref
        return None

    # The host

    @cached_property
    def host_adapters(self) -> tuple[Adapter, ...] | None:
        """The host's own adapters that have an address; None where they could not be read."""
        adapters = self.snapshot.facts.adapters.known()
        if adapters is None:
            return None
        return tuple(
            one
            for one in adapters
            if one.compartment == _HOST_COMPARTMENT and one.addresses and one.status == "Up"
        )

    def with_gateway(self) -> Adapter | None:
        """The host's adapter that leads outside."""
        return next((one for one in self.host_adapters or () if one.gateways), None)

    def vnics_on(self, switch: VSwitch | None) -> tuple[Adapter, ...]:
        """The host's own vNICs on a vSwitch."""
        return self.relations.host_vnics_of(switch) if switch is not None else ()

    def adapters_below(self, switch: VSwitch | None) -> tuple[Adapter, ...]:
        """The cards an external vSwitch is bound to."""
        return self.relations.adapters_of(switch) if switch is not None else ()

    def service(self, name: str) -> Service | None:
        """A Windows service; None where services could not be read, or it was not asked for."""
        services = self.snapshot.facts.services.known() or ()
        return next((one for one in services if one.name.casefold() == name.casefold()), None)

    def runs(self, name: str) -> bool | None:
        """Whether a service runs; None where that is not known."""
        found = self.service(name)
        if found is None or found.status is ServiceStatus.MISSING:
            return None
        return found.status is ServiceStatus.RUNNING


def _prefix(network: Network, hns: HnsNetwork | None, address: IPv4Address | None) -> IPv4Network | None:
    """The subnet of an attachment: the one that holds its address, else the network's only one.

    HNS knows the subnets of networks of which the engine shows none (reference, 0.8).
    """
    prefixes = list(network_prefixes(network))
    for subnet in hns.subnets if hns is not None else ():
        parsed = parse_prefix(subnet.prefix)
        if parsed is not None and parsed.prefixlen and parsed not in prefixes:
            prefixes.append(parsed)
    if address is not None:
        holding = next((one for one in prefixes if address in one), None)
        if holding is not None:
            return holding
    return prefixes[0] if len(prefixes) == 1 else None


def _is_cut_off(at: Attached) -> bool:
    return at.hns_endpoint is not None and at.hns_endpoint.state in _CUT_OFF


def _vlan(network: Network) -> int:
    text = network.option(VLAN_ID).strip()
    return int(text) if text.isdecimal() else 0


def addresses_of(adapter: Adapter) -> tuple[IPv4Address, ...]:
    """An adapter's IPv4 addresses."""
    parsed = (parse_address(text.partition("/")[0]) for text in adapter.addresses)
    return tuple(address for address in parsed if address is not None)
