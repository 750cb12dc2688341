"""What scripts that change vSwitches and host vNICs do to the connections of the host (reference, 7)."""

from __future__ import annotations

from console.domain.connection_loss.cut_off import CONTEXT, CutOff
from console.domain.connection_loss.networks import binding, releasing
from console.domain.connection_loss.planned_host import PlannedHost
from console.domain.plan import RunScript
from console.domain.snapshot import Adapter, VSwitch, VSwitchKind
from console.domain.text import N_
from console.domain.vfp import vfp_of
from console.domain.watchdog import Rescue


def by_new_switch(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The adapters that a vSwitch made by hand takes over."""
    return binding(texts(step, "Adapters"), host)


def by_sharing(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The host's vNICs that are taken away; to give it one interrupts nothing."""
    switch = host.switch(step.parameters)
    if switch is None or step.parameters.get("AllowManagementOS") is not False:
        return ()
    return tuple(
        host.cut_off(vnic, Rescue.SHARE_SWITCH, SwitchName=switch.name) for vnic in host.vnics(switch)
    )


def by_removed_switch(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The host's vNICs that go with a vSwitch."""
    switch = host.switch(step.parameters)
    if switch is None:
        return ()
    bound = host.bound(switch)
    if not bound:
        return _used(switch, host)
    return tuple(
        host.cut_off(
            vnic, Rescue.MAKE_SWITCH, SwitchName=switch.name, Adapters=[one.name for one in bound]
        )
        for vnic in host.vnics(switch)
    )  # fmt: skip


def by_kind(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """An external vSwitch lets go of its adapters, and a private one has no vNIC of the host.

    No rescue fits: sharing the vSwitch binds it to no adapter, and one of its name is there already.
    """
    switch = host.switch(step.parameters)
    if switch is None or switch.kind.value == step.parameters.get("Kind"):
        return ()
    return releasing((switch,), host) if host.bound(switch) else _used(switch, host)


def by_vlan(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The vNIC that is put into another VLAN."""
    wanted = _bare(step.parameters.get("AdapterId"))
    return tuple(
        host.cut_off(vnic, Rescue.SET_VLAN, AdapterId=vnic.guid, VlanId=vnic.vlan or 0)
        for vnic in host.adapters
        if wanted and _bare(vnic.guid) == wanted and vnic.addresses
    )


def by_extension(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The host's vNICs on a vSwitch whose packets an extension begins or ceases to forward."""
    switch = host.switch(step.parameters)
    if switch is None:
        return ()
    wanted = _bare(step.parameters.get("ExtensionId"))
    present = (one for one in switch.extensions if _bare(one.id) == wanted)
    if any(one.enabled is step.parameters.get("Enabled") for one in present):
        return ()
    return _forwarded(switch, host)


def by_hns_network(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The vNICs that go with the vSwitch of a network that is removed from HNS itself."""
    return releasing(host.users.would_go_with_hns(str(step.parameters.get("NetworkId", ""))), host)


def by_hns_endpoint(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The vNIC of the host that an endpoint is: others are containers'."""
    wanted = _bare(step.parameters.get("EndpointId"))
    for endpoint in host.snapshot.facts.hns_endpoints.known() or ():
        if _bare(endpoint.id) == wanted and endpoint.address:
            return tuple(host.cut_off(one) for one in host.adapters if _has(one, endpoint.address))
    return ()


def by_services_of_switches(host: PlannedHost, *, vfp_only: bool) -> tuple[CutOff, ...]:
    """The host's vNICs on vSwitches that cease to work while hns or vfpext does (reference, 5.5).

    Those are vSwitches with a network of HNS; ``vfp_only``: with VFP switched on.
    """
    switches = host.users.switches
    if vfp_only:
        switches = tuple(one for one in switches if (vfp := vfp_of(one)) is not None and vfp.enabled)
    return tuple(cut for switch in switches for cut in _forwarded(switch, host))


def texts(step: RunScript, name: str) -> tuple[str, ...]:
    """The value of a parameter that is a list of texts."""
    values = step.parameters.get(name)
    return tuple(str(value) for value in values) if isinstance(values, list | tuple) else ()


def _forwarded(switch: VSwitch, host: PlannedHost) -> tuple[CutOff, ...]:
    return tuple(
        host.cut_off(
            vnic,
            what=N_(
                CONTEXT,
                "The host's own connection over {adapter} ({addresses}) goes through the vSwitch {switch} "
                "and may be interrupted.",
                adapter=vnic.name, addresses=", ".join(vnic.addresses), switch=switch.name,
            ),
        )
        for vnic in host.vnics(switch)
    )  # fmt: skip


def _used(switch: VSwitch, host: PlannedHost) -> tuple[CutOff, ...]:
    """The vNICs on a vSwitch without adapters that somebody is connected over: seldom anybody is."""
    found = (host.cut_off(vnic) for vnic in host.vnics(switch))
    return tuple(one for one in found if one.connections) if switch.kind is VSwitchKind.INTERNAL else ()


def _has(adapter: Adapter, address: str) -> bool:
    return any(one.partition("/")[0] == address for one in adapter.addresses)


def _bare(guid: object) -> str:
    return str(guid or "").strip("{}").casefold()
