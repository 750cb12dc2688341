"""Values that test builds of Windows needed are still in the registry (reference, 6.1, check 11)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.by_hand import quoted
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.host_setup import RegistryValue
from console.domain.object_ref import ObjectRef
from console.domain.plan import Plan
from console.domain.setting_actions import remove_test_build_value
from console.domain.text import N_, verbatim

CONTEXT = "Check zz-registry-values"
_PATH = r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\Containers"


def _values(host: Host) -> tuple[RegistryValue, ...]:
    settings = host.snapshot.facts.container_settings.known()
    return settings.left_over_values if settings else ()


def _find(host: Host) -> Iterator[Symptom]:
    facts = tuple(
        N_(CONTEXT, "The value {name} exists and is {value}.", name=one.name, value=one.value)
        for one in _values(host)
    )
    if facts:
        yield Symptom(None, facts)


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    found = _values(host)
    numbers = [one for one in found if one.value.isdecimal()]
    if found and len(numbers) == len(found):
        steps = tuple(step for one in numbers for step in remove_test_build_value(one).steps)
        title = N_(CONTEXT, "Remove them")
        return (Remedy(title, plan=Plan(title=title, steps=steps)),)
    commands = (f"Remove-ItemProperty -LiteralPath '{_PATH}' -Name {quoted(one.name)}" for one in found)
    return (
        Remedy(
            N_(CONTEXT, "Remove them manually"),
            steps=tuple(
                N_(
                    CONTEXT, "Note the value, then in PowerShell as an administrator: {command}",
                    command=verbatim(command),
                )
                for command in commands
            ),
        ),
    )  # fmt: skip


CHECK = Check(
    id="zz-registry-values",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Registry values for test builds are set"),
    reason=N_(
        CONTEXT,
        "Early test builds needed them as workarounds. Released versions of Windows don't, and containers "
        "are not tested with them.",
    ),
    needs=("container_settings",),
    find=_find,
    remedies=_remedies,
    source="reference, 6.1 (Debug-ContainerHost.ps1)",
)
