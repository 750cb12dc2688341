"""The cable of a transparent network's card was pulled (reference, 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario, wired_adapters
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "corp", "transparent", interface="Ethernet 2")
    host.adapter("Ethernet 2").status = "Disconnected"


SCENARIO = Scenario(
    id="adapter-unplugged",
    title=N_("Scenario", "An unplugged cable"),
    description=N_("Scenario", "The network card of a transparent network is no longer connected."),
    apply=_apply,
    adapters=wired_adapters,
    symptom=Symptom(
        N_("Scenario", "Containers on the network get no address and reach nothing outside."),
        page="networks",
    ),
)
