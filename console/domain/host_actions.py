"""Plans that change the Windows side of a host: vSwitches, host vNICs, services, what HNS left over.

Each builder has a question beside it, ``…_blocked_because``, which says why the action can't be
done or must not be; builders themselves build whatever they are asked for. What stops meanwhile, and
what uses the thing, stands in the steps' ``interruptions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue

from console.domain.adapter_standing import standings
from console.domain.host_inventory import HnsEndpoint, HnsNetwork, Service, ServiceStatus
from console.domain.network_origin import is_docker_name
from console.domain.object_ref import ref_of
from console.domain.plan import Plan, RunScript
from console.domain.relations import Relations, SwitchOrigin
from console.domain.scripts import (
    NEW_VSWITCH,
    REMOVE_HNS_ENDPOINT,
    REMOVE_HNS_NETWORK,
    REMOVE_VSWITCH,
    RENAME_VSWITCH,
    SET_HOST_VNIC_VLAN,
    SET_MAC_SPOOFING,
    SET_SERVICE_STATE,
    SET_VSWITCH_EXTENSION,
    SET_VSWITCH_KIND,
    SET_VSWITCH_MANAGEMENT_OS,
    Script,
)
from console.domain.service_roles import service_role
from console.domain.snapshot import Adapter, Container, Snapshot, VSwitch, VSwitchKind
from console.domain.stale import LIVE, has_other_runtimes, is_windows_own
from console.domain.switch_origin import origin_text
from console.domain.text import N_, Text
from console.domain.vfp import vfp_of

CONTEXT = "Host actions"

#: The longest list of names in one sentence; the rest is counted.
_LONGEST_LIST = 12
_VLAN_IDS = range(1, 4095)
# The firewall and the engine below it accept no request to stop, whoever asks.
_NEVER_STOPPED = frozenset({"mpssvc", "bfe"})
_WINDOWS_OWN = frozenset({SwitchOrigin.DEFAULT_SWITCH, SwitchOrigin.WSL})

SEEN_AFTER_RESTART = N_(
    CONTEXT,
    "Docker sees a vSwitch created outside it only after the services hns and docker are restarted.",
)
"""What to say wherever a vSwitch is made (seed, "Existing vSwitch (not visible to Docker)")."""


def create_vswitch(
    name: str, kind: VSwitchKind, *, adapters: Sequence[str] = (), allow_management_os: bool = True
) -> Plan:
    """Make a vSwitch; several adapters become one team (SET)."""
    parameters: dict[str, JsonValue] = {"SwitchName": name, "Kind": kind.value}
    interruptions: tuple[Text, ...] = ()
    if kind is VSwitchKind.EXTERNAL:
        parameters |= {
            "Adapters": list(adapters),
            "AllowManagementOS": allow_management_os,
            "EmbeddedTeaming": len(adapters) > 1,
        }
        interruptions = _adapter_interruptions(adapters, keeps_host=allow_management_os)
    title = N_(CONTEXT, "Create the {kind} vSwitch {name}", kind=kind.value.lower(), name=name)
    undo = _step(
        REMOVE_VSWITCH,
        {"SwitchName": name},
        N_(CONTEXT, "Remove the vSwitch {name}", name=name),
        _adapter_interruptions(adapters, keeps_host=True),
    )
    return _plan(_step(NEW_VSWITCH, parameters, title, interruptions, undo))


def create_vswitch_blocked_because(
    name: str, kind: VSwitchKind, adapters: Sequence[str], snapshot: Snapshot
) -> Text | None:
    """Why no such vSwitch can be made, or None."""
    taken = _name_blocked_because(name, snapshot)
    if taken is not None:
        return taken
    if kind is not VSwitchKind.EXTERNAL:
        return N_(CONTEXT, "Only an external vSwitch is bound to adapters.") if adapters else None
    if not adapters:
        return N_(CONTEXT, "An external vSwitch needs an adapter.")
    known = standings(snapshot)
    for adapter in adapters:
        if snapshot.facts.adapters.known() is not None and adapter not in known:
            return N_(CONTEXT, "There is no adapter {name} on this host.", name=adapter)
        if adapter in known and not (known[adapter].free or known[adapter].by_name):
            return N_(CONTEXT, "{name}: {reason}", name=adapter, reason=known[adapter].reason)
    return None


def rename_vswitch(switch: VSwitch, new_name: str) -> Plan:
    """Give a vSwitch another name."""
    back = _rename(switch.model_copy(update={"name": new_name}), switch.name, undo=None)
    return _plan(_rename(switch, new_name, undo=back))


def rename_vswitch_blocked_because(switch: VSwitch, new_name: str, relations: Relations) -> Text | None:
    """Why a vSwitch can't have that name, or None."""
    if new_name == switch.name:
        return N_(CONTEXT, "This is already its name.")
    return _own_blocked_because(switch, relations) or _name_blocked_because(
        new_name, relations.snapshot, but=switch
    )


