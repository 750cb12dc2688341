"""A running container's endpoint came off (reference, 6.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_DEGRADED = 5


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    web = run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    web.endpoints["frontend"].hns_state = _DEGRADED
    web.changed()


SCENARIO = Scenario(
    id="endpoint-not-attached",
    title=N_("Scenario", "A container cut off"),
    description=N_("Scenario", "A container runs, but its endpoint is no longer attached to it."),
    apply=_apply,
    os_build=26100,
    symptom=Symptom(
        N_("Scenario", "The container runs but reaches nothing."),
        inside("web", "ping", "-n", "1", "192.168.1.1", words="General failure"),
    ),
)
