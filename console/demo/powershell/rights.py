"""Which commands a practice host has, and whether they may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.powershell.errors import (
    cim_denied,
    command_missing,
    hns_denied,
    hns_stopped,
    hyper_v_denied,
    hyper_v_stopped,
)

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def check_hyper_v(host: PracticeHost, command: str, *, change: bool = False) -> None:
    """Raise what a cmdlet of the Hyper-V module says where it does not answer."""
    if not host.state.windows.hyper_v:
        raise command_missing(command, change=change)
    if not host.state.windows.elevated:
        raise hyper_v_denied(command, host.name)
    if not host.services.running("vmms"):
        raise hyper_v_stopped(command, host.name)


def check_hns(host: PracticeHost, command: str) -> None:
    """Raise what a cmdlet of HNS says where it does not answer."""
    if not host.state.windows.elevated:
        raise hns_denied(command)
    if not host.services.running("hns"):
        raise hns_stopped(command)


def check_cim(host: PracticeHost, command: str) -> None:
    """Raise what a CIM cmdlet for administrators says to others."""
    if not host.state.windows.elevated:
        raise cim_denied(command)
