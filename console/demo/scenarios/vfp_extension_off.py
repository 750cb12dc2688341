"""VFP is off on an l2bridge network's vSwitch (seed, "VFP")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_
from console.domain.vfp import VFP_EXTENSION_IDS

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    subnet = "192.168.1.0/24"
    made = network(host, "pods", "l2bridge", subnet=subnet, gateway="192.168.1.1", interface="Ethernet")
    carrier = host.hns.network(made.hns_id)
    if carrier is None:
        raise RuntimeError("the network just made has no part in HNS")
    off = dict.fromkeys(VFP_EXTENSION_IDS, False)
    host.state.switches[carrier.switch_id].extensions.update(off)


SCENARIO = Scenario(
    id="vfp-extension-off",
    title=N_("Scenario", "VFP is disabled"),
    description=N_(
        "Scenario",
        "Someone disabled the Virtual Filtering Platform on the vSwitch of an l2bridge network.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Containers on the network reach nothing outside the host."),
        page="switches",
    ),
)
