"""An overlay network has a VXLAN ID that Windows does not carry (reference, 4.2, 0x490)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import running
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.swarm.init("192.168.1.10")
    network(host, "mesh", "overlay", options={VXLAN_ID_LIST: "100"}, attachable=True)


SCENARIO = Scenario(
    id="overlay-prerequisites",
    title=N_("Scenario", "A VXLAN ID that is too low"),
    description=N_(
        "Scenario", "An overlay network was created with a VXLAN ID that Windows does not support."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "No container starts on the overlay network."),
        running("Element not found. (0x490)", network="mesh"),
    ),
)
