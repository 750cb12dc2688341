"""The Host Networking Service waits for itself in hundreds of threads (reference, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.hns_restart import restart_of_hns
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check hns-thread-count"
# networkhealth.ps1 calls more than these a potential deadlock (reference, 6.4).
_MANY = 200


def _find(host: Host) -> Iterator[Symptom]:
    service = host.snapshot.facts.hns_service.known()
    # In a process that it shares with others nobody can tell whose threads they are.
    if service is None or service.shared_with or (service.threads or 0) <= _MANY:
        return
    fact = N_(
        CONTEXT, "The service hns (process {id}) has {count} threads; a few dozen are usual.",
        id=service.process_id, count=service.threads or 0,
    )  # fmt: skip
    yield Symptom(None, (fact,))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    restart = restart_of_hns(host, N_(CONTEXT, "Restart hns and docker"))
    computer = Remedy(
        N_(CONTEXT, "Restart the computer, if the service can no longer be stopped"),
        steps=(
            N_(CONTEXT, "In PowerShell as an administrator: {command}", command=verbatim("Restart-Computer")),
        ),
        interrupts=(N_(CONTEXT, "The computer restarts: all containers stop."),),
        restart_needed=True,
    )
    spare = Remedy(
        N_(CONTEXT, "Keep it from coming back"),
        steps=(
            N_(
                CONTEXT,
                "Put all containers with published ports on one nat network: several such networks are a "
                "known cause on Windows Server 2022 and 2025.",
            ),
        ),
    )
    return (*restart, computer, spare)


CHECK = Check(
    id="hns-thread-count",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "The Host Networking Service may be deadlocked"),
    reason=N_(
        CONTEXT,
        "That many threads are waiting for each other. Docker commands that create or change networks and "
        "containers then hang without an error.",
    ),
    needs=("hns_service",),
    find=_find,
    remedies=_remedies,
    source="reference, 4.2 (hang) and 6.4 (networkhealth.ps1)",
)
