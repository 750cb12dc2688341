"""docker.exe is in no folder of the PATH (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.state.windows.setup.docker_clients.clear()


SCENARIO = Scenario(
    id="docker-not-in-path",
    title=N_("Scenario", "No docker on the PATH"),
    description=N_("Scenario", "The engine runs, but typing docker says that there is no such command."),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "PowerShell says: The term 'docker' is not recognized as the name of a cmdlet, "
            "function, script file, or operable program. The engine runs all the same.",
        ),
        page="host",
    ),
)
