"""The host's network changed to the addresses of its nat network (reference, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    inside = "172.16.8" if host.build.single_nat else "10.244.8"
    network(host, "frontend", "nat", subnet=f"{inside}.0/24", gateway=f"{inside}.1")
    card = host.adapter("Ethernet")
    card.addresses, card.gateways = [f"{inside}.10/24"], [f"{inside}.254"]


SCENARIO = Scenario(
    id="nat-prefix-overlap",
    title=N_("Scenario", "NAT on the company's addresses"),
    description=N_(
        "Scenario", "The host was moved to a network whose addresses its nat network already uses."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Neither the host nor its containers can reach machines on the company's network.",
        ),
        page="networks",
    ),
)
