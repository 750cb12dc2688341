"""Plans that change settings of a host: values of the registry, the event log, MTU, ports, proxies.

Each takes back what it does: the undo holds what was there, as it was seen, and puts it back.
"""

from __future__ import annotations

from pydantic import JsonValue

from console.domain.host_actions import restart_service
from console.domain.host_inventory import ServiceStatus
from console.domain.host_ports import DynamicPorts
from console.domain.host_setup import RegistryValue
from console.domain.plan import Plan, RunScript
from console.domain.scripts import (
    SET_DYNAMIC_PORTS,
    SET_ENGINE_PROXY,
    SET_EVENT_SOURCE,
    SET_INTERFACE_MTU,
    SET_REGISTRY_SETTING,
    TEST_BUILD_SETTING,
    Script,
)
from console.domain.snapshot import Adapter, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Host actions"
_ENGINE = "docker"


def remove_setting(setting: str, value: int) -> Plan:
    """Remove a value of the registry (``scripts.REGISTRY_SETTINGS``) that is ``value`` now."""
    return _removal(setting, setting, str(value))


def remove_test_build_value(found: RegistryValue) -> Plan:
    """Remove a value that a test build needed. It has to be a number: others are not put back."""
    return _removal(TEST_BUILD_SETTING, found.name, found.value)


def register_event_source() -> Plan:
    """Register the engine as a source of the Application event log."""
    back = _step(
        SET_EVENT_SOURCE, {"Registered": False}, N_(CONTEXT, "Remove Docker's event log source"), None
    )
    return _plan(
        _step(SET_EVENT_SOURCE, {"Registered": True}, N_(CONTEXT, "Register Docker in the event log"), back)
    )


def set_mtu(adapter: Adapter, mtu: int) -> Plan:
    """Set the MTU of an interface. Raises ValueError where its index or its MTU is not known."""
    if adapter.index is None or adapter.mtu is None:
        raise ValueError(f"the interface {adapter.name} has no index or no MTU")
    return _plan(_mtu(adapter, mtu, _mtu(adapter, adapter.mtu, None)))


def set_dynamic_ports(ports: DynamicPorts, first: int, count: int) -> Plan:
    """Give a protocol another range of dynamic ports."""
    back = _dynamic(ports.protocol, ports.first, ports.count, None)
    return _plan(_dynamic(ports.protocol, first, count, back))


def set_engine_proxy(http: str, https: str, bypass: str, snapshot: Snapshot) -> Plan:
    """Give the service docker proxies in its environment, where it has none; it is restarted with them."""
    values: dict[str, JsonValue] = {"Http": http, "Https": https, "Bypass": bypass}
    stops = _restart_interruptions(snapshot)
    back = _step(SET_ENGINE_PROXY, {}, N_(CONTEXT, "Remove the proxies of the service docker"), None, stops)
    title = N_(CONTEXT, "Give the service docker its proxies and restart it")
    return _plan(_step(SET_ENGINE_PROXY, values, title, back, stops))


def _restart_interruptions(snapshot: Snapshot) -> tuple[Text, ...]:
    """What stops while the engine is restarted."""
    for service in snapshot.facts.services.known() or ():
        if service.name == _ENGINE and service.status is ServiceStatus.RUNNING:
            return restart_service(service, snapshot).interruptions
    return ()


def _removal(setting: str, name: str, value: str) -> Plan:
    own: dict[str, JsonValue] = {"Setting": setting}
    if setting == TEST_BUILD_SETTING:
        own["Name"] = name
    back = _step(
        SET_REGISTRY_SETTING,
        {**own, "Value": value},
        N_(CONTEXT, "Set {name} to {value} again", name=name, value=value),
        None,
    )
    title = N_(CONTEXT, "Remove {name}, which is {value}", name=name, value=value)
    return _plan(_step(SET_REGISTRY_SETTING, {**own, "Expected": value}, title, back))


def _mtu(adapter: Adapter, mtu: int, undo: RunScript | None) -> RunScript:
    parameters: dict[str, JsonValue] = {
        "InterfaceIndex": adapter.index,
        "InterfaceAlias": adapter.name,
        "Mtu": mtu,
    }
    title = N_(CONTEXT, "Set the MTU of {name} to {mtu}", name=adapter.name, mtu=mtu)
    return _step(SET_INTERFACE_MTU, parameters, title, undo)


def _dynamic(protocol: str, first: int, count: int, undo: RunScript | None) -> RunScript:
    title = N_(
        CONTEXT,
        "Set the dynamic ports of {protocol} to {first} to {last}",
        protocol=protocol,
        first=first,
        last=first + count - 1,
    )
    parameters: dict[str, JsonValue] = {"Protocol": protocol, "First": first, "Count": count}
    return _step(SET_DYNAMIC_PORTS, parameters, title, undo)


def _plan(step: RunScript) -> Plan:
    return Plan(title=step.title, steps=(step,))


def _step(
    script: Script,
    parameters: dict[str, JsonValue],
    title: Text,
    undo: RunScript | None,
    interruptions: tuple[Text, ...] = (),
) -> RunScript:
    return RunScript(
        script=script.id,
        parameters=parameters,
        title=title,
        elevated=script.needs_elevation,
        interruptions=interruptions,
        undo=undo,
    )
