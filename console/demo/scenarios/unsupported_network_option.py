"""A network made with options of Linux (seed, "Unsupported features and network options")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.network_request import CreateBody
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    subnet = "172.16.1.0/24" if host.build.single_nat else "10.244.1.0/24"
    base = subnet.removesuffix("0/24")
    pool = {"Subnet": subnet, "Gateway": f"{base}1", "AuxiliaryAddresses": {"router": f"{base}5"}}
    body = {
        "Name": "backend",
        "Driver": "nat",
        "Internal": True,
        "IPAM": {"Driver": "default", "Options": {}, "Config": [pool]},
        "Options": {"com.docker.network.driver.mtu": "1400"},
    }
    host.networks.create(CreateBody.model_validate(body))
    run(host, "database", "servercore", network="backend")


SCENARIO = Scenario(
    id="unsupported-network-option",
    title=N_("Scenario", "Options that do nothing"),
    description=N_(
        "Scenario",
        "A network was created with --internal and --aux-address, which Windows is never told about.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "There is no error. The network is not internal, and its address is not reserved."),
        page="networks",
    ),
)
