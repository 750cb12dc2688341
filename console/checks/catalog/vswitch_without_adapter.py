"""An external vSwitch has no adapter (reference, 2.1 and 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.by_hand import quoted
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.other_adapter import on_a_free_adapter
from console.checks.vswitch_removal import removal_of
from console.domain.host_adapters import external_adapters, free_adapters
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import VSwitch
from console.domain.text import N_, Text, verbatim

CONTEXT = "Check vswitch-without-adapter"
_NAMED_AT_MOST = 6


def _find(host: Host) -> Iterator[Symptom]:
    for switch, adapters in external_adapters(host.snapshot):
        # Where Hyper-V's cmdlets are missing, what a vSwitch is bound to is only worked out.
        if not adapters and not switch.derived:
            yield Symptom(ref_of(switch), tuple(_facts(host, switch)))


def _facts(host: Host, switch: VSwitch) -> Iterator[Text]:
    title = host.relations.title_of(ref_of(switch))
    if switch.adapters:
        yield N_(
            CONTEXT, "{name} is bound to {adapters}, which this host does not have.",
            name=title, adapters=", ".join(switch.adapters),
        )  # fmt: skip
    else:
        yield N_(CONTEXT, "{name} is external but bound to no adapter.", name=title)
    networks = [one.name for one in host.relations.networks_on(switch)]
    if networks:
        names = ", ".join(networks[:_NAMED_AT_MOST])
        yield N_(CONTEXT, "These networks are on it: {networks}.", networks=names)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    switch = host.relations.find(subject) if subject else None
    if not isinstance(switch, VSwitch):
        return ()
    networks = host.relations.networks_on(switch)
    only = networks[0] if len(networks) == 1 else None
    used = bool(networks or host.relations.hns_networks_on(switch))
    return (
        _bound(host, switch),
        *on_a_free_adapter(host, only),
        *(() if used else removal_of(switch, host)),
    )


def _bound(host: Host, switch: VSwitch) -> Remedy:
    free = free_adapters(host.snapshot) or ()
    adapter = free[0].name if free else "Ethernet"
    command = f"Set-VMSwitch -Name {quoted(switch.name)} -NetAdapterName {quoted(adapter)}"
    return Remedy(
        N_(CONTEXT, "Bind the vSwitch to an adapter"),
        steps=(N_(CONTEXT, "As an administrator: {command}", command=verbatim(command)),),
        interrupts=(N_(CONTEXT, "The host's own connections through that adapter are briefly interrupted."),),
    )


CHECK = Check(
    id="vswitch-without-adapter",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "An external vSwitch has no adapter"),
    reason=N_(
        CONTEXT,
        "Its adapter was removed from the computer or virtual machine, or another program took it from the "
        "vSwitch. What is on the vSwitch reaches nothing outside the host.",
    ),
    needs=("adapters", "vswitches"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.1 and 5.1",
)
