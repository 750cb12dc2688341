"""The private ranges of a host: what is taken, what is in conflict and what is free."""

from __future__ import annotations

from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.address_map import AddressMap, FreeBlock, address_map, subnet_in
from console.domain.addressing import PRIVATE_PREFIXES, prefix_index
from console.domain.object_ref import ObjectKind
from console.domain.prefix_index import PrefixKind
from console.domain.snapshot import Adapter, Snapshot
from tests.domain.hosts import host, network, unreachable_host
from tests.domain.whole_hosts import any_hosts, whole_host

prefixes = st.builds(
    lambda number, length: str(IPv4Network((number >> (32 - length) << (32 - length), length))),
    st.integers(0, 2**32 - 1),
    st.integers(1, 30),
)
private_prefixes = st.builds(
    lambda base, number, length: str(IPv4Network((base + number >> (32 - length) << (32 - length), length))),
    st.sampled_from([10 << 24, (172 << 24) + (16 << 16), (192 << 24) + (168 << 16)]),
    st.integers(0, 2**16 - 1),
    st.integers(14, 30),
)


@st.composite
def addressed_hosts(draw: st.DrawFn) -> Snapshot:
    """Hosts with any subnets, routes and NATs, near each other and not."""
    subnets = draw(st.lists(prefixes | private_prefixes, max_size=12))
    networks = [
        network(f"n{number}", draw(st.sampled_from(["nat", "overlay", "transparent"])), subnet)
        for number, subnet in enumerate(subnets)
    ]
    routes = draw(st.lists(prefixes | private_prefixes, max_size=6))
    return host(networks=networks, routes=routes, nat_prefixes=draw(st.lists(private_prefixes, max_size=2)))


@given(addressed_hosts())
def test_that_used_and_free_blocks_partition_each_range(snapshot: Snapshot) -> None:
    for found in address_map(snapshot).ranges:
        whole = IPv4Network(found.prefix)
        free = [IPv4Network(block.prefix) for block in found.free]
        used = [IPv4Network(block.prefix) for block in found.blocks]
        for number, block in enumerate(free):
            assert block.subnet_of(whole)
            assert not any(block.overlaps(other) for other in (*used, *free[number + 1 :]))
        inside = sum(
            min(int(one.broadcast_address), int(whole.broadcast_address))
            - max(int(one.network_address), int(whole.network_address))
            + 1
            for one, block in zip(used, found.blocks, strict=True)
            if block.depth == 0
        )
        assert inside + sum(block.num_addresses for block in free) == whole.num_addresses


@given(addressed_hosts())
def test_that_every_prefix_in_use_is_one_block(snapshot: Snapshot) -> None:
    blocks = address_map(snapshot).blocks
    assert len({block.prefix for block in blocks}) == len(blocks)
    assert {block.prefix for block in blocks} == {str(held.prefix) for held in prefix_index(snapshot).held}


@given(addressed_hosts())
def test_that_a_block_knows_the_smallest_one_around_it(snapshot: Snapshot) -> None:
    found = {block.prefix: block for block in address_map(snapshot).blocks}
    for block in found.values():
        own = IPv4Network(block.prefix)
        outer = [one for one in map(IPv4Network, found) if one != own and own.subnet_of(one)]
        assert block.depth == len(outer)
        assert block.within == (str(max(outer, key=lambda one: one.prefixlen)) if outer else "")


@given(any_hosts())
def test_that_any_host_has_a_map(snapshot: Snapshot) -> None:
    assert [one.prefix for one in address_map(snapshot).ranges] == list(PRIVATE_PREFIXES)


def conflicts(snapshot: Snapshot) -> dict[str, list[str]]:
    return {
        block.prefix: [str(overlap.text) for overlap in block.overlaps]
        for block in address_map(snapshot).blocks
        if block.overlaps
    }


NAT_A = network("a", "nat", "10.1.0.0/16")
NAT_B = network("b", "nat", "10.1.5.0/24")
VPN = Adapter(name="VPN", addresses=("10.1.5.9/24",))
VNIC = Adapter(name="vEthernet (a)", host_vnic=True, addresses=("10.1.0.1/16",))
LAN_CARD = Adapter(name="Ethernet", addresses=("10.1.0.7/16",))

