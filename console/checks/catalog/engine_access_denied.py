"""The engine does not let this account in (reference, 4.6)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.failure import FailureKind
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check engine-access-denied"
_JOIN = 'net localgroup docker-users "%USERDOMAIN%\\%USERNAME%" /add'
_GROUP = '"group": "docker-users"'


def _find(host: Host) -> Iterator[Symptom]:
    failure = host.snapshot.engine.failure
    windows = host.snapshot.facts.windows.known()
    if windows is None or failure is None or failure.kind is not FailureKind.ACCESS_DENIED:
        return
    facts = [N_(CONTEXT, "The engine answered: {raw}", raw=verbatim(failure.raw))]
    if not windows.elevated:
        facts.append(N_(CONTEXT, "The console runs without administrator rights."))
    yield Symptom(None, tuple(facts))


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    return (
        Remedy(
            N_(CONTEXT, "Run the console and docker as an administrator"),
            steps=(N_(CONTEXT, "Close the console and start it with Run as administrator."),),
        ),
        Remedy(
            N_(CONTEXT, "Join the group that may use the engine"),
            steps=(
                N_(
                    CONTEXT,
                    "Docker Desktop created the group docker-users. In an elevated command prompt: {command}",
                    command=verbatim(_JOIN),
                ),
                N_(CONTEXT, "Sign out and in again: groups are read at sign-in."),
            ),
        ),
        Remedy(
            N_(CONTEXT, "Let a group use the engine"),
            steps=(
                N_(
                    CONTEXT,
                    r"Write {group} into C:\ProgramData\docker\config\daemon.json, with your own group.",
                    group=verbatim(_GROUP),
                ),
                N_(
                    CONTEXT,
                    "Restart the engine: {command}",
                    command=verbatim("Restart-Service docker"),
                ),
            ),
            interrupts=(N_(CONTEXT, "All containers stop while the engine restarts."),),
        ),
    )


CHECK = Check(
    id="engine-access-denied",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "This account may not use the Docker Engine"),
    reason=N_(
        CONTEXT,
        "The engine's pipe opens for administrators and for the group named in daemon.json only. For "
        "anyone else, every docker command ends with 'Access is denied'.",
    ),
    needs=("windows",),
    find=_find,
    remedies=_remedies,
    source="reference, 4.6 and 6.1 (check 9)",
)
