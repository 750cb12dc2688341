"""Cases of checks about networks that were made in a way that does not work on Windows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.domain.drivers.options import HNS_ID
from console.domain.host_inventory import Service, ServiceStatus
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Container, Endpoint, IpamPool, Network, Snapshot
from tests.checks.cases.case import LAN, Case, corp, on_switch, pods, with_facts
from tests.domain.hosts import ETHERNET, MANAGER, NAT, SECOND, host, network, shim

BARE = network("lan", "transparent")
OTHER = network("other", "transparent", options=shim(interface="Ethernet 2"))
STATIC = network("lan", "transparent", "192.168.1.0/24", gateway="192.168.1.1")
SECOND_ON_CARD = network("pods", "l2bridge", "192.168.1.0/24", options=shim(interface="ethernet"))
_WIFI = ETHERNET.model_copy(update={"name": "Wi-Fi", "wireless": True})


def on_cards(*networks: Network, adapters: Sequence[Adapter] = (ETHERNET, SECOND)) -> Snapshot:
    return host(networks=(NAT, *networks), adapters=adapters)


def _running_on(carried: Network, address: str) -> Snapshot:
    endpoint = Endpoint(network_id=carried.id, network_name=carried.name, configured_address=address)
    container = Container(id="c0ffee" + "0" * 58, name="web", state="running", endpoints=(endpoint,))
    return host(networks=(NAT, carried)).model_copy(update={"containers": fresh((container,))})


def _plain(**changes: Any) -> Snapshot:
    made = network("backend", "nat", "10.244.8.0/24", gateway="10.244.8.1", **changes)
    return host(networks=(NAT, made))


def _pooled(driver: str = "nat", **changes: Any) -> Snapshot:
    pool = IpamPool(subnet="10.244.8.0/24", gateway="10.244.8.1", **changes)
    made = network("backend", driver).model_copy(update={"pools": (pool,)})
    return host(networks=(NAT, made))


def _partitions(*subnets: str, build: int = 14393) -> Snapshot:
    networks = [network(f"n{place}", "nat", subnet) for place, subnet in enumerate(subnets)]
    return host(build=build, networks=(NAT, *networks), nat_prefixes=("172.16.0.0/16",))


def _with_vfp(carried: Network, status: ServiceStatus, **where: Any) -> Snapshot:
    return with_facts(on_switch(carried, **where), services=(Service(name="vfpext", status=status),))


def _mesh(*adapters: Adapter, holder: Network | None = LAN, interface: str = "Ethernet") -> Snapshot:
    options = shim(interface=interface) if interface else {}
    mesh = network("mesh", "overlay", "10.0.1.0/24", options=options)
    others = () if holder is None else (holder,)
    return host(swarm=MANAGER, networks=(NAT, *others, mesh), adapters=adapters or (ETHERNET, SECOND))


def _engine(version: str) -> Snapshot:
    known = host()
    assert known.engine.value is not None
    engine = known.engine.value.model_copy(update={"version": version})
    return known.model_copy(update={"engine": fresh(engine)})


_OUTBOUND = network(
    "pods", "l2bridge", "10.99.0.0/24", options=shim(interface="Ethernet", enable_outboundnat="true")
)
_RUNNING, _STOPPED = ServiceStatus.RUNNING, ServiceStatus.STOPPED

CASES: dict[str, Case] = {
    "adapter-already-bound": Case(
        (
            _mesh(),
            _mesh(ETHERNET, interface=""),
            on_cards(LAN, SECOND_ON_CARD),
        ),
        (
            _mesh(holder=None),
            _mesh(interface=""),
            _mesh(interface="Ethernet 2"),
            _mesh(holder=network("other-mesh", "overlay", "10.0.2.0/24", options=shim(interface="Ethernet"))),
            on_cards(LAN, OTHER),
        ),
    ),
    "container-dns": Case(
        (_plain(options=shim(disable_gatewaydns="true")), _engine("25.0.2")),
        (
            _plain(options=shim(disable_gatewaydns="true", dnsservers="10.1.1.1")),
            _plain(options=shim(disable_gatewaydns="false")),
            _engine("25.0.4"),
            _engine("25.0.30"),
        ),
    ),
    "l2bridge-dhcp": Case(
        (host(networks=(NAT, network("pods", "l2bridge"))),
         host(networks=(NAT, network("pods", "l2bridge", "0.0.0.0/0")))),
        (host(networks=(NAT, pods("192.168.1.0/24"))), host(networks=(NAT, LAN))),
    ),
    "l2bridge-prerequisites": Case(
        (
            _with_vfp(pods("192.168.1.0/24"), _STOPPED),
            _with_vfp(pods("192.168.1.0/24"), ServiceStatus.MISSING),
            _with_vfp(pods("10.99.0.0/24"), _RUNNING),
        ),
        (
            _with_vfp(pods("192.168.1.0/24"), _RUNNING),
            _with_vfp(corp("192.168.1.0/24"), _STOPPED),
            _with_vfp(_OUTBOUND, _RUNNING),
            _with_vfp(pods("10.99.0.0/24"), _RUNNING, address=""),
            _with_vfp(pods("10.99.0.0/24"), _RUNNING, build=14393),
        ),
    ),
    "nat-multiple-unsupported": Case(
        (_partitions("192.168.50.0/24"), _partitions("172.16.1.0/24", "10.244.0.0/24")),
        (
            _partitions("172.16.1.0/24", "172.16.2.0/24"),
            _partitions("192.168.50.0/24", build=15063),
            host(build=14393, networks=(network("other", "nat", "10.1.1.0/24"),)),
        ),
    ),
    "static-ip-needs-subnet-gateway": Case(
        (
            _running_on(LAN, "192.168.1.60"),
            _running_on(network("lan", "transparent", "0.0.0.0/0"), "192.168.1.60"),
            host(networks=(NAT, network("lan", "transparent", "192.168.1.0/24"))),
            host(networks=(NAT, network("lan", "transparent", "192.168.1.0/24", gateway="0.0.0.0"))),
        ),
        (
            _running_on(LAN, ""),
            _running_on(STATIC, "192.168.1.60"),
            _running_on(network("odd", "nat", "0.0.0.0/0"), "10.1.1.1"),
            host(networks=(NAT, network("mesh", "overlay", "10.0.1.0/24"))),
        ),
    ),
    "transparent-interface-missing": Case(
        (on_cards(BARE), on_cards(BARE, OTHER, adapters=(ETHERNET,))),
        (
            on_cards(LAN),
            on_cards(BARE, adapters=(ETHERNET,)),
            on_cards(BARE, adapters=(ETHERNET, _WIFI)),
            on_cards(network("Machines", "transparent", options=shim(hnsowned="true"))),
        ),
    ),
    "unsupported-network-option": Case(
        (
            _plain(internal=True),
            _plain(enable_ipv6=True),
            _plain(ipam_options={"vlan": "7"}),
            _plain(ipam_driver="infoblox"),
            _plain(options={"com.docker.network.driver.mtu": "1400"}),
            _pooled(aux_addresses={"router": "10.244.8.5"}),
            _pooled(ip_range="10.244.8.0/25"),
        ),
        (
            _plain(ipam_driver="windows", options={HNS_ID: "0A87F093-80A3-4495-8C09-608A6D28416D"}),
            _plain(options={"encrypted": ""}),
            _pooled("overlay", ip_range="10.244.8.0/25"),
        ),
    ),
}  # fmt: skip
