"""The switch of Docker Desktop's Linux machine is there (seed, "Moby Linux VMs use DockerNAT")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.switch_origin import SwitchOrigin, known_origin
from console.domain.text import N_

CONTEXT = "Check dockernat-switch"


def _find(host: Host) -> Iterator[Symptom]:
    for switch in host.snapshot.facts.vswitches.known() or ():
        if known_origin(switch.name, switch.id) is SwitchOrigin.DOCKER_DESKTOP:
            fact = N_(CONTEXT, "There is a vSwitch {name} on this host.", name=switch.name)
            yield Symptom(ref_of(switch), (fact,))


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    leave = N_(CONTEXT, "Leave it alone while Docker Desktop's Linux containers are in use.")
    return (Remedy(N_(CONTEXT, "Nothing needs to be done"), steps=(leave,)),)


CHECK = Check(
    id="dockernat-switch",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "DockerNAT is not the switch for Windows containers"),
    reason=N_(
        CONTEXT,
        "Docker Desktop created it for its Linux virtual machine. Windows containers use the vSwitch that "
        "the Host Networking Service creates; changing DockerNAT does nothing for them.",
    ),
    needs=("vswitches",),
    find=_find,
    remedies=_remedies,
    source='seed, "Moby Linux VMs use DockerNAT switch with Docker for Windows"',
)
