"""Windows itself, its services and its firewall, as domain records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from console.backend.powershell.documents import (
    FeatureDocument,
    FirewallProfileDocument,
    FirewallRuleDocument,
    HotfixDocument,
    MachineDocument,
    ServiceDocument,
    WindowsDocument,
)
from console.backend.powershell.values import named
from console.domain.host_inventory import (
    FirewallProfile,
    FirewallRule,
    Hotfix,
    Service,
    ServiceStatus,
    WindowsHost,
)
from console.domain.snapshot import Hypervisor

FIRST_WINDOWS_11_BUILD = 22000
_UNSIGNED = 0xFFFFFFFF

#: Chassis asset tag of every virtual machine of Azure (as cloud-init's Azure data source tests it).
_AZURE_TAG = "7783-7084-3265-9085-8269-3286-77"
_VIRTUAL_WORDS = (
    "virtual",
    "kvm",
    "qemu",
    "hvm domu",
    "xen",
    "bochs",
    "google compute engine",
    "amazon ec2",
    "openstack",
    "nutanix",
    "parallels",
)

_FEATURE_NAMES = {
    "containers": "Containers",
    "microsoft-hyper-v": "Hyper-V",
    "microsoft-hyper-v-management-powershell": "Hyper-V PowerShell",
}
#: Win32_OptionalFeature.InstallState.
_FEATURE_STATES = {1: "Enabled", 2: "Disabled", 3: "Absent"}

#: MSFT_NetFirewallRule.PolicyStoreSourceType.
_RULE_SOURCES = {"1": "Local", "2": "GroupPolicy", "3": "Dynamic", "4": "Generated", "5": "Hardcoded"}

_SERVICE_STATES = {
    "1": "Stopped",
    "2": "StartPending",
    "3": "StopPending",
    "4": "Running",
    "5": "StartPending",
    "6": "Paused",
    "7": "Paused",
    "ContinuePending": "StartPending",
    "PausePending": "Paused",
}
_START_TYPES = {"0": "Boot", "1": "System", "2": "Automatic", "3": "Manual", "4": "Disabled"}
_DIRECTIONS = {"1": "Inbound", "2": "Outbound"}
_ACTIONS = {"0": "NotConfigured", "2": "Allow", "4": "Block"}
_PROTOCOLS = {"6": "TCP", "17": "UDP", "1": "ICMPv4", "58": "ICMPv6", "256": "Any", "": "Any"}


def windows_of(
    document: WindowsDocument,
    machine: MachineDocument | None,
    features: Iterable[FeatureDocument],
    hotfixes: Iterable[HotfixDocument],
) -> WindowsHost:
    """The host's Windows."""
    disabled = document.ipv6_disabled_components
    return WindowsHost(
        computer=document.computer,
        product=_product(document),
        installation_type=document.installation_type,
        build=document.build or 0,
        revision=document.revision or 0,
        display_version=document.display_version or document.release_id,
        manufacturer=machine.manufacturer.strip() if machine else "",
        model=machine.model.strip() if machine else "",
        hypervisor_present=machine is not None and machine.hypervisor_present is True,
        # PowerShell reads a DWORD as a signed number: 0xFFFFFFFF comes as -1.
        ipv6_disabled_components=None if disabled is None else disabled & _UNSIGNED,
        features={
            name: _FEATURE_STATES[one.install_state]
            for one in features
            if (name := _FEATURE_NAMES.get(one.name.lower())) and one.install_state in _FEATURE_STATES
        },
        hotfixes=tuple(Hotfix(id=one.id, installed_on=_installed_on(one.installed_on)) for one in hotfixes),
        elevated=document.elevated is True,
    )


def _product(document: WindowsDocument) -> str:
    """The registry of Windows 11 still says Windows 10 (reference, 5.1)."""
    build = document.build or 0
    if document.installation_type == "Client" and build >= FIRST_WINDOWS_11_BUILD:
        return document.product.replace("Windows 10", "Windows 11")
    return document.product


def _installed_on(text: str) -> datetime | None:
    """WMI's date: ``9/14/2023`` of whatever language Windows is, ``20230914``, or 16 digits of a FILETIME."""
    for form in ("%m/%d/%Y", "%Y%m%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        ticks = int(text, 16) if len(text) == 16 else 0
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10) if ticks else None
    except (ValueError, OverflowError):
        return None


def hypervisor_of(machine: MachineDocument) -> Hypervisor:
    """What the host runs on. A host with Hyper-V of its own has a hypervisor too, and is no guest."""
    maker, model = machine.manufacturer.lower(), machine.model.lower()
    if any(tag.strip() == _AZURE_TAG for tag in machine.asset_tags):
        return Hypervisor.AZURE
    if "microsoft" in maker and "virtual machine" in model:
        return Hypervisor.HYPER_V
    if "vmware" in maker or "vmware" in model:
        return Hypervisor.VMWARE
    if any(word in f"{maker} {model}" for word in _VIRTUAL_WORDS):
        return Hypervisor.OTHER
    return Hypervisor.NONE


def service_of(document: ServiceDocument) -> Service:
    """One service. Raises ValueError for a status no service has."""
    return Service(
        name=document.name,
        title=document.title,
        status=ServiceStatus(named(document.status, _SERVICE_STATES)),
        start_type=named(document.start_type, _START_TYPES),
        dependents=tuple(document.dependents),
    )


def firewall_profile_of(document: FirewallProfileDocument) -> FirewallProfile:
    """One profile; its ``Enabled`` is 1 for on (GpoBoolean)."""
    return FirewallProfile(
        name=document.name,
        enabled=document.enabled.lower() in {"true", "1"},
        default_inbound=named(document.default_inbound, _ACTIONS),
        default_outbound=named(document.default_outbound, _ACTIONS),
    )


def firewall_rule_of(document: FirewallRuleDocument) -> FirewallRule:
    """One rule; its ``Enabled`` is 1 for on, 2 for off."""
    return FirewallRule(
        id=document.id,
        title=document.title or document.id,
        enabled=document.enabled.lower() in {"true", "1"},
        direction=named(document.direction, _DIRECTIONS),
        action=named(document.action, _ACTIONS),
        protocol=named(document.protocol, _PROTOCOLS),
        local_ports=tuple(document.local_ports),
        profile=document.profile or "Any",
        group=document.group,
        program=document.program,
        source=document.source,
        source_kind=named(document.source_kind, _RULE_SOURCES),
    )
