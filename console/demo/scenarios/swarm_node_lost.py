"""A mixed swarm of Windows and Linux nodes, one of which the managers hear nothing from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.state import OtherNodeState, ServicePortState, ServiceState
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.swarm.init("192.168.1.10")
    mesh = network(host, "mesh", "overlay", attachable=True)
    data = network(host, "data", "overlay")
    network(host, "secure", "overlay", options={"encrypted": "true"})
    run(host, "agent", "nanoserver", network="mesh")
    swarm, identity = host.state.swarm, host.identity
    swarm.others = [
        OtherNodeState(
            id=identity.swarm_id(), name="LINUX-1", address="192.168.1.21", os="linux", role="manager"
        ),
        OtherNodeState(
            id=identity.swarm_id(),
            name="WIN-2",
            address="192.168.1.12",
            state="down",
            message="heartbeat failure",
        ),
        OtherNodeState(id=identity.swarm_id(), name="WIN-3", address="192.168.1.13", availability="drain"),
    ]
    swarm.services = [
        ServiceState(
            id=identity.swarm_id(),
            name="shop",
            image="iis:latest",
            network_ids=[mesh.id],
            created=host.clock(),
            replicas=3,
            ports=[ServicePortState(target=80, published=8080)],
            constraints=["node.platform.os==windows"],
        ),
        ServiceState(
            id=identity.swarm_id(),
            name="store",
            image="postgres:16",
            network_ids=[data.id],
            created=host.clock(),
            os="linux",
            endpoint_mode="dnsrr",
        ),
        ServiceState(
            id=identity.swarm_id(),
            name="report",
            image="report:1",
            network_ids=[mesh.id],
            created=host.clock(),
            constraints=["node.labels.disk==ssd"],
            constraint_met=False,
        ),
    ]


SCENARIO = Scenario(
    id="swarm-node-lost",
    title=N_("Scenario", "A swarm that lost a node"),
    description=N_(
        "Scenario",
        "Windows and Linux nodes, one of which does not answer, and a service that finds no node to run on.",
    ),
    apply=_apply,
)
