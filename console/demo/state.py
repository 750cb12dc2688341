"""All that a practice host is, as one document: what the state file holds.

Plain mutable records without behaviour; the rules live in the modules that change them. Objects
carry a ``revision`` so that answers made of them can be kept until they change.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, PrivateAttr

from console.demo.document import Document
from console.demo.windows_state import WindowsState
from console.domain.snapshot import Hypervisor, VSwitchKind

FORMAT: Literal[1] = 1


class AdapterState(Document):
    """A physical (or virtual machine's) network adapter.

    ``addresses`` stay its own while a vSwitch is bound to it; they are then shown on the vSwitch's
    host vNIC (reference, 7). ``switch_id`` is that external vSwitch, "" if none. ``index`` is 0
    until Windows was asked for it first. ``team`` is that of NIC Teaming (LBFO) which it is in, "" if none;
    ``virtual`` is what is no card: a team's own adapter, a VPN's.
    """

    name: str
    description: str
    mac_address: str
    status: str = "Up"
    wireless: bool = False
    team: str = ""
    virtual: bool = False
    dhcp: bool = False
    addresses: list[str] = Field(default_factory=list)
    gateways: list[str] = Field(default_factory=list)
    dns_servers: list[str] = Field(default_factory=list)
    switch_id: str = ""
    index: int = 0
    speed_bits: int = 10_000_000_000
    mtu: int = 1500
    metric: int = 15


class SwitchState(Document):
    """A Hyper-V virtual switch. ``hns_known``: HNS lists it, so an engine start adopts it.

    ``management_os``: an external one has a host vNIC; ``vnic_name`` is what stands in the
    parentheses of that vNIC's name, ``vlan`` its access VLAN (0: none). ``extensions`` are those
    somebody switched on or off; ``vfp``: HNS switched the VFP extension on.
    """

    id: str
    name: str
    kind: VSwitchKind
    adapters: list[str] = Field(default_factory=list)
    hns_known: bool = True
    management_os: bool = True
    embedded_teaming: bool = False
    notes: str = ""
    vnic_name: str = ""
    vnic_index: int = 0
    vlan: int = 0
    vnic_mtu: int = 1500
    vfp: bool = False
    extensions: dict[str, bool] = Field(default_factory=dict)


class HnsSubnet(Document):
    """One subnet of an HNS network in CIDR form, and its gateway ("" if none)."""

    prefix: str
    gateway: str = ""


class HnsNetworkState(Document):
    """A network of the Host Networking Service. ``type`` is spelled as its maker spelled it.

    ``host_vnic_lost``: its gateway's address is on no vNIC of the host. ``management_ip`` is what HNS
    holds for the host's address where that is another by now, "" where it is the adapter's.
    ``last_error_code`` and ``state`` are what HNS says of its health.
    """

    id: str
    name: str
    type: str
    subnets: list[HnsSubnet] = Field(default_factory=list)
    switch_id: str = ""
    persistent: bool = True
    vlan: int = 0
    vsid: int = 0
    dns_suffix: str = ""
    dns_servers: str = ""
    mac_pools: list[str] = Field(default_factory=list)
    mac_pool: int = 0
    nat_name: str = ""
    host_vnic_mac: str = ""
    host_vnic_index: int = 0
    host_vnic_vlan: int = 0
    host_vnic_mtu: int = 1500
    host_vnic_lost: bool = False
    management_ip: str = ""
    last_error_code: int = 0
    state: int = 1

    _taken: set[str] = PrivateAttr(default_factory=set)

    @property
    def taken(self) -> set[str]:
        """Addresses and MACs endpoints hold now (an index, made again at loading)."""
        return self._taken


class PoolState(Document):
    """One entry of ``IPAM.Config`` as it is shown."""

    subnet: str = ""
    gateway: str = ""
    ip_range: str = ""
    aux_addresses: dict[str, str] = Field(default_factory=dict)


class NetworkState(Document):
    """A network of the engine. ``created`` is Unix time in seconds; ``hns_id`` is "" where HNS
    has no part of it now (none, an overlay nobody uses here). ``requested`` are the pools that
    were asked for, ``pools`` those shown.
    """

    id: str
    name: str
    driver: str
    created: float
    scope: str = "local"
    enable_ipv6: bool = False
    internal: bool = False
    attachable: bool = False
    ingress: bool = False
    config_only: bool = False
    config_from: str = ""
    ipam_driver: str = "windows"
    ipam_options: dict[str, str] | None = None
    pools: list[PoolState] | None = None
    requested: list[PoolState] = Field(default_factory=list)
    options: dict[str, str] = Field(default_factory=dict)
    labels: dict[str, str] = Field(default_factory=dict)
    hns_id: str = ""

    _json: dict[str, bytes] = PrivateAttr(default_factory=dict)
    _members: dict[str, ContainerState] = PrivateAttr(default_factory=dict)

    @property
    def kept_json(self) -> dict[str, bytes]:
        """Answers made of this network, by their form; empty after a change."""
        return self._json

    @property
    def members(self) -> dict[str, ContainerState]:
        """Containers with a live endpoint here, by id (an index, made again at loading)."""
        return self._members

    def changed(self) -> None:
        """Forget answers made before a change."""
        self._json.clear()


class PublishedPort(Document):
    """A port mapping that is in force."""

    container_port: int
    protocol: str
    host_port: int


class EndpointState(Document):
    """A container's attachment to one network. ``endpoint_id`` is "" while there is no endpoint.

    ``lease`` is the address in force inside the container; ``address`` is what the engine knows
    of it (nothing under DHCP). ``wanted_…`` are what was asked for. ``index`` is the interface
    index of its vNIC, 0 until asked for; ``removed``: somebody took it out of HNS. ``hns_state`` is HNS'
    number where it is none of a live endpoint's (reference, 5.3).
    """

    network_id: str = ""
    endpoint_id: str = ""
    address: str = ""
    prefix_length: int = 0
    gateway: str = ""
    mac_address: str = ""
    lease: str = ""
    lease_prefix: int = 0
    lease_gateway: str = ""
    wanted_address: str = ""
    wanted_mac: str = ""
    aliases: list[str] = Field(default_factory=list)
    links: list[str] | None = None
    driver_options: dict[str, str] | None = None
    ports: list[PublishedPort] = Field(default_factory=list)
    index: int = 0
    removed: bool = False
    mtu: int = 1500
    hns_state: int = 0


class LogLine(Document):
    """One piece of output: ``stream`` is 1 (stdout) or 2 (stderr), ``time`` Unix seconds."""

    stream: Literal[1, 2]
    text: str
    time: float


class ContainerState(Document):
    """A container. ``config`` and ``host_config`` are as the client sent them (for inspect).

    ``compartment`` is the host's network compartment it runs in, 0 for none (stopped, or in a
    virtual machine of its own).
    """

    id: str
    name: str
    image: str
    image_id: str
    created: float
    command: list[str]
    config: dict[str, Any]
    host_config: dict[str, Any]
    network_mode: str
    isolation: str
    hostname: str
    state: Literal["created", "running", "exited"] = "created"
    exit_code: int = 0
    error: str = ""
    started: float = 0.0
    finished: float = 0.0
    restarts: int = 0
    sandbox_id: str = ""
    compartment: int = 0
    endpoints: dict[str, EndpointState] = Field(default_factory=dict)
    log: list[LogLine] = Field(default_factory=list)

    _json: dict[str, bytes] = PrivateAttr(default_factory=dict)

    @property
    def kept_json(self) -> dict[str, bytes]:
        """Answers made of this container, by their form; empty after a change."""
        return self._json

    @property
    def running(self) -> bool:
        """Whether its process runs."""
        return self.state == "running"

    def changed(self) -> None:
        """Forget answers made before a change."""
        self._json.clear()


class ImageState(Document):
    """An image in the engine's store. ``lasting``: its default process runs until stopped."""

    id: str
    tags: list[str]
    created: float
    size: int
    command: list[str]
    entrypoint: list[str] = Field(default_factory=list)
    os_build: int = 0
    exposed: list[str] = Field(default_factory=list)


