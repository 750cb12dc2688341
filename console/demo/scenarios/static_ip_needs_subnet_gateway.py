"""A fixed address on a network that was made for DHCP (seed, "Remember to specify --subnet …")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "lan", "transparent", interface="Ethernet")
    run(host, "printer-gateway", "servercore", network="lan", address="192.168.1.60")


SCENARIO = Scenario(
    id="static-ip-needs-subnet-gateway",
    title=N_("Scenario", "A fixed address without a subnet"),
    description=N_(
        "Scenario", "A container asks for an address of its own on a transparent network without a subnet."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "The container has its address but no gateway."),
        inside("printer-gateway", "ipconfig", words="Default Gateway . . . . . . . . . :"),
    ),
)
