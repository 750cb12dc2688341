"""The engine is the manager of a swarm, with an attachable overlay network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.state import NetworkState, ServiceState
from console.demo.windows_state import HnsEndpointRecord, LoadBalancerRecord
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.swarm.init("192.168.1.10")
    mesh = network(host, "mesh", "overlay", attachable=True)
    run(host, "agent", "nanoserver", network="mesh")
    host.state.swarm.services.append(
        ServiceState(
            id=host.identity.swarm_id(),
            name="shop",
            image="iis:latest",
            network_ids=[mesh.id],
            created=host.clock(),
            replicas=2,
        )
    )
    _balance(host, mesh)


def _balance(host: PracticeHost, network: NetworkState) -> None:
    """HNS' part in the service: an endpoint of its own and a policy list (reference, 2.5)."""
    hns_network = host.hns.network(network.hns_id)
    if hns_network is None:
        raise RuntimeError("the overlay network in use has no part in HNS")
    lease = host.hns.lease(hns_network, "", "")
    virtual = host.hns.lease(hns_network, "", "")
    endpoint = HnsEndpointRecord(
        id=host.identity.guid(upper=False),
        network_id=hns_network.id,
        network_name=hns_network.name,
        name=f"{network.name}-endpoint",
        address=lease.address,
        prefix_length=lease.prefix_length,
        gateway=lease.gateway,
        mac_address=lease.mac_address,
    )
    balancer = LoadBalancerRecord(
        id=host.identity.guid(),
        endpoint_id=endpoint.id,
        virtual_address=virtual.address,
        internal_port=80,
        external_port=80,
    )
    host.state.windows.hns_endpoints[endpoint.id] = endpoint
    host.state.windows.load_balancers[balancer.id] = balancer


SCENARIO = Scenario(
    id="swarm-manager",
    title=N_("Scenario", "A swarm manager"),
    description=N_("Scenario", "Swarm mode is on: overlay networks can be created and one is in use."),
    apply=_apply,
)
