"""An overlay network wants the adapter of a transparent one (seed, "… their own network adapter")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import starting
from console.demo.scenarios.scenario import Scenario, wired_adapters
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "lan", "transparent", interface="Ethernet")
    host.swarm.init("192.168.1.10")
    network(host, "mesh", "overlay", interface="Ethernet", attachable=True)
    run(host, "agent", "nanoserver", network="mesh", started=False)


SCENARIO = Scenario(
    id="adapter-already-bound",
    title=N_("Scenario", "Two networks want one adapter"),
    description=N_(
        "Scenario", "An overlay network asks for the network card that a transparent network uses."
    ),
    apply=_apply,
    adapters=wired_adapters,
    symptom=Symptom(
        N_("Scenario", "The container of the overlay network does not start."),
        starting("agent", "An adapter was not found. (0x803b0006)"),
    ),
)
