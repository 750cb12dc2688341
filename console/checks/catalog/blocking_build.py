"""A test build of Windows on which containers are known not to work (reference, 6.1, check 3)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check blocking-build"
_BLOCKING = frozenset({14931, 14936})


def _find(host: Host) -> Iterator[Symptom]:
    windows = host.snapshot.facts.windows.known()
    if windows is not None and windows.build in _BLOCKING:
        yield Symptom(None, (N_(CONTEXT, "The host runs the test build {build}.", build=windows.build),))


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    return (
        Remedy(
            N_(CONTEXT, "Install a released version of Windows"),
            steps=(
                N_(CONTEXT, "Install Windows 10 1703 (build 15063) or later, or any later test build."),
                N_(CONTEXT, "Check the build afterwards: {command}", command=verbatim("winver")),
            ),
            interrupts=(N_(CONTEXT, "The computer restarts: all containers stop."),),
            restart_needed=True,
        ),
    )


CHECK = Check(
    id="blocking-build",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "This test build of Windows can't run containers"),
    reason=N_(
        CONTEXT,
        "The builds 14931 and 14936 of the Windows Insider Program are known for faults in running "
        "containers.",
    ),
    needs=("windows",),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
