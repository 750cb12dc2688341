"""Failures explained with what is known of the host."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from console.checks.errors import explain
from console.domain.drivers.options import INTERFACE, NETWORK_NAME
from console.domain.failure import Failure, FailureKind
from console.domain.field import Field
from console.domain.plan import CreateNetwork, RemoveNetwork, Step
from console.domain.problem import Origin, Problem
from console.domain.sections import fresh
from console.domain.snapshot import (
    Adapter,
    Container,
    Endpoint,
    EngineInfo,
    HostFacts,
    HostIdentity,
    Hypervisor,
    IpamPool,
    Network,
    PortMapping,
    Snapshot,
    VSwitch,
    VSwitchKind,
)
from console.domain.spec import NetworkSpec, SubnetSpec

CORP = Network(
    id="4c" * 32,
    name="corp",
    driver="transparent",
    options={INTERFACE: "Ethernet", NETWORK_NAME: "Lan"},
    pools=(IpamPool(subnet="10.0.0.0/16", gateway="10.0.0.1"),),
)


def snapshot() -> Snapshot:
    adapters = (
        Adapter(name="Ethernet"),
        Adapter(name="Ethernet 2", vswitch="Handmade"),
        Adapter(name="Ethernet 3"),
        Adapter(name="Wi-Fi", wireless=True),
        Adapter(name="Ethernet 4", status="Disconnected"),
    )
    switches = (
        VSwitch(
            name="Handmade",
            id="1",
            kind=VSwitchKind.EXTERNAL,
            adapters=("Ethernet 2",),
            visible_to_docker=False,
        ),
    )
    web = Container(
        id="ab" * 32,
        name="web",
        state="running",
        ports=(PortMapping(container_port=80, host_port=8080),),
        endpoints=(Endpoint(network_id=CORP.id, network_name="corp"),),
    )
    engine = EngineInfo(
        version="29.0",
        api_version="1.52",
        os_type="windows",
        host_name="HOST1",
        network_drivers=("nat", "transparent"),
    )
    return Snapshot(
        host=HostIdentity(id="h", name="HOST1"),
        taken_at=datetime(2026, 1, 1, tzinfo=UTC),
        engine=fresh(engine),
        networks=fresh((CORP,)),
        containers=fresh((web,)),
        facts=HostFacts(
            adapters=fresh(adapters),
            vswitches=fresh(switches),
            nat_prefixes=fresh(()),
            routes=fresh(()),
            hypervisor=fresh(Hypervisor.NONE),
        ),
    )


def refused(raw: str, step: Step | None = None, status: int = 500) -> Problem:
    failure = Failure(kind=FailureKind.REFUSED, raw=raw, status=status)
    return explain(failure, step=step, snapshot=snapshot())


def create(adapter: str = "", subnet: str = "", hns_name: str = "", name: str = "new") -> CreateNetwork:
    options = {key: value for key, value in ((INTERFACE, adapter), (NETWORK_NAME, hns_name)) if value}
    subnets = (SubnetSpec(subnet=subnet),) if subnet else ()
    return CreateNetwork(spec=NetworkSpec(name=name, driver="transparent", subnets=subnets, options=options))


def test_that_an_overlap_names_the_network_and_a_subnet_that_is_free() -> None:
    problem = refused("hnsCall failed in Win32: Falscher Parameter. (0x57)", create(subnet="10.0.4.0/24"))
    assert str(problem.why) == "10.0.4.0/24 overlaps 10.0.0.0/16, which belongs to the network corp."
    assert str(problem.do[0]).startswith("Use 172.16.0.0/24:")
    assert (problem.field, problem.code, problem.origin) == (Field.SUBNET, "0x57", Origin.HNS)


@pytest.mark.parametrize(
    ("adapter", "why"),
    [
        ("Ethernet 9", "The host has no adapter called Ethernet 9."),
        ("Ethernet", "Ethernet already carries the network corp"),
        ("Ethernet 2", "Ethernet 2 is bound to the vSwitch Handmade, which was made while docker ran"),
        ("Ethernet 4", "Ethernet 4 is not up: Disconnected."),
    ],
)
def test_that_a_missing_adapter_is_explained_by_the_adapters_of_the_host(adapter: str, why: str) -> None:
    problem = refused("hnsCall failed in Win32: Adapter fehlt. (0x803b0006)", create(adapter))
    assert str(problem.why).startswith(why)
    assert str(problem.do[0]) == "Choose an adapter that is free: Ethernet 3"
    assert problem.field is Field.ADAPTER


@pytest.mark.parametrize("adapter", ["vEthernet (nat)", "Wi-Fi"])
def test_that_a_wrong_parameter_is_laid_to_an_adapter_that_can_not_carry_a_switch(adapter: str) -> None:
    problem = refused("hnsCall failed in Win32: x (0x57)", create(adapter))
    assert str(problem.why).startswith(f"{adapter} is a ")
    assert problem.field is Field.ADAPTER


@pytest.mark.parametrize(
    ("raw", "step", "why"),
    [
        (
            "network with name corp already exists",
            create(name="corp"),
            "has a transparent network called corp",
        ),
        ("… (0x803b0010)", create(hns_name="Lan"), "The docker network corp has the HNS name Lan."),
        (
            "network corp has active endpoints",
            RemoveNetwork(network=CORP.id, name="corp"),
            "Attached to it: web",
        ),
        ("This node is not a swarm manager.", None, "HOST1 is not in a swarm."),
        ("Bind for 0.0.0.0:8080 failed: port is already allocated", None, "The container web publishes"),
        ('plugin "macvlan" not found', None, "has the drivers nat, transparent."),
    ],
)
def test_that_the_reason_is_the_thing_on_this_host(raw: str, step: Step | None, why: str) -> None:
    assert why in str(refused(raw, step).why)


def test_that_without_a_snapshot_the_general_reason_is_told() -> None:
    problem = explain(Failure(kind=FailureKind.REFUSED, raw="x (0x803b0006)", status=500))
    assert "its own network card" in str(problem.why)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("network with name corp already exists", Field.NAME),
        ("invalid network config:\ninvalid subnet 10.0.0.5/24: it should be 10.0.0.0/24", Field.SUBNET),
        ("no matching subnet for gateway 10.1.0.1", Field.GATEWAY),
        ('strconv.ParseUint: parsing "abc": invalid syntax', Field.VLAN),
        ("this request is not supported by the 'windows' ipam driver", Field.IP_RANGE),
        ("x (0x803b0006)", Field.ADAPTER),
        ("x (0x803b0010)", Field.HNS_NETWORK_NAME),
        ("invalid mac pool. You must specify both a start range and an end range", Field.MAC_POOL),
        ("IPv4 cannot be disabled on Windows", Field.IPV6),
    ],
)
def test_that_a_refusal_leads_back_to_its_field(raw: str, field: Field) -> None:
    assert refused(raw).field is field


def test_that_all_faults_of_one_request_get_their_advice() -> None:
    problem = refused(
        "invalid network config:\ninvalid subnet 10.0.0.5/24: it should be 10.0.0.0/24\n"
        "invalid gateway 10.9.0.1: parent subnet 10.0.0.0/24 doesn't contain this address"
    )
    assert [str(advice) for advice in problem.do] == [
        "Write 10.0.0.0/24",
        "Choose an address of 10.0.0.0/24, usually its first one.",
    ]


def test_that_values_out_of_a_message_are_never_taken_for_placeholders() -> None:
    problem = refused("network with name {evil} %s {0} already exists")
    assert str(problem.what) == "The name {evil} %s {0} is taken."


@pytest.mark.parametrize(
    ("kind", "address", "raw", "hint"),
    [
        (FailureKind.NOT_RUNNING, "npipe:////./pipe/docker_engine", "x", "Start-Service docker"),
        (FailureKind.NOT_RUNNING, "", "(2, 'CreateFile', 'Das System …')", "Start-Service docker"),
        (FailureKind.NOT_RUNNING, "unix:///var/run/docker.sock", "x", "systemctl start docker"),
        (FailureKind.NOT_RUNNING, "tcp://10.0.0.1:2376", "refused", "2376 with TLS"),
        (FailureKind.NOT_RUNNING, "https://10.0.0.1:2376", "refused", "2376 with TLS"),
        (FailureKind.NOT_RUNNING, "ssh://me@host", "x", "docker version"),
        (FailureKind.NOT_RUNNING, "", "x", "Check the address"),
        (FailureKind.ACCESS_DENIED, "npipe:////./pipe/docker_engine", "x", "docker-users"),
        (FailureKind.ACCESS_DENIED, "npipe:////./pipe/docker_engine", "x", "as an administrator"),
        (FailureKind.ACCESS_DENIED, "unix:///var/run/docker.sock", "x", "usermod -aG docker"),
        (FailureKind.ACCESS_DENIED, "ssh://me@host", "x", "with ssh"),
        (FailureKind.TLS, "tcp://h:2376", "x", "ca.pem"),
        (FailureKind.PROXY, "tcp://h:2376", "x", "NO_PROXY"),
        (FailureKind.UNREACHABLE, "tcp://h:2376", "x", "firewall"),
        (FailureKind.UNREACHABLE, "ssh://h", "x", "terminal"),
        (FailureKind.TIMED_OUT, "", "x", "retries automatically"),
        (FailureKind.CONNECTION_LOST, "", "x", "reconnects automatically"),
        (FailureKind.MALFORMED_ANSWER, "", "x", "address and port"),
        (FailureKind.UNSUPPORTED, "", "x", "newer engine"),
        (FailureKind.INTERNAL, "", "x", "report it"),
        (FailureKind.REFUSED, "", "x", "fewer settings"),
    ],
)
def test_that_each_kind_of_failure_says_what_to_do(
    kind: FailureKind, address: str, raw: str, hint: str
) -> None:
    problem = explain(Failure(kind=kind, raw=raw), address=address)
    assert any(hint in str(advice) for advice in problem.do)
    assert problem.raw == raw


@pytest.mark.parametrize("kind", list(FailureKind))
def test_that_a_lost_answer_comes_with_the_advice_to_look_first(kind: FailureKind) -> None:
    problem = explain(Failure(kind=kind, raw="x", may_have_happened=True))
    assert "check whether it took effect" in str(problem.do[0])


def test_that_an_unknown_error_is_called_unknown_and_kept() -> None:
    problem = refused("something new under the sun")
    assert "no explanation" in str(problem.why) or "does not know" in str(problem.why)
    assert problem.raw == "something new under the sun"
    assert problem.field is None


def test_that_an_unknown_code_of_windows_is_named() -> None:
    problem = refused("hnsCall failed in Win32: neu (0x803b0099)")
    assert "0x803b0099" in str(problem.why)
    assert (problem.code, problem.origin) == ("0x803b0099", Origin.HNS)