class ServicePortState(Document):
    """A published port of a service."""

    target: int
    published: int
    mode: Literal["ingress", "host"] = "ingress"


class ServiceState(Document):
    """A swarm service that is listed, with tasks on the nodes that may run it.

    ``os`` is what its image is for, ``constraint_met`` False where no node has what it asks for.
    """

    id: str
    name: str
    image: str
    network_ids: list[str] = Field(default_factory=list)
    created: float = 0.0
    replicas: int = 1
    os: Literal["windows", "linux"] = "windows"
    ports: list[ServicePortState] = Field(default_factory=list)
    constraints: list[str] = Field(default_factory=list)
    constraint_met: bool = True
    endpoint_mode: Literal["vip", "dnsrr"] = "vip"


class OtherNodeState(Document):
    """Another node of the swarm, of which only what its managers tell is there."""

    id: str
    name: str
    address: str
    os: Literal["windows", "linux"] = "windows"
    role: Literal["manager", "worker"] = "worker"
    availability: Literal["active", "pause", "drain"] = "active"
    state: Literal["ready", "down"] = "ready"
    message: str = ""
    engine_version: str = ""


class SwarmMembership(Document):
    """The engine's part in a swarm; ``node_id`` is "" outside of one."""

    node_id: str = ""
    cluster_id: str = ""
    manager: bool = False
    address: str = ""
    created: float = 0.0
    worker_token: str = ""
    manager_token: str = ""
    next_vni: int = 4096
    pools: list[str] = Field(default_factory=list)
    subnet_size: int = 24
    services: list[ServiceState] = Field(default_factory=list)
    others: list[OtherNodeState] = Field(default_factory=list)


class HostState(Document):
    """The whole host. ``listening`` are TCP ports that other programs hold on it, in a state file of
    before; ``windows.ports`` says now which program holds which.

    ``windows`` has no services in a state file of before; ``last_index`` is the interface index
    that was given out last. ``os_revision`` is the update build revision, None for the usual one.
    ``linux_containers``: Docker Desktop is switched to its Linux engine, which then answers.
    """

    format: Literal[1] = FORMAT
    name: str
    os_build: int
    os_revision: int | None = None
    seed: int
    scenario: str
    language: str = "en-US"
    hypervisor: Hypervisor = Hypervisor.NONE
    engine_id: str = ""
    fixed_cidr: str = ""
    nat_prefix: str = ""
    churn_share: float = 0.0
    linux_containers: bool = False
    listening: list[int] = Field(default_factory=list)
    routes: list[str] = Field(default_factory=list)
    adapters: list[AdapterState] = Field(default_factory=list)
    switches: dict[str, SwitchState] = Field(default_factory=dict)
    hns_networks: dict[str, HnsNetworkState] = Field(default_factory=dict)
    networks: dict[str, NetworkState] = Field(default_factory=dict)
    containers: dict[str, ContainerState] = Field(default_factory=dict)
    images: list[ImageState] = Field(default_factory=list)
    swarm: SwarmMembership = Field(default_factory=SwarmMembership)
    windows: WindowsState = Field(default_factory=WindowsState)
    last_index: int = 3
