"""IPv6 is off in the registry (seed, "HNS requires that IPv6 is enabled"; reference, 4.2, 0x490)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.scripts import IPV6_SETTING
from console.domain.setting_actions import remove_setting
from console.domain.text import N_, verbatim

CONTEXT = "Check ipv6-disabled"
# The bit of DisabledComponents that takes IPv6 off network cards; 0x20 only prefers IPv4, and 0x01 is
# for tunnels.
_OFF = 0x10
_COMMAND = (
    r"reg delete HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip6\Parameters "
    "/v DisabledComponents /f"
)


def _value(host: Host) -> int:
    windows = host.snapshot.facts.windows.known()
    return (windows.ipv6_disabled_components or 0) if windows else 0


def _find(host: Host) -> Iterator[Symptom]:
    value = _value(host)
    if value & _OFF:
        fact = N_(CONTEXT, "The registry value DisabledComponents is {value}.", value=f"0x{value:x}")
        yield Symptom(None, (fact,))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    stops = (N_(CONTEXT, "The computer must be restarted afterwards: all containers stop."),)
    by_hand = Remedy(
        N_(CONTEXT, "Do the same manually"),
        steps=(
            N_(CONTEXT, "Note the value shown above, so that you can restore it."),
            N_(CONTEXT, "In an elevated command prompt: {command}", command=verbatim(_COMMAND)),
            N_(CONTEXT, "Restart the computer."),
        ),
        interrupts=stops,
        restart_needed=True,
    )
    title = N_(CONTEXT, "Enable IPv6 again; the removed value is kept for Undo")
    plan = remove_setting(IPV6_SETTING, _value(host))
    return (Remedy(title, plan=plan, interrupts=stops, restart_needed=True), by_hand)


CHECK = Check(
    id="ipv6-disabled",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "IPv6 is disabled"),
    reason=N_(
        CONTEXT,
        "The Host Networking Service needs IPv6 on the host, although containers don't use it. Without it "
        "containers fail to start with 'Element not found'.",
    ),
    needs=("windows",),
    find=_find,
    remedies=_remedies,
    source='seed, "HNS requires that IPv6 is enabled on container host machines"; reference, 4.2',
    drivers=frozenset({"nat", "transparent", "overlay", "l2bridge", "l2tunnel"}),
)
