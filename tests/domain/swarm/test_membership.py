"""Making, joining and leaving a swarm: what speaks against it and what is told before."""

from __future__ import annotations

import pytest

from console.domain.host_inventory import FirewallProfile, FirewallRule
from console.domain.sections import fresh
from console.domain.severity import Severity
from console.domain.snapshot import Adapter, Hypervisor, Network, Snapshot, SwarmState
from console.domain.swarm import membership
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from tests.domain.hosts import external_vswitch, host, linux_host, network, unreachable_host

FIXED = Adapter(name="Ethernet", addresses=("192.168.1.10/24",), gateways=("192.168.1.1",))
SECOND = Adapter(name="Ethernet 2", addresses=("10.123.174.20/23",))
MEMBER = SwarmState(local_node_state="active")
TOKEN = "SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl-1awxwuwd3z9j1z3puu7rcgdbx"


def told(snapshot: Snapshot, advertise: str = "192.168.1.10", *pools: str) -> dict[str, str]:
    """Each objection with its severity."""
    found = membership.objections(snapshot, advertise=advertise, pools=pools)
    return {str(one.message): one.severity.value for one in found}


def errors(snapshot: Snapshot, advertise: str = "192.168.1.10", *pools: str) -> list[str]:
    return [words for words, severity in told(snapshot, advertise, *pools).items() if severity == "error"]


def test_that_a_fit_host_with_a_fixed_address_has_nothing_against_it() -> None:
    assert told(host(adapters=(FIXED,)), "192.168.1.10", "172.30.0.0/16") == {}
    assert told(linux_host(), "192.168.1.10") == {}


@pytest.mark.parametrize(
    ("snapshot", "advertise", "words"),
    [
        (host(adapters=(FIXED,), swarm=MEMBER), "192.168.1.10", "already in a swarm"),
        (host(adapters=(FIXED,), build=10586), "192.168.1.10", "too old"),
        (host(adapters=(FIXED, SECOND)), "", "Specify the address"),
        (host(adapters=(FIXED,)), "192.168.1.77", "No adapter of this host"),
        (host(adapters=(FIXED,)), "Ethernet", "is not an IPv4 address"),
        (unreachable_host(), "192.168.1.10", "did not report"),
        (
            host(
                adapters=(FIXED.model_copy(update={"vswitch": "lan"}),),
                vswitches=(external_vswitch("lan", "Ethernet"),),
                networks=(network("lan", "transparent"),),
            ),
            "192.168.1.10",
            "No adapter is left",
        ),
    ],
)  # fmt: skip
def test_that_what_makes_it_fail_is_an_error(snapshot: Snapshot, advertise: str, words: str) -> None:
    assert any(words in error for error in errors(snapshot, advertise)), told(snapshot, advertise)


def test_that_one_address_need_not_be_said() -> None:
    assert errors(host(adapters=(FIXED,)), "") == []


def test_that_an_address_that_may_change_is_a_warning() -> None:
    leased = FIXED.model_copy(update={"dhcp": True})
    (words,) = told(host(adapters=(leased,)))
    assert "comes from DHCP" in words


def test_that_a_pool_that_holds_the_lan_is_a_warning_and_nonsense_an_error() -> None:
    there = host(adapters=(FIXED, SECOND))
    assert any(
        "contains 10.123.174.0/23 of Ethernet 2" in words
        for words in told(there, "192.168.1.10", "10.0.0.0/8")
    )
    assert errors(there, "192.168.1.10", "10.0.0.0") == ["10.0.0.0 is not a subnet."]


def test_that_windows_before_2019_is_told_of_the_routing_mesh() -> None:
    assert any("no routing mesh" in words for words in told(host(adapters=(FIXED,), build=14393)))


def firewalled(*rules: FirewallRule, enabled: bool = True) -> Snapshot:
    known = host(adapters=(FIXED,))
    profiles = (FirewallProfile(name="Domain", enabled=enabled),)
    facts = known.facts.model_copy(
        update={"firewall_rules": fresh(rules), "firewall_profiles": fresh(profiles)}
    )
    return known.model_copy(update={"facts": facts})


def rule(protocol: str, *ports: str, **more: object) -> FirewallRule:
    told = {"id": "r", "title": "r", "enabled": True, "direction": "Inbound", "action": "Allow"}
    return FirewallRule.model_validate({**told, "protocol": protocol, "local_ports": ports, **more})


