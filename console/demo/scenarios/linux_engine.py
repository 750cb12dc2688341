"""Docker Desktop is switched to Linux containers (reference, 4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.state.linux_containers = True


SCENARIO = Scenario(
    id="linux-engine",
    title=N_("Scenario", "Linux containers mode"),
    description=N_(
        "Scenario", "Docker Desktop answers with its Linux engine, which has no Windows networks."
    ),
    apply=_apply,
    os_build=22631,
    symptom=Symptom(
        N_("Scenario", "The engine has no Windows drivers."),
        creating("nat", "could not find plugin nat in v1 plugin registry: plugin not found"),
    ),
)
