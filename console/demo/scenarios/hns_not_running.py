"""The Host Networking Service is stopped (reference, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.services.stop(host.state.windows.services["hns"])


SCENARIO = Scenario(
    id="hns-not-running",
    title=N_("Scenario", "HNS is stopped"),
    description=N_("Scenario", "The Host Networking Service is not running: no network can be created."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "No network can be created, and no container starts."),
        creating("nat", "The service has not been started. (0x426)"),
    ),
)
