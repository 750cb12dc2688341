"""What the engine says beside what the container reports: which differences are marked, and why."""

from __future__ import annotations

from typing import Any

from console.domain.drivers.options import HNS_ID
from console.domain.host_inventory import HnsEndpoint, HnsNetwork
from console.domain.inside.comparison import Agreement, Comparison, compare
from console.domain.inside.view import InsideAdapter, InsideAddress, InsideView
from console.domain.relations import Relations
from console.domain.sections import fresh
from console.domain.snapshot import Container, Endpoint, Network
from tests.domain.hosts import host, network

MAC = "00:15:5d:b6:1b:0b"
FRONT = network("front", "nat", "172.28.48.0/20", gateway="172.28.48.1")
LAN = network("lan", "transparent", "0.0.0.0/0")
ENDPOINT = Endpoint(
    network_id=FRONT.id,
    network_name="front",
    endpoint_id="e" * 64,
    address="172.28.57.199",
    prefix_length=16,
    gateway="172.28.48.1",
    mac_address=MAC,
)
INSIDE = InsideAdapter(
    name="vEthernet (Ethernet)",
    mac_address=MAC,
    addresses=(
        InsideAddress(address="172.28.57.199", prefix_length=20),
        InsideAddress(address="fe80::1"),
    ),
    gateways=("172.28.48.1",),
    dns_servers=("172.28.48.1",),
    dhcp=False,
)


def compared(
    endpoint: Endpoint = ENDPOINT, *adapters: InsideAdapter, on: Network = FRONT, **view: Any
) -> dict[str, Comparison]:
    container = Container(id="c" * 64, name="web", state="running", endpoints=(endpoint,))
    hns = HnsEndpoint(
        id="E1", network_id="N1", mac_address=MAC, dns_servers=("172.28.48.1",), containers=(container.id,),
        address=endpoint.address,
    )  # fmt: skip
    snapshot = host(networks=(on.model_copy(update={"options": {HNS_ID: "N1"}}),))
    facts = snapshot.facts.model_copy(
        update={
            "hns_endpoints": fresh((hns,)),
            "hns_networks": fresh((HnsNetwork(id="N1", name="x", type="nat"),)),
        }
    )
    snapshot = snapshot.model_copy(update={"containers": fresh((container,)), "facts": facts})
    found = compare(container, InsideView(adapters=adapters, **view), Relations(snapshot))
    return {str(one.fact): one for one in found}


def test_that_a_healthy_endpoint_agrees_and_the_classful_prefix_is_explained() -> None:
    found = compared(ENDPOINT, INSIDE)
    assert {one.agreement for one in found.values()} == {Agreement.SAME}
    assert list(found) == ["Address", "Prefix length", "MAC address", "Gateway", "DNS servers"]
    assert (found["Prefix length"].configured, found["Prefix length"].reported) == ("20", "20")
    assert "The engine shows /16" in str(found["Prefix length"].why)
    assert found["DNS servers"].configured == "172.28.48.1"


def test_that_what_was_changed_inside_is_marked() -> None:
    other = INSIDE.model_copy(
        update={
            "addresses": (InsideAddress(address="10.0.0.7", prefix_length=8),),
            "gateways": (),
            "dns_servers": ("9.9.9.9",),
        }
    )
    found = compared(ENDPOINT, other)
    assert found["Address"].agreement is Agreement.DIFFERENT
    assert "changed inside" in str(found["Address"].why)
    assert found["Gateway"].agreement is Agreement.ONE_SIDED
    assert found["DNS servers"].agreement is Agreement.DIFFERENT
    assert found["MAC address"].agreement is Agreement.SAME, "by which it was found"


def test_that_an_address_by_dhcp_is_no_difference_and_a_self_given_one_is_explained() -> None:
    unknown = ENDPOINT.model_copy(
        update={
            "address": "", "prefix_length": 0, "gateway": "", "network_id": LAN.id, "network_name": "lan",
        }
    )  # fmt: skip
    leased = INSIDE.model_copy(update={"dhcp": True})
    address = compared(unknown, leased, on=LAN)["Address"]
    assert address.agreement is Agreement.ONE_SIDED
    assert "A DHCP server assigned it" in str(address.why)
    alone = INSIDE.model_copy(update={"addresses": (InsideAddress(address="169.254.3.4", prefix_length=16),)})
    address = compared(unknown, alone, on=LAN)["Address"]
    assert address.agreement is Agreement.DIFFERENT
    assert "MAC address spoofing" in str(address.why)


def test_that_missing_and_unknown_adapters_are_told() -> None:
    stranger = INSIDE.model_copy(
        update={"mac_address": "00:15:5d:00:00:99", "addresses": (InsideAddress(address="10.9.9.9"),)}
    )
    found = compared(ENDPOINT)
    assert found["Adapter"].agreement is Agreement.DIFFERENT
    assert "no adapter for this endpoint" in str(found["Adapter"].why)
    both = compared(ENDPOINT, INSIDE, stranger)
    assert both["Adapter"].agreement is Agreement.ONE_SIDED
    assert "10.9.9.9" in both["Adapter"].reported


def test_that_a_linux_containers_servers_count_for_its_adapters() -> None:
    linux = INSIDE.model_copy(update={"dns_servers": ()})
    found = compared(ENDPOINT, linux, dns_servers=("172.28.48.1",))
    assert found["DNS servers"].agreement is Agreement.SAME
