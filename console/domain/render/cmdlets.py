"""The cmdlets a person would type for what a named script does, for the preview of a plan.

The console itself runs the script and hands it the values as data; these lines are for reading,
copying and learning. Each script that changes a host has one function here, which takes the
parameters of its step by name (:class:`console.domain.plan.RunScript`).

Objects are named by id wherever one is known: two vSwitches may have one name, and Hyper-V's
``-Name`` takes ``*``, ``?`` and ``[`` for wildcards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue

from console.domain.plan import RunScript
from console.domain.render import cmd, posix
from console.domain.render.powershell import quote_text
from console.domain.render.shell import Shell
from console.domain.scripts import DRIVES_SETTING, IPV6_SETTING, TEST_BUILD_SETTING
from console.domain.text import N_

CONTEXT = "Preview"

Parameters = Mapping[str, JsonValue]

_WILDCARDS = re.compile(r"[*?\[\]`]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def script_command(step: RunScript, shell: Shell) -> str:
    """What does ``step`` in ``shell``: cmdlets in PowerShell, elsewhere a comment that says so.

    Raises :class:`InexpressibleError` for values that no line can hold (control characters).
    """
    if shell is Shell.POWERSHELL:
        return "\n".join(cmdlets(step))
    return _comment(step, shell)


def cmdlets(step: RunScript) -> tuple[str, ...]:
    """The PowerShell lines that do what ``step`` does.

    A comment for a script, or for parameters of one, that is not known here: the journal may hold a step of
    another version of the console.
    """
    lines = _LINES.get(step.script)
    if lines is not None:
        with suppress(KeyError, TypeError):
            return lines(step.parameters)
    words = N_(CONTEXT, "The console does this with its script {script}.", script=step.script)
    return (f"# {_one_line(str(words))}",)


def _comment(step: RunScript, shell: Shell) -> str:
    # The title holds names of the host. It is quoted, because what follows a comment's sign is
    # not always dead: an interactive zsh reads it as a command, cmd.exe looks for variables in it.
    title = _one_line(str(step.describe()))
    if shell is Shell.CMD:
        return f"rem {cmd.quote_word(title)}: this is done in PowerShell"
    return f"# {posix.quote_word(title)}: this is done in PowerShell"


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _new_vswitch(values: Parameters) -> tuple[str, ...]:
    words = ["New-VMSwitch", "-Name", _value(values["SwitchName"])]
    adapters = values.get("Adapters") or []
    if adapters:
        words += ["-NetAdapterName", _value(adapters)]
        words += ["-AllowManagementOS", _value(values.get("AllowManagementOS", True))]
        if values.get("EmbeddedTeaming"):
            words += ["-EnableEmbeddedTeaming", "$true"]
    else:
        words += ["-SwitchType", str(values["Kind"])]
    return (" ".join(words),)


def _rename_vswitch(values: Parameters) -> tuple[str, ...]:
    return (f"{_switch(values)} | Rename-VMSwitch -NewName {_value(values['NewName'])}",)


def _remove_vswitch(values: Parameters) -> tuple[str, ...]:
    return (f"{_switch(values)} | Remove-VMSwitch -Force",)


def _set_management_os(values: Parameters) -> tuple[str, ...]:
    return (f"{_switch(values)} | Set-VMSwitch -AllowManagementOS {_value(values['AllowManagementOS'])}",)


def _set_kind(values: Parameters) -> tuple[str, ...]:
    return (f"{_switch(values)} | Set-VMSwitch -SwitchType {values['Kind']}",)


def _set_extension(values: Parameters) -> tuple[str, ...]:
    verb = "Enable" if values["Enabled"] else "Disable"
    chosen = f"Where-Object Id -eq {_value(values['ExtensionId'])}"
    return (f"{_switch(values)} | Get-VMSwitchExtension | {chosen} | {verb}-VMSwitchExtension",)


def _set_vlan(values: Parameters) -> tuple[str, ...]:
    vlan = values.get("VlanId") or 0
    mode = f"-Access -VlanId {_value(vlan)}" if vlan else "-Untagged"
    return (f"{_host_vnic(values)} | Set-VMNetworkAdapterVlan {mode}",)


def _start_watchdog(values: Parameters) -> tuple[str, ...]:
    # Comments: whoever copies the plan must not take back what he is about to do.
    wait = f"# In {values['Seconds']} s, unless it is confirmed, Windows does this by itself:"
    return (wait, *(f"# {_one_line(line)}" for line in _RESCUES[str(values["Rescue"])](values)))


def _rescue_by_removal(values: Parameters) -> tuple[str, ...]:
    names = ", ".join(str(name) for name in _items(values.get("Adapters")))
    return (
        f"Remove-HnsNetwork, of every new HNS network on {names}",
        f"Remove-VMSwitch -Force, of every new external vSwitch on {names}",
    )


def _rescue_by_making(values: Parameters) -> tuple[str, ...]:
    return _new_vswitch({**values, "Kind": "External"})


def _rescue_by_sharing(values: Parameters) -> tuple[str, ...]:
    return _set_management_os({**values, "AllowManagementOS": True})


def _items(value: JsonValue) -> list[JsonValue]:
    return list(value) if isinstance(value, list | tuple) else []


def _confirm_watchdog(values: Parameters) -> tuple[str, ...]:
    key = rf"HKLM:\SOFTWARE\Container Network Console\Watchdogs\{values['WatchId']}\Answer"
    return (f"Set-ItemProperty -Path {_value(key)} -Name 'Confirmed' -Value 1",)


def _set_mac_spoofing(values: Parameters) -> tuple[str, ...]:
    state = "On" if values["Enabled"] else "Off"
    machine = _value(_pattern(str(values["VMName"])))
    chosen = f"Get-VMNetworkAdapter -VMName {machine} -Name {_value(_pattern(str(values['AdapterName'])))}"
    if values.get("MacAddress"):
        # Hyper-V's cmdlets write a MAC address as twelve digits (reference, 5.1).
        digits = re.sub("[^0-9A-Fa-f]", "", str(values["MacAddress"])).upper()
        chosen += f" | Where-Object MacAddress -eq {_value(digits)}"
    return (f"{chosen} | Set-VMNetworkAdapter -MacAddressSpoofing {state}",)


def _set_service(values: Parameters) -> tuple[str, ...]:
    verb = str(values["Action"])
    # Stop-Service and Restart-Service refuse a service others depend on without -Force.
    force = "" if verb == "Start" else " -Force"
    return (f"{verb}-Service -Name {_value(values['Service'])}{force}",)


def _remove_hns_network(values: Parameters) -> tuple[str, ...]:
    # Never without the filter: a pipe of all networks takes WSL and Default Switch along (reference, 5.5).
    return (f"Get-HnsNetwork | Where-Object Id -eq {_value(values['NetworkId'])} | Remove-HnsNetwork",)


def _remove_hns_endpoint(values: Parameters) -> tuple[str, ...]:
    return (f"Get-HnsEndpoint | Where-Object Id -eq {_value(values['EndpointId'])} | Remove-HnsEndpoint",)


def _set_firewall_rule(values: Parameters) -> tuple[str, ...]:
    verb = "Enable" if values["Enabled"] else "Disable"
    return (f"{verb}-NetFirewallRule -Name {_value(values['RuleName'])}",)


def _new_firewall_rule(values: Parameters) -> tuple[str, ...]:
    named = f"-Name {_value(values['RuleName'])} -DisplayName {_value(values['Title'])}"
    opened = f"-Protocol {values['Protocol']} -LocalPort {_value(values['Ports'])}"
    return (f"New-NetFirewallRule {named} -Direction Inbound -Action Allow {opened}",)


def _remove_firewall_rule(values: Parameters) -> tuple[str, ...]:
    return (f"Remove-NetFirewallRule -Name {_value(values['RuleName'])}",)


def _new_nat(values: Parameters) -> tuple[str, ...]:
    prefix = _value(values["Prefix"])
    return (f"New-NetNat -Name {_value(values['NatName'])} -InternalIPInterfaceAddressPrefix {prefix}",)


def _remove_nat(values: Parameters) -> tuple[str, ...]:
    return (
        f"Get-NetNat | Where-Object Name -eq {_value(values['NatName'])} | Remove-NetNat -Confirm:$false",
    )


_REGISTRY_PATHS: Final = {
    IPV6_SETTING: r"HKLM:\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters",
    DRIVES_SETTING: r"HKLM:\SYSTEM\CurrentControlSet\Policies\Microsoft\FVE",
}
_CONTAINERS_PATH: Final = r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\Containers"
_EVENT_SOURCE_PATH: Final = r"HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\docker"
_RESTART_ENGINE: Final = "Restart-Service -Name 'docker' -Force"
_SERVICE_PATH: Final = r"HKLM:\SYSTEM\CurrentControlSet\Services\docker"


def _set_registry(values: Parameters) -> tuple[str, ...]:
    setting = str(values["Setting"])
    name = str(values.get("Name") or "") if setting == TEST_BUILD_SETTING else setting
    place = f"-Path {_value(_REGISTRY_PATHS.get(setting, _CONTAINERS_PATH))} -Name {_value(name)}"
    value = str(values.get("Value") or "")
    if not value:
        return (f"Remove-ItemProperty {place}",)
    return (f"New-ItemProperty {place} -PropertyType DWord -Value {_value(value)} -Force",)


def _set_event_source(values: Parameters) -> tuple[str, ...]:
    path = f"-Path {_value(_EVENT_SOURCE_PATH)}"
    if not values["Registered"]:
        return (f"Remove-Item {path} -Recurse",)
    new = f"New-ItemProperty {path} -Name"
    return (
        f"New-Item {path} -Force",
        f"{new} CustomSource -PropertyType DWord -Value 1",
        f"{new} EventMessageFile -PropertyType String -Value (Get-Command dockerd).Source",
        f"{new} TypesSupported -PropertyType DWord -Value 7",
    )


def _set_mtu(values: Parameters) -> tuple[str, ...]:
    index = f"Where-Object InterfaceIndex -eq {_value(values['InterfaceIndex'])}"
    chosen = f"Get-NetIPInterface -AddressFamily IPv4 -IncludeAllCompartments | {index}"
    return (f"{chosen} | Set-NetIPInterface -NlMtuBytes {_value(values['Mtu'])}",)


def _set_dynamic_ports(values: Parameters) -> tuple[str, ...]:
    protocol = str(values["Protocol"]).lower()
    numbers = f"start={values['First']} num={values['Count']}"
    return (f"netsh interface ipv4 set dynamicport {_value(protocol)} {numbers}",)


def _set_engine_proxy(values: Parameters) -> tuple[str, ...]:
    place = f"-Path {_value(_SERVICE_PATH)} -Name Environment"
    told = (("HTTP_PROXY", "Http"), ("HTTPS_PROXY", "Https"), ("NO_PROXY", "Bypass"))
    lines: list[JsonValue] = [f"{name}={values[key]}" for name, key in told if values.get(key)]
    kept = f"# {N_(CONTEXT, 'The console keeps what else is in this value; these lines do not.')}"
    if not lines:
        return (kept, f"Remove-ItemProperty {place}", _RESTART_ENGINE)
    line = f"New-ItemProperty {place} -PropertyType MultiString -Value {_value(lines)} -Force"
    return (kept, line, _RESTART_ENGINE)


def _switch(values: Parameters) -> str:
    if values.get("SwitchId"):
        return f"Get-VMSwitch -Id {_value(values['SwitchId'])}"
    return f"Get-VMSwitch -Name {_value(_pattern(str(values['SwitchName'])))}"


def _host_vnic(values: Parameters) -> str:
    device = "{" + str(values["AdapterId"]) + "}"
    return f"Get-VMNetworkAdapter -ManagementOS | Where-Object DeviceId -eq {_value(device)}"


def _pattern(name: str) -> str:
    """A name as the wildcard pattern that matches only it."""
    return _WILDCARDS.sub(lambda found: "`" + found.group(), name)


def _value(value: JsonValue) -> str:
    """A value as PowerShell text."""
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, list | tuple):
        return ", ".join(_value(item) for item in value)
    if isinstance(value, int):
        return str(value)
    return quote_text(str(value))


_RESCUES: Final[Mapping[str, Callable[[Parameters], tuple[str, ...]]]] = MappingProxyType(
    {
        "RemoveSwitch": _rescue_by_removal,
        "MakeSwitch": _rescue_by_making,
        "ShareSwitch": _rescue_by_sharing,
        "SetVlan": _set_vlan,
    }
)
_LINES: Final[Mapping[str, Callable[[Parameters], tuple[str, ...]]]] = MappingProxyType(
    {
        "new-vswitch": _new_vswitch,
        "rename-vswitch": _rename_vswitch,
        "remove-vswitch": _remove_vswitch,
        "set-vswitch-management-os": _set_management_os,
        "set-vswitch-extension": _set_extension,
        "set-host-vnic-vlan": _set_vlan,
        "set-mac-spoofing": _set_mac_spoofing,
        "set-service-state": _set_service,
        "start-watchdog": _start_watchdog,
        "confirm-watchdog": _confirm_watchdog,
        "remove-hns-network": _remove_hns_network,
        "remove-hns-endpoint": _remove_hns_endpoint,
        "set-firewall-rule": _set_firewall_rule,
        "new-firewall-rule": _new_firewall_rule,
        "remove-firewall-rule": _remove_firewall_rule,
        "new-nat": _new_nat,
        "remove-nat": _remove_nat,
        "set-vswitch-kind": _set_kind,
        "set-registry-setting": _set_registry,
        "set-event-source": _set_event_source,
        "set-interface-mtu": _set_mtu,
        "set-dynamic-ports": _set_dynamic_ports,
        "set-engine-proxy": _set_engine_proxy,
    }
)
SCRIPTS_WITH_CMDLETS: Final = frozenset(_LINES)
"""The ids of the scripts whose cmdlets are known here."""
