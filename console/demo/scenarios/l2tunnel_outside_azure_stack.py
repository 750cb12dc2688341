"""A machine was moved out of Azure with its l2tunnel network (reference, 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.snapshot import Hypervisor
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.state.hypervisor = Hypervisor.AZURE
    subnet = "192.168.1.0/24"
    network(host, "tenant", "l2tunnel", subnet=subnet, gateway="192.168.1.1", interface="Ethernet")
    host.state.hypervisor = Hypervisor.NONE


SCENARIO = Scenario(
    id="l2tunnel-outside-azure-stack",
    title=N_("Scenario", "An l2tunnel network outside its cloud"),
    description=N_("Scenario", "The machine was copied out of Azure, with its l2tunnel network."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Containers on the network start but reach nothing."),
        page="networks",
    ),
)
