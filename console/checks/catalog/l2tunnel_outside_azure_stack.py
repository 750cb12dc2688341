"""An l2tunnel network outside of a Microsoft cloud (seed, "Windows Container Network Drivers")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Hypervisor
from console.domain.text import N_

CONTEXT = "Check l2tunnel-outside-azure-stack"
# Azure Stack's hosts are Hyper-V: a guest of Hyper-V may well be in one.
_ELSEWHERE = frozenset({Hypervisor.NONE, Hypervisor.VMWARE})


def _find(host: Host) -> Iterator[Symptom]:
    hypervisor = host.snapshot.facts.hypervisor.known()
    if hypervisor not in _ELSEWHERE:
        return
    where = {
        Hypervisor.NONE: N_(CONTEXT, "The host is a physical machine."),
        Hypervisor.VMWARE: N_(CONTEXT, "The host is a VMware virtual machine."),
    }[hypervisor]
    for network in host.networks_of("l2tunnel"):
        fact = N_(CONTEXT, "{name} has the driver l2tunnel.", name=network.name)
        yield Symptom(ref_of(network), (fact, where))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    title = N_(CONTEXT, "Recreate it with the driver l2bridge")
    # Windows makes l2tunnel networks in Azure only: the old one would not come back.
    return (made_again(host, network, with_options(network, driver="l2bridge"), title, undoable=False),)


CHECK = Check(
    id="l2tunnel-outside-azure-stack",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "An l2tunnel network works only in a Microsoft cloud"),
    reason=N_(
        CONTEXT,
        "Its packets go to the physical host of the cloud, which applies the network's policies. Anywhere "
        "else nothing does, and containers reach nothing.",
    ),
    needs=("engine", "networks", "hypervisor"),
    find=_find,
    remedies=_remedies,
    source='seed, "Windows Container Network Drivers"; reference, 3.1',
)
