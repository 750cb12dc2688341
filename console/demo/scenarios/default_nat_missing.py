"""The default network was removed behind the engine (reference, 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import running
from console.demo.scenarios.scenario import Scenario
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    default = host.networks.find("nat")
    host.hns.delete_network(default.hns_id)
    host.networks.drop(default)


SCENARIO = Scenario(
    id="default-nat-missing",
    title=N_("Scenario", "The default network is gone"),
    description=N_("Scenario", "Someone removed the network nat, on which containers run by default."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "A container that names no network does not start."),
        running("network nat not found"),
    ),
)
