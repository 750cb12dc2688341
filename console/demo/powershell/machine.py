"""Windows itself, its machine, features, updates, services and firewall."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from console.demo.guids import guid_for
from console.demo.powershell.writing import text_of
from console.demo.windows_state import FirewallRuleRecord
from console.domain.scripts import KNOWN_SERVICES
from console.domain.snapshot import Hypervisor

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_AZURE_TAG = "7783-7084-3265-9085-8269-3286-77"
_MACHINES = {
    Hypervisor.NONE: ("Supermicro", "SYS-1029P-WTR", ""),
    Hypervisor.HYPER_V: ("Microsoft Corporation", "Virtual Machine", "3171-4926-5586-1234-8861-1290-41"),
    Hypervisor.AZURE: ("Microsoft Corporation", "Virtual Machine", _AZURE_TAG),
    Hypervisor.VMWARE: ("VMware, Inc.", "VMware7,1", "No Asset Tag"),
    Hypervisor.OTHER: ("QEMU", "Standard PC (Q35 + ICH9, 2009)", ""),
}
_ENABLED, _DISABLED = 1, 2  # Win32_OptionalFeature.InstallState
_HYPER_V_FEATURES = ("Microsoft-Hyper-V", "Microsoft-Hyper-V-Management-PowerShell")
_DNS_RULE_TITLES = {
    "NAT": "HNS Container Networking - DNS ({protocol}-In) - {network} - 0",
    "ICS": "HNS Container Networking - ICS DNS ({protocol}-In) - {network} - 0",
}


def windows_items(host: PracticeHost) -> list[str]:
    """The item of ``windows``."""
    build = host.build
    document = {
        "computer": host.name,
        "product": build.product_name,
        "installationType": build.installation_type,
        "build": str(build.build),
        "revision": build.revision,
        "displayVersion": build.display_version,
        "releaseId": build.release_id,
        "ipv6DisabledComponents": host.state.windows.ipv6_disabled_components,
        "elevated": host.state.windows.elevated,
    }
    return [text_of(document)]


def machine_items(host: PracticeHost) -> list[str]:
    """The item of ``machine``. A host with Hyper-V of its own runs on a hypervisor too."""
    manufacturer, model, tag = _MACHINES[host.state.hypervisor]
    guest = host.state.hypervisor is not Hypervisor.NONE
    document = {
        "manufacturer": manufacturer,
        "model": model,
        "hypervisorPresent": guest or host.state.windows.hyper_v,
        "assetTags": [tag],
    }
    return [text_of(document)]


def feature_items(host: PracticeHost) -> list[str]:
    """The items of ``features``."""
    hyper_v = _ENABLED if host.state.windows.hyper_v else _DISABLED
    containers = _ENABLED if host.state.windows.containers else _DISABLED
    states = {"Containers": containers, **dict.fromkeys(_HYPER_V_FEATURES, hyper_v)}
    return [text_of({"name": name, "installState": state}) for name, state in states.items()]


def hotfix_items(host: PracticeHost) -> list[str]:
    """The items of ``hotfixes``."""
    return [text_of({"id": one, "installedOn": date}) for one, date in host.build.updates]


def service_items(host: PracticeHost) -> list[str]:
    """The items of ``services``."""
    return [text_of(service_document(host, name)) for name in KNOWN_SERVICES]


def service_document(host: PracticeHost, name: str) -> dict[str, Any]:
    """One service as ``Get-ServiceDocument`` tells it."""
    service = host.services.find(name)
    if service is None:
        return {"name": name, "title": "", "status": "Missing", "startType": "", "dependents": []}
    return {
        "name": service.name,
        "title": service.title,
        "status": service.status,
        "startType": service.start_type,
        "dependents": [one.name for one in host.services.dependents(service)],
    }


def profile_items(host: PracticeHost) -> list[str]:
    """The items of ``firewallProfiles``."""
    return [
        text_of(
            {
                "name": one.name,
                "enabled": str(one.enabled),
                "defaultInbound": "NotConfigured",
                "defaultOutbound": "NotConfigured",
            }
        )
        for one in host.state.windows.firewall_profiles
    ]


def rule_items(host: PracticeHost) -> list[str]:
    """The items of ``firewallRules``: those of Windows, and HNS' DNS rules of each nat network."""
    items = [text_of(_rule_document(rule)) for rule in host.state.windows.firewall_rules]
    for network in host.state.hns_networks.values():
        if network.type.lower() in {"nat", "ics"} and network.subnets:
            shared = network.type == "ICS" or host.build.shares_by_ics
            items.extend(_dns_rules(network.id, "ICS" if shared else "NAT"))
    return items


@lru_cache(maxsize=1 << 14)
def _dns_rules(network_id: str, kind: str) -> tuple[str, ...]:
    return tuple(
        text_of(
            _rule_document(
                FirewallRuleRecord(
                    id=guid_for("dns rule", network_id, protocol),
                    title=_DNS_RULE_TITLES[kind].format(protocol=protocol, network=network_id),
                    group="",
                    protocol=protocol,
                    ports=["53"],
                )
            )
        )
        for protocol in ("UDP", "TCP")
    )


def _rule_document(rule: FirewallRuleRecord) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "group": rule.group,
        "enabled": str(rule.enabled),
        "direction": "Inbound",
        "action": rule.action,
        "profile": "Any",
        "source": rule.policy or "PersistentStore",
        "sourceKind": "GroupPolicy" if rule.policy else "Local",
        "protocol": rule.protocol,
        "localPorts": rule.ports,
        "program": rule.program,
    }
