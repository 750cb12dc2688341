"""There is no default network (reference, 2.4 and 4.2, 0x490)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.host_actions import restart_service, service_blocked_because
from console.domain.object_ref import ObjectRef
from console.domain.text import N_

CONTEXT = "Check default-nat-missing"
_LEFT_OUT = "none"


def _find(host: Host) -> Iterator[Symptom]:
    networks = host.snapshot.networks.known() or ()
    configuration = host.snapshot.facts.engine_configuration.known()
    if configuration is not None and configuration.bridge == _LEFT_OUT:
        return  # on purpose
    if not any(network.name == "nat" for network in networks):
        yield Symptom(None, (N_(CONTEXT, "None of Docker's networks is named nat."),))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    chosen = Remedy(
        N_(CONTEXT, "Name a network for each container"),
        steps=(N_(CONTEXT, "If it was left out on purpose (\"bridge\": \"none\"), use --network always."),),
    )  # fmt: skip
    restarts = tuple(
        Remedy(
            N_(CONTEXT, "Restart Docker, which creates it when it starts"),
            plan=restart_service(service, host.snapshot),
        )
        for service in host.snapshot.facts.services.known() or ()
        if service.name == "docker" and service_blocked_because(service, "Restart") is None
    )
    return (chosen, *restarts)


CHECK = Check(
    id="default-nat-missing",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "The default network nat is missing"),
    reason=N_(
        CONTEXT,
        "Containers that are run without --network are put on it, and fail to start while it is not there.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.4 and 4.2",
)
