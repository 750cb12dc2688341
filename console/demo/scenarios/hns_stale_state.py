"""Left-overs in HNS, as :mod:`console.demo.scenarios.stale_objects` has them (reference, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.stale_objects import SCENARIO as STALE_OBJECTS
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    STALE_OBJECTS.apply(host)


SCENARIO = Scenario(
    id="hns-stale-state",
    title=N_("Scenario", "What a crash left in HNS"),
    description=N_("Scenario", "HNS still holds a network and endpoints that no container uses."),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "HNS lists a network and endpoints that belong to nothing; new ones that conflict with them "
            "are refused.",
        ),
        page="hns",
    ),
)
