"""The engine has no image that a container could be made of (reference, 6.1, check 13)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check base-image-missing"
_REGISTRY = "mcr.microsoft.com/windows"
# The tag of Microsoft's base images for a host's build: from the lowest of these builds on.
_TAGS = ((14393, "ltsc2016"), (17763, "ltsc2019"), (20348, "ltsc2022"), (26100, "ltsc2025"))


def _find(host: Host) -> Iterator[Symptom]:
    # An image that was built on another holds its layers: a host with any has what it needs.
    if host.snapshot.images.known() == ():
        yield Symptom(None, (N_(CONTEXT, "The engine's image store is empty."),))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    engine = host.snapshot.engine.known()
    build = engine.windows.build if engine and engine.windows else 0
    tag = next((tag for first, tag in reversed(_TAGS) if build >= first), _TAGS[-1][1])
    images = ("servercore", "nanoserver") if tag != "ltsc2016" else ("servercore",)
    return (
        Remedy(
            N_(CONTEXT, "Pull a base image for this Windows"),
            steps=(
                *(
                    N_(
                        CONTEXT, "In a command prompt: {command}",
                        command=verbatim(f"docker pull {_REGISTRY}/{name}:{tag}"),
                    )
                    for name in images
                ),
                N_(
                    CONTEXT,
                    "If that fails to connect, check whether the Docker Engine needs a proxy to reach the "
                    "registry.",
                ),
            ),
        ),
    )  # fmt: skip


CHECK = Check(
    id="base-image-missing",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "There is no image to run"),
    reason=N_(
        CONTEXT,
        "Every Windows container is built on Microsoft's base images. The first docker run has to pull "
        "several gigabytes, and fails where the host can't reach a registry: 'Unable to find image "
        "locally'.",
    ),
    needs=("engine", "images"),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
