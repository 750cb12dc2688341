"""The scripts that change services, vNICs, virtual machines' adapters and objects of HNS."""

from __future__ import annotations

import re
from typing import Any

from console.demo.host import PracticeHost
from console.demo.interfaces import Interface, endpoint_guid
from console.demo.powershell.change import Change, State
from console.demo.powershell.errors import argument_refused, service_missing, service_refused, stopped
from console.demo.powershell.machine import service_document
from console.demo.powershell.rights import check_hns, check_hyper_v
from console.demo.powershell.switches import port_name
from console.demo.state import EndpointState
from console.demo.windows_state import MachineAdapter, ServiceRecord
from console.domain.scripts import KNOWN_SERVICES, SERVICE_ACTIONS

_ALREADY, _GONE = "already-so", "already-gone"
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_LAST_VLAN = 4094
# The firewall and the engine below it accept no request to stop, whoever asks.
_NOT_STOPPABLE = frozenset({"mpssvc", "BFE"})


def set_service_state(change: Change) -> tuple[State, State]:
    """Set-ServiceState.ps1."""
    name, action = change.text("Service"), change.text("Action")
    if name not in KNOWN_SERVICES:
        raise argument_refused("Set-ServiceState.ps1", "Service")
    if action not in SERVICE_ACTIONS:
        raise argument_refused("Set-ServiceState.ps1", "Action")
    service = change.host.services.find(name)
    if service is None:
        raise service_missing(name)
    before = _service_state(change, service)
    if before["status"] == {"Start": "Running", "Stop": "Stopped"}.get(action):
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    dependents = change.host.services.dependents(service)
    if action != "Start" and service.status == "Running":
        _stop(change, service)
    if action != "Stop":
        _start(change, service)
    if dependents and action == "Stop":
        change.notes.append("dependents-stopped")
    elif dependents and action == "Restart":
        for dependent in dependents:
            change.host.services.start(dependent)
        change.notes.append("dependents-restarted")
    return before, _service_state(change, service)


def _service_state(change: Change, service: ServiceRecord) -> dict[str, Any]:
    document = service_document(change.host, service.name)
    return {name: document[name] for name in ("name", "status", "startType", "dependents")}


def _stop(change: Change, service: ServiceRecord) -> None:
    if not change.host.state.windows.elevated or service.name in _NOT_STOPPABLE:
        raise service_refused(service.title, service.name, starts=False)
    change.host.services.stop(service)


def _start(change: Change, service: ServiceRecord) -> None:
    if not change.host.state.windows.elevated or service.start_type == "Disabled":
        raise service_refused(service.title, service.name, starts=True)
    change.host.services.start(service)


def set_host_vnic_vlan(change: Change) -> tuple[State, State]:
    """Set-HostVNicVlan.ps1."""
    wanted = int(change.parameters["VlanId"])
    if not 0 <= wanted <= _LAST_VLAN:
        raise argument_refused("Set-HostVNicVlan.ps1", "VlanId")
    check_hyper_v(change.host, "Get-VMNetworkAdapterVlan", change=True)
    vnic = _vnic(change)
    before = _vlan_state(vnic)
    if vnic.vlan == wanted:
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    put_into_vlan(change.host, vnic, wanted)
    return before, _vlan_state(_vnic(change))


def put_into_vlan(host: PracticeHost, vnic: Interface, vlan: int) -> None:
    """Give a vNIC of the host an access VLAN; 0 takes it away."""
    for network in host.state.hns_networks.values():
        if network.host_vnic_index == vnic.index:
            network.host_vnic_vlan = vlan
    for switch in host.state.switches.values():
        if switch.vnic_index == vnic.index:
            switch.vlan = vlan


def _vnic(change: Change) -> Interface:
    wanted = change.text("AdapterId").strip("{}").upper()
    for vnic in change.host.interfaces.host_vnics():
        if vnic.guid == wanted:
            return vnic
    raise stopped("VNicNotFound", f"The host has no vNIC {wanted}.")


