"""A network has a VLAN (seed, "Set the VLAN ID for a Network")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.drivers.options import VLAN_ID
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "lab", "transparent", interface="Ethernet", options={VLAN_ID: "11"})


SCENARIO = Scenario(
    id="vlan-trunk",
    title=N_("Scenario", "A network in a VLAN"),
    description=N_(
        "Scenario", "A transparent network sends tagged frames, which the physical switch must let through."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "Where the physical port is not a trunk, containers on the network reach nothing."),
        page="networks",
    ),
)
