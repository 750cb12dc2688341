"""The Host Networking Service ended unexpectedly (reference, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check hns-crashed"
_EVENTS = (
    "Get-WinEvent -FilterHashtable @{ LogName = 'System'; ProviderName = 'Service Control Manager'; "
    "Id = 7031, 7034 } -MaxEvents 20"
)
_OWN_LOG = "Get-WinEvent -LogName Microsoft-Windows-Host-Network-Service-Admin -MaxEvents 50"
_FAULTS = "Get-WinEvent -FilterHashtable @{ LogName = 'Application'; Id = 1000 } -MaxEvents 20"


def _find(host: Host) -> Iterator[Symptom]:
    service = host.snapshot.facts.hns_service.known()
    crashes = (service.crashes or ()) if service else ()
    if crashes:
        yield Symptom(
            None,
            (
                N_(
                    CONTEXT, "The service hns ended unexpectedly {count} times in 24 hours.",
                    count=len(crashes),
                ),
                N_(CONTEXT, "The last time was {time} UTC.", time=f"{crashes[-1]:%Y-%m-%d %H:%M:%S}"),
            ),
        )  # fmt: skip


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    why = Remedy(
        N_(CONTEXT, "Find out why"),
        steps=(
            N_(CONTEXT, "When it ended: {command}", command=verbatim(_EVENTS)),
            N_(CONTEXT, "What it did before that: {command}", command=verbatim(_OWN_LOG)),
            N_(CONTEXT, "Which module failed: {command}", command=verbatim(_FAULTS)),
        ),
    )
    update = Remedy(
        N_(CONTEXT, "Update Windows and any network filter software"),
        steps=(
            N_(CONTEXT, "Install the latest cumulative update, and updates of antivirus and VPN programs."),
            N_(CONTEXT, "Restart the computer."),
        ),
        interrupts=(N_(CONTEXT, "The computer restarts: all containers stop."),),
        restart_needed=True,
    )
    return (why, update)


CHECK = Check(
    id="hns-crashed",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "The Host Networking Service crashed"),
    reason=N_(
        CONTEXT,
        "Windows starts it again, but what was in progress failed with 'The remote procedure call failed' "
        "(0x6be), and networks or endpoints may be left half created.",
    ),
    needs=("hns_service",),
    find=_find,
    remedies=_remedies,
    source="reference, 4.2 (0x6be) and 6.4 (networkhealth.ps1)",
)
