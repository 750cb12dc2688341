"""The sorted index answers as a look at every single prefix would."""

from ipaddress import IPv4Network
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from console.domain.addressing import overlaps, parse_prefix, prefix_index
from tests.domain.hosts import host, linux_host, network

crowded = st.builds(
    lambda number, length: IPv4Network((0x0A000000 + number, length), strict=False),
    st.integers(0, 2**14 - 1),
    st.integers(20, 32),
)


def occupied(prefixes):
    return linux_host(*(network(f"n{at}", "bridge", str(prefix)) for at, prefix in enumerate(prefixes)))


@given(st.lists(crowded, max_size=12), crowded)
def test_that_it_finds_every_holder_that_a_prefix_meets_and_in_order(prefixes, wanted):
    found = [held.name for held in prefix_index(occupied(prefixes)).overlapping(wanted)]
    assert found == [f"n{at}" for at, prefix in enumerate(prefixes) if overlaps(prefix, wanted)]


@given(st.lists(crowded, max_size=12))
def test_that_its_spans_cover_the_held_addresses_and_no_other(prefixes):
    spans = prefix_index(occupied(prefixes)).spans
    covered = {number for first, last in spans for number in range(first, last + 1)}
    held = {number for prefix in prefixes for number in range(int(prefix[0]), int(prefix[-1]) + 1)}
    assert covered == held
    assert all(before[1] + 1 < after[0] for before, after in pairwise(spans))


def test_that_a_network_of_several_subnets_is_told_once():
    where = linux_host(network("wide", "bridge", "10.0.0.0/24"))
    wide = where.networks.value[0]
    pools = (wide.pools[0], wide.pools[0].model_copy(update={"subnet": "10.0.1.0/24"}))
    where = linux_host(wide.model_copy(update={"pools": pools}))
    whole = parse_prefix("10.0.0.0/16")
    assert [one.name for one in prefix_index(where).overlapping_networks(whole)] == ["wide"]


def test_that_the_index_is_made_once_for_a_snapshot_and_anew_for_the_next():
    before, after = host(), host(routes=("10.9.0.0/16",))
    assert prefix_index(before) is prefix_index(before)
    assert len(prefix_index(after).held) == len(prefix_index(before).held) + 1
