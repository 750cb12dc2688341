"""The part of a practice host's state that is Windows' own: services, firewall, virtual machines.

A state file of before has none of it: :func:`usual_windows` is what such a host gets.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from console.demo.builds import WindowsBuild
from console.demo.document import Document
from console.demo.windows_setup import PortsRecord, SetupRecord, usual_ports


class ServiceRecord(Document):
    """An installed Windows service. ``needs``: the services it can't run without."""

    name: str
    title: str
    status: Literal["Running", "Stopped"] = "Running"
    start_type: Literal["Automatic", "Manual", "Disabled", "System"] = "Manual"
    needs: list[str] = Field(default_factory=list)


class FirewallProfileRecord(Document):
    """A profile of Windows Firewall."""

    name: str
    enabled: bool = True


class FirewallRuleRecord(Document):
    """An inbound rule that somebody other than HNS made; ``policy`` is the Group Policy that brings it."""

    id: str
    title: str
    group: str
    protocol: str
    ports: list[str]
    enabled: bool = True
    action: Literal["Allow", "Block"] = "Allow"
    program: str = "Any"
    policy: str = ""


class HnsEndpointRecord(Document):
    """An endpoint of HNS that is no container's of this engine: a load balancer's, or a left-over.

    ``network_id`` is the HNS network's id; ``state`` is HNS' number (reference, 5.3).
    """

    id: str
    network_id: str
    network_name: str
    name: str
    address: str = ""
    prefix_length: int = 0
    gateway: str = ""
    mac_address: str = ""
    state: int = 1
    containers: list[str] = Field(default_factory=list)


class LoadBalancerRecord(Document):
    """A policy list of HNS: one published port of a virtual address."""

    id: str
    endpoint_id: str
    virtual_address: str
    internal_port: int
    external_port: int


class MachineAdapter(Document):
    """A virtual machine's network adapter; ``spoofing`` is MacAddressSpoofing."""

    name: str
    mac_address: str
    switch_id: str = ""
    spoofing: bool = False


class MachineRecord(Document):
    """A virtual machine of this host's own Hyper-V."""

    name: str
    adapters: list[MachineAdapter] = Field(default_factory=list)


class NatRecord(Document):
    """A NAT of Windows that somebody other than HNS made (New-NetNat)."""

    name: str
    prefix: str


class WatchdogRecord(Document):
    """A change that Windows takes back when it is ``due`` (Unix time), unless its state is no longer armed.

    ``known_switches`` and ``known_networks`` (of HNS) are the ids of what was there when it was armed;
    None where nobody could be asked then. ``problem`` says why taking it back failed.
    """

    rescue: str
    due: float
    state: Literal["armed", "confirmed", "taken-back", "failed"] = "armed"
    problem: str = ""
    adapters: list[str] = Field(default_factory=list)
    known_switches: list[str] | None = None
    known_networks: list[str] | None = None
    switch_name: str = ""
    adapter_id: str = ""
    vlan: int = 0


class WindowsState(Document):
    """Windows of one host.

    ``elevated``: the console's account has an administrator's rights; ``may_use_engine``: it is in
    the group that daemon.json names, whose members may open the engine's pipe without them.
    ``hyper_v``: the Hyper-V feature and its PowerShell module are installed.
    ``ipv6_disabled_components`` is the registry value DisabledComponents, None where it is not set. Windows
    reads it when it starts: while ``restart_pending``, ``ipv6_until_restart`` is what it goes by.
    """

    elevated: bool = True
    may_use_engine: bool = True
    hyper_v: bool = True
    containers: bool = True
    ipv6_disabled_components: int | None = None
    ipv6_until_restart: int | None = None
    restart_pending: bool = False
    services: dict[str, ServiceRecord] = Field(default_factory=dict)
    firewall_profiles: list[FirewallProfileRecord] = Field(default_factory=list)
    firewall_rules: list[FirewallRuleRecord] = Field(default_factory=list)
    hns_endpoints: dict[str, HnsEndpointRecord] = Field(default_factory=dict)
    load_balancers: dict[str, LoadBalancerRecord] = Field(default_factory=dict)
    machines: list[MachineRecord] = Field(default_factory=list)
    nats: list[NatRecord] = Field(default_factory=list)
    ports: PortsRecord = Field(default_factory=usual_ports)
    setup: SetupRecord = Field(default_factory=SetupRecord)
    watchdogs: dict[str, WatchdogRecord] = Field(default_factory=dict)


def ipv6_in_force(windows: WindowsState) -> int:
    """The bits of DisabledComponents that Windows goes by since its last start."""
    read = windows.ipv6_until_restart if windows.restart_pending else windows.ipv6_disabled_components
    return read or 0


def usual_windows(build: WindowsBuild) -> WindowsState:
    """Windows with Containers and Hyper-V installed, as an administrator sees it."""
    return WindowsState(
        services={one.name: one for one in _services(build)},
        firewall_profiles=[FirewallProfileRecord(name=name) for name in ("Domain", "Private", "Public")],
        firewall_rules=_rules(),
    )


def remove_hyper_v(windows: WindowsState) -> None:
    """Leave Windows with the Containers feature alone (reference, 5.1)."""
    windows.hyper_v = False
    windows.services.pop("vmms", None)


def _services(build: WindowsBuild) -> list[ServiceRecord]:
    firewall = "Windows Firewall" if build.single_nat else "Windows Defender Firewall"
    services = [
        ServiceRecord(name="docker", title="Docker Engine", start_type="Automatic"),
        ServiceRecord(name="hns", title="Host Network Service"),
        ServiceRecord(name="vmcompute", title="Hyper-V Host Compute Service"),
        ServiceRecord(name="vfpext", title="Microsoft Azure VFP Switch Extension", start_type="System"),
        ServiceRecord(name="winnat", title="Windows NAT Driver"),
        ServiceRecord(name="mpssvc", title=firewall, start_type="Automatic", needs=["BFE"]),
        ServiceRecord(name="BFE", title="Base Filtering Engine", start_type="Automatic"),
        ServiceRecord(
            name="SharedAccess",
            title="Internet Connection Sharing (ICS)",
            status="Running" if build.shares_by_ics else "Stopped",
            needs=["BFE"],
        ),
        ServiceRecord(name="vmms", title="Hyper-V Virtual Machine Management", start_type="Automatic"),
    ]
    if build.has_network_agent:
        services.append(
            ServiceRecord(name="nvagent", title="Network Virtualization Service", status="Stopped")
        )
    return services


def _rules() -> list[FirewallRuleRecord]:
    return [
        FirewallRuleRecord(
            id="CoreNet-DHCP-In",
            title="Core Networking - Dynamic Host Configuration Protocol (DHCP-In)",
            group="Core Networking",
            protocol="UDP",
            ports=["68"],
            program="%SystemRoot%\\system32\\svchost.exe",
        ),
        FirewallRuleRecord(
            id="RemoteDesktop-UserMode-In-TCP",
            title="Remote Desktop - User Mode (TCP-In)",
            group="Remote Desktop",
            protocol="TCP",
            ports=["3389"],
            program="%SystemRoot%\\system32\\svchost.exe",
        ),
        FirewallRuleRecord(
            id="WINRM-HTTP-In-TCP",
            title="Windows Remote Management (HTTP-In)",
            group="Windows Remote Management",
            protocol="TCP",
            ports=["5985"],
            program="System",
        ),
        FirewallRuleRecord(
            id="FPS-SMB-In-TCP",
            title="File and Printer Sharing (SMB-In)",
            group="File and Printer Sharing",
            protocol="TCP",
            ports=["445"],
            program="System",
        ),
    ]
