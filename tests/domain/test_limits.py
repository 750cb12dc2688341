"""How far a host is from its limits, and what each rests on."""

from __future__ import annotations

from typing import Any

from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.host_inventory import HnsLoadBalancer
from console.domain.host_ports import DynamicPorts
from console.domain.host_setup import HnsService
from console.domain.limits import Basis, Meter, Nearness, meters
from console.domain.sections import fresh, unavailable
from console.domain.snapshot import Container, Endpoint, Network, PortMapping, Snapshot
from tests.domain.hosts import ETHERNET, NAT, REASON, SECOND, host, linux_host, network

SMALL = network("small", "nat", "10.5.0.0/29", gateway="10.5.0.1")


def on(name: str, on_network: Network, *ports: int) -> Container:
    endpoint = Endpoint(network_id=on_network.id, network_name=on_network.name)
    mappings = tuple(PortMapping(container_port=80, host_port=port) for port in ports)
    return Container(id=name, name=name, state="running", endpoints=(endpoint,), ports=mappings)


def with_facts(snapshot: Snapshot, **facts: Any) -> Snapshot:
    known = {name: fresh(value) for name, value in facts.items()}
    return snapshot.model_copy(update={"facts": snapshot.facts.model_copy(update=known)})


def measured(snapshot: Snapshot) -> dict[str, Meter]:
    return {one.id: one for one in meters(snapshot)}


def test_that_the_number_of_networks_is_held_against_what_people_reported() -> None:
    many = [network(f"n{at}", "nat") for at in range(50)]
    meter = measured(host(networks=many))["networks"]
    assert (meter.used, meter.limit, meter.left) == (50, 50, 0)
    assert (meter.nearness, meter.basis) == (Nearness.REACHED, Basis.REPORTED)
    assert measured(host(networks=many[:38]))["networks"].nearness is Nearness.NEAR
    assert measured(host(networks=many[:37]))["networks"].nearness is Nearness.FAR


def test_that_a_network_has_room_without_its_gateway_and_two_addresses() -> None:
    snapshot = host(networks=[NAT, SMALL])
    containers = tuple(on(f"c{at}", SMALL) for at in range(4))
    found = measured(snapshot.model_copy(update={"containers": fresh(containers)}))
    meter = found[f"addresses-{SMALL.id}"]
    assert (meter.used, meter.limit, meter.left) == (4, 5, 1)
    assert meter.nearness is Nearness.NEAR
    assert meter.subject == "small"
    assert meters(snapshot.model_copy(update={"containers": fresh(containers)}))[0] == meter, (
        "before all else"
    )
    order = [one.subject for one in meters(snapshot.model_copy(update={"containers": fresh(containers)}))]
    assert order.index("small") < order.index("nat"), "the fullest first"


def test_that_networks_without_a_subnet_have_no_meter_of_addresses() -> None:
    lan = network("lan", "transparent", "0.0.0.0/0")
    assert f"addresses-{lan.id}" not in measured(host(networks=[lan]))


def test_that_external_networks_are_held_against_the_adapters_there_are() -> None:
    lan = network("lan", "transparent", "0.0.0.0/0")
    mesh = network("mesh", "overlay", "10.0.1.0/24")
    meter = measured(host(networks=[NAT, lan, mesh], adapters=[ETHERNET, SECOND]))["adapters"]
    assert (meter.used, meter.limit) == (1, 2), "overlay networks share one"
    assert meter.basis is Basis.DOCUMENTED


def test_that_an_overlay_larger_than_docker_advises_is_marked() -> None:
    small = network("small-mesh", "overlay", "10.0.1.0/24")
    large = network("large-mesh", "overlay", "10.0.0.0/22")
    found = measured(host(networks=[small, large]))
    assert found[f"overlay-{small.id}"].nearness is Nearness.FAR
    assert found[f"overlay-{large.id}"].used == 1024
    assert found[f"overlay-{large.id}"].nearness is Nearness.REACHED


def test_that_dynamic_ports_are_counted_in_blocks() -> None:
    ports = (
        DynamicPorts(protocol="tcp", first=49152, count=16384, free_blocks=9),
        DynamicPorts(protocol="udp", first=49152, count=16384),
    )
    found = measured(with_facts(host(), dynamic_ports=ports))
    tcp, udp = found["dynamic-ports-tcp"], found["dynamic-ports-udp"]
    assert (tcp.used, tcp.limit, tcp.left, tcp.nearness) == (247, 256, 9, Nearness.NEAR)
    assert udp.used is None
    assert udp.nearness is Nearness.UNKNOWN
    assert "not read" in str(udp.unknown)


def test_that_ports_the_engine_chose_are_those_of_its_own_range_on_its_own_drivers() -> None:
    pods = network("pods", "l2bridge", "10.9.0.0/24")
    containers = (on("a", pods, 60000, 80), on("b", NAT, 60001), on("c", pods, 65000))
    snapshot = host(networks=[NAT, pods]).model_copy(update={"containers": fresh(containers)})
    meter = measured(snapshot)["engine-ports"]
    assert (meter.used, meter.limit) == (2, 5001)


def test_that_vxlan_ids_threads_and_back_ends_are_read() -> None:
    mesh = network("mesh", "overlay", "10.0.1.0/24", options={VXLAN_ID_LIST: "4096,4097,12,x"})
    balancer = HnsLoadBalancer(id="L", endpoints=tuple(map(str, range(64))))
    snapshot = with_facts(
        host(networks=[mesh]),
        hns_service=HnsService(process_id=4, threads=210),
        hns_load_balancers=(balancer,),
    )
    found = measured(snapshot)
    assert found["vxlan-ids"].used == 2
    assert found["hns-threads"].nearness is Nearness.REACHED
    assert (found["back-ends-L"].used, found["back-ends-L"].nearness) == (64, Nearness.REACHED)


def test_that_what_could_not_be_read_is_unknown_with_the_reason() -> None:
    known = host()
    facts = known.facts.model_copy(update={"hns_service": unavailable(REASON)})
    unread = {"networks": unavailable(REASON), "containers": unavailable(REASON), "facts": facts}
    found = measured(known.model_copy(update=unread))
    assert found["networks"].nearness is Nearness.UNKNOWN
    assert found["networks"].unknown == REASON
    assert found["hns-threads"].used is None
    assert found["hns-threads"].unknown == REASON


def test_that_a_linux_engine_has_only_the_limits_of_its_subnets() -> None:
    found = measured(linux_host(network("bridge", "bridge", "172.17.0.0/16", gateway="172.17.0.1")))
    assert [one.split("-")[0] for one in found] == ["addresses"]


def test_that_every_limit_says_what_it_means_and_where_it_is_from() -> None:
    for one in meters(with_facts(host(networks=[NAT, SMALL]), hns_service=HnsService())):
        assert str(one.meaning)
        assert one.source
        assert str(one.unknown) or one.used is not None
