"""The answer of Get-HostInventory.ps1: every section stands for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from console.demo.powershell import machine, ports, setup, switches
from console.demo.powershell.errors import PowerShellError, command_missing
from console.demo.powershell.hns_objects import HnsObjects
from console.demo.powershell.rights import check_cim, check_hns, check_hyper_v
from console.demo.powershell.stack import stack_sections
from console.demo.powershell.writing import list_of, text_of

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

Items = Callable[["PracticeHost"], list[str]]

_PLAIN: dict[str, Items] = {
    "windows": machine.windows_items,
    "machine": machine.machine_items,
    "features": machine.feature_items,
    "hotfixes": machine.hotfix_items,
    "services": machine.service_items,
    "firewallProfiles": machine.profile_items,
    "tcpListeners": ports.tcp_listener_items,
    "tcpConnections": ports.tcp_connection_items,
    "udpListeners": ports.udp_listener_items,
    "processes": ports.process_items,
    "serviceProcesses": ports.service_process_items,
    "portExclusions": ports.exclusion_items,
    "dynamicPorts": ports.dynamic_items,
    "portsInUse": ports.in_use_items,
    "environmentProxy": setup.environment_items,
    "serviceProxy": setup.service_items,
    "winHttpProxy": setup.win_http_items,
    "containerSettings": setup.settings_items,
    "hnsCrashes": setup.crash_items,
}


class Inventory:
    """Reads one host. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self._hns = HnsObjects(host)

    def answer(self) -> str:
        """The whole document."""
        taken = datetime.fromtimestamp(self._host.clock(), UTC).isoformat()
        sections = ",".join(f'"{name}":{section}' for name, section in self._sections())
        return f'{{"schema":1,"takenAt":{text_of(taken)},"sections":{{{sections}}}}}'

    def _sections(self) -> Iterator[tuple[str, str]]:
        for name, items in _PLAIN.items():
            yield name, _good(items(self._host))
        for name, found in stack_sections(self._host).items():
            yield name, _good(found)
        yield "vswitches", self._checked("Get-VMSwitch", check_hyper_v, switches.switch_items)
        yield "hostVNics", self._checked("Get-VMNetworkAdapter", check_hyper_v, switches.vnic_items)
        yield "nats", self._checked("Get-NetNat", check_cim, switches.nat_items)
        yield "natMappings", self._checked("Get-NetNatStaticMapping", check_cim, switches.nat_mapping_items)
        yield "firewallRules", self._checked("Get-NetFirewallPortFilter", check_cim, machine.rule_items)
        configuration = self._checked("Get-Content", setup.check_configuration, setup.configuration_items)
        yield "engineConfiguration", configuration
        yield "hnsNetworks", self._of_hns("Get-HnsNetwork", self._hns.networks)
        yield "hnsEndpoints", self._of_hns("Get-HnsEndpoint", self._hns.endpoints)
        yield "hnsPolicyLists", self._of_hns("Get-HnsPolicyList", self._hns.policy_lists)
        if self._host.build.bare_hns:
            missing = command_missing("Get-HnsNamespace", change=False)
            yield "hnsNamespaces", _bad(missing)
        else:
            yield "hnsNamespaces", self._of_hns("Get-HnsNamespace", self._hns.namespaces)

    def _checked(self, command: str, check: Callable[[PracticeHost, str], None], items: Items) -> str:
        try:
            check(self._host, command)
        except PowerShellError as error:
            return _bad(error)
        return _good(items(self._host))

    def _of_hns(self, command: str, items: Callable[[], list[str]]) -> str:
        return self._checked(command, check_hns, lambda _host: items())


def _good(items: list[str]) -> str:
    return f'{{"ok":true,"value":{list_of(items)}}}'


def _bad(error: PowerShellError) -> str:
    return text_of({"ok": False, "error": error.document()})
