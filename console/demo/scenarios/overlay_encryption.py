"""An overlay network asks for encryption (reference, 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.swarm.init("192.168.1.10")
    network(host, "secret", "overlay", options={"encrypted": ""}, attachable=True)


SCENARIO = Scenario(
    id="overlay-encryption",
    title=N_("Scenario", "Encryption that isn't"),
    description=N_(
        "Scenario",
        "An overlay network was created with the option encrypted, which Windows accepts but does not apply.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "There is no error. What containers send between hosts can be read on the wire."),
        page="networks",
    ),
)
