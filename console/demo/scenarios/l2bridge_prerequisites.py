"""The Virtual Filtering Platform does not run (seed, "VFP"; reference, 4.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.drivers.options import INTERFACE
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "pods", "l2bridge", subnet="192.168.1.0/24", gateway="192.168.1.1", interface="Ethernet")
    host.services.stop(host.state.windows.services["vfpext"])


SCENARIO = Scenario(
    id="l2bridge-prerequisites",
    title=N_("Scenario", "The filtering platform is stopped"),
    description=N_(
        "Scenario", "The service vfpext, which l2bridge and overlay networks depend on, is not running."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Another l2bridge network is refused."),
        creating(
            "l2bridge",
            "A network of this type can not be created because VFP is not available. (0x803b0037)",
            subnet="10.123.174.0/23",
            gateway="10.123.174.1",
            options={INTERFACE: "Ethernet 2"},
        ),
    ),
)
