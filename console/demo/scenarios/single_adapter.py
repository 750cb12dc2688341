"""One network card, and it is taken by a transparent network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.builds import WindowsBuild
from console.demo.scenarios.scenario import Scenario, usual_adapters
from console.demo.scenarios.steps import network
from console.demo.state import AdapterState
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _adapters(build: WindowsBuild) -> tuple[AdapterState, ...]:
    return usual_adapters(build)[:1]


def _apply(host: PracticeHost) -> None:
    network(host, "lan", "transparent", interface="Ethernet")


SCENARIO = Scenario(
    id="single-adapter",
    title=N_("Scenario", "One network card, taken"),
    description=N_(
        "Scenario", "The only network card carries a transparent network: there is no room for a second one."
    ),
    apply=_apply,
    adapters=_adapters,
)
