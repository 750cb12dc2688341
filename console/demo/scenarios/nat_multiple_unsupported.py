"""The one NAT prefix of Windows Server 2016 was made smaller (seed, "Multiple NAT networks on WS2016")."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import starting
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    default = host.networks.find("nat")
    halves = list(IPv4Network(host.state.nat_prefix or "172.16.0.0/16").subnets())
    own = IPv4Network((default.pools or [])[0].subnet)
    kept, left = halves if own.subnet_of(halves[0]) else reversed(halves)
    outside = list(left.subnets(new_prefix=24))[1]
    network(host, "backend", "nat", subnet=str(outside), gateway=str(outside[1]))
    run(host, "database", "servercore", network="backend", started=False)
    if host.build.single_nat:
        host.state.nat_prefix = str(kept)


SCENARIO = Scenario(
    id="nat-multiple-unsupported",
    title=N_("Scenario", "A nat network outside the NAT prefix"),
    description=N_("Scenario", "WinNAT was recreated with half of its prefix: a nat network is outside it."),
    apply=_apply,
    os_build=14393,
    symptom=Symptom(
        N_(
            "Scenario",
            "The container does not start: its network is outside the prefix that Windows translates.",
        ),
        starting("database", "The parameter is incorrect. (0x57)"),
    ),
)
