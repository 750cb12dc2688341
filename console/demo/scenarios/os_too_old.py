"""Windows Server 2016 as it was first released, without updates (reference, 2.6 and 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import starting
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat", subnet="172.16.1.0/24", gateway="172.16.1.1")
    run(host, "web", "iis", network="frontend", started=False)


SCENARIO = Scenario(
    id="os-too-old",
    title=N_("Scenario", "Windows without updates"),
    description=N_("Scenario", "Windows Server 2016 as released: no container starts on it."),
    apply=_apply,
    os_build=14393,
    os_revision=0,
    symptom=Symptom(
        N_("Scenario", "No container starts."),
        starting("web", "failure in a Windows system call: Catastrophic failure"),
    ),
)
