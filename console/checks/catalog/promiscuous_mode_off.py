"""The port group of a VMware guest has to let containers' MAC addresses pass (seed, "MACAddressSpoofing")."""

from __future__ import annotations

from console.checks.check import Check, Host, Remedy, Severity
from console.checks.own_addresses import transparent_on
from console.domain.object_ref import ObjectRef
from console.domain.snapshot import Hypervisor
from console.domain.text import N_

CONTEXT = "Check promiscuous-mode-off"


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    return (
        Remedy(
            N_(CONTEXT, "Allow promiscuous mode on the port group"),
            steps=(
                N_(CONTEXT, "In vSphere, open the port group that this machine's network card is on."),
                N_(CONTEXT, "Under Security, set Promiscuous mode and Forged transmits to Accept."),
            ),
            interrupts=(N_(CONTEXT, "Other machines in the port group can then read each other's traffic."),),
        ),
    )


CHECK = Check(
    id="promiscuous-mode-off",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "VMware must allow promiscuous mode"),
    reason=N_(
        CONTEXT,
        "Containers on a transparent network have MAC addresses of their own. VMware drops traffic for "
        "them until the port group allows it: no DHCP, no connection. Whether it does can't be seen from "
        "inside the machine.",
    ),
    needs=("engine", "networks", "hypervisor"),
    find=lambda host: transparent_on(host, Hypervisor.VMWARE),
    remedies=_remedies,
    source='seed, "To use DHCP for IP assignment on a virtual container host enable MACAddressSpoofing"',
    drivers=frozenset({"transparent"}),
)
