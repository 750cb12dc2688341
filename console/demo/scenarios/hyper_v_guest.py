"""A virtual machine of Hyper-V: MAC spoofing is set on its parent (seed, "MAC address spoofing")."""

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
        mac_address="00:15:5d:01:10:01",
        dhcp=True,
        addresses=["192.168.1.10/24"],
        gateways=["192.168.1.1"],
        dns_servers=["192.168.1.1"],
    )
    second = AdapterState(
        name="Ethernet 2",
        description="Microsoft Hyper-V Network Adapter #2",
        mac_address="00:15:5d:01:10:02",
        addresses=["10.200.0.20/24"],
    )
    return (first, second)


def _prepare(host: PracticeHost) -> None:
    host.state.hypervisor = Hypervisor.HYPER_V


SCENARIO = Scenario(
    id="hyper-v-guest",
    title=N_("Scenario", "A Hyper-V virtual machine"),
    description=N_(
        "Scenario",
        "A guest: its Hyper-V host decides whether containers with their own MAC addresses get out.",
    ),
    prepare=_prepare,
    adapters=_adapters,
)
