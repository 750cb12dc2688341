"""A host whose engine was started for the first time."""

from __future__ import annotations

from console.demo.scenarios.scenario import Scenario
from console.domain.text import N_

SCENARIO = Scenario(
    id="empty",
    title=N_("Scenario", "A new container host"),
    description=N_("Scenario", "Nothing but what the engine creates at its first start."),
)