def remove_vswitch(switch: VSwitch, relations: Relations) -> Plan:
    """Remove a vSwitch; its interruptions name all that uses it.

    It can be undone only while no network is on it: those do not come back with the switch.
    """
    uses = vswitch_uses(switch, relations)
    adapters = [adapter.name for adapter in relations.adapters_of(switch)] or list(switch.adapters)
    undo = None
    if not (relations.networks_on(switch) or relations.hns_networks_on(switch)):
        undo = create_vswitch(
            switch.name,
            switch.kind,
            adapters=adapters,
            allow_management_os=switch.management_os is not False,
        ).steps[0]
    step = _step(
        REMOVE_VSWITCH,
        _switch(switch),
        N_(CONTEXT, "Remove the vSwitch {name}", name=switch.name),
        (*uses, *_adapter_interruptions(adapters, keeps_host=True)),
        undo if isinstance(undo, RunScript) else None,
    )
    return _plan(step)


def remove_vswitch_blocked_because(switch: VSwitch, relations: Relations) -> Text | None:
    """Why a vSwitch must not be removed, or None."""
    owned = _own_blocked_because(switch, relations)
    if owned is not None:
        return owned
    if relations.origin_of(switch) is SwitchOrigin.DOCKER:
        if relations.snapshot.networks.known() is None:
            return N_(CONTEXT, "Docker created it, and whether Docker still uses it could not be read.")
        names = [network.name for network in relations.networks_on(switch)]
        if names:
            return N_(
                CONTEXT,
                "Docker created it for {names}. Remove that network instead; the vSwitch is removed with it.",
                names=_listed(names),
            )
    return None


def vswitch_uses(switch: VSwitch, relations: Relations) -> tuple[Text, ...]:
    """All that uses a vSwitch, in sentences; none where nothing does."""
    networks = relations.networks_on(switch)
    names = [network.name for network in networks]
    containers = {
        container.id: container
        for network in networks
        for container in relations.containers_of(ref_of(network))
    }
    others = [
        str(relations.title_of(ref_of(hns)))
        for hns in relations.hns_networks_on(switch)
        if relations.network_of(hns) is None
    ]
    addresses = [address for vnic in relations.host_vnics_of(switch) for address in vnic.addresses]
    sentences = (
        (N_(CONTEXT, "These networks are on it: {names}.", names=_listed(names)), names),
        (_container_sentence(containers.values()), containers),
        (N_(CONTEXT, "HNS has other networks on it: {names}.", names=_listed(others)), others),
        (
            N_(CONTEXT, "The host itself has these addresses on it: {names}.", names=_listed(addresses)),
            addresses,
        ),
    )
    return tuple(sentence for sentence, things in sentences if things)


def share_with_management_os(switch: VSwitch, relations: Relations, *, shared: bool = True) -> Plan:
    """Give the host a vNIC on an external vSwitch, or take it away (``shared`` False)."""
    addresses = [address for vnic in relations.host_vnics_of(switch) for address in vnic.addresses]
    back = _share(switch, shared=not shared, addresses=[], undo=None)
    return _plan(_share(switch, shared=shared, addresses=addresses, undo=back))


