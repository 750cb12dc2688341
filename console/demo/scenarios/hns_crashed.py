"""The Host Networking Service crashed during the night (reference, 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_HOURS_AGO = (9.0, 3.5)


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    now = host.clock()
    host.state.windows.setup.hns_crashes = [now - hours * 3600 for hours in _HOURS_AGO]


SCENARIO = Scenario(
    id="hns-crashed",
    title=N_("Scenario", "HNS crashed"),
    description=N_(
        "Scenario", "The Host Networking Service crashed twice last night; Windows started it again."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "What was in progress failed: The remote procedure call failed. (0x6be) Windows has restarted "
            "HNS since.",
        ),
        page="services",
    ),
)
