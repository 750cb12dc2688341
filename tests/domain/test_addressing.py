"""Address arithmetic holds for any prefixes, not only for the examples."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.addressing import (
    first_host,
    free_addresses,
    nat_internal_prefix,
    next_free_subnet,
    overlaps,
    parse_prefix,
    partition,
    prefixes_in_use,
    routed_elsewhere,
    span_of_text,
)
from console.domain.prefix_index import PrefixKind, span_of
from console.domain.sections import fresh
from console.domain.snapshot import Container, Endpoint
from tests.domain.hosts import ETHERNET, HOST_VNIC, NAT, host, linux_host, network, unread_host

networks = st.builds(
    lambda number, length: IPv4Network((number, length), strict=False),
    st.integers(0, 2**32 - 1),
    st.integers(1, 32),
)
private = st.builds(
    lambda number, length: IPv4Network((0xAC100000 + number, length), strict=False),
    st.integers(0, 2**20 - 1),
    st.integers(14, 30),
)


def occupied(prefixes: list[IPv4Network]):
    return linux_host(*(network(f"n{at}", "bridge", str(prefix)) for at, prefix in enumerate(prefixes)))


@given(networks, networks)
def test_that_overlap_is_what_python_says(one: IPv4Network, other: IPv4Network) -> None:
    assert overlaps(one, other) == one.overlaps(other)


@given(st.one_of(networks.map(str), st.text("0123456789./:a ", max_size=20), st.text(max_size=12)))
def test_that_the_quick_span_is_that_of_the_parsed_prefix(text: str) -> None:
    parsed = parse_prefix(text)
    quick = span_of_text(text)
    if parsed is not None:
        assert quick == span_of(parsed)
    elif quick is not None:  # it takes leading zeros, which nobody writes in a prefix
        assert parse_prefix("{}.{}.{}.{}/{}".format(*map(int, text.replace("/", ".").split(".")))) is not None


@given(st.lists(private, max_size=30), st.integers(16, 30))
def test_that_a_free_subnet_meets_nothing_in_use(taken: list[IPv4Network], length: int) -> None:
    found = next_free_subnet(length, occupied(taken))
    assert found is not None
    free = IPv4Network(found)
    assert free.prefixlen == length
    assert free.is_private
    assert not any(free.overlaps(prefix) for prefix in taken)


@given(st.lists(private, max_size=12), st.integers(16, 20))
def test_that_the_free_subnet_is_the_lowest(taken: list[IPv4Network], length: int) -> None:
    found = next_free_subnet(length, occupied(taken), within="172.16.0.0/12")
    candidates = IPv4Network("172.16.0.0/12").subnets(new_prefix=length)
    whole = [prefix for prefix in taken if not IPv4Network("172.16.0.0/12").subnet_of(prefix)]
    expected = next((one for one in candidates if not any(one.overlaps(prefix) for prefix in whole)), None)
    assert found == (str(expected) if expected is not None else None)


@given(st.lists(private, max_size=8))
def test_that_avoided_prefixes_are_kept_clear_of(avoided: list[IPv4Network]) -> None:
    found = next_free_subnet(24, linux_host(), avoid=[str(prefix) for prefix in avoided])
    assert found is not None
    assert not any(IPv4Network(found).overlaps(prefix) for prefix in avoided)


def test_that_there_is_no_free_subnet_in_a_full_prefix() -> None:
    full = occupied([IPv4Network("10.0.0.0/25"), IPv4Network("10.0.0.128/25")])
    assert next_free_subnet(26, full, within="10.0.0.0/24") is None
    assert next_free_subnet(16, full, within="10.0.0.0/24") is None
    assert next_free_subnet(24, full, within="nonsense") is None


VPN_ROUTES = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")


@pytest.mark.parametrize("routes", [("0.0.0.0/1", "128.0.0.0/1"), ("0.0.0.0/0",), ()])
def test_that_the_halves_of_the_default_route_say_nothing_of_a_prefix(routes: tuple[str, ...]) -> None:
    where = host(networks=(), routes=routes)
    assert next_free_subnet(24, where) == "172.16.0.0/24"
    assert routed_elsewhere("172.16.0.0/24", where) == ""


def test_that_a_free_subnet_is_found_although_a_vpn_takes_all_private_ranges() -> None:
    where = host(networks=(NAT,), routes=(*VPN_ROUTES, "172.17.0.0/16"))
    found = next_free_subnet(24, where)
    assert found == "172.18.0.0/24", "what nothing but the broad routes holds"
    assert routed_elsewhere(found, where) == "172.16.0.0/12"


def test_that_what_no_route_takes_elsewhere_is_preferred() -> None:
    where = host(networks=(), routes=("172.16.0.0/12", "10.0.0.0/8"))
    found = next_free_subnet(24, where)
    assert found == "192.168.0.0/24"
    assert routed_elsewhere(found, where) == ""
    assert routed_elsewhere("no prefix", where) == ""


@given(st.integers(17, 28))
def test_that_a_partition_of_the_nat_prefix_holds_disjoint_parts_without_the_hosts_gateway(
    length: int,
) -> None:
    server_2016 = host(build=14393, nat_prefixes=("172.16.0.0/16",), adapters=(ETHERNET, HOST_VNIC))
    parts = [IPv4Network(part) for part in islice(partition("172.16.0.0/16", length, server_2016), 40)]
    assert parts
    assert all(part.subnet_of(IPv4Network("172.16.0.0/16")) and part.prefixlen == length for part in parts)
    assert all(one.broadcast_address < other.network_address for one, other in pairwise(parts))
    gateway = IPv4Network("172.16.0.1/32")
    assert not any(part.overlaps(gateway) for part in parts)


def test_that_the_seeds_partitions_come_first() -> None:
    server_2016 = host(build=14393, nat_prefixes=("172.16.0.0/16",))
    assert list(islice(partition("172.16.0.0/16", 24, server_2016), 2)) == ["172.16.1.0/24", "172.16.2.0/24"]


def test_that_the_nat_prefix_is_the_hosts_word_and_else_that_of_the_default_network() -> None:
    assert nat_internal_prefix(host(nat_prefixes=("10.1.0.0/16",))) == "10.1.0.0/16"
    assert nat_internal_prefix(unread_host(NAT)) == "172.16.0.0/16"
    assert nat_internal_prefix(unread_host()) is None


@pytest.mark.parametrize(
    ("subnet", "expected"),
    [
        ("10.0.0.0/24", "10.0.0.1"),
        ("10.0.0.4/30", "10.0.0.5"),
        ("10.0.0.0/31", ""),
        ("fd00::/64", ""),
        ("x", ""),
    ],
)
def test_that_the_first_host_is_the_usual_gateway(subnet: str, expected: str) -> None:
    assert first_host(subnet) == expected


@given(st.text(max_size=24))
def test_that_any_text_is_read_or_refused_without_an_exception(text: str) -> None:
    prefix = parse_prefix(text)
    assert prefix is None or "/" in text


@pytest.mark.parametrize(
    "text", ["", "10.0.0.0", "10.0.0.0/255.0.0.0", "10.0.0.0/", "10.0.0/8", "010.0.0.0/8", "fd00::/8"]
)
def test_that_only_ipv4_cidr_text_is_a_prefix(text: str) -> None:
    assert parse_prefix(text) is None


def test_that_prefixes_in_use_name_their_owners_and_leave_out_what_every_host_has() -> None:
    where = host(
        networks=(NAT, network("dhcp", "transparent", "0.0.0.0/0")),
        nat_prefixes=("172.16.0.0/16",),
        routes=("0.0.0.0/0", "127.0.0.0/8", "224.0.0.0/4", "10.1.2.3/32", "10.0.0.0/8"),
    )
    found = [(used.kind, used.prefix, str(used.owner)) for used in prefixes_in_use(where)]
    assert found == [
        (PrefixKind.NETWORK, "172.16.0.0/16", "the network nat"),
        (PrefixKind.NAT, "172.16.0.0/16", "the NAT H1"),
        (PrefixKind.ADAPTER, "192.168.1.0/24", "the adapter Ethernet"),
        (PrefixKind.ROUTE, "10.0.0.0/8", "the route 10.0.0.0/8"),
    ]


def test_that_free_addresses_leave_out_gateway_and_endpoints() -> None:
    small = network("small", "nat", "10.0.0.0/29", gateway="10.0.0.1")
    endpoint = Endpoint(network_id=small.id, network_name="small", address="10.0.0.3")
    elsewhere = Endpoint(network_id="other", network_name="other", address="10.0.0.4")
    where = host(networks=(small,)).model_copy(
        update={"containers": fresh((Container(id="c", name="c", endpoints=(endpoint, elsewhere)),))}
    )
    assert list(free_addresses(small, where)) == ["10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.6"]
