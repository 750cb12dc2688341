"""Start-, Confirm- and Get-Watchdog.ps1, and what Windows does when nobody confirms a change in time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from console.demo.powershell.change import Change, State
from console.demo.powershell.errors import (
    PowerShellError,
    argument_refused,
    hns_stopped,
    hyper_v_stopped,
    stopped,
)
from console.demo.powershell.other_changes import put_into_vlan
from console.demo.powershell.rights import check_hns, check_hyper_v
from console.demo.powershell.switches import shared_with_host
from console.demo.powershell.writing import text_of
from console.demo.refusal import Refusal
from console.demo.windows_state import WatchdogRecord
from console.domain.snapshot import VSwitchKind

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import HnsNetworkState


LEAST_SECONDS, MOST_SECONDS = 30, 600
LATE_SECONDS = 1
"""How long after the time is up the task begins."""
_BINDING = frozenset({"transparent", "l2bridge", "l2tunnel", "overlay"})
_WATCH_ID = re.compile(r"[0-9a-f]{32}")


def start_watchdog(change: Change) -> tuple[State, State]:
    """Start-Watchdog.ps1."""
    _check_id(change.text("WatchId"), "Start-Watchdog.ps1")
    seconds = int(change.parameters["Seconds"])
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise argument_refused("Start-Watchdog.ps1", "Seconds")
    watchdogs = change.host.state.windows.watchdogs
    if change.text("WatchId") in watchdogs:
        raise stopped("WatchdogThere", f"This host has a watchdog {change.text('WatchId')} already.")
    watch = WatchdogRecord(
        rescue=change.text("Rescue"),
        due=change.host.clock() + seconds,
        adapters=[str(name) for name in change.parameters.get("Adapters", ())],
        switch_name=change.text("SwitchName"),
        adapter_id=change.text("AdapterId"),
        vlan=int(change.parameters.get("VlanId", 0)),
    )
    _note_known(change.host, watch)
    change.made = True
    watchdogs[change.text("WatchId")] = watch
    return None, _told(change.host, watch)


def _note_known(host: PracticeHost, watch: WatchdogRecord) -> None:
    """``Get-Known``: a host without Hyper-V, or where it does not run, has HNS alone."""
    if watch.rescue != "RemoveSwitch":
        check_hyper_v(host, "Get-VMSwitch", change=True)
        return
    hyper_v = host.state.windows.hyper_v and host.services.running("vmms")
    if hyper_v:
        check_hyper_v(host, "Get-VMSwitch", change=True)
        watch.known_switches = list(host.state.switches)
    if not hyper_v or host.services.running("hns"):
        check_hns(host, "Get-HnsNetwork")
        watch.known_networks = list(host.state.hns_networks)


def confirm_watchdog(change: Change) -> tuple[State, State]:
    """Confirm-Watchdog.ps1."""
    _check_id(change.text("WatchId"), "Confirm-Watchdog.ps1")
    watch = change.host.state.windows.watchdogs.get(change.text("WatchId"))
    if watch is None:
        change.notes.append("already-gone")
        return None, None
    before = _told(change.host, watch)
    if watch.state == "confirmed":
        change.notes.append("already-so")
        return before, before
    if watch.state != "armed" or before["secondsLeft"] == 0:
        change.notes.append("watchdog-acted")
        return before, before
    change.made = True
    watch.state = "confirmed"
    return before, _told(change.host, watch)


def get_watchdog(host: PracticeHost, parameters: Mapping[str, Any]) -> str:
    """Get-Watchdog.ps1: the document. The caller holds the host's lock."""
    watch_id = str(parameters["WatchId"])
    try:
        _check_id(watch_id, "Get-Watchdog.ps1")
    except PowerShellError as error:
        return text_of({"ok": False, "error": error.document(), "schema": 1})
    watch = host.state.windows.watchdogs.get(watch_id)
    return text_of({"ok": True, "watchdog": None if watch is None else _told(host, watch), "schema": 1})


def _told(host: PracticeHost, watch: WatchdogRecord) -> dict[str, Any]:
    left = max(0, int(watch.due - host.clock()))
    return {"state": watch.state, "secondsLeft": left, "problem": watch.problem}


def _check_id(watch_id: str, script: str) -> None:
    if not _WATCH_ID.fullmatch(watch_id):
        raise argument_refused(script, "WatchId")


def settle(host: PracticeHost) -> None:
    """Take back what is due and was not confirmed. The caller holds the host's lock.

    Nobody looks at a host in between, so that doing it at the next look is doing it in time.
    """
    for watch in host.state.windows.watchdogs.values():
        if watch.state == "armed" and watch.due + LATE_SECONDS <= host.clock():
            try:
                _RESCUES[watch.rescue](host, watch)
                watch.state = "taken-back"
            except (PowerShellError, Refusal) as error:
                watch.state, watch.problem = "failed", str(error)


def _remove_switch(host: PracticeHost, watch: WatchdogRecord) -> None:
    if watch.known_networks is not None:
        _check_service(host, "hns", hns_stopped("Get-HnsNetwork"))
        for network in list(host.state.hns_networks.values()):
            if network.id not in watch.known_networks and _binds(host, network, watch):
                host.hns.delete_network(network.id)
    if watch.known_switches is not None:
        _check_service(host, "vmms", hyper_v_stopped("Get-VMSwitch", host.name))
        for switch in list(host.state.switches.values()):
            external = switch.kind is VSwitchKind.EXTERNAL and set(switch.adapters) & set(watch.adapters)
            if external and switch.id not in watch.known_switches:
                host.hns.switches.remove(switch.id)


def _check_service(host: PracticeHost, name: str, error: PowerShellError) -> None:
    if not host.services.running(name):
        raise error


def _binds(host: PracticeHost, network: HnsNetworkState, watch: WatchdogRecord) -> bool:
    switch = host.state.switches.get(network.switch_id)
    return (
        network.type.lower() in _BINDING
        and switch is not None
        and bool(set(switch.adapters) & set(watch.adapters))
    )


def _make_switch(host: PracticeHost, watch: WatchdogRecord) -> None:
    _check_service(host, "vmms", hyper_v_stopped("Get-VMSwitch", host.name))
    if all(switch.name != watch.switch_name for switch in host.state.switches.values()):
        made = host.hns.switches.add_hyper_v(watch.switch_name, VSwitchKind.EXTERNAL, watch.adapters)
        made.management_os = True
        made.embedded_teaming = len(watch.adapters) > 1


def _share_switch(host: PracticeHost, watch: WatchdogRecord) -> None:
    _check_service(host, "vmms", hyper_v_stopped("Set-VMSwitch", host.name))
    for switch in host.state.switches.values():
        if switch.name == watch.switch_name and not shared_with_host(switch):
            switch.management_os = True


def _set_vlan(host: PracticeHost, watch: WatchdogRecord) -> None:
    _check_service(host, "vmms", hyper_v_stopped("Get-VMNetworkAdapter", host.name))
    wanted = watch.adapter_id.strip("{}").upper()
    for vnic in host.interfaces.host_vnics():
        if vnic.guid == wanted:
            put_into_vlan(host, vnic, watch.vlan)


_RESCUES = {
    "RemoveSwitch": _remove_switch,
    "MakeSwitch": _make_switch,
    "ShareSwitch": _share_switch,
    "SetVlan": _set_vlan,
}
