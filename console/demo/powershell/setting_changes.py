"""The scripts that change settings: the registry, the event log, MTU, dynamic ports and proxies."""

from __future__ import annotations

import re
from typing import Any

from console.demo.interfaces import Interface
from console.demo.powershell.change import Change, State
from console.demo.powershell.errors import PowerShellError, argument_refused, stopped
from console.demo.windows_setup import DynamicRecord
from console.domain.host_setup import without_credentials
from console.domain.scripts import (
    DRIVES_SETTING,
    IPV6_SETTING,
    PORT_PROTOCOLS,
    REGISTRY_SETTINGS,
    TEST_BUILD_SETTING,
)

_ALREADY = "already-so"
_TEST_BUILD = re.compile(r"zz[A-Za-z0-9_]+", re.IGNORECASE)
_SOURCE = "docker"
_ENGINE_PROGRAM = r"C:\Program Files\Docker\dockerd.exe"
_NETSH_REFUSAL = "The requested operation requires elevation (Run as administrator)."
_PROXY_NAMES = {"HTTP_PROXY": "Http", "HTTPS_PROXY": "Https", "NO_PROXY": "Bypass"}


def set_registry_setting(change: Change) -> tuple[State, State]:
    """Set-RegistrySetting.ps1."""
    setting = change.text("Setting")
    if setting not in REGISTRY_SETTINGS:
        raise argument_refused("Set-RegistrySetting.ps1", "Setting")
    name = change.text("Name") if setting == TEST_BUILD_SETTING else setting
    if setting == TEST_BUILD_SETTING and not _TEST_BUILD.fullmatch(name):
        raise stopped("NameNotAllowed", f"'{name}' is no value of a test build.")
    before, wanted = _setting(change, name), change.text("Value")
    if before["value"] == wanted:
        change.notes.append(_ALREADY)
        return before, before
    if before["value"] != change.text("Expected"):
        was = change.text("Expected")
        raise stopped("SettingChanged", f"{name} is '{before['value']}' now, and was '{was}'.")
    _check_rights(change)
    change.made = True
    _write(change, name, int(wanted) if wanted else None)
    if setting == IPV6_SETTING:
        change.notes.append("restart-needed")
    return before, _setting(change, name)


def _setting(change: Change, name: str) -> dict[str, str]:
    ipv6 = change.host.state.windows.ipv6_disabled_components
    value = ipv6 if name == IPV6_SETTING else _values(change, name).get(name)
    return {"name": name, "value": "" if value is None else str(value)}


def _write(change: Change, name: str, value: int | None) -> None:
    if name == IPV6_SETTING:
        windows = change.host.state.windows
        if not windows.restart_pending:
            windows.ipv6_until_restart = windows.ipv6_disabled_components
        windows.restart_pending = value != windows.ipv6_until_restart
        windows.ipv6_disabled_components = value
    elif value is None:
        del _values(change, name)[name]
    else:
        _values(change, name)[name] = value


def _values(change: Change, name: str) -> dict[str, int]:
    setup = change.host.state.windows.setup
    return setup.drive_policies if name == DRIVES_SETTING else setup.container_values


def set_event_source(change: Change) -> tuple[State, State]:
    """Set-EventSource.ps1."""
    sources = change.host.state.windows.setup.event_sources
    before = _source_state(sources)
    if (before is not None) == change.flag("Registered"):
        change.notes.append(_ALREADY)
        return before, before
    if change.host.services.find(_SOURCE) is None:
        raise stopped("ServiceMissing", "There is no service docker on this host.")
    _check_rights(change)
    change.made = True
    if before is None:
        sources.append(_SOURCE)
    else:
        sources.remove(_SOURCE)
    return before, _source_state(sources)


def _source_state(sources: list[str]) -> State:
    return {"name": _SOURCE, "messageFile": _ENGINE_PROGRAM} if _SOURCE in sources else None


