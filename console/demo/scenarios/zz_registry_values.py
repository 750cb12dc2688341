"""Values of test builds are still there (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    host.state.windows.setup.container_values.update({"zzContainerTest": 1, "zzSkipCheck": 2})


SCENARIO = Scenario(
    id="zz-registry-values",
    title=N_("Scenario", "Values for test builds"),
    description=N_(
        "Scenario", "Someone once tried test builds on this host; their registry values remained."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Debug-ContainerHost.ps1 says: Do not have zz values set."),
        page="host",
    ),
)
