"""A transparent network has another subnet than the host (seed, "Remember to specify --subnet")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    subnet = "10.99.0.0/24"
    network(host, "corp", "transparent", subnet=subnet, gateway="10.99.0.1", interface="Ethernet")


SCENARIO = Scenario(
    id="subnet-mismatch",
    title=N_("Scenario", "A subnet from elsewhere"),
    description=N_(
        "Scenario", "A transparent network was given a subnet that is not the physical network's."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Containers on the network reach each other, but neither the gateway nor machines outside.",
        ),
        page="networks",
    ),
)
