"""The Docker Engine can't write to the event log (reference, 6.1, check 8)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.stopped_service import is_installed
from console.domain.object_ref import ObjectRef
from console.domain.setting_actions import register_event_source
from console.domain.text import N_

CONTEXT = "Check event-source-missing"
_SERVICE = "docker"


def _find(host: Host) -> Iterator[Symptom]:
    settings = host.snapshot.facts.container_settings.known()
    if settings is not None and not settings.event_sources and is_installed(host, _SERVICE):
        yield Symptom(
            None,
            (
                N_(
                    CONTEXT,
                    "Neither docker nor DockerService is registered as a source of the Application log.",
                ),
            ),
        )


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    return (
        Remedy(N_(CONTEXT, "Register the service's program as the source"), plan=register_event_source()),
    )


CHECK = Check(
    id="event-source-missing",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "Docker's messages are missing from the event log"),
    reason=N_(
        CONTEXT,
        "Only the Application log says why the Docker Engine could not start or create a network. Without "
        "its registration these messages are unreadable: 'The description for Event ID … cannot be found'.",
    ),
    needs=("container_settings", "services"),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
