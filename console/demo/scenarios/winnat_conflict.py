"""A NAT that another program made has the prefix of a nat network (reference, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.windows_state import NatRecord
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    inside = "172.16.8" if host.build.single_nat else "10.77.8"
    network(host, "frontend", "nat", subnet=f"{inside}.0/24", gateway=f"{inside}.1")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    outer = f"{inside.removesuffix('.8')}.8.0/22"
    host.state.windows.nats.append(NatRecord(name="Machines", prefix=outer))


SCENARIO = Scenario(
    id="winnat-conflict",
    title=N_("Scenario", "Another program's NAT"),
    description=N_("Scenario", "A NAT for virtual machines was created over the addresses of a nat network."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Another nat network is refused."),
        creating("nat", "The parameter is incorrect. (0x57)", subnet="10.77.9.0/24", gateway="10.77.9.1"),
    ),
)
