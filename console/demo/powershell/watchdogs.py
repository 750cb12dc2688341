"""Start- and Confirm-Watchdog.ps1, and what Windows does when nobody confirms a change in time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from console.demo.powershell.change import Change, State
from console.demo.powershell.errors import argument_refused
from console.demo.powershell.other_changes import put_into_vlan
from console.demo.powershell.rights import check_hyper_v
from console.demo.powershell.switches import shared_with_host
from console.demo.windows_state import WatchdogRecord
from console.domain.snapshot import VSwitchKind

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


LEAST_SECONDS, MOST_SECONDS = 30, 600
_WATCH_ID = re.compile(r"[0-9a-f]{32}")


def start_watchdog(change: Change) -> tuple[State, State]:
    """Start-Watchdog.ps1."""
    _check_id(change, "Start-Watchdog.ps1")
    if not LEAST_SECONDS <= int(change.parameters["Seconds"]) <= MOST_SECONDS:
        raise argument_refused("Start-Watchdog.ps1", "Seconds")
    check_hyper_v(change.host, "Get-VMSwitch", change=True)
    change.made = True
    due = change.host.clock() + int(change.parameters["Seconds"])
    change.host.state.windows.watchdogs[change.text("WatchId")] = WatchdogRecord(
        rescue=change.text("Rescue"),
        due=due,
        adapters=[str(name) for name in change.parameters.get("Adapters", ())],
        known=list(change.host.state.switches),
        switch_name=change.text("SwitchName"),
        adapter_id=change.text("AdapterId"),
        vlan=int(change.parameters.get("VlanId", 0)),
    )
    return None, {"due": change.host.time_text(due)}


def confirm_watchdog(change: Change) -> tuple[State, State]:
    """Confirm-Watchdog.ps1."""
    _check_id(change, "Confirm-Watchdog.ps1")
    watch = change.host.state.windows.watchdogs.get(change.text("WatchId"))
    if watch is None:
        change.notes.append("already-gone")
        return None, None
    before = {"state": watch.state}
    if watch.state != "armed":
        change.notes.append("already-so" if watch.state == "confirmed" else "watchdog-acted")
        return before, before
    change.made = True
    watch.state = "confirmed"
    return before, {"state": watch.state}


def _check_id(change: Change, script: str) -> None:
    if not _WATCH_ID.fullmatch(change.text("WatchId")):
        raise argument_refused(script, "WatchId")


def settle(host: PracticeHost) -> None:
    """Take back what is due and was not confirmed. The caller holds the host's lock.

    Nobody looks at a host in between, so that doing it at the next look is doing it in time.
    """
    for watch in host.state.windows.watchdogs.values():
        if watch.state == "armed" and watch.due <= host.clock():
            watch.state = "taken-back"
            _RESCUES[watch.rescue](host, watch)


def _remove_switch(host: PracticeHost, watch: WatchdogRecord) -> None:
    made = [
        switch
        for switch in host.state.switches.values()
        if switch.id not in watch.known
        and switch.kind is VSwitchKind.EXTERNAL
        and set(switch.adapters) & set(watch.adapters)
    ]
    for switch in made:
        for network in list(host.state.hns_networks.values()):
            if network.switch_id == switch.id:
                host.hns.delete_network(network.id)
        if switch.id in host.state.switches:
            host.hns.switches.remove(switch.id)


def _make_switch(host: PracticeHost, watch: WatchdogRecord) -> None:
    if all(switch.name != watch.switch_name for switch in host.state.switches.values()):
        made = host.hns.switches.add_hyper_v(watch.switch_name, VSwitchKind.EXTERNAL, watch.adapters)
        made.management_os = True
        made.embedded_teaming = len(watch.adapters) > 1


def _share_switch(host: PracticeHost, watch: WatchdogRecord) -> None:
    for switch in host.state.switches.values():
        if switch.name == watch.switch_name and not shared_with_host(switch):
            switch.management_os = True


def _set_vlan(host: PracticeHost, watch: WatchdogRecord) -> None:
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
