"""HNS could not put a network up again after an update (reference, 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import running
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_FAILED, _PORT_NOT_FOUND = 3, 0x803B0007


def _apply(host: PracticeHost) -> None:
    made = network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    carrier = host.hns.network(made.hns_id)
    if carrier is None:
        raise RuntimeError("the network just made has no part in HNS")
    carrier.state, carrier.last_error_code = _FAILED, _PORT_NOT_FOUND


SCENARIO = Scenario(
    id="hns-network-degraded",
    title=N_("Scenario", "A degraded network"),
    description=N_("Scenario", "Windows lists a network that it could not bring up again after an update."),
    apply=_apply,
    os_build=26100,
    symptom=Symptom(
        N_("Scenario", "Containers can no longer join the network."),
        running("Element not found. (0x490)", network="frontend"),
    ),
)
