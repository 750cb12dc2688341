"""A virtual machine in Azure: l2tunnel works there, transparent gets no address (reference, 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.builds import WindowsBuild
from console.demo.scenarios.scenario import Scenario
from console.demo.state import AdapterState
from console.domain.snapshot import Hypervisor
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _adapters(_build: WindowsBuild) -> tuple[AdapterState, ...]:
    first = AdapterState(
        name="Ethernet",
        description="Microsoft Hyper-V Network Adapter",
        mac_address="00:0d:3a:10:20:30",
        dhcp=True,
        addresses=["10.1.0.4/24"],
        gateways=["10.1.0.1"],
        dns_servers=["168.63.129.16"],
    )
    second = AdapterState(
        name="Ethernet 2",
        description="Microsoft Hyper-V Network Adapter #2",
        mac_address="00:0d:3a:10:20:31",
        dhcp=True,
        addresses=["10.1.1.4/24"],
        dns_servers=["168.63.129.16"],
    )
    return (first, second)


def _prepare(host: PracticeHost) -> None:
    host.state.hypervisor = Hypervisor.AZURE


SCENARIO = Scenario(
    id="azure-vm",
    title=N_("Scenario", "A virtual machine in Azure"),
    description=N_("Scenario", "Azure's network blocks foreign MAC addresses; l2tunnel is possible here."),
    prepare=_prepare,
    adapters=_adapters,
)
