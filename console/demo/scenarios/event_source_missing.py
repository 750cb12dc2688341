"""The engine is no source of the event log (reference, 6.1)."""

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
    host.state.windows.setup.event_sources.clear()


SCENARIO = Scenario(
    id="event-source-missing",
    title=N_("Scenario", "Docker is not in the event log"),
    description=N_(
        "Scenario", "The service was registered manually, and its event log source was forgotten."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "The event log says: The description for Event ID 1 from source docker cannot be found.",
        ),
        page="host",
    ),
)
