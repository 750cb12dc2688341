"""An external vSwitch was there before the engine started, and shows as a transparent network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    host.add_vswitch("external-virtual", "Ethernet")


SCENARIO = Scenario(
    id="external-vswitch",
    title=N_("Scenario", "A vSwitch found at start"),
    description=N_(
        "Scenario", "Docker found Hyper-V's external vSwitch and lists it as a transparent network."
    ),
    prepare=_prepare,
)
