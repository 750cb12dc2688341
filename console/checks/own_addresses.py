"""Networks on which containers show MAC addresses of their own to the physical network."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Host, Symptom
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ref_of
from console.domain.snapshot import Hypervisor
from console.domain.text import N_

CONTEXT = "Checks"


def transparent_on(host: Host, hypervisor: Hypervisor) -> Iterator[Symptom]:
    """The transparent networks that Docker made on a guest of ``hypervisor``."""
    if host.snapshot.facts.hypervisor.known() is not hypervisor:
        return
    for network in host.snapshot.networks.known() or ():
        if network.driver == "transparent" and not made_by_others(network, host.snapshot):
            facts = (
                N_(CONTEXT, "The host is a virtual machine on {kind}.", kind=_NAMES[hypervisor]),
                N_(CONTEXT, "{name} is a transparent network.", name=network.name),
            )
            yield Symptom(ref_of(network), facts)


_NAMES = {Hypervisor.HYPER_V: "Hyper-V", Hypervisor.VMWARE: "VMware"}
