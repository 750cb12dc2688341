"""Endpoints: containers on networks, at start and by connect and disconnect (reference, 1.4, 2.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from console.demo.network_creation import NOT_A_MANAGER
from console.demo.prefixes import UNKNOWN_PREFIX, classful_prefix
from console.demo.refusal import Refusal
from console.demo.state import (
    ContainerState,
    EndpointState,
    NetworkState,
    PublishedPort,
)

if TYPE_CHECKING:
    from console.demo.hns import Lease
    from console.demo.host import PracticeHost

_ENGINE_ALLOCATES_PORTS = frozenset({"l2bridge", "l2tunnel", "overlay"})
_TRUE_LENGTH = frozenset({"overlay"})
_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")
_INTERNAL_OPTIONS = (
    "com.docker.network.windowsshim.disable",
    "com.docker.endpoint.windowsshim.qospolicies",
)
UNSUPPORTED = "unsupported platform request"


def endpoint_settings(body: Mapping[str, Any] | None, *, mac_address: str = "") -> EndpointState:
    """The endpoint configuration of a create or connect request."""
    given = body or {}
    ipam = given.get("IPAMConfig") or {}
    if ipam.get("IPv6Address"):
        raise Refusal(
            400,
            f"invalid endpoint settings:\nno configured subnet contains IP address {ipam['IPv6Address']}",
        )
    mac = given.get("MacAddress") or mac_address
    if mac and not _MAC.fullmatch(mac):
        raise Refusal(400, f"invalid MAC address: {mac}")
    return EndpointState(
        wanted_address=ipam.get("IPv4Address") or "",
        wanted_mac=mac.replace("-", ":").lower(),
        aliases=list(given.get("Aliases") or []),
        links=given.get("Links"),
        driver_options=given.get("DriverOpts"),
    )


class Attachments:
    """Makes and removes endpoints. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host

    def index(self) -> None:
        """Make the indexes of a loaded state again: members, taken addresses and ports."""
        state = self._host.state
        for record in state.windows.hns_endpoints.values():
            hns_network = self._host.hns.network(record.network_id)
            if hns_network:
                self._host.hns.hold(hns_network, (record.address, record.mac_address), [])
        for container in state.containers.values():
            if container.running and not container.compartment:
                self._host.containers.enter_compartment(container)
            for endpoint in container.endpoints.values():
                network = state.networks.get(endpoint.network_id)
                if network is None or not endpoint.endpoint_id:
                    continue
                network.members[container.id] = container
                hns_network = self._host.hns.network(network.hns_id)
                if hns_network:
                    self._host.hns.hold(hns_network, (endpoint.lease, endpoint.mac_address), endpoint.ports)

    def join(self, container: ContainerState, key: str) -> None:
        """Make the endpoint for one member of a container's ``Networks``, at its start."""
        network = self._network_for(key)
        endpoint = container.endpoints[key]
        if key != network.name:
            container.endpoints = {
                network.name if name == key else name: one for name, one in container.endpoints.items()
            }
        if network.driver == "null":
            endpoint.network_id = network.id
            endpoint.endpoint_id = self._host.identity.hex_id()
        else:
            self._check_wanted(network, endpoint)
            self._check_attachable(network)
            self._make(container, network, endpoint)
        network.members[container.id] = container
        network.changed()
        container.changed()
        self._host.networks.tell(network, "connect", container.id)

    def _network_for(self, key: str) -> NetworkState:
        if key == "host":
            raise Refusal(404, "network host not found")
        return self._host.networks.find("nat" if key == "default" else key)

    def _check_wanted(self, network: NetworkState, endpoint: EndpointState) -> None:
        if not endpoint.wanted_address:
            return
        try:
            address = ip_address(endpoint.wanted_address)
        except ValueError:
            raise Refusal(
                400, f"invalid endpoint settings:\ninvalid IPv4 address: {endpoint.wanted_address}"
            ) from None
        if not self._host.build.engine.has_ipam_validation:
            return
        if not any(address in ip_network(pool.subnet, strict=False) for pool in network.pools or []):
            raise Refusal(
                400,
                f"invalid endpoint settings:\nno configured subnet contains IP address {address}",
            )

    def _check_attachable(self, network: NetworkState) -> None:
        if network.ingress or (
            network.scope == "swarm" and network.driver == "overlay" and not network.attachable
        ):
            raise Refusal(
                403,
                f"Could not attach to network {network.name}: rpc error: code = PermissionDenied desc = "
                f"network {network.name} not manually attachable",
            )
        if network.driver == "overlay" and not self._host.swarm.active:
            raise Refusal(503, NOT_A_MANAGER)

    def _make(self, container: ContainerState, network: NetworkState, endpoint: EndpointState) -> None:
        try:
            self._check_options(endpoint)
            hns_network = self._host.networks.instantiate(network)
            ports = self._publish(container, network)
            try:
                lease = self._host.hns.lease(hns_network, endpoint.wanted_address, endpoint.wanted_mac)
            except Refusal:
                self._host.hns.withdraw(ports)
                self._host.networks.abandon(network)
                raise
        except Refusal as refusal:
            raise Refusal(
                refusal.status,
                f"failed to create endpoint {container.name} on network {network.name}: {refusal.message}",
            ) from refusal
        self._fill(endpoint, network, lease)
        endpoint.ports = ports

    @staticmethod
    def _check_options(endpoint: EndpointState) -> None:
        """Options the driver takes only from inside the engine (reference, 1.4)."""
        if any(key.startswith(_INTERNAL_OPTIONS) for key in endpoint.driver_options or {}):
            raise Refusal(400, "Invalid endpoint configuration")

    def _fill(self, endpoint: EndpointState, network: NetworkState, lease: Lease) -> None:
        endpoint.mtu, endpoint.hns_state = EndpointState().mtu, 0
        endpoint.network_id = network.id
        endpoint.endpoint_id = self._host.identity.hex_id()
        endpoint.mac_address = lease.mac_address
        endpoint.lease = lease.address
        endpoint.lease_prefix = lease.prefix_length or classful_prefix(lease.address)
        endpoint.lease_gateway = lease.gateway
        endpoint.address = lease.address if lease.known else ""
        endpoint.gateway = lease.gateway if lease.known else ""
        endpoint.prefix_length = self._shown_length(network, endpoint, lease) if lease.known else 0

    def _shown_length(self, network: NetworkState, endpoint: EndpointState, lease: Lease) -> int:
        """The classful length, the pool's with a wanted address, or overlay's true one (0.7)."""
        if network.driver in _TRUE_LENGTH:
            return lease.prefix_length
        known = [pool.subnet for pool in network.pools or [] if pool.subnet != UNKNOWN_PREFIX]
        if endpoint.wanted_address and known:
            return lease.prefix_length
        return classful_prefix(lease.address)

    def _publish(self, container: ContainerState, network: NetworkState) -> list[PublishedPort]:
        """Port mappings of an endpoint. A network made with --internal has none (reference, 1.3)."""
        already = any(endpoint.ports for endpoint in container.endpoints.values())
        if network.internal or already or network.name != self._publishing_network(container):
            return []
        made: list[PublishedPort] = []
        try:
            for container_port, protocol, host_port in self._wanted_ports(container):
                if network.driver in _ENGINE_ALLOCATES_PORTS:
                    got = self._host.hns.publish_by_engine(protocol, host_port)
                else:
                    got = self._host.hns.publish(protocol, host_port)
                made.append(PublishedPort(container_port=container_port, protocol=protocol, host_port=got))
        except Refusal:
            self._host.hns.withdraw(made)
            raise
        return made

    def _publishing_network(self, container: ContainerState) -> str:
        for name in container.endpoints:
            network = self._host.networks.find(name)
            if not network.internal and network.driver != "null":
                return network.name
        return ""

    def _wanted_ports(self, container: ContainerState) -> list[tuple[int, str, int]]:
        bindings = container.host_config.get("PortBindings") or {}
        wanted = []
        for text, hosts in bindings.items():
            number, _, protocol = text.partition("/")
            protocol = protocol or "tcp"
            if protocol not in ("tcp", "udp"):
                raise Refusal(400, f"invalid protocol {protocol}")
            for host in hosts or [{}]:
                if host.get("HostIp") not in ("", None, "0.0.0.0", "::"):  # noqa: S104
                    raise Refusal(400, "Windows does not support host IP addresses in NAT settings")
                if "-" in (host.get("HostPort") or ""):
                    raise Refusal(400, "Windows does not support more than one host port in NAT settings")
                wanted.append((int(number), protocol, int(host.get("HostPort") or 0)))
        if container.host_config.get("PublishAllPorts"):
            exposed = [text.partition("/") for text in container.config.get("ExposedPorts") or {}]
            wanted += [(int(number), proto or "tcp", 0) for number, _, proto in exposed]
        return wanted

    def detach(self, container: ContainerState, network: NetworkState) -> None:
        """Remove the endpoint, keep the configuration (a container's stop)."""
        endpoint = container.endpoints[network.name]
        hns_network = self._host.hns.network(network.hns_id) if network.hns_id else None
        if hns_network:
            self._host.hns.release(hns_network, (endpoint.lease, endpoint.mac_address), endpoint.ports)
        for name in ("endpoint_id", "address", "gateway", "mac_address", "lease", "lease_gateway"):
            setattr(endpoint, name, "")
        endpoint.prefix_length = endpoint.lease_prefix = endpoint.index = 0
        endpoint.removed = False
        endpoint.ports = []
        network.members.pop(container.id, None)
        network.changed()
        container.changed()
        self._host.networks.tell(network, "disconnect", container.id)
        self._host.networks.abandon(network)

    def connect(self, term: str, container: ContainerState, settings: EndpointState) -> None:
        """``docker network connect``."""
        network = self._host.networks.find(term)
        if network.name in container.endpoints:
            raise Refusal(403, f"{container.id} is already attached to network {network.name}")
        if container.network_mode.startswith("container:"):
            raise Refusal(
                403,
                "container sharing network namespace with another container or host cannot be connected "
                "to any other network",
            )
        self._check_wanted(network, settings)
        self._check_attachable(network)
        container.endpoints[network.name] = settings
        container.changed()
        if not container.running:
            return
        if container.isolation == "hyperv" or not self._host.build.hot_adds_endpoints:
            # The engine leaves the network in the container's inspect although it fails (2.1).
            settings.network_id = network.id
            raise Refusal(500, UNSUPPORTED)
        try:
            self.join(container, network.name)
        except Refusal:
            del container.endpoints[network.name]
            raise

    def disconnect(self, term: str, container: ContainerState, *, force: bool) -> None:
        """``docker network disconnect``."""
        network = self._host.networks.find(term)
        endpoint = container.endpoints.get(network.name)
        if endpoint is None or (container.running and not endpoint.endpoint_id and not force):
            raise Refusal(500, f"container {container.id} is not connected to network {network.name}")
        if endpoint.endpoint_id:
            self.detach(container, network)
        del container.endpoints[network.name]
        container.changed()
