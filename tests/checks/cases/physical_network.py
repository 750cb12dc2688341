"""Cases of checks about what the network outside of the host has to do."""

from __future__ import annotations

from console.domain.snapshot import Hypervisor
from tests.checks.cases.case import LAN, Case, corp, on_hypervisor
from tests.domain.hosts import ETHERNET, host, network, shim

_ADOPTED = network("adopted", "transparent", options=shim(hnsowned="true"))
_TENANT = network("tenant", "l2tunnel")

CASES: dict[str, Case] = {
    "l2tunnel-outside-azure-stack": Case(
        (on_hypervisor(Hypervisor.NONE, _TENANT), on_hypervisor(Hypervisor.VMWARE, _TENANT)),
        (
            on_hypervisor(Hypervisor.AZURE, _TENANT),
            on_hypervisor(Hypervisor.HYPER_V, _TENANT),
            on_hypervisor(Hypervisor.NONE, network("tenant", "l2bridge")),
        ),
    ),
    "mac-spoofing-off": Case(
        (on_hypervisor(Hypervisor.HYPER_V, LAN),),
        (
            on_hypervisor(Hypervisor.HYPER_V),
            on_hypervisor(Hypervisor.NONE, LAN),
            on_hypervisor(Hypervisor.VMWARE, LAN),
            on_hypervisor(Hypervisor.HYPER_V, _ADOPTED),
        ),
    ),
    "promiscuous-mode-off": Case(
        (on_hypervisor(Hypervisor.VMWARE, LAN),),
        (on_hypervisor(Hypervisor.VMWARE), on_hypervisor(Hypervisor.HYPER_V, LAN)),
    ),
    "vlan-trunk": Case(
        (
            on_hypervisor(None, corp("", vlanid="7")),
            on_hypervisor(Hypervisor.HYPER_V, corp("", vlanid="4095")),
            on_hypervisor(Hypervisor.VMWARE, corp("", vlanid="7")),
            host(networks=(corp("", vlanid="7"),), adapters=(ETHERNET.model_copy(update={"vlan": 9}),)),
        ),
        (on_hypervisor(None, LAN), on_hypervisor(None, corp("", vlanid="0"))),
    ),
}
