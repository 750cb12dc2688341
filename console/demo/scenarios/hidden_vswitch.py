"""An external vSwitch was made while the engine ran (seed, "Existing vSwitch (not visible …)")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import creating
from console.demo.scenarios.scenario import Scenario
from console.domain.drivers.options import INTERFACE
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.add_vswitch("ExternalSwitch", "Ethernet")


SCENARIO = Scenario(
    id="hidden-vswitch",
    title=N_("Scenario", "A vSwitch Docker does not see"),
    description=N_(
        "Scenario",
        "Hyper-V bound a vSwitch to the card while Docker was running: a transparent network on it is "
        "refused.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "A transparent network on a card that looks free is refused."),
        creating("transparent", "An adapter was not found. (0x803b0006)", options={INTERFACE: "Ethernet"}),
    ),
)
