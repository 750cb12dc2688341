"""A nat network has the addresses of a transparent one (reference, 0.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario, wired_adapters
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    inside = "172.16.8" if host.build.single_nat else "10.244.8"
    host.adapter("Ethernet 3").addresses = []  # the host itself is not in the network there
    network(
        host, "branch", "transparent", subnet=f"{inside}.0/24", gateway=f"{inside}.254",
        interface="Ethernet 3",
    )  # fmt: skip
    network(host, "frontend", "nat", subnet=f"{inside}.0/24", gateway=f"{inside}.1")


SCENARIO = Scenario(
    id="network-prefix-overlap",
    title=N_("Scenario", "Two networks with one prefix"),
    description=N_(
        "Scenario", "A nat network was created with addresses that a transparent network already uses."
    ),
    apply=_apply,
    adapters=wired_adapters,
    symptom=Symptom(
        N_("Scenario", "The host reaches the addresses in the nat network only."),
        page="networks",
    ),
)
