"""A vSwitch made while the engine ran holds an adapter (seed, "Existing vSwitch (not visible …)")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.vswitch_removal import removal_of
from console.domain.field import Field
from console.domain.host_actions import restart_service
from console.domain.host_adapters import free_adapters
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import VSwitch, VSwitchKind
from console.domain.text import N_

CONTEXT = "Check hidden-vswitch"


def _find(host: Host) -> Iterator[Symptom]:
    for switch in host.snapshot.facts.vswitches.known() or ():
        if switch.kind is VSwitchKind.EXTERNAL and not switch.visible_to_docker:
            adapters = ", ".join(switch.adapters)
            fact = N_(
                CONTEXT, "{name} is bound to {adapters}; Docker has no network on it.",
                name=switch.name, adapters=adapters,
            )  # fmt: skip
            yield Symptom(ref_of(switch), (fact,))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    switch = host.relations.find(subject) if subject else None
    if not isinstance(switch, VSwitch):
        return ()
    return (*_other_adapter(host), *_restart(host), *removal_of(switch, host))


def _other_adapter(host: Host) -> tuple[Remedy, ...]:
    free = free_adapters(host.snapshot) or ()
    if not free:
        return ()
    names = ", ".join(adapter.name for adapter in free)
    step = N_(CONTEXT, "Create the network on one of these adapters: {names}.", names=names)
    title = N_(CONTEXT, "Leave it, and bind the network to another adapter")
    return (Remedy(title, steps=(step,), works_around=True),)


def _restart(host: Host) -> tuple[Remedy, ...]:
    for service in host.snapshot.facts.services.known() or ():
        if service.name == "hns":
            plan = restart_service(service, host.snapshot)
            return (Remedy(N_(CONTEXT, "Restart hns and docker, so that Docker sees it"), plan=plan),)
    return ()


CHECK = Check(
    id="hidden-vswitch",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Docker does not see a vSwitch"),
    reason=N_(
        CONTEXT,
        "It was created while Docker was running. For a new network Docker would create another vSwitch "
        "and fail to bind it to the adapter, which is taken: 'An adapter was not found'.",
    ),
    needs=("vswitches",),
    find=_find,
    remedies=_remedies,
    source='seed, "Existing vSwitch (not visible to Docker) can block transparent network creation"',
    drivers=frozenset({"transparent", "l2bridge", "l2tunnel"}),
    field=Field.ADAPTER,
)
