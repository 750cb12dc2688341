"""The Windows is too old, or lacks the updates, for containers (reference, 2.4, 2.6 and 6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.text import N_

CONTEXT = "Check os-too-old"
_FIRST_BUILD = 14393
# Debug-ContainerHost.ps1 wants KB3192366 or KB3194496, which bring this revision (reference, 6.1).
_FIRST_REVISION = 351


def _find(host: Host) -> Iterator[Symptom]:
    windows = host.snapshot.facts.windows.known()
    if windows is None or (windows.build, windows.revision) >= (_FIRST_BUILD, _FIRST_REVISION):
        return
    version = f"{windows.build}.{windows.revision}"
    told = N_(
        CONTEXT, "The host runs {product}, version {version}.", product=windows.product, version=version
    )
    needed = N_(CONTEXT, "Containers need at least {version}.", version=f"{_FIRST_BUILD}.{_FIRST_REVISION}")
    yield Symptom(None, (told, needed))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    windows = host.snapshot.facts.windows.known()
    restarts = N_(CONTEXT, "The computer restarts: all containers stop.")
    update = Remedy(
        N_(CONTEXT, "Install the latest cumulative update"),
        steps=(
            N_(CONTEXT, "Windows Update offers it; KB3194496 or any later one will do."),
            N_(CONTEXT, "Restart the computer."),
        ),
        interrupts=(restarts,),
        restart_needed=True,
    )
    newer = Remedy(
        N_(CONTEXT, "Upgrade to a newer Windows"),
        steps=(
            N_(
                CONTEXT,
                "Windows Server 2019 (build 17763) is the first that a current Docker Engine runs on.",
            ),
        ),
        interrupts=(restarts,),
        restart_needed=True,
    )
    return (update, newer) if windows and windows.build == _FIRST_BUILD else (newer,)


CHECK = Check(
    id="os-too-old",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "This Windows is too old for containers"),
    reason=N_(
        CONTEXT,
        "Containers arrived with Windows Server 2016 and Windows 10 1607, which can run them only with the "
        "updates of October 2016. Without them containers fail with 'Catastrophic failure'.",
    ),
    needs=("windows",),
    find=_find,
    remedies=_remedies,
    source="reference, 2.4, 2.6, 4.2 and 6.1",
)