def _vlan_state(vnic: Interface) -> dict[str, Any]:
    return {
        "id": vnic.guid.lower(),
        "name": port_name(vnic.guid),
        "mode": "Access" if vnic.vlan else "Untagged",
        "vlan": vnic.vlan,
    }


def set_mac_spoofing(change: Change) -> tuple[State, State]:
    """Set-MacSpoofing.ps1."""
    check_hyper_v(change.host, "Get-VMNetworkAdapter", change=True)
    adapter = _machine_adapter(change)
    before = _spoofing_state(adapter)
    wanted = change.flag("Enabled")
    if adapter.spoofing == wanted:
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    adapter.spoofing = wanted
    return before, _spoofing_state(adapter)


def _machine_adapter(change: Change) -> MachineAdapter:
    name, wanted = change.text("VMName"), change.text("AdapterName")
    machines = [one for one in change.host.state.windows.machines if one.name.casefold() == name.casefold()]
    if not machines:
        raise stopped("MachineNotFound", f"This host has no virtual machine '{name}'.")
    if len(machines) > 1:
        raise stopped("MachineAmbiguous", f"Several virtual machines are named '{name}'.")
    found = [one for one in machines[0].adapters if one.name.casefold() == wanted.casefold()]
    digits = re.sub("[-:.]", "", change.text("MacAddress")).upper()
    if digits:
        found = [one for one in found if one.mac_address.replace(":", "").upper() == digits]
    if not found:
        raise stopped("AdapterNotFound", f"'{name}' has no such adapter '{wanted}'.")
    if len(found) > 1:
        raise stopped("AdapterAmbiguous", f"Several adapters of '{name}' are named '{wanted}'.")
    return found[0]


def _spoofing_state(adapter: MachineAdapter) -> dict[str, Any]:
    return {
        "name": adapter.name,
        "macAddress": adapter.mac_address.replace(":", "").upper(),
        "spoofing": "On" if adapter.spoofing else "Off",
    }


def remove_hns_network(change: Change) -> tuple[State, State]:
    """Remove-HnsNetwork.ps1. The engine goes on listing a network that HNS has lost (reference, 2.4)."""
    wanted = _bare_id(change, "NetworkId", "Remove-HnsNetwork.ps1")
    check_hns(change.host, "Get-HnsNetwork")
    networks = change.host.state.hns_networks.values()
    found = next((one for one in networks if one.id.upper() == wanted), None)
    if found is None:
        change.notes.append(_GONE)
        return None, None
    change.made = True
    before = {"id": found.id, "name": found.name, "type": found.type}
    change.host.hns.delete_network(found.id)
    return before, None


def remove_hns_endpoint(change: Change) -> tuple[State, State]:
    """Remove-HnsEndpoint.ps1."""
    wanted = _bare_id(change, "EndpointId", "Remove-HnsEndpoint.ps1")
    check_hns(change.host, "Get-HnsEndpoint")
    windows = change.host.state.windows
    record = next((one for one in windows.hns_endpoints.values() if one.id.upper() == wanted), None)
    if record is not None:
        change.made = True
        hns_network = change.host.hns.network(record.network_id)
        if hns_network is not None:
            change.host.hns.release(hns_network, (record.address, record.mac_address), [])
        del windows.hns_endpoints[record.id]
        return {"id": record.id, "name": record.name, "network": record.network_name}, None
    for container in change.host.containers.all():
        for endpoint in container.endpoints.values():
            network = change.host.hns_network_of(endpoint)
            if network is not None and endpoint_guid(endpoint) == wanted:
                change.made = True
                container.changed()
                return _take_out(endpoint, network.name), None
    change.notes.append(_GONE)
    return None, None


def _take_out(endpoint: EndpointState, network_name: str) -> dict[str, Any]:
    endpoint.removed = True
    return {"id": endpoint_guid(endpoint).lower(), "name": "Ethernet", "network": network_name}


def _bare_id(change: Change, name: str, script_file: str) -> str:
    if not _GUID.fullmatch(change.text(name)):
        raise argument_refused(script_file, name)
    return change.text(name).strip("{}").upper()