def test_that_ports_that_no_rule_lets_in_are_named() -> None:
    def closed(*rules: FirewallRule, enabled: bool = True) -> list[str]:
        return [port.title for port in membership.closed_ports(firewalled(*rules, enabled=enabled))]

    everything = ["2377/tcp", "7946/tcp", "7946/udp", "4789/udp"]
    assert closed() == everything
    assert closed(enabled=False) == []
    assert closed(rule("TCP", "2377", "7946")) == ["7946/udp", "4789/udp"]
    assert closed(rule("Any", "2000-8000")) == []
    assert closed(rule("UDP", "Any")) == ["2377/tcp", "7946/tcp"]
    assert closed(rule("Any", "Any", enabled=False)) == everything
    assert closed(rule("Any", "Any", action="Block"), rule("Any", "Any", direction="Outbound")) == everything
    assert membership.closed_ports(host()) == ()


def test_that_nat_addresses_are_not_offered_and_the_one_with_a_gateway_is_first() -> None:
    nat = Adapter(name="vEthernet (nat)", physical=False, host_vnic=True, addresses=("172.16.0.1/16",))
    down = Adapter(name="Down", status="Disconnected", addresses=("10.9.9.9/24",))
    offered = membership.addresses_to_advertise(host(adapters=(nat, SECOND, down, FIXED)))
    assert [address for address, _ in offered] == ["192.168.1.10", "10.123.174.20"]


def test_that_plans_say_what_they_interrupt_and_carry_what_was_asked() -> None:
    plain = host(adapters=(FIXED,))
    plan = membership.init_plan(plain, advertise="192.168.1.10", pools=("172.30.0.0/16",))
    (made,) = plan.steps
    assert isinstance(made, InitSwarm)
    assert (made.advertise_address, made.address_pools) == ("192.168.1.10", ("172.30.0.0/16",))
    assert "network connection is lost for some seconds" in str(plan.interruptions[0])
    assert len(plan.interruptions) == 1
    guest = membership.init_plan(host(adapters=(FIXED,), hypervisor=Hypervisor.VMWARE), advertise="")
    assert any("virtual machine" in str(words) for words in guest.interruptions)
    (join,) = membership.join_plan(plain, manager="10.1.0.5", token=TOKEN, advertise="").steps
    assert isinstance(join, JoinSwarm)
    assert join.managers == ("10.1.0.5:2377",)
    assert join.token.get_secret_value() == TOKEN


def test_that_leaving_says_what_is_lost() -> None:
    def manager(count: int) -> SwarmState:
        return SwarmState(local_node_state="active", control_available=True, managers=count)

    overlay = Network(id="o", name="mesh", driver="overlay", scope="swarm")
    last = host(swarm=manager(1), networks=(overlay,))
    (words,) = membership.leave_objections(last)
    assert "last manager" in str(words.message)
    plan = membership.leave_plan(last)
    assert plan.steps[0].kind == "leave-swarm"
    assert isinstance(plan.steps[0], LeaveSwarm)
    assert plan.steps[0].force
    assert any("mesh" in str(text) for text in plan.interruptions)
    (other,) = membership.leave_objections(host(swarm=manager(3)))
    assert other.severity is Severity.WARNING
    assert membership.leave_objections(host(swarm=SwarmState(local_node_state="active"))) == ()
    (nowhere,) = membership.leave_objections(host())
    assert nowhere.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("192.168.1.10", True),
        ("192.168.1.10:2377", True),
        ("manager.example:4000", True),
        ("[fd00::1]:2377", True),
        ("", False),
        ("a b", False),
        ("host:99999", False),
        ("host:", False),
    ],
)
def test_that_a_managers_address_is_judged(text: str, fine: bool) -> None:
    assert (membership.manager_objection(text) is None) is fine


def test_that_a_token_is_judged_and_never_repeated() -> None:
    assert membership.token_objection(TOKEN) is None
    for wrong in ("", "SWMTKN-1-abc", TOKEN + "!", "docker swarm join --token " + TOKEN):
        words = membership.token_objection(wrong)
        assert words is not None
        assert TOKEN not in str(words)
