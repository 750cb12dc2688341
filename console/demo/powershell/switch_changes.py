"""The scripts that change vSwitches: New-, Rename-, Remove-VSwitch and Set-VSwitch…

They go through the checks of resources/powershell in the same order.
"""

from __future__ import annotations

from typing import Any

from console.demo.powershell.change import Change, State
from console.demo.powershell.errors import argument_refused, in_use, stopped
from console.demo.powershell.rights import check_hyper_v
from console.demo.powershell.switches import extensions_of, shared_with_host
from console.demo.state import AdapterState, SwitchState
from console.domain.scripts import SWITCH_KINDS
from console.domain.snapshot import VSwitchKind

_INTERRUPTED = "host-connection-interrupted"
_LOST = "host-lost-adapter"
_ALREADY = "already-so"


def new_vswitch(change: Change) -> tuple[State, State]:
    """New-VSwitch.ps1."""
    if change.text("Kind") not in SWITCH_KINDS:
        raise argument_refused("New-VSwitch.ps1", "Kind")
    check_hyper_v(change.host, "Get-VMSwitch", change=True)
    kind = VSwitchKind(change.text("Kind"))
    names = [name for name in change.parameters.get("Adapters", ()) if name]
    _check_wish(change, kind, names)
    cards = [_card(change, name) for name in names]
    found = _named(change, change.text("SwitchName"))
    if found:
        same = len(found) == 1 and found[0].kind is kind and _same_cards(found[0], cards)
        if not same:
            raise stopped(
                "SwitchNameTaken",
                f"A vSwitch '{change.text('SwitchName')}' of another kind is there already.",
            )
        change.notes.append(_ALREADY)
        return switch_state(found[0]), switch_state(found[0])
    for card in cards:
        if card.switch_id:
            raise stopped("AdapterTaken", f"The network adapter '{card.name}' is bound to a vSwitch already.")
    change.made = True
    return None, switch_state(_make(change, kind, cards))


def _make(change: Change, kind: VSwitchKind, cards: list[AdapterState]) -> SwitchState:
    bound = [card.name for card in cards]
    made = change.host.hns.switches.add_hyper_v(change.text("SwitchName"), kind, bound)
    if kind is VSwitchKind.EXTERNAL:
        made.management_os = change.flag("AllowManagementOS", default=True)
        made.embedded_teaming = change.flag("EmbeddedTeaming")
        change.notes.append(_INTERRUPTED if made.management_os else _LOST)
    return made


def _check_wish(change: Change, kind: VSwitchKind, names: list[str]) -> None:
    if kind is not VSwitchKind.EXTERNAL and names:
        raise stopped("AdapterNotWanted", f"A vSwitch of kind {kind} has no network adapters.")
    if kind is VSwitchKind.EXTERNAL and not names:
        raise stopped("AdapterNeeded", "An external vSwitch needs a network adapter.")
    if len(names) > 1 and not change.flag("EmbeddedTeaming"):
        raise stopped("TeamingNeeded", "Several network adapters need embedded teaming.")


def rename_vswitch(change: Change) -> tuple[State, State]:
    """Rename-VSwitch.ps1."""
    check_hyper_v(change.host, "Get-VMSwitch", change=True)
    switch = _switch(change)
    before = switch_state(switch)
    wanted = change.text("NewName")
    if change.text("SwitchName") == wanted:
        change.notes.append(_ALREADY)
        return before, before
    if any(other is not switch for other in _named(change, wanted)):
        raise stopped("SwitchNameTaken", f"A vSwitch '{wanted}' is there already.")
    change.made = True
    switch.name = switch.vnic_name = wanted
    return before, switch_state(switch)


def remove_vswitch(change: Change) -> tuple[State, State]:
    """Remove-VSwitch.ps1."""
    check_hyper_v(change.host, "Get-VMSwitch", change=True)
    switch = _found(change)
    if switch is None:
        change.notes.append("already-gone")
        return None, None
    before = switch_state(switch)
    adapters = [one for machine in change.host.state.windows.machines for one in machine.adapters]
    connected = [one for one in adapters if one.switch_id == switch.id]
    change.made = True
    if _has_endpoints(change, switch):
        raise in_use("Remove-VMSwitch", f"Failed while removing virtual Ethernet switch '{switch.name}'.")
    for adapter in connected:
        adapter.switch_id = ""
    if connected:
        change.notes.append("machines-disconnected")
    if switch.kind is VSwitchKind.EXTERNAL and switch.management_os:
        change.notes.append(_INTERRUPTED)
    for network in list(change.host.state.hns_networks.values()):
        if network.switch_id == switch.id:
            change.host.hns.delete_network(network.id)
    change.host.hns.switches.remove(switch.id)
    return before, None


