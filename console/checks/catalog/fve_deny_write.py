"""Drives without BitLocker are read-only, and so are containers' disks (reference, 6.1, check 12)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.scripts import DRIVES_SETTING
from console.domain.setting_actions import remove_setting
from console.domain.text import N_, verbatim

CONTEXT = "Check fve-deny-write"
_POLICY = "Deny write access to fixed drives not protected by BitLocker"


def _value(host: Host) -> int:
    settings = host.snapshot.facts.container_settings.known()
    return (settings.fixed_drives_denied or 0) if settings else 0


def _find(host: Host) -> Iterator[Symptom]:
    if _value(host):
        fact = N_(CONTEXT, "The registry value {name} is {value}.", name=DRIVES_SETTING, value=_value(host))
        yield Symptom(None, (fact,))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    if not _value(host):
        return ()
    policy = Remedy(
        N_(CONTEXT, "Have the Group Policy changed, if the domain sets it"),
        steps=(
            N_(
                CONTEXT,
                "See which policy sets it: {command}",
                command=verbatim("gpresult /r /scope computer"),
            ),
            N_(CONTEXT, "Set its setting '{policy}' to Not configured.", policy=verbatim(_POLICY)),
            N_(CONTEXT, "Then: {command}", command=verbatim("gpupdate /force")),
        ),
    )
    title = N_(CONTEXT, "Remove the value, if no domain policy sets it again")
    return (Remedy(title, plan=remove_setting(DRIVES_SETTING, _value(host))), policy)


CHECK = Check(
    id="fve-deny-write",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A BitLocker policy makes containers' disks read-only"),
    reason=N_(
        CONTEXT,
        "Containers keep what they write in virtual disks, which have no BitLocker. With this policy "
        "Windows does not let anyone write to such disks: docker pull and docker load fail.",
    ),
    needs=("container_settings",),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
