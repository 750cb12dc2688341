"""A transparent network without an adapter of its own choice (seed, "Creating multiple …")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario, wired_adapters
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "lan", "transparent")


SCENARIO = Scenario(
    id="transparent-interface-missing",
    title=N_("Scenario", "A network that names no adapter"),
    description=N_(
        "Scenario", "Windows chose the adapter of a transparent network; a second one wants the same."
    ),
    apply=_apply,
    adapters=wired_adapters,
    symptom=Symptom(
        N_("Scenario", "A second transparent network is refused."),
        creating("transparent", "An adapter was not found. (0x803b0006)"),
    ),
)
