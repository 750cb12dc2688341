"""A transparent network on a guest of VMware (seed, "MACAddressSpoofing")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.scenarios.vmware_guest import SCENARIO as GUEST
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "lan", "transparent", interface="Ethernet1")
    run(host, "web", "iis", network="lan")


SCENARIO = Scenario(
    id="promiscuous-mode-off",
    title=N_("Scenario", "A guest whose port group drops containers' frames"),
    description=N_(
        "Scenario",
        "Containers on a VMware guest have their own MAC addresses; its port group blocks them.",
    ),
    prepare=GUEST.prepare,
    apply=_apply,
    adapters=GUEST.adapters,
    symptom=Symptom(
        N_("Scenario", "The container has no address and reaches nothing."),
        inside("web", "ping", "-n", "1", "192.168.1.1", words="General failure"),
    ),
)
