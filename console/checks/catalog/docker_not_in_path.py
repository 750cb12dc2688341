"""The docker client is not found where commands are typed (reference, 6.1, check 7)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.stopped_service import is_installed
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check docker-not-in-path"
_SERVICE = "docker"
_FOLDER = r"C:\Program Files\Docker"
_COMMAND = (
    "[Environment]::SetEnvironmentVariable('Path', "
    f"[Environment]::GetEnvironmentVariable('Path', 'Machine') + ';{_FOLDER}', 'Machine')"
)


def _find(host: Host) -> Iterator[Symptom]:
    settings = host.snapshot.facts.container_settings.known()
    if settings is not None and not settings.docker_clients and is_installed(host, _SERVICE):
        yield Symptom(None, (N_(CONTEXT, "No folder of this account's PATH holds docker.exe."),))


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    again = Remedy(
        N_(CONTEXT, "Sign out and in, if Docker has just been installed"),
        steps=(N_(CONTEXT, "Running programs keep the PATH they were started with."),),
    )
    add = Remedy(
        N_(CONTEXT, "Put its folder on the PATH"),
        steps=(
            N_(
                CONTEXT, "Find it: {command}",
                command=verbatim("(Get-CimInstance Win32_Service -Filter \"Name = 'docker'\").PathName"),
            ),
            N_(
                CONTEXT,
                "In PowerShell as an administrator, with that folder in place of {folder}: {command}",
                folder=verbatim(_FOLDER), command=verbatim(_COMMAND),
            ),
            N_(CONTEXT, "Open a new command prompt and run: docker version"),
        ),
    )  # fmt: skip
    return (again, add)


CHECK = Check(
    id="docker-not-in-path",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "The docker client is not on the PATH"),
    reason=N_(
        CONTEXT,
        "This console does not need it. Typing docker gives: 'The term docker is not recognized as the "
        "name of a cmdlet, function, script file, or operable program'.",
    ),
    needs=("container_settings", "services"),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
