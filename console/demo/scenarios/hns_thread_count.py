"""The Host Networking Service piles up threads (reference, 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_MANY = 412


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.state.windows.setup.hns_threads = _MANY


SCENARIO = Scenario(
    id="hns-thread-count",
    title=N_("Scenario", "HNS deadlocked"),
    description=N_(
        "Scenario", "The Host Networking Service has hundreds of threads that wait for each other."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "docker run, docker network create and docker ps hang without an error."),
        page="services",
    ),
)
