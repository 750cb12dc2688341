"""The card under a transparent network's vSwitch was taken out (reference, 2.1)."""

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
    card = host.adapter("Ethernet 2")
    host.state.switches[card.switch_id].adapters.remove(card.name)
    host.state.adapters.remove(card)


SCENARIO = Scenario(
    id="vswitch-without-adapter",
    title=N_("Scenario", "A vSwitch without its card"),
    description=N_("Scenario", "The network card of a transparent network was removed from the computer."),
    apply=_apply,
    adapters=wired_adapters,
    symptom=Symptom(
        N_("Scenario", "Containers on the network get no address and reach nothing outside."),
        page="networks",
    ),
)
