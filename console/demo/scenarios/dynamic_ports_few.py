"""Somebody narrowed the dynamic port range (reference, 6.3 and 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_FEW = 640


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    for record in host.state.windows.ports.dynamic:
        record.count = _FEW


SCENARIO = Scenario(
    id="dynamic-ports-few",
    title=N_("Scenario", "Few dynamic ports"),
    description=N_(
        "Scenario", "Someone narrowed the range of dynamic ports for a firewall: containers run out of them."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Under load, connections fail: Only one usage of each socket address (protocol/network "
            "address/port) is normally permitted.",
        ),
        page="ports",
    ),
)
