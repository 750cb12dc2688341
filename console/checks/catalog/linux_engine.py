"""Docker Desktop runs Linux containers on a Windows host (reference, 4.6)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import AppliesTo, Check, Host, Remedy, Severity, Symptom
from console.checks.docker_desktop import SWITCH
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, verbatim

CONTEXT = "Check linux-engine"
_DESKTOP = "Docker Desktop"
_OTHER_PIPE = "docker -H npipe:////./pipe/docker_engine_windows info"


def _find(host: Host) -> Iterator[Symptom]:
    engine = host.snapshot.engine.known()
    windows = host.snapshot.facts.windows.known()
    if engine is None or engine.is_windows or (windows is None and engine.operating_system != _DESKTOP):
        return  # a Linux machine's own engine is meant to be one
    facts = [N_(CONTEXT, "The engine's type is {kind}.", kind=engine.os_type)]
    if engine.operating_system:
        facts.append(N_(CONTEXT, "It calls its system {name}.", name=engine.operating_system))
    if windows is not None:
        facts.append(N_(CONTEXT, "The host itself is {product}.", product=windows.product))
    yield Symptom(None, tuple(facts))


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    return (
        Remedy(
            N_(CONTEXT, "Use the Windows engine beside it"),
            steps=(
                N_(
                    CONTEXT,
                    "If both engines run, the Windows one has its own pipe: {command}",
                    command=verbatim(_OTHER_PIPE),
                ),
                N_(CONTEXT, "Connect to that pipe, or choose the docker context desktop-windows."),
            ),
        ),
        Remedy(
            N_(CONTEXT, "Switch Docker Desktop to Windows containers"),
            steps=(
                N_(CONTEXT, "In the menu of the Docker Desktop icon, choose Switch to Windows containers."),
                N_(CONTEXT, "Or in PowerShell: {command}", command=SWITCH),
            ),
            interrupts=(N_(CONTEXT, "Linux containers can't be seen or managed until it is switched back."),),
        ),
    )


CHECK = Check(
    id="linux-engine",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "This engine runs Linux containers"),
    reason=N_(
        CONTEXT,
        "Windows networks can't be created on it: it has no nat, transparent, l2bridge or l2tunnel driver "
        "and answers 'plugin not found'. Windows images don't run on it.",
    ),
    needs=("engine",),
    find=_find,
    remedies=_remedies,
    source="reference, 4.6",
    applies_to=AppliesTo.LINUX,
)
