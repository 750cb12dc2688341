"""Removing a vSwitch as a way out."""

from __future__ import annotations

from console.checks.by_hand import quoted
from console.checks.check import Host, Remedy
from console.domain.host_actions import remove_vswitch, remove_vswitch_blocked_because
from console.domain.snapshot import VSwitch
from console.domain.text import N_, verbatim

CONTEXT = "Checks"


def removal_of(switch: VSwitch, host: Host) -> tuple[Remedy, ...]:
    """The plan that does it; nothing where it must not be. Which machines use it only Hyper-V tells."""
    if remove_vswitch_blocked_because(switch, host.relations) is not None:
        return ()
    look = f"Get-VMNetworkAdapter -All | Where-Object SwitchName -eq {quoted(switch.name)}"
    warning = N_(
        CONTEXT, "Virtual machines that use it lose their network. Make sure that none do: {command}",
        command=verbatim(look),
    )  # fmt: skip
    title = N_(CONTEXT, "Remove the vSwitch {name}", name=switch.name)
    return (Remedy(title, plan=remove_vswitch(switch, host.relations), interrupts=(warning,)),)
