"""Docker Desktop's Linux machine has a switch (seed, "Moby Linux VMs use DockerNAT")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.state import SwitchState
from console.domain.practice import Symptom
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    switch = SwitchState(
        id=host.identity.guid(), name="DockerNAT", kind=VSwitchKind.INTERNAL, hns_known=False
    )
    host.state.switches[switch.id] = switch


SCENARIO = Scenario(
    id="dockernat-switch",
    title=N_("Scenario", "Docker Desktop's own switch"),
    description=N_("Scenario", "Docker Desktop created the vSwitch DockerNAT for its Linux virtual machine."),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Nothing is wrong. Changing this vSwitch has no effect on Windows containers.",
        ),
        page="switches",
    ),
)
