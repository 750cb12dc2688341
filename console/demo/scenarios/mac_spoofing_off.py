"""A transparent network on a guest of Hyper-V (seed, "MACAddressSpoofing")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.hyper_v_guest import SCENARIO as GUEST
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "lan", "transparent", interface="Ethernet 2")
    run(host, "web", "iis", network="lan")


SCENARIO = Scenario(
    id="mac-spoofing-off",
    title=N_("Scenario", "A guest whose Hyper-V host drops containers' frames"),
    description=N_(
        "Scenario",
        "Containers on a Hyper-V guest have their own MAC addresses, which the Hyper-V host blocks.",
    ),
    prepare=GUEST.prepare,
    apply=_apply,
    adapters=GUEST.adapters,
    symptom=Symptom(
        N_("Scenario", "The container has no address and reaches nothing."),
        inside("web", "ping", "-n", "1", "192.168.1.1", words="General failure"),
    ),
)
