"""The gateway's address was taken off the host's vNIC (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    made = network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    carrier = host.hns.network(made.hns_id)
    if carrier is None:
        raise RuntimeError("the network just made has no part in HNS")
    carrier.host_vnic_lost = True


SCENARIO = Scenario(
    id="nat-gateway-missing",
    title=N_("Scenario", "A missing gateway"),
    description=N_(
        "Scenario",
        "Another program removed the gateway's address from the host's vNIC: containers reach nothing.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "The container runs but reaches nothing outside."),
        inside("web", "ping", "-n", "1", "192.168.1.1", words="Request timed out."),
    ),
)
