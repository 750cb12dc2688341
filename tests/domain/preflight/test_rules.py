"""Every preflight rule objects where it must, with the value that would work, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.drivers.linux_options import LINUX_OPTION_BY_KEY
from console.domain.drivers.options import OPTION_BY_KEY
from console.domain.drivers.registry import LINUX_DRIVERS, WINDOWS_DRIVERS
from console.domain.preflight.check import RULES, preflight
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.violation import Violation
from tests.domain.hosts import (
    ETHERNET,
    NAT,
    host,
    linux_host,
    network,
    shim,
    spec,
    unreachable_host,
    unread_host,
)
from tests.domain.preflight import address_rows, general_rows, option_rows
from tests.domain.preflight.row import Row

ROWS = (*general_rows.ROWS, *address_rows.ROWS, *option_rows.ROWS)
IDS = [f"{number}-{row.rule}" for number, row in enumerate(ROWS)]


def violations_of(rule: str, asked: NetworkSpec, where: Snapshot) -> list[Violation]:
    return [violation for violation in preflight(asked, where) if violation.rule == rule]


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_that_the_rule_objects_and_suggests_what_would_work(row: Row) -> None:
    found = violations_of(row.rule, row.objected, row.host)
    assert [(one.severity, one.suggestion) for one in found[:1]] == [(row.severity, row.suggestion)]
    assert str(found[0].message)
    assert str(found[0].why)
    assert found[0].source


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_that_the_rule_is_silent_where_all_is_well(row: Row) -> None:
    assert violations_of(row.rule, row.silent, row.silent_host) == []


def test_that_each_rule_has_a_row_and_an_id_of_its_own() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert {row.rule for row in ROWS} == set(ids)


@pytest.mark.parametrize(
    "asked",
    [
        spec("nat"),
        spec("nat", "172.20.0.0/24", "172.20.0.1"),
        spec("transparent"),
        spec("transparent", "192.168.1.0/24", "192.168.1.254"),
        spec("l2bridge", "192.168.1.0/24", "192.168.1.254", options=shim(enable_outboundnat="true")),
    ],
    ids=lambda asked: asked.driver,
)
def test_that_a_sound_spec_raises_nothing_at_all(asked: NetworkSpec) -> None:
    assert preflight(asked, host()) == ()


@pytest.mark.parametrize("driver", [driver.name for driver in WINDOWS_DRIVERS])
@pytest.mark.parametrize("where", [unread_host(), unreachable_host()], ids=["unread", "unreachable"])
def test_that_every_rule_copes_with_a_host_that_can_not_be_read(driver: str, where: Snapshot) -> None:
    asked = spec(driver, "10.0.0.0/24", "10.0.0.1", options=shim(interface="Ethernet", vlanid="5"))
    for violation in preflight(asked, where):
        assert str(violation.message)


def test_that_the_seeds_own_example_custom_nat_2_is_refused_with_its_repair() -> None:
    server_2016 = host(
        build=14393,
        nat_prefixes=("172.16.0.0/16",),
        networks=(NAT, network("CustomNat1", "nat", "172.16.1.0/24", gateway="172.16.1.1")),
    )
    found = preflight(spec("nat", "172.16.2.0/24", "172.16.1.1", name="CustomNat2"), server_2016)
    assert [(one.rule, one.suggestion) for one in found] == [("gateway-outside", "172.16.2.1")]
    assert preflight(spec("nat", "172.16.2.0/24", "172.16.2.1", name="CustomNat2"), server_2016) == ()


def test_that_errors_come_before_warnings_and_notes() -> None:
    asked = spec("l2bridge", name="a b", internal=True)
    order = [violation.severity for violation in preflight(asked, host())]
    assert order == sorted(order, key=list(Severity).index)
    assert set(order) == set(Severity)


def test_that_a_violation_counts_the_subnet_it_speaks_of() -> None:
    asked = spec("overlay", "10.0.0.0/24", more_subnets=["10.0.1.7/24"])
    (found,) = violations_of("subnet-host-bits", asked, host())
    assert found.position == 1


@pytest.mark.parametrize("row", [row for row in ROWS if row.suggestion], ids=lambda row: row.rule)
def test_that_texts_show_values_with_braces_unharmed(row: Row) -> None:
    asked = row.objected.model_copy(update={"name": "{name}{0}"})
    for violation in preflight(asked, row.host):
        assert str(violation.message)
        assert str(violation.why)


typed = st.one_of(
    st.text(max_size=20),
    st.from_regex(r"[0-9a-f.:/, -]{1,24}", fullmatch=True),
    st.sampled_from(["10.0.0.0/24", "10.0.0.5/24", "fd00::/64", "10.0.0.1", "0.0.0.0/0", "true", "Ethernet"]),
)
entries = st.builds(
    SubnetSpec,
    subnet=typed,
    gateway=typed,
    ip_range=typed,
    aux_addresses=st.dictionaries(typed, typed, max_size=2),
)
keys = st.one_of(st.sampled_from(sorted({*OPTION_BY_KEY, *LINUX_OPTION_BY_KEY})), typed)
specs = st.builds(
    NetworkSpec,
    name=typed,
    driver=st.sampled_from(["", "x", *(known.name for known in (*WINDOWS_DRIVERS, *LINUX_DRIVERS))]),
    subnets=st.lists(entries, max_size=3).map(tuple),
    options=st.dictionaries(keys, typed, max_size=4),
    scope=st.sampled_from(["", "local", "swarm", "x"]),
    config_only=st.booleans(),
    config_from=st.sampled_from(["", "settings"]),
    enable_ipv6=st.booleans(),
)
hosts = st.sampled_from([host(), host(build=14393), unread_host(NAT), unreachable_host(), linux_host()])


@given(specs, hosts)
def test_that_whatever_is_typed_is_judged_and_never_fails(asked: NetworkSpec, where: Snapshot) -> None:
    for violation in preflight(asked, where):
        assert str(violation.message)
        assert str(violation.why)


def test_that_a_configuration_network_is_not_judged_by_its_driver() -> None:
    assert preflight(spec("bridge", config_only=True), host()) == ()
    assert preflight(spec("l2bridge", config_only=True), host()) == ()


def test_that_settings_of_the_configuration_network_are_judged_with_the_spec() -> None:
    settings = network("settings", "null", "172.16.4.0/24", config_only=True, options=shim(vlanid="7"))
    where = host(networks=(NAT, settings))
    found = {violation.rule for violation in preflight(spec("nat", config_from="settings"), where)}
    assert {"vlan-driver", "prefix-in-use"} <= found


def test_that_preflight_is_quick_enough_for_every_keystroke(benchmark) -> None:  # type: ignore[no-untyped-def]
    networks = tuple(network(f"n{i}", "nat", f"10.{i // 250}.{i % 250}.0/24") for i in range(5000))
    crowded = host(networks=networks, adapters=(ETHERNET,), routes=[one.pools[0].subnet for one in networks])
    assert preflight(spec("nat", "172.20.0.0/24"), crowded) == ()
    benchmark(preflight, spec("nat", "10.0.7.0/24"), crowded)