def share_blocked_because(switch: VSwitch, *, shared: bool = True) -> Text | None:
    """Why that can't be changed, or None."""
    if switch.kind is VSwitchKind.INTERNAL:
        return N_(CONTEXT, "The host always has a vNIC on an internal vSwitch.")
    if switch.kind is VSwitchKind.PRIVATE:
        return N_(CONTEXT, "The host never has a vNIC on a private vSwitch.")
    if switch.management_os is shared:
        return (
            N_(CONTEXT, "The host already has a vNIC on it.")
            if shared
            else N_(CONTEXT, "The host has no vNIC on it.")
        )
    return None


def make_internal(switch: VSwitch, relations: Relations) -> Plan:
    """Make a vSwitch internal. It can be undone for a private one; adapters do not come back by it."""
    adapters = [adapter.name for adapter in relations.adapters_of(switch)]
    private = VSwitchKind.PRIVATE
    back = _kind(switch, private, (), None) if switch.kind is private else None
    return _plan(_kind(switch, VSwitchKind.INTERNAL, _adapter_interruptions(adapters, keeps_host=True), back))


def enable_vfp(switch: VSwitch, relations: Relations, *, enabled: bool = True) -> Plan:
    """Switch the Virtual Filtering Platform on or off for a vSwitch.

    Raises LookupError where the vSwitch has no such extension (see :func:`vfp_blocked_because`).
    """
    extension = vfp_of(switch)
    if extension is None:
        raise LookupError(f"the vSwitch {switch.name} has no VFP extension")
    uses = () if enabled else vswitch_uses(switch, relations)
    back = _vfp(switch, extension.id, enabled=not enabled, interruptions=(), undo=None)
    return _plan(_vfp(switch, extension.id, enabled=enabled, interruptions=uses, undo=back))


def vfp_blocked_because(switch: VSwitch, *, enabled: bool = True) -> Text | None:
    """Why VFP can't be switched on (or off) here, or None."""
    extension = vfp_of(switch)
    if extension is None:
        return N_(CONTEXT, "Windows offers no VFP extension on this vSwitch.")
    if extension.enabled is enabled:
        return N_(CONTEXT, "VFP is on already.") if enabled else N_(CONTEXT, "VFP is off already.")
    return None


def set_vlan(vnic: Adapter, vlan: int) -> Plan:
    """Put a host vNIC into a VLAN; 0 takes the VLAN away."""
    back = _vlan(vnic, vnic.vlan or 0, undo=None)
    return _plan(_vlan(vnic, vlan, undo=back))


def set_vlan_blocked_because(vnic: Adapter, vlan: int) -> Text | None:
    """Why that adapter can't be in that VLAN, or None."""
    if not vnic.host_vnic:
        return N_(CONTEXT, "Only a vNIC of the host (vEthernet) is given a VLAN here, not an adapter itself.")
    if not vnic.guid:
        return N_(CONTEXT, "The GUID of this adapter could not be read.")
    if vlan and vlan not in _VLAN_IDS:
        return N_(CONTEXT, "A VLAN ID is a number from 1 to 4094.")
    return N_(CONTEXT, "It is already set like this.") if vlan == (vnic.vlan or 0) else None


def set_mac_spoofing(machine: str, adapter: str, *, enabled: bool, mac_address: str = "") -> Plan:
    """Allow or forbid MAC address spoofing for an adapter of a virtual machine of this Hyper-V host.

    For a container host that is itself a virtual machine this is done on its parent (reference, 5.5).
    """
    back = _spoofing(machine, adapter, mac_address, enabled=not enabled, undo=None)
    return _plan(_spoofing(machine, adapter, mac_address, enabled=enabled, undo=back))


def start_service(service: Service, snapshot: Snapshot) -> Plan:
    """Start a Windows service."""
    lasting = service.name.casefold() in _NEVER_STOPPED
    undo = None if lasting else _service(service, "Stop", snapshot, undo=None)
    return _plan(_service(service, "Start", snapshot, undo=undo))


def stop_service(service: Service, snapshot: Snapshot) -> Plan:
    """Stop a Windows service; the interruptions say what stops with it."""
    undo = _service(service, "Start", snapshot, undo=None)
    return _plan(_service(service, "Stop", snapshot, undo=undo))


