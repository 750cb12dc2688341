"""Cases of checks about containers and their endpoints."""

from __future__ import annotations

from typing import Any

from console.domain.run_options import RunOptions
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Container, Endpoint, Network, Snapshot, SwarmFacts
from console.domain.swarm.objects import ServicePort, SwarmService
from tests.checks.cases.case import LAN, OTHER_NAT, Case, pods
from tests.domain.hosts import ETHERNET, MANAGER, NAT, host, network

_COMPOSE = {"com.docker.compose.project": "shop", "com.docker.compose.service": "db"}


def _running(*networks: Network, aliases: tuple[str, ...] = (), project: int = 0) -> Snapshot:
    """Containers that are on all ``networks``; ``project``: so many of one Compose project."""
    endpoints = tuple(Endpoint(network_id=one.id, network_name=one.name, aliases=aliases) for one in networks)
    containers = tuple(
        Container(
            id="c0ffee" + f"{number:058}", name=f"database-{number}", state="running", endpoints=endpoints,
            labels=_COMPOSE if project else {},
        )
        for number in range(project or 1)
    )  # fmt: skip
    known = host(networks=(NAT, *networks))
    return known.model_copy(update={"containers": fresh(containers)})


def _run_with(build: int = 20348, **options: Any) -> Snapshot:
    """A container that was run with those options."""
    known = _running(NAT)
    made = known.containers.value[0].id if known.containers.value else ""
    engine = host(build=build).engine
    return known.model_copy(
        update={"engine": engine, "run_options": fresh((RunOptions(id=made, **options),))}
    )


def _connected(endpoint: Endpoint, *inside: Adapter, state: str = "running") -> Snapshot:
    container = Container(id="c0ffee" + "0" * 58, name="web", state=state, endpoints=(endpoint,))
    known = host(networks=(NAT, OTHER_NAT), adapters=(ETHERNET, *inside))
    return known.model_copy(update={"containers": fresh((container,))})


def _services(*services: SwarmService, build: int = 20348, **options: str) -> Snapshot:
    mesh = network("mesh", "overlay", "10.0.1.0/24", options=options)
    on_it = tuple(one.model_copy(update={"network_ids": (mesh.id,)}) for one in services)
    known = host(build=build, swarm=MANAGER, networks=(NAT, mesh))
    return known.model_copy(update={"swarm": SwarmFacts(services=fresh(on_it))})


def _task_on(encrypted: str) -> Snapshot:
    """A worker's view: it knows no services, but the containers of its tasks."""
    mesh = network("mesh", "overlay", "10.0.1.0/24", options={"encrypted": encrypted})
    endpoint = Endpoint(network_id=mesh.id, network_name="mesh", endpoint_id="e")
    task = Container(
        id="c0ffee" + "0" * 58, name="shop.1", state="running", endpoints=(endpoint,),
        labels={"com.docker.swarm.service.name": "shop"},
    )  # fmt: skip
    known = host(networks=(NAT, mesh))
    return known.model_copy(update={"containers": fresh((task,))})


_HALF = Endpoint(network_id=OTHER_NAT.id, network_name="frontend")
_WHOLE = _HALF.model_copy(
    update={"endpoint_id": "e", "address": "10.244.8.9", "mac_address": "00:15:5d:01:02:03"}
)


def _inside(address: str, compartment: int = 2) -> Adapter:
    return Adapter(
        name="vEthernet (Ethernet) 9", physical=False, mac_address="00:15:5d:01:02:03",
        addresses=(address,) if address else (), compartment=compartment,
    )  # fmt: skip


_SHOP = SwarmService(id="s", name="shop")
_DNSRR = SwarmService(id="s", name="shop", endpoint_mode="dnsrr")
_PUBLISHED = _DNSRR.model_copy(update={"ports": (ServicePort(target=80, published=8080),)})
_ON_NODES = _DNSRR.model_copy(update={"ports": (ServicePort(target=80, published=8080, mode="host"),)})

CASES: dict[str, Case] = {
    "ip-change-on-running-container": Case(
        (_connected(_HALF), _connected(_WHOLE, _inside("10.244.8.77/20"))),
        (
            _connected(_HALF, state="exited"),
            _connected(_WHOLE),
            _connected(_WHOLE, _inside("10.244.8.9/20")),
            _connected(_WHOLE, _inside("")),
            _connected(_WHOLE, _inside("10.244.8.77/20", compartment=1)),
        ),
    ),
    "unsupported-run-option": Case(
        (
            _run_with(links=("/database:/web/db",)),
            _run_with(dns_options=("ndots:2",)),
            _run_with(ipv6_addresses=("fd00::9",)),
            _run_with(network_mode="host"),
            _run_with(ports=("127.0.0.1:8080:80/tcp",)),
            _run_with(ports=("8000-8010:80/tcp",)),
            _run_with(ports=("8080:80/sctp",)),
            _run_with(14393, dns_search=("a.example", "b.example")),
        ),
        (
            _run_with(network_mode="frontend", ports=("8080:80/tcp", "0.0.0.0:53:53/udp", "443/tcp")),
            _run_with(14393, dns_search=("a.example",)),
            _run_with(dns_search=("a.example", "b.example")),
        ),
    ),
    "unsupported-service-option": Case(
        (
            _services(_SHOP, encrypted=""),
            _services(_DNSRR, encrypted="true"),
            _services(_SHOP, build=14393),
            _services(_PUBLISHED, build=14393),
            _task_on(""),
        ),
        (
            _services(_SHOP),
            _services(_SHOP, encrypted="false"),
            _services(encrypted=""),
            _services(_DNSRR, build=14393),
            _services(_ON_NODES, build=14393),
            _task_on("0"),
        ),
    ),
    "service-discovery-unsupported": Case(
        (_running(LAN, aliases=("db",)), _running(pods("192.168.1.0/24"), aliases=("db",)),
         _running(LAN, project=2)),
        (
            _running(LAN, project=1),
            _running(LAN, OTHER_NAT, aliases=("db",)),
            _running(LAN, aliases=()),
            _running(LAN, aliases=("c0ffee000000",)),
            _running(OTHER_NAT, aliases=("db",)),
        ),
    ),
}  # fmt: skip