CONFLICTS = [
    (
        host(networks=(NAT_A, NAT_B), adapters=()),
        {
            "10.1.0.0/16": ["the network b has 10.1.5.0/24"],
            "10.1.5.0/24": ["the network a has 10.1.0.0/16"],
        },
    ),
    (
        host(networks=(NAT_A, network("c", "nat", "10.1.0.0/16")), adapters=()),
        {"10.1.0.0/16": ["the network c has 10.1.0.0/16", "the network a has 10.1.0.0/16"]},
    ),
    (
        host(networks=(NAT_A,), adapters=(VPN,)),
        {
            "10.1.0.0/16": ["the adapter VPN has 10.1.5.0/24"],
            "10.1.5.0/24": ["the network a has 10.1.0.0/16"],
        },
    ),
    (
        host(networks=(NAT_A,), adapters=(VNIC,), nat_prefixes=("10.1.0.0/16",), routes=("10.1.0.0/16",)),
        {},
    ),
    (host(networks=(network("l", "transparent", "10.1.0.0/16"),), adapters=(LAN_CARD,)), {}),
]


@pytest.mark.parametrize(("snapshot", "expected"), CONFLICTS)
def test_that_only_different_things_on_the_same_addresses_are_in_conflict(
    snapshot: Snapshot, expected: dict[str, list[str]]
) -> None:
    found = conflicts(snapshot)
    assert {prefix: sorted(texts) for prefix, texts in found.items()} == {
        prefix: sorted(texts) for prefix, texts in expected.items()
    }


def test_that_a_nat_network_on_the_subnet_of_a_real_adapter_is_in_conflict() -> None:
    found = conflicts(host(networks=(NAT_A,), adapters=(LAN_CARD,)))
    assert sorted(found["10.1.0.0/16"]) == [
        "the adapter Ethernet has 10.1.0.0/16",
        "the network a has 10.1.0.0/16",
    ]


def test_that_nat_networks_in_the_one_nat_prefix_of_server_2016_are_nested_and_in_no_conflict() -> None:
    snapshot = host(
        networks=(network("a", "nat", "172.16.1.0/24"), network("b", "nat", "172.16.2.0/24")),
        adapters=(),
        nat_prefixes=("172.16.0.0/16",),
    )
    found = {block.prefix: block for block in address_map(snapshot).blocks}
    assert [found[prefix].within for prefix in ("172.16.1.0/24", "172.16.2.0/24")] == ["172.16.0.0/16"] * 2
    assert conflicts(snapshot) == {}


def test_that_one_thing_with_several_holders_is_one_block_of_the_network() -> None:
    found = {block.prefix: block for block in address_map(whole_host()).blocks}
    nat = found["172.20.0.0/20"]
    assert nat.kind is PrefixKind.NETWORK
    assert str(nat.owner) == "the network nat"
    assert {ref.kind for ref in nat.refs} == {ObjectKind.NETWORK, ObjectKind.NAT, ObjectKind.ADAPTER}
    assert nat.overlaps == ()


def test_that_what_lies_outside_of_the_private_ranges_is_kept() -> None:
    found = address_map(host(networks=(network("public", "transparent", "8.8.8.0/24"),), adapters=()))
    assert [block.prefix for block in found.elsewhere] == ["8.8.8.0/24"]


def test_that_a_host_that_can_not_be_read_is_all_free() -> None:
    found: AddressMap = address_map(unreachable_host())
    assert found.blocks == ()
    assert [block.prefix for block in found.free] == list(PRIVATE_PREFIXES)


@pytest.mark.parametrize(
    ("free", "length", "subnet"),
    [
        ("10.0.0.0/8", 24, "10.0.0.0/24"),
        ("10.1.2.0/24", 24, "10.1.2.0/24"),
        ("10.1.2.128/28", 24, "10.1.2.128/28"),
    ],
)
def test_that_a_network_can_be_made_in_a_free_block(free: str, length: int, subnet: str) -> None:
    assert subnet_in(FreeBlock(free), length) == subnet
