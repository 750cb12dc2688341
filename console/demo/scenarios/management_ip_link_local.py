"""An l2bridge network was made before DHCP answered (reference, 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    subnet = "192.168.1.0/24"
    made = network(host, "pods", "l2bridge", subnet=subnet, gateway="192.168.1.1", interface="Ethernet")
    carrier = host.hns.network(made.hns_id)
    if carrier is None:
        raise RuntimeError("the network just made has no part in HNS")
    carrier.management_ip = "169.254.83.107"


SCENARIO = Scenario(
    id="management-ip-link-local",
    title=N_("Scenario", "Made before DHCP answered"),
    description=N_("Scenario", "A network was created while the adapter had no address yet."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Containers reach each other on this host, but nothing on other hosts or outside."),
        page="hns",
    ),
)
