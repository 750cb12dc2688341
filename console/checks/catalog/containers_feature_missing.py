"""Windows' feature Containers is off (reference, 6.1, check 4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check containers-feature-missing"
_FEATURE = "Containers"
_OFF = frozenset({"disabled", "absent"})
_ON_CLIENT = "Enable-WindowsOptionalFeature -Online -FeatureName Containers -All"
_ON_SERVER = "Install-WindowsFeature -Name Containers"


def _find(host: Host) -> Iterator[Symptom]:
    windows = host.snapshot.facts.windows.known()
    state = windows.features.get(_FEATURE, "") if windows else ""
    if state.casefold() in _OFF:
        yield Symptom(None, (N_(CONTEXT, "The feature {name} is {state}.", name=_FEATURE, state=state),))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    windows = host.snapshot.facts.windows.known()
    server = windows is not None and windows.installation_type.casefold().startswith("server")
    return (
        Remedy(
            N_(CONTEXT, "Turn the feature on"),
            steps=(
                N_(
                    CONTEXT, "In PowerShell as an administrator: {command}",
                    command=verbatim(_ON_SERVER if server else _ON_CLIENT),
                ),
                N_(CONTEXT, "Restart the computer: {command}", command=verbatim("Restart-Computer")),
            ),
            interrupts=(N_(CONTEXT, "The computer restarts: all containers stop."),),
            restart_needed=True,
        ),
    )  # fmt: skip


CHECK = Check(
    id="containers-feature-missing",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The Windows feature Containers is off"),
    reason=N_(
        CONTEXT,
        "It provides the Host Compute Service and the Host Networking Service. From the next restart of "
        "Windows, Docker can't run: 'failed to load vmcompute.dll, ensure that the Containers feature is "
        "installed'.",
    ),
    needs=("windows",),
    find=_find,
    remedies=_remedies,
    source="reference, 2.4 and 6.1 (Debug-ContainerHost.ps1)",
)
