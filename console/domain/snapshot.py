"""All that was observed of one host at one time: :class:`Snapshot`.

Each part carries its own state (:class:`Section`), so that one part that can't be read never
hides another. Field names follow the engine's and Windows' own words; units are in the name or
the docstring.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import Field

from console.domain.container_details import Image
from console.domain.failure import Failure
from console.domain.host_inventory import (
    Compartment,
    FirewallProfile,
    FirewallRule,
    HnsEndpoint,
    HnsLoadBalancer,
    HnsNamespace,
    HnsNetwork,
    NatMapping,
    Service,
    SwitchExtension,
    WindowsHost,
)
from console.domain.host_ports import Connection, DynamicPorts, Listener, PortExclusion
from console.domain.host_setup import ContainerSettings, EngineConfiguration, HnsService, Proxy
from console.domain.record import Record
from console.domain.run_options import RunOptions
from console.domain.swarm.objects import SwarmNode, SwarmService, SwarmTask
from console.domain.text import N_, Text

T = TypeVar("T")


class SectionState(StrEnum):
    """How far a section can be trusted."""

    FRESH = "fresh"
    STALE = "stale"
    UNAVAILABLE = "unavailable"


class Section(Record, Generic[T]):
    """One part of a snapshot.

    ``value`` is None exactly when the state is ``unavailable``. ``reason`` says in plain words
    why a section is stale or unavailable, ``remedy`` what would make it available; ``failure`` is
    the request that failed, where one to the engine did.
    """

    state: SectionState
    value: T | None = None
    reason: Text | None = None
    remedy: Text | None = None
    failure: Failure | None = None

    def known(self) -> T | None:
        """The value if there is one, fresh or stale."""
        return self.value


class IpamPool(Record):
    """One entry of ``IPAM.Config`` of an existing network. Empty text: not given.

    ``0.0.0.0/0`` means that the engine knows no subnet (reference, 0.8): DHCP or adopted.
    """

    subnet: str = ""
    gateway: str = ""
    ip_range: str = ""
    aux_addresses: Mapping[str, str] = Field(default_factory=dict)


class Network(Record):
    """A network object of the engine (``GET /networks``)."""

    id: str
    name: str
    driver: str
    scope: str = "local"
    created: datetime | None = None
    enable_ipv4: bool = True
    enable_ipv6: bool = False
    internal: bool = False
    attachable: bool = False
    ingress: bool = False
    config_only: bool = False
    config_from: str = ""
    ipam_driver: str = ""
    ipam_options: Mapping[str, str] = Field(default_factory=dict)
    pools: tuple[IpamPool, ...] = ()
    options: Mapping[str, str] = Field(default_factory=dict)
    labels: Mapping[str, str] = Field(default_factory=dict)

    def option(self, key: str) -> str:
        """The value of one driver option, or "" where it is not set."""
        return self.options.get(key, "")


class PortMapping(Record):
    """One published port of a container. ``host_port`` is None where it is only exposed."""

    container_port: int
    protocol: str = "tcp"
    host_port: int | None = None
    host_address: str = ""


class Endpoint(Record):
    """A container's attachment to one network (``NetworkSettings.Networks``).

    ``address`` is empty where the engine does not know it (DHCP, stopped container).
    ``prefix_length`` is what the engine says; on Windows' local drivers that is the classful
    default mask and not the subnet's (reference, 0.7).
    """

    network_id: str
    network_name: str
    endpoint_id: str = ""
    address: str = ""
    prefix_length: int = 0
    gateway: str = ""
    mac_address: str = ""
    configured_address: str = ""
    aliases: tuple[str, ...] = ()


class Container(Record):
    """A container as ``GET /containers/json?all=1`` tells it.

    ``ports`` are those in force. ``wanted_ports`` are what one asks for that was made and did not start.
    """

    id: str
    name: str
    image: str = ""
    state: str = ""
    status: str = ""
    created: datetime | None = None
    labels: Mapping[str, str] = Field(default_factory=dict)
    ports: tuple[PortMapping, ...] = ()
    wanted_ports: tuple[PortMapping, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()

    @property
    def running(self) -> bool:
        """Whether the container runs now (``State`` is ``running`` or ``paused``)."""
        return self.state in {"running", "paused"}


class SwarmState(Record):
    """The engine's part in a swarm (``Info.Swarm``).

    ``local_node_state`` is ``inactive``, ``pending`` (joining), ``active``, ``error`` or ``locked``.
    Managers alone are told of the cluster: ``address_pools`` and ``subnet_size`` are what overlay
    networks get their subnets from, ``data_path_port`` carries VXLAN (UDP).
    """

    local_node_state: str = "inactive"
    control_available: bool = False
    node_id: str = ""
    node_address: str = ""
    error: str = ""
    remote_managers: tuple[str, ...] = ()
    nodes: int = 0
    managers: int = 0
    cluster_id: str = ""
    address_pools: tuple[str, ...] = ()
    subnet_size: int | None = None
    data_path_port: int | None = None

    @property
    def active(self) -> bool:
        """Whether the engine is a member of a swarm."""
        return self.local_node_state == "active"

    @property
    def manager(self) -> bool:
        """Whether swarm-scoped objects can be made from this engine."""
        return self.active and self.control_available


class WindowsVersion(Record):
    """The Windows an engine runs on, out of ``Info.KernelVersion`` and ``OperatingSystem``.

    ``build`` is e.g. 20348, ``revision`` the update build revision (UBR) or None if untold.
    ``server`` tells Server from client editions; None where it can't be told.
    """

    build: int
    revision: int | None = None
    server: bool | None = None
    name: str = ""


class EngineInfo(Record):
    """The engine itself (``/version`` and ``/info``)."""

    version: str
    api_version: str
    os_type: str
    operating_system: str = ""
    kernel_version: str = ""
    host_name: str = ""
    engine_id: str = ""
    default_isolation: str = ""
    network_drivers: tuple[str, ...] = ()
    swarm: SwarmState = Field(default_factory=SwarmState)
    windows: WindowsVersion | None = None

    @property
    def is_windows(self) -> bool:
        """Whether the engine runs Windows containers (``OSType``)."""
        return self.os_type == "windows"


class Hypervisor(StrEnum):
    """What the host itself runs on (Win32_ComputerSystem)."""

    NONE = "none"
    HYPER_V = "hyper-v"
    AZURE = "azure"
    VMWARE = "vmware"
    OTHER = "other"


HOST_COMPARTMENT = 1
"""The network compartment of the host itself; each container has its own (SEED.md, Isolation)."""


class Adapter(Record):
    """A network adapter of the host (Get-NetAdapter): physical, virtual, or a vNIC on a vSwitch.

    A vNIC is the host's or, by its compartment, a container's.

    ``name`` is what the driver option ``interface`` takes. ``addresses`` are IPv4 interface
    addresses in CIDR form (``192.168.1.10/24``). ``vswitch`` names the external vSwitch bound to
    it ("" if none); ``gateways`` are its default gateways. MAC in the engine's form aa:bb:….
    ``speed_bits`` is in bits per second, ``mtu`` in bytes; None where untold. ``physical`` is False for what
    a program made, such as a VPN. ``team_member`` and ``team_interface`` are of teams that NIC Teaming (LBFO)
    made: a card that is in one, and the adapter that stands for one. A team of a vSwitch (SET) has neither.
    """

    name: str
    description: str = ""
    status: str = "Up"
    physical: bool = True
    wireless: bool = False
    host_vnic: bool = False
    mac_address: str = ""
    addresses: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    dns_servers: tuple[str, ...] = ()
    dhcp: bool = False
    vswitch: str = ""
    index: int | None = None
    guid: str = ""
    speed_bits: int | None = None
    driver: str = ""
    vlan: int | None = None
    mtu: int | None = None
    metric: int | None = None
    compartment: int = HOST_COMPARTMENT
    team_member: bool = False
    team_interface: bool = False

    @property
    def container_vnic(self) -> bool:
        """Whether it is the network adapter of a container."""
        return self.host_vnic and self.compartment != HOST_COMPARTMENT


class Route(Record):
    """A route of the host (Get-NetRoute). ``next_hop`` is "" where the destination is on the link itself.

    ``index`` is the interface's, ``metric`` the route's own: Windows adds the interface's to it.
    """

    prefix: str
    next_hop: str = ""
    index: int | None = None
    metric: int | None = None

    @property
    def name(self) -> str:
        """What a person calls it: where to, and by which way."""
        return f"{self.prefix} via {self.next_hop}" if self.next_hop else self.prefix


class VSwitchKind(StrEnum):
    """Hyper-V's switch types (Get-VMSwitch SwitchType)."""

    EXTERNAL = "External"
    INTERNAL = "Internal"
    PRIVATE = "Private"


