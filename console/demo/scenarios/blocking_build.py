"""A test build of Windows on which containers do not work (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_BUILD = 14931


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat", subnet="172.16.1.0/24", gateway="172.16.1.1")


SCENARIO = Scenario(
    id="blocking-build",
    title=N_("Scenario", "A test build of Windows"),
    description=N_("Scenario", "An Insider build that is known for its faults with containers."),
    apply=_apply,
    os_build=_BUILD,
    symptom=Symptom(
        N_(
            "Scenario",
            "Containers on such a build fail to start, with varying errors. The page Host names the build.",
        ),
        page="host",
    ),
)
