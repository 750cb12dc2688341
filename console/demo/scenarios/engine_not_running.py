"""The engine's service is stopped (reference, 4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.services_stopped import SCENARIO as SERVICES_STOPPED
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    SERVICES_STOPPED.apply(host)


SCENARIO = Scenario(
    id="engine-not-running",
    title=N_("Scenario", "Docker is not running"),
    description=N_("Scenario", "The service docker is stopped: every docker command ends with an error."),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "No docker command gets an answer. Over its pipe the client says: open //./pipe/docker_engine: "
            "The system cannot find the file specified.",
        ),
        creating("nat", "refused"),
    ),
)