def _has_endpoints(change: Change, switch: SwitchState) -> bool:
    """Whether a running container has a port on the vSwitch."""
    for container in change.host.containers.all():
        for endpoint in container.endpoints.values():
            network = change.host.hns_network_of(endpoint)
            if network is not None and network.switch_id == switch.id:
                return True
    return False


def set_management_os(change: Change) -> tuple[State, State]:
    """Set-VSwitchManagementOS.ps1."""
    check_hyper_v(change.host, "Get-VMSwitch", change=True)
    switch = _switch(change)
    before = switch_state(switch)
    if switch.kind is not VSwitchKind.EXTERNAL:
        raise stopped("SwitchNotExternal", f"The vSwitch '{switch.name}' is not external.")
    wanted = change.flag("AllowManagementOS")
    if switch.management_os == wanted:
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    switch.management_os = wanted
    change.notes.append(_INTERRUPTED if wanted else _LOST)
    return before, switch_state(switch)


def set_kind(change: Change) -> tuple[State, State]:
    """Set-VSwitchKind.ps1. An external one lets its adapters go."""
    if change.text("Kind") not in {"Internal", "Private"}:
        raise argument_refused("Set-VSwitchKind.ps1", "Kind")
    check_hyper_v(change.host, "Get-VMSwitch", change=True)
    switch = _switch(change)
    before, wanted = switch_state(switch), VSwitchKind(change.text("Kind"))
    if switch.kind is wanted:
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    if switch.kind is VSwitchKind.EXTERNAL:
        change.notes.append(_INTERRUPTED)
        for adapter in change.host.state.adapters:
            adapter.switch_id = "" if adapter.switch_id == switch.id else adapter.switch_id
        switch.adapters = []
    switch.kind = wanted
    return before, switch_state(switch)


def set_extension(change: Change) -> tuple[State, State]:
    """Set-VSwitchExtension.ps1."""
    check_hyper_v(change.host, "Get-VMSwitchExtension", change=True)
    switch = _switch(change)
    before = _extension(change, switch)
    wanted = change.flag("Enabled")
    if before["enabled"] == wanted:
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    switch.extensions[before["id"]] = wanted
    after = _extension(change, switch)
    if after["enabled"] and not after["running"]:
        change.notes.append("extension-not-running")
    return before, after


def _extension(change: Change, switch: SwitchState) -> dict[str, Any]:
    wanted = change.text("ExtensionId").strip("{}").upper()
    for extension in extensions_of(change.host, switch):
        if extension["id"] == wanted:
            return {name: extension[name] for name in ("id", "name", "enabled", "running")}
    raise stopped("ExtensionNotFound", f"The vSwitch '{switch.name}' has no extension {wanted}.")


def switch_state(switch: SwitchState) -> dict[str, Any]:
    """``Get-SwitchState`` of the scripts."""
    return {
        "id": switch.id.lower(),
        "name": switch.name,
        "kind": switch.kind.value,
        "allowManagementOS": shared_with_host(switch),
        "embeddedTeaming": switch.embedded_teaming,
    }


def _named(change: Change, name: str) -> list[SwitchState]:
    """PowerShell's ``-eq`` does not tell capitals apart."""
    switches = change.host.state.switches.values()
    return [one for one in switches if one.name.casefold() == name.casefold()]


def _found(change: Change) -> SwitchState | None:
    found = _named(change, change.text("SwitchName"))
    wanted = change.text("SwitchId").strip("{}").upper()
    if wanted:
        found = [one for one in found if one.id.upper() == wanted]
    if len(found) > 1:
        raise stopped("SwitchAmbiguous", f"Several vSwitches are named '{change.text('SwitchName')}'.")
    return found[0] if found else None


def _switch(change: Change) -> SwitchState:
    found = _found(change)
    if found is None:
        raise stopped(
            "SwitchNotFound",
            f"There is no vSwitch '{change.text('SwitchName')}' {change.text('SwitchId')}",
        )
    return found


def _card(change: Change, name: str) -> AdapterState:
    adapters = change.host.state.adapters
    found = [one for one in adapters if one.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise stopped("AdapterNotFound", f"There is no network adapter '{name}'.")
    return found[0]


def _same_cards(switch: SwitchState, cards: list[AdapterState]) -> bool:
    return switch.kind is not VSwitchKind.EXTERNAL or set(switch.adapters) == {one.name for one in cards}
