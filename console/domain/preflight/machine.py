"""Rules about what the host itself runs on."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import rule
from console.domain.snapshot import Hypervisor
from console.domain.text import N_


@rule("transparent-on-azure", source="reference, 2.1 and 3.4")
def transparent_on_azure(case: Case) -> Iterator[Objection]:
    """Azure lets only addresses pass that it gave itself."""
    if case.is_driver("transparent") and case.hypervisor is Hypervisor.AZURE:
        yield error(
            Field.DRIVER,
            N_("Preflight", "Transparent networks do not work on Azure virtual machines."),
            N_(
                "Preflight",
                "Azure drops traffic from MAC and IP addresses it did not assign. The engine says nothing: "
                "the network is created and its containers reach nothing.",
            ),
            "l2tunnel",
        )


@rule("l2tunnel-outside-azure", source='seed, "Windows Container Network Drivers"; reference, 2.1')
def l2tunnel_outside_azure(case: Case) -> Iterator[Objection]:
    """l2tunnel is for the Microsoft Cloud Stack only."""
    if not case.is_driver("l2tunnel") or case.hypervisor is Hypervisor.AZURE:
        return
    message = N_("Preflight", "The driver l2tunnel is for a Microsoft Cloud Stack (Azure) only.")
    if case.hypervisor is None:
        yield note(
            Field.DRIVER,
            message,
            N_("Preflight", "Whether this host runs there could not be read."),
            "l2bridge",
        )
    else:
        yield error(
            Field.DRIVER,
            message,
            N_(
                "Preflight",
                "This host does not run in Azure, so nothing below it would forward the containers' traffic.",
            ),
            "l2bridge",
        )


@rule(
    "mac-spoofing",
    source='seed, "To use DHCP for IP assignment on a virtual container host enable MACAddressSpoofing"',
)
def mac_spoofing(case: Case) -> Iterator[Objection]:
    """A virtual machine's adapter lets only one MAC address pass unless told otherwise."""
    if not case.is_driver("transparent"):
        return
    if case.hypervisor is Hypervisor.HYPER_V:
        yield warning(
            Field.DRIVER,
            N_(
                "Preflight",
                "This host is a virtual machine: turn on MAC address spoofing for its network adapter.",
            ),
            N_(
                "Preflight",
                "Otherwise the Hyper-V host below blocks what the containers send, and DHCP gets no "
                "answer. On that "
                "host: Get-VMNetworkAdapter -VMName <this machine> | Set-VMNetworkAdapter "
                "-MacAddressSpoofing On",
            ),
        )
    elif case.hypervisor is Hypervisor.VMWARE:
        yield warning(
            Field.DRIVER,
            N_(
                "Preflight",
                "This host is a VMware virtual machine: its port group must allow promiscuous mode.",
            ),
            N_("Preflight", "Otherwise VMware blocks what the containers send, and DHCP gets no answer."),
        )
    elif case.hypervisor is Hypervisor.OTHER:
        yield note(
            Field.DRIVER,
            N_(
                "Preflight",
                "This host is a virtual machine: its hypervisor must allow several MAC addresses.",
            ),
            N_("Preflight", "Each container has a MAC address of its own on the physical network."),
        )
