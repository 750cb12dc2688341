"""The named scripts on a practice host: :class:`PracticeScripts`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from console.demo.powershell import (
    connection_trial,
    other_changes,
    rule_changes,
    setting_changes,
    switch_changes,
    watchdogs,
)
from console.demo.powershell.change import Change, Run, answer
from console.demo.powershell.inventory import Inventory
from console.domain import scripts

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

CHANGES: Mapping[str, Run] = {
    scripts.NEW_VSWITCH.id: switch_changes.new_vswitch,
    scripts.RENAME_VSWITCH.id: switch_changes.rename_vswitch,
    scripts.REMOVE_VSWITCH.id: switch_changes.remove_vswitch,
    scripts.SET_VSWITCH_MANAGEMENT_OS.id: switch_changes.set_management_os,
    scripts.SET_VSWITCH_EXTENSION.id: switch_changes.set_extension,
    scripts.SET_HOST_VNIC_VLAN.id: other_changes.set_host_vnic_vlan,
    scripts.SET_MAC_SPOOFING.id: other_changes.set_mac_spoofing,
    scripts.SET_SERVICE_STATE.id: other_changes.set_service_state,
    scripts.START_WATCHDOG.id: watchdogs.start_watchdog,
    scripts.CONFIRM_WATCHDOG.id: watchdogs.confirm_watchdog,
    scripts.REMOVE_HNS_NETWORK.id: other_changes.remove_hns_network,
    scripts.REMOVE_HNS_ENDPOINT.id: other_changes.remove_hns_endpoint,
    scripts.SET_FIREWALL_RULE.id: rule_changes.set_firewall_rule,
    scripts.NEW_FIREWALL_RULE.id: rule_changes.new_firewall_rule,
    scripts.REMOVE_FIREWALL_RULE.id: rule_changes.remove_firewall_rule,
    scripts.NEW_NAT.id: rule_changes.new_nat,
    scripts.REMOVE_NAT.id: rule_changes.remove_nat,
    scripts.SET_VSWITCH_KIND.id: switch_changes.set_kind,
    scripts.SET_REGISTRY_SETTING.id: setting_changes.set_registry_setting,
    scripts.SET_EVENT_SOURCE.id: setting_changes.set_event_source,
    scripts.SET_INTERFACE_MTU.id: setting_changes.set_interface_mtu,
    scripts.SET_DYNAMIC_PORTS.id: setting_changes.set_dynamic_ports,
    scripts.SET_ENGINE_PROXY.id: setting_changes.set_engine_proxy,
}

READINGS: Mapping[str, Callable[[PracticeHost, Mapping[str, Any]], str]] = {
    scripts.TEST_HOST_CONNECTION.id: connection_trial.answer,
    scripts.GET_WATCHDOG.id: watchdogs.get_watchdog,
}
"""The scripts that only read, beside the inventory; they need no rights."""


class PracticeScripts:
    """Answers scripts out of a host's state, with the JSON that they print on such a host.

    ``administrator``: they run elevated, whatever rights the console's own account has.
    """

    def __init__(self, host: PracticeHost, *, administrator: bool = False) -> None:
        self._host = host
        self._administrator = administrator
        self._inventory = Inventory(host)

    def answer(self, script_id: str, parameters: Mapping[str, Any]) -> str:
        """The document. Takes the host's lock: call it on any thread.

        Where the engine's service stops or starts, it returns once the engine's port is closed or open.
        Raises ValueError for a script or parameters that the catalog does not have.
        """
        script = scripts.SCRIPT_BY_ID.get(script_id)
        if script is None:
            raise ValueError(f"there is no script {script_id!r}")
        if wrong := scripts.wrong_parameters(script, parameters):
            raise ValueError("; ".join(wrong))
        with self._host.lock:
            watchdogs.settle(self._host)
        if script_id == scripts.GET_HOST_INVENTORY.id:
            with self._host.lock, self._rights():
                return self._inventory.answer()
        if script_id in READINGS:
            with self._host.lock:
                return READINGS[script_id](self._host, parameters)
        change = Change(self._host, parameters)
        with self._host.lock, self._rights():
            document = answer(change, CHANGES[script_id])
            self._host.keep()
        if change.made:
            self._host.tell_engine_change()
        return document

    @contextmanager
    def _rights(self) -> Iterator[None]:
        windows = self._host.state.windows
        own = windows.elevated
        windows.elevated = own or self._administrator
        try:
            yield
        finally:
            windows.elevated = own