def restart_service(service: Service, snapshot: Snapshot) -> Plan:
    """Restart a Windows service; after hns also the engine, which needs it (reference, 5.5)."""
    steps = [_service(service, "Restart", snapshot, undo=None)]
    if service.name.casefold() == "hns":
        running = {
            one.name: one
            for one in snapshot.facts.services.known() or ()
            if one.status is ServiceStatus.RUNNING
        }
        if "docker" in running:
            steps.append(_service(running["docker"], "Restart", snapshot, undo=None))
            title = N_(CONTEXT, "Restart the services {hns} and {docker}", hns="hns", docker="docker")
            return Plan(title=title, steps=tuple(steps))
    return _plan(steps[0])


def service_blocked_because(service: Service, action: str) -> Text | None:
    """Why a service can't be started, stopped or restarted (``Start``, ``Stop``, ``Restart``), or None."""
    if service.status is ServiceStatus.MISSING:
        return N_(CONTEXT, "No service {name} is installed on this host.", name=service.name)
    if action == "Start":
        if service.status is ServiceStatus.RUNNING:
            return N_(CONTEXT, "The service is already running.")
        if service.start_type.casefold() == "disabled":
            return N_(CONTEXT, "The service is disabled: set its start type to Manual or Automatic first.")
    if action in {"Stop", "Restart"} and service.status is ServiceStatus.STOPPED:
        return N_(CONTEXT, "The service is not running.")
    if action in {"Stop", "Restart"} and service.name.casefold() in _NEVER_STOPPED:
        return N_(CONTEXT, "Windows does not let this service be stopped.")
    return None


def remove_hns_network(network: HnsNetwork, relations: Relations) -> Plan:
    """Remove one network from HNS; its interruptions name all that uses it. It can't be undone."""
    endpoints = relations.hns_endpoints_on(network)
    names = [str(relations.title_of(ref_of(endpoint))) for endpoint in endpoints]
    uses: tuple[Text, ...] = ()
    if names:
        uses = (N_(CONTEXT, "These endpoints are removed with it: {names}.", names=_listed(names)),)
    title = N_(CONTEXT, "Remove the HNS network {name}", name=relations.title_of(ref_of(network)))
    return _plan(_step(REMOVE_HNS_NETWORK, {"NetworkId": network.id}, title, uses))


def remove_hns_network_blocked_because(network: HnsNetwork, relations: Relations) -> Text | None:
    """Why a network of HNS must not be removed here, or None."""
    if is_windows_own(network):
        return N_(
            CONTEXT,
            "It is Windows' own: Hyper-V machines, WSL or Windows Sandbox lose their network without it.",
        )
    docker = relations.network_of(network)
    if docker is not None:
        return N_(CONTEXT, "It is Docker's network {name}: remove it there.", name=docker.name)
    attached = [one for one in relations.hns_endpoints_on(network) if one.state in LIVE]
    if attached:
        names = [str(relations.title_of(ref_of(one))) for one in attached]
        return N_(CONTEXT, "These endpoints are attached to it now: {names}.", names=_listed(names))
    if not is_docker_name(network.name):
        return N_(
            CONTEXT,
            "Docker did not create it, and what did may need it, even with nothing attached: a Kubernetes "
            "node can lose its own network with it. Remove it with the program that created it.",
        )
    return None


def remove_hns_endpoint(endpoint: HnsEndpoint, relations: Relations) -> Plan:
    """Remove one endpoint from HNS. It can't be undone."""
    containers = relations.containers_of(ref_of(endpoint))
    uses = (_container_sentence(containers),) if containers else ()
    title = N_(CONTEXT, "Remove the HNS endpoint {name}", name=relations.title_of(ref_of(endpoint)))
    return _plan(_step(REMOVE_HNS_ENDPOINT, {"EndpointId": endpoint.id}, title, uses))


