"""A setting of test builds still disables oplocks for containers (reference, 6.1, check 10)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.scripts import OPLOCKS_SETTING
from console.domain.setting_actions import remove_setting
from console.domain.text import N_

CONTEXT = "Check oplocks-disabled"


def _value(host: Host) -> int:
    settings = host.snapshot.facts.container_settings.known()
    return (settings.smb_oplocks_disabled or 0) if settings else 0


def _find(host: Host) -> Iterator[Symptom]:
    if _value(host):
        fact = N_(CONTEXT, "The registry value {name} is {value}.", name=OPLOCKS_SETTING, value=_value(host))
        yield Symptom(None, (fact,))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    if not _value(host):
        return ()
    title = N_(CONTEXT, "Remove the value; it no longer applies to containers started after that")
    return (Remedy(title, plan=remove_setting(OPLOCKS_SETTING, _value(host))),)


CHECK = Check(
    id="oplocks-disabled",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Containers work without opportunistic locks"),
    reason=N_(
        CONTEXT,
        "Technical Preview 5 of Windows Server 2016 needed this value. Later versions don't, and there it "
        "can cause problems with container files.",
    ),
    needs=("container_settings",),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
