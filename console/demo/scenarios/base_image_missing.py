"""The engine was just installed (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import running
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    host.state.images.clear()


SCENARIO = Scenario(
    id="base-image-missing",
    title=N_("Scenario", "No images"),
    description=N_("Scenario", "Docker was just installed: there is no image to create a container from."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "There is no image to create a container from."),
        running("No such image"),
    ),
)
