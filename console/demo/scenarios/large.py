"""Thousands of networks and endpoints, some of them changing all the time (for ``dev.py bench``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.hns import HnsRequest
from console.demo.scenarios.scenario import Scenario
from console.demo.state import ContainerState, EndpointState, HnsSubnet, NetworkState, PoolState
from console.domain.drivers import options as keys
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

NETWORKS = 5_000
ENDPOINTS = 20_000
CHURN = 0.01
_MOST_NETWORKS = 60_000
#: Started long ago, all containers say "Up 3 hours" for an hour; just started, all 20,000 would
#: change each second (their "Up 37 seconds"), and not the one in a hundred that is promised.
_UP_SECONDS = 3 * 3600.0


def build(
    host: PracticeHost, *, networks: int = NETWORKS, endpoints: int = ENDPOINTS, churn: float = CHURN
) -> None:
    """Fill a host: nat networks of /24 out of 10.0.0.0/8, containers with one endpoint each.

    ``churn`` is the share of containers and networks that change each second while it is served.
    ValueError for more networks than 10.0.0.0/8 holds, or more than 200 endpoints in one.
    """
    if not 0 < networks <= _MOST_NETWORKS or endpoints > networks * 200:
        raise ValueError(f"{networks} networks with {endpoints} endpoints do not fit")
    host.state.churn_share = churn
    made = [_network(host, number) for number in range(networks)]
    for number in range(endpoints):
        _container(host, number, made[number % networks])


def _network(host: PracticeHost, number: int) -> NetworkState:
    third = number + 256 * 64  # beginning at 10.64.0.0, clear of the host's own links
    prefix = f"10.{third >> 8}.{third & 255}"
    hns_network = host.hns.create_unchecked(
        HnsRequest(
            name=f"load-{number:05d}",
            type="nat",
            subnets=(HnsSubnet(prefix=f"{prefix}.0/24", gateway=f"{prefix}.1"),),
        )
    )
    network = NetworkState(
        id=host.identity.hex_id(),
        name=f"load-{number:05d}",
        driver="nat",
        created=host.clock(),
        ipam_options={},
        pools=[PoolState(subnet=f"{prefix}.0/24", gateway=f"{prefix}.1")],
        options={keys.HNS_ID: hns_network.id, keys.NETWORK_NAME: hns_network.name},
        labels={"group": f"{number % 20}"},
        hns_id=hns_network.id,
    )
    host.networks.add(network)
    return network


def _container(host: PracticeHost, number: int, network: NetworkState) -> None:
    container_id = host.identity.hex_id()
    container = ContainerState(
        id=container_id,
        name=f"task-{number:05d}",
        image="nanoserver",
        image_id=host.state.images[0].id,
        created=host.clock() - _UP_SECONDS,
        command=["ping", "-t", "localhost"],
        config={"Labels": {}},
        host_config={},
        network_mode=network.name,
        isolation="hyperv",  # thousands of network compartments no host could hold
        hostname=container_id[:12],
        endpoints={network.name: EndpointState()},
        state="running",
        started=host.clock() - _UP_SECONDS,
    )
    host.attachments.join(container, network.name)
    host.containers.add(container)


SCENARIO = Scenario(
    id="large",
    title=N_("Scenario", "A very large host"),
    description=N_("Scenario", "Thousands of networks and endpoints, one in a hundred changing each second."),
    apply=build,
)
