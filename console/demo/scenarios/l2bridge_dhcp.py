"""Another program made an l2bridge network without a subnet (seed, "DHCP … L2Bridge networks")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import starting
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import run
from console.demo.state import HnsNetworkState
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    made = HnsNetworkState(
        id=host.identity.guid(upper=host.build.upper_case_guids),
        name="cbr0",
        type="l2bridge",
        mac_pool=host.identity.mac_pool(),
    )
    made.switch_id = host.hns.switches.bind(made, ("Ethernet",))
    made.type = "L2Bridge"  # as others than Docker spell it (reference, 5.4)
    host.hns.adopt_network(made)


def _apply(host: PracticeHost) -> None:
    run(host, "pod", "nanoserver", network="cbr0", started=False)


SCENARIO = Scenario(
    id="l2bridge-dhcp",
    title=N_("Scenario", "An l2bridge network without a subnet"),
    description=N_(
        "Scenario",
        "A plug-in left its l2bridge network to DHCP, which can't work there: no container starts.",
    ),
    prepare=_prepare,
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "The container does not start: there is no subnet to take its address from."),
        starting("pod", "The network does not have a subnet for this endpoint. (0x803b0005)"),
    ),
)