def remove_hns_endpoint_blocked_because(endpoint: HnsEndpoint, relations: Relations) -> Text | None:
    """Why an endpoint of HNS must not be removed here, or None."""
    running = [one.name for one in relations.containers_of(ref_of(endpoint)) if one.running]
    if running:
        return N_(CONTEXT, "The running container {name} uses it.", name=_listed(running))
    if endpoint.state in LIVE:
        return N_(
            CONTEXT, "It is attached: whatever uses it, known to Docker or not, would lose its network."
        )
    if any(is_windows_own(one) for one in relations.hns_networks_of(endpoint)):
        return N_(
            CONTEXT,
            "It is on a network of Windows' own: a Hyper-V machine, WSL or Windows Sandbox may use it.",
        )
    return relations.foreign_because(endpoint)


def _plan(step: RunScript) -> Plan:
    return Plan(title=step.title, steps=(step,))


def _step(
    script: Script,
    parameters: Mapping[str, JsonValue],
    title: Text,
    interruptions: tuple[Text, ...] = (),
    undo: RunScript | None = None,
) -> RunScript:
    return RunScript(
        script=script.id,
        parameters=dict(parameters),
        title=title,
        elevated=script.needs_elevation,
        interruptions=interruptions,
        undo=undo,
    )


def _switch(switch: VSwitch) -> dict[str, JsonValue]:
    # An id that was worked out from HNS is none that Hyper-V's cmdlets find.
    named: dict[str, JsonValue] = {"SwitchName": switch.name}
    return named if switch.derived else named | {"SwitchId": switch.id}


def _kind(
    switch: VSwitch, kind: VSwitchKind, interruptions: tuple[Text, ...], undo: RunScript | None
) -> RunScript:
    title = N_(CONTEXT, "Make the vSwitch {name} {kind}", name=switch.name, kind=kind.value.lower())
    return _step(SET_VSWITCH_KIND, _switch(switch) | {"Kind": kind.value}, title, interruptions, undo)


def _rename(switch: VSwitch, new_name: str, undo: RunScript | None) -> RunScript:
    title = N_(CONTEXT, "Rename the vSwitch {name} to {new}", name=switch.name, new=new_name)
    return _step(RENAME_VSWITCH, _switch(switch) | {"NewName": new_name}, title, (), undo)


def _share(switch: VSwitch, *, shared: bool, addresses: Sequence[str], undo: RunScript | None) -> RunScript:
    parameters = _switch(switch) | {"AllowManagementOS": shared}
    cuts = _adapter_interruptions(switch.adapters, keeps_host=shared)
    if shared:
        title = N_(CONTEXT, "Share the vSwitch {name} with the host", name=switch.name)
    else:
        title = N_(CONTEXT, "Stop sharing the vSwitch {name} with the host", name=switch.name)
    if addresses and not shared:
        lost = N_(CONTEXT, "The host loses these addresses: {names}.", names=_listed(addresses))
        cuts = (lost, *cuts)
    return _step(SET_VSWITCH_MANAGEMENT_OS, parameters, title, cuts, undo)


def _vfp(
    switch: VSwitch,
    extension: str,
    *,
    enabled: bool,
    interruptions: tuple[Text, ...],
    undo: RunScript | None,
) -> RunScript:
    parameters = _switch(switch) | {"ExtensionId": extension, "Enabled": enabled}
    if enabled:
        title = N_(CONTEXT, "Enable VFP on the vSwitch {name}", name=switch.name)
    else:
        title = N_(CONTEXT, "Disable VFP on the vSwitch {name}", name=switch.name)
    return _step(SET_VSWITCH_EXTENSION, parameters, title, interruptions, undo)


def _vlan(vnic: Adapter, vlan: int, undo: RunScript | None) -> RunScript:
    cut = N_(
        CONTEXT,
        "From then on the host can be reached through {name} only from that VLAN; a remote session through "
        "it may end.",
        name=vnic.name,
    )
    if vlan:
        title = N_(CONTEXT, "Put {name} into VLAN {vlan}", name=vnic.name, vlan=vlan)
    else:
        title = N_(CONTEXT, "Take {name} out of its VLAN", name=vnic.name)
    return _step(SET_HOST_VNIC_VLAN, {"AdapterId": vnic.guid, "VlanId": vlan}, title, (cut,), undo)