class VSwitch(Record):
    """A Hyper-V virtual switch. ``adapters`` are the names of the bound adapters (SET: several).

    ``visible_to_docker`` is False for one made out of band while the engine was running (seed,
    "Existing vSwitch (not visible to Docker) can block transparent network creation").
    ``management_os`` is whether the host itself has a vNIC on it, None where untold;
    ``derived`` that it was worked out from HNS because Hyper-V's cmdlets are not there.
    """

    name: str
    id: str
    kind: VSwitchKind
    adapters: tuple[str, ...] = ()
    visible_to_docker: bool = True
    embedded_teaming: bool = False
    management_os: bool | None = None
    extensions: tuple[SwitchExtension, ...] = ()
    notes: str = ""
    derived: bool = False


class NatPrefix(Record):
    """A WinNAT or ICS instance and the internal prefix it owns (Get-NetNat, HNS NatName)."""

    name: str
    internal_prefix: str


def _not_read() -> Section[Any]:
    return Section[Any](
        state=SectionState.UNAVAILABLE, reason=N_("Snapshot", "This part of the host was not read.")
    )


class HostFacts(Record):
    """The Windows side of the host, each part with its own state."""

    adapters: Section[tuple[Adapter, ...]]
    vswitches: Section[tuple[VSwitch, ...]]
    nat_prefixes: Section[tuple[NatPrefix, ...]]
    routes: Section[tuple[Route, ...]]
    hypervisor: Section[Hypervisor]
    nat_mappings: Section[tuple[NatMapping, ...]] = Field(default_factory=_not_read)
    hns_networks: Section[tuple[HnsNetwork, ...]] = Field(default_factory=_not_read)
    hns_endpoints: Section[tuple[HnsEndpoint, ...]] = Field(default_factory=_not_read)
    hns_load_balancers: Section[tuple[HnsLoadBalancer, ...]] = Field(default_factory=_not_read)
    hns_namespaces: Section[tuple[HnsNamespace, ...]] = Field(default_factory=_not_read)
    compartments: Section[tuple[Compartment, ...]] = Field(default_factory=_not_read)
    firewall_profiles: Section[tuple[FirewallProfile, ...]] = Field(default_factory=_not_read)
    firewall_rules: Section[tuple[FirewallRule, ...]] = Field(default_factory=_not_read)
    services: Section[tuple[Service, ...]] = Field(default_factory=_not_read)
    windows: Section[WindowsHost] = Field(default_factory=_not_read)
    listeners: Section[tuple[Listener, ...]] = Field(default_factory=_not_read)
    connections: Section[tuple[Connection, ...]] = Field(default_factory=_not_read)
    port_exclusions: Section[tuple[PortExclusion, ...]] = Field(default_factory=_not_read)
    dynamic_ports: Section[tuple[DynamicPorts, ...]] = Field(default_factory=_not_read)
    proxies: Section[tuple[Proxy, ...]] = Field(default_factory=_not_read)
    engine_configuration: Section[EngineConfiguration] = Field(default_factory=_not_read)
    container_settings: Section[ContainerSettings] = Field(default_factory=_not_read)
    hns_service: Section[HnsService] = Field(default_factory=_not_read)


class SwarmFacts(Record):
    """The swarm as its managers tell it, each part with its own state."""

    nodes: Section[tuple[SwarmNode, ...]] = Field(default_factory=_not_read)
    services: Section[tuple[SwarmService, ...]] = Field(default_factory=_not_read)
    tasks: Section[tuple[SwarmTask, ...]] = Field(default_factory=_not_read)


class HostIdentity(Record):
    """Which host a snapshot is of. ``practice`` hosts are simulated and never mistaken for real.

    ``bundle`` is True where it was read from a support bundle: it is how a host was, and nothing can be
    done to it.
    """

    id: str
    name: str
    practice: bool = False
    bundle: bool = False


class Snapshot(Record):
    """Everything known of one host at ``taken_at`` (aware UTC time)."""

    host: HostIdentity
    taken_at: datetime
    engine: Section[EngineInfo]
    networks: Section[tuple[Network, ...]]
    containers: Section[tuple[Container, ...]]
    facts: HostFacts
    run_options: Section[tuple[RunOptions, ...]] = Field(default_factory=_not_read)
    swarm: SwarmFacts = Field(default_factory=SwarmFacts)
    images: Section[tuple[Image, ...]] = Field(default_factory=_not_read)
