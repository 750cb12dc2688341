"""Docker was told to make no network, and nobody made one (reference, 2.4 and 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import running
from console.demo.scenarios.scenario import Scenario
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    host.state.windows.setup.daemon["bridge"] = "none"


def _apply(host: PracticeHost) -> None:
    for network in [one for one in host.networks.all() if one.driver != "null"]:
        host.networks.drop(network)
        host.hns.delete_network(network.hns_id)


SCENARIO = Scenario(
    id="no-container-network",
    title=N_("Scenario", "No network at all"),
    description=N_(
        "Scenario", "Docker is configured to create no default network, and no other one was created."
    ),
    apply=_apply,
    prepare=_prepare,
    symptom=Symptom(
        N_("Scenario", "There is no network for a container to start on."),
        running("network nat not found"),
    ),
)
