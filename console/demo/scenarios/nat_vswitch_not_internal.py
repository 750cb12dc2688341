"""Somebody changed a nat network's vSwitch in Hyper-V Manager (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    made = network(host, "frontend", "nat")
    carrier = host.hns.network(made.hns_id)
    if carrier is None:
        raise RuntimeError("the network just made has no part in HNS")
    host.state.switches[carrier.switch_id].kind = VSwitchKind.PRIVATE
    for one in host.state.hns_networks.values():
        one.host_vnic_lost = one.switch_id == carrier.switch_id


SCENARIO = Scenario(
    id="nat-vswitch-not-internal",
    title=N_("Scenario", "A nat vSwitch made private"),
    description=N_(
        "Scenario",
        "Someone made the vSwitch of a nat network private in Hyper-V Manager: the host is no longer on it.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Containers on the network reach nothing outside, and their published ports do not answer.",
        ),
        page="switches",
    ),
)
