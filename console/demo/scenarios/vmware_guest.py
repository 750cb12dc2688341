"""A virtual machine of VMware: foreign MAC addresses pass only where the port group lets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.builds import WindowsBuild
from console.demo.scenarios.scenario import Scenario
from console.demo.state import AdapterState
from console.demo.windows_state import remove_hyper_v
from console.domain.snapshot import Hypervisor
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _adapters(_build: WindowsBuild) -> tuple[AdapterState, ...]:
    first = AdapterState(
        name="Ethernet0",
        description="vmxnet3 Ethernet Adapter",
        mac_address="00:50:56:10:20:30",
        dhcp=True,
        addresses=["192.168.1.10/24"],
        gateways=["192.168.1.1"],
        dns_servers=["192.168.1.1"],
    )
    second = AdapterState(
        name="Ethernet1",
        description="vmxnet3 Ethernet Adapter #2",
        mac_address="00:50:56:10:20:31",
        addresses=["10.200.0.20/24"],
    )
    return (first, second)


def _prepare(host: PracticeHost) -> None:
    host.state.hypervisor = Hypervisor.VMWARE
    remove_hyper_v(host.state.windows)


SCENARIO = Scenario(
    id="vmware-guest",
    title=N_("Scenario", "A VMware virtual machine"),
    description=N_(
        "Scenario", "A guest without nested Hyper-V; the port group decides whether containers get out."
    ),
    prepare=_prepare,
    adapters=_adapters,
)
