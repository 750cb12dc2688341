"""A setting of Technical Preview 5 is still there (reference, 6.1)."""

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
    host.state.windows.setup.container_values["VSmbDisableOplocks"] = 1


SCENARIO = Scenario(
    id="oplocks-disabled",
    title=N_("Scenario", "A setting from a preview"),
    description=N_(
        "Scenario",
        "This host was upgraded from a technical preview and still has a registry value that it needed.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Programs have trouble with files in containers; nothing says why."),
        page="host",
    ),
)