def _spoofing(
    machine: str, adapter: str, mac_address: str, *, enabled: bool, undo: RunScript | None
) -> RunScript:
    parameters: dict[str, JsonValue] = {"VMName": machine, "AdapterName": adapter, "Enabled": enabled}
    if mac_address:
        parameters["MacAddress"] = mac_address
    if enabled:
        title = N_(CONTEXT, "Allow MAC address spoofing for {machine}", machine=machine)
    else:
        title = N_(CONTEXT, "Forbid MAC address spoofing for {machine}", machine=machine)
    return _step(SET_MAC_SPOOFING, parameters, title, (), undo)


def _service(service: Service, action: str, snapshot: Snapshot, undo: RunScript | None) -> RunScript:
    titles = {
        "Start": N_(CONTEXT, "Start the service {name}", name=service.name),
        "Stop": N_(CONTEXT, "Stop the service {name}", name=service.name),
        "Restart": N_(CONTEXT, "Restart the service {name}", name=service.name),
    }
    cuts = () if action == "Start" else service_interruptions(service, snapshot)
    parameters: dict[str, JsonValue] = {"Service": service.name, "Action": action}
    return _step(SET_SERVICE_STATE, parameters, titles[action], cuts, undo)


def service_interruptions(service: Service, snapshot: Snapshot) -> tuple[Text, ...]:
    """What stops while a service does not run, the containers by name where it is all of them."""
    role = service_role(service.name)
    cuts = list(role.stops) if role else []
    running = [one for one in snapshot.containers.known() or () if one.running]
    if role is not None and role.stops_containers and running:
        cuts.append(_container_sentence(running))
    if service.name.casefold() == "hns" and has_other_runtimes(snapshot):
        cuts.append(
            N_(
                CONTEXT,
                "Containers of other runtimes, such as pods of Kubernetes, are cut off as well. Restart "
                "kube-proxy and the network plugin afterwards.",
            )
        )
    if service.dependents:
        cuts.append(
            N_(CONTEXT, "Services that depend on it stop too: {names}.", names=_listed(service.dependents))
        )
    return tuple(cuts)


def _adapter_interruptions(adapters: Sequence[str], *, keeps_host: bool) -> tuple[Text, ...]:
    """Windows moves the addresses between the adapter and the host vNIC (reference, 7)."""
    if not adapters:
        return ()
    names = _listed(adapters)
    if not keeps_host:
        return (
            N_(
                CONTEXT,
                "The host itself can no longer be reached through {names}; a remote session through it ends.",
                names=names,
            ),
        )
    return (
        N_(
            CONTEXT,
            "The host's own connection through {names} is interrupted for some seconds; a remote session "
            "through it may end.",
            names=names,
        ),
    )


def _own_blocked_because(switch: VSwitch, relations: Relations) -> Text | None:
    found = relations.origin_of(switch)
    if found not in _WINDOWS_OWN:
        return None
    return N_(
        CONTEXT,
        "This is {what}. Windows needs it and recreates it; leave it as it is.",
        what=origin_text(found),
    )


def _name_blocked_because(name: str, snapshot: Snapshot, *, but: VSwitch | None = None) -> Text | None:
    if not name.strip():
        return N_(CONTEXT, "A vSwitch needs a name.")
    for switch in snapshot.facts.vswitches.known() or ():
        if switch.name.casefold() == name.casefold() and (but is None or switch.id != but.id):
            return N_(CONTEXT, "There is a vSwitch {name} already.", name=switch.name)
    return None


def _container_sentence(containers: Iterable[Container]) -> Text:
    ordered = sorted(containers, key=lambda one: (not one.running, one.name))
    running = [one.name for one in ordered if one.running]
    if running:
        return N_(CONTEXT, "These containers are cut off: {names}.", names=_listed(running))
    return N_(
        CONTEXT, "These stopped containers use it: {names}.", names=_listed([one.name for one in ordered])
    )


def _listed(names: Sequence[str]) -> str:
    """Names for a sentence; of very many only the first, and how many more there are."""
    if len(names) <= _LONGEST_LIST:
        return ", ".join(names)
    return ", ".join(names[:_LONGEST_LIST]) + f", … (+{len(names) - _LONGEST_LIST})"