def set_interface_mtu(change: Change) -> tuple[State, State]:
    """Set-InterfaceMtu.ps1."""
    wanted = int(change.parameters["Mtu"])
    if not 576 <= wanted <= 65535:
        raise argument_refused("Set-InterfaceMtu.ps1", "Mtu")
    before = _interface(change)
    if before.mtu == wanted:
        change.notes.append(_ALREADY)
        return _mtu_state(before), _mtu_state(before)
    _check_rights(change)
    change.made = True
    change.host.interfaces.set_mtu(before.index, wanted)
    return _mtu_state(before), _mtu_state(_interface(change))


def _interface(change: Change) -> Interface:
    index, alias = int(change.parameters["InterfaceIndex"]), change.text("InterfaceAlias")
    for interface in change.host.interfaces.all():
        if interface.has_ip and interface.index == index and interface.name.casefold() == alias.casefold():
            return interface
    raise stopped("InterfaceNotFound", f"There is no interface {index} named '{alias}'.")


def _mtu_state(interface: Interface) -> dict[str, Any]:
    return {"index": interface.index, "alias": interface.name, "mtu": interface.mtu}


def set_dynamic_ports(change: Change) -> tuple[State, State]:
    """Set-DynamicPorts.ps1."""
    protocol, first, count = (change.parameters[name] for name in ("Protocol", "First", "Count"))
    if protocol not in PORT_PROTOCOLS:
        raise argument_refused("Set-DynamicPorts.ps1", "Protocol")
    if not 1025 <= first <= 65280:
        raise argument_refused("Set-DynamicPorts.ps1", "First")
    if not 255 <= count <= 64511:
        raise argument_refused("Set-DynamicPorts.ps1", "Count")
    if first + count > 65536:
        raise stopped("RangeTooLong", "There are no ports beyond 65535.")
    record = next(one for one in change.host.state.windows.ports.dynamic if one.protocol == protocol)
    before = _range_state(record)
    if (record.first, record.count) == (first, count):
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    if not change.host.state.windows.elevated:
        raise stopped(
            "NetshFailed", "netsh: The requested operation requires elevation (Run as administrator)."
        )
    record.first, record.count = first, count
    return before, _range_state(record)


def _range_state(record: DynamicRecord) -> dict[str, Any]:
    return {"protocol": record.protocol, "first": record.first, "count": record.count}


def set_engine_proxy(change: Change) -> tuple[State, State]:
    """Set-EngineProxy.ps1."""
    if change.host.services.find(_SOURCE) is None:
        raise stopped("ServiceMissing", "There is no service docker on this host.")
    setup = change.host.state.windows.setup
    before = _proxy_state(setup.service_environment)
    kept = [line for line in setup.service_environment if line.partition("=")[0].upper() not in _PROXY_NAMES]
    wanted = {name: change.text(parameter) for name, parameter in _PROXY_NAMES.items()}
    lines = [*kept, *(f"{name}={value}" for name, value in wanted.items() if value)]
    if lines == setup.service_environment:
        change.notes.append(_ALREADY)
        return before, before
    if (wanted["HTTP_PROXY"] or wanted["HTTPS_PROXY"]) and (before["http"] or before["https"]):
        raise stopped("ProxyThere", "The service docker has a proxy already.")
    _check_rights(change)
    change.made = True
    setup.service_environment = lines
    _restart_engine(change)
    return before, _proxy_state(lines)


def _restart_engine(change: Change) -> None:
    service = change.host.services.find(_SOURCE)
    if service is not None and service.status == "Running":
        change.host.services.stop(service)
        change.host.services.start(service)


def _proxy_state(lines: list[str]) -> dict[str, str]:
    values = {name.upper(): value for name, _, value in (line.partition("=") for line in lines)}
    return {
        "http": without_credentials(values.get("HTTP_PROXY", "")),
        "https": without_credentials(values.get("HTTPS_PROXY", "")),
        "bypass": values.get("NO_PROXY", ""),
    }


def _check_rights(change: Change) -> None:
    """Raise what the registry and the network stack say to who is no administrator."""
    if not change.host.state.windows.elevated:
        raise PowerShellError(
            "Requested registry access is not allowed.",
            category="PermissionDenied",
            error_id="System.Security.SecurityException",
            hresult="0x8013150A",
        )
