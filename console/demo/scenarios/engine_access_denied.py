"""The account is no administrator's and in no group that may use the engine (reference, 4.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.state.windows.elevated = False
    host.state.windows.may_use_engine = False


SCENARIO = Scenario(
    id="engine-access-denied",
    title=N_("Scenario", "Docker denies access"),
    description=N_(
        "Scenario", "The account is not an administrator's, so the engine's pipe answers: access is denied."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Every docker command is refused."),
        creating("nat", "Access is denied."),
    ),
)
