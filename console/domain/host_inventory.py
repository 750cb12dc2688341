"""The Windows side of a host, object by object: what its cmdlets and HNS tell.

Field names follow the cmdlets' properties (reference, 5.1 to 5.4). GUIDs are bare and upper-case, MAC
addresses in the engine's form ``aa:bb:…``, whatever form the source had. Empty text: not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from console.domain.record import Record


class SwitchExtension(Record):
    """An extension of a vSwitch (Get-VMSwitchExtension, HNS ``Extensions``).

    ``running`` is None where only HNS was asked, which tells ``enabled`` alone.
    """

    id: str
    name: str = ""
    kind: str = ""
    enabled: bool = False
    running: bool | None = None


class HnsSubnet(Record):
    """A subnet of an HNS network; ``vsid`` is the VXLAN id of an overlay's subnet, else None."""

    prefix: str
    gateway: str = ""
    vsid: int | None = None


class HnsPolicy(Record):
    """One policy of an HNS object: its ``Type`` and the rest as text, e.g. ``InternalPort`` = ``80``."""

    kind: str
    settings: Mapping[str, str] = Field(default_factory=dict)


class HnsNetwork(Record):
    """A network as HNS has it (Get-HnsNetwork). ``type`` keeps HNS' spelling.

    ``version`` is (major, minor); ``layered_on`` and ``switch_id`` say which vSwitch carries it;
    ``state`` 1 is healthy; ``last_error_code`` 0 is none.
    """

    id: str
    name: str
    type: str
    subnets: tuple[HnsSubnet, ...] = ()
    policies: tuple[HnsPolicy, ...] = ()
    extensions: tuple[SwitchExtension, ...] = ()
    dns_suffix: str = ""
    dns_servers: tuple[str, ...] = ()
    mac_ranges: tuple[str, ...] = ()
    management_ip: str = ""
    adapter: str = ""
    nat_name: str = ""
    switch_id: str = ""
    layered_on: str = ""
    version: tuple[int, int] | None = None
    flags: int = 0
    state: int | None = None
    last_error_code: int = 0
    endpoint_count: int | None = None
    dns_compartment: int | None = None


class HnsEndpointState(StrEnum):
    """``State`` of an HNS endpoint by name (reference, 5.3)."""

    UNINITIALIZED = "Uninitialized"
    CREATED = "Created"
    ATTACHED = "Attached"
    ATTACHED_SHARING = "AttachedSharing"
    DETACHED = "Detached"
    DEGRADED = "Degraded"
    DESTROYED = "Destroyed"
    UNKNOWN = "Unknown"


class HnsEndpoint(Record):
    """An endpoint as HNS has it (Get-HnsEndpoint). ``containers`` are container or HCS ids."""

    id: str
    network_id: str
    network_name: str = ""
    name: str = ""
    address: str = ""
    prefix_length: int = 0
    gateway: str = ""
    mac_address: str = ""
    dns_servers: tuple[str, ...] = ()
    internal_dns: bool = False
    remote: bool = False
    state: HnsEndpointState = HnsEndpointState.UNKNOWN
    namespace_id: str = ""
    compartment: int | None = None
    containers: tuple[str, ...] = ()
    policies: tuple[HnsPolicy, ...] = ()


class HnsLoadBalancer(Record):
    """A policy list or load balancer of HNS (Get-HnsPolicyList); ``endpoints`` are endpoint ids."""

    id: str
    endpoints: tuple[str, ...] = ()
    policies: tuple[HnsPolicy, ...] = ()
    state: int | None = None


class HnsNamespace(Record):
    """A namespace of HNS: one container's compartment and the endpoints in it."""

    id: str
    compartment: int | None = None
    endpoints: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()


class Compartment(Record):
    """A network compartment (Get-NetCompartment); 1 is the host's own."""

    id: int
    description: str = ""
    guid: str = ""
    kind: str = ""


class NatMapping(Record):
    """A static mapping of WinNAT (Get-NetNatStaticMapping)."""

    nat: str
    protocol: str
    external_port: int
    internal_address: str
    internal_port: int
    external_address: str = ""


class FirewallProfile(Record):
    """A profile of Windows Firewall (Get-NetFirewallProfile). Actions: Allow, Block, NotConfigured."""

    name: str
    enabled: bool
    default_inbound: str = ""
    default_outbound: str = ""


class FirewallRule(Record):
    """A rule of Windows Firewall with its port filter. ``local_ports``: ``Any`` or numbers, ranges.

    ``program`` is the path of the one program it is for; ``Any`` or empty for all of them. ``source_kind`` is
    where it comes from (``Local``, ``GroupPolicy``, …), ``source`` its name: of a Group Policy its own.
    """

    id: str
    title: str
    enabled: bool
    direction: str
    action: str
    protocol: str = "Any"
    local_ports: tuple[str, ...] = ()
    profile: str = "Any"
    group: str = ""
    program: str = ""
    source: str = ""
    source_kind: str = ""

    @property
    def local(self) -> bool:
        """Whether it is the host's own: all others can't be changed on the host."""
        return self.source_kind in {"", "Local"}


class ServiceStatus(StrEnum):
    """``Status`` of a Windows service by name."""

    RUNNING = "Running"
    STOPPED = "Stopped"
    START_PENDING = "StartPending"
    STOP_PENDING = "StopPending"
    PAUSED = "Paused"
    MISSING = "Missing"


class Service(Record):
    """A Windows service (Get-Service); MISSING where none of that name is installed.

    ``dependents`` are the names of running services that stop with it.
    """

    name: str
    title: str = ""
    status: ServiceStatus
    start_type: str = ""
    dependents: tuple[str, ...] = ()


class Hotfix(Record):
    """An installed update (Get-HotFix)."""

    id: str
    installed_on: datetime | None = None


class WindowsHost(Record):
    """The Windows a host runs, and how it is set up for containers.

    ``ipv6_disabled_components`` is the registry value DisabledComponents; None where it is not set,
    which like 0 means that IPv6 is on. ``features`` maps a feature's name (Containers, Hyper-V) to
    its state as Windows says it; a feature that could not be read is missing from it.
    """

    computer: str
    product: str
    installation_type: str
    build: int
    revision: int
    display_version: str = ""
    manufacturer: str = ""
    model: str = ""
    hypervisor_present: bool = False
    ipv6_disabled_components: int | None = None
    features: Mapping[str, str] = Field(default_factory=dict)
    hotfixes: tuple[Hotfix, ...] = ()
    elevated: bool = False
