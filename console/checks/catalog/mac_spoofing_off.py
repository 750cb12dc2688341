"""The parent of a Hyper-V guest has to let containers' MAC addresses pass (seed, "MACAddressSpoofing")."""

from __future__ import annotations

from console.checks.check import Check, Host, Remedy, Severity
from console.checks.own_addresses import transparent_on
from console.domain.object_ref import ObjectRef
from console.domain.snapshot import Hypervisor
from console.domain.text import N_, verbatim

CONTEXT = "Check mac-spoofing-off"


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    windows = host.snapshot.facts.windows.known()
    # The machine's name in Hyper-V is often, but not always, the computer's own.
    name = (windows.computer if windows else "").replace("'", "''")
    command = f"Get-VMNetworkAdapter -VMName '{name}' | Set-VMNetworkAdapter -MacAddressSpoofing On"
    return (
        Remedy(
            N_(CONTEXT, "Allow MAC address spoofing on the parent"),
            steps=(
                N_(CONTEXT, "Sign in to the Hyper-V host that this machine runs on, as an administrator."),
                N_(CONTEXT, "In PowerShell there: {command}", command=verbatim(command)),
                N_(CONTEXT, "If this machine has another name in Hyper-V, use that name in the command."),
            ),
        ),
    )


CHECK = Check(
    id="mac-spoofing-off",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "The Hyper-V host must allow MAC address spoofing"),
    reason=N_(
        CONTEXT,
        "Containers on a transparent network have MAC addresses of their own. Hyper-V drops traffic from "
        "them until spoofing is allowed for this machine: no DHCP, no connection. Whether it is allowed "
        "can't be seen from inside the machine.",
    ),
    needs=("engine", "networks", "hypervisor"),
    find=lambda host: transparent_on(host, Hypervisor.HYPER_V),
    remedies=_remedies,
    source='seed, "To use DHCP for IP assignment on a virtual container host enable MACAddressSpoofing"',
    drivers=frozenset({"transparent"}),
)
