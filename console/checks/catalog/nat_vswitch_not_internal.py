"""A nat network's vSwitch was changed to another kind (reference, 6.1, check 16)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.host_actions import make_internal
from console.domain.host_adapters import hns_name
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Snapshot, VSwitch, VSwitchKind
from console.domain.text import N_

CONTEXT = "Check nat-vswitch-not-internal"


def _find(host: Host) -> Iterator[Symptom]:
    for switch in _suspects(host.snapshot):
        names = [one.name for one in host.relations.networks_on(switch) if one.driver == "nat"]
        if names:
            fact = N_(
                CONTEXT, "The vSwitch {switch} of {names} is {kind}.",
                switch=switch.name, names=", ".join(names), kind=switch.kind.value.lower(),
            )  # fmt: skip
            yield Symptom(ref_of(switch), (fact,))


def _suspects(snapshot: Snapshot) -> Iterator[VSwitch]:
    """Those of another kind that HNS, or their name, calls a nat network's; on most hosts there is none."""
    facts = snapshot.facts
    switches = [one for one in facts.vswitches.known() or () if one.kind is not VSwitchKind.INTERNAL]
    if not switches:
        return
    nat = [one for one in facts.hns_networks.known() or () if one.type.casefold() == "nat"]
    ids = {one.casefold() for network in nat for one in (network.switch_id, network.layered_on)}
    names = {hns_name(one) for one in snapshot.networks.known() or () if one.driver == "nat"}
    for switch in switches:
        if switch.derived:
            continue
        if switch.id.casefold() in ids or switch.name in names:
            yield switch


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    switch = host.relations.find(subject) if subject else None
    if not isinstance(switch, VSwitch):
        return ()
    later = N_(CONTEXT, "Restart hns and docker afterwards: they put the gateway back on the host's vNIC.")
    title = N_(CONTEXT, "Make it internal again; then check the gateway")
    back = Remedy(title, plan=make_internal(switch, host.relations), interrupts=(later,))
    again = Remedy(
        N_(CONTEXT, "Recreate its networks"),
        steps=(N_(CONTEXT, "Remove the networks on it; Docker creates an internal vSwitch for new ones."),),
        interrupts=(N_(CONTEXT, "Their containers stop and get other addresses."),),
    )
    return (back, again)


CHECK = Check(
    id="nat-vswitch-not-internal",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A nat network is on a vSwitch of the wrong kind"),
    reason=N_(
        CONTEXT,
        "The host translates the addresses of a nat network on its own vNIC, which only an internal "
        "vSwitch has. Someone changed it in Hyper-V Manager or with Set-VMSwitch: its containers reach "
        "nothing.",
    ),
    needs=("engine", "networks", "vswitches"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.1 and 6.1 (Debug-ContainerHost.ps1)",
)
