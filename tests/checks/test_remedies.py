"""Ways out that must not be offered by what is not known."""

import pytest

from console.checks.registry import checks
from console.checks.remedies import remedies_of
from console.checks.report import run_checks
from console.domain.addressing import PRIVATE_PREFIXES
from console.domain.failure import Failure, FailureKind
from console.domain.host_actions import restart_service
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork, Service, ServiceStatus
from console.domain.host_ports import DynamicPorts
from console.domain.object_ref import ref_of
from console.domain.sections import fresh, unavailable
from console.domain.snapshot import Adapter, Container, PortMapping
from console.domain.text import N_
from tests.checks.cases.case import with_facts
from tests.checks.cases.firewall import behind, rule
from tests.domain.hosts import ETHERNET, WORKER, external_vswitch, host, network, shim

BARE = external_vswitch("Mine", "Ethernet").model_copy(update={"adapters": ()})
ON_IT = HnsNetwork(id="A" * 36, name="mine", type="Transparent", switch_id=BARE.id)


def _titles(*hns_networks):
    seen = with_facts(host(vswitches=(BARE,)), hns_networks=hns_networks)
    report = run_checks(seen, [checks()["vswitch-without-adapter"]])
    (finding,) = report.findings
    return [str(remedy.title) for remedy in remedies_of(finding, report.host)]


def test_that_a_vswitch_is_not_removed_under_an_hns_network_whose_docker_network_is_not_read():
    assert "Remove the vSwitch Mine" in _titles()
    assert "Remove the vSwitch Mine" not in _titles(ON_IT)


def test_that_a_network_others_made_is_not_removed_to_free_its_adapter():
    for marked in (True, False):
        owned = {"hnsowned": "true"} if marked else {}
        theirs = network("vms", "transparent", options=shim(networkname="vms", interface="Ethernet", **owned))
        mine = network("lan", "transparent", options=shim(interface="Ethernet"))
        seen = host(networks=(theirs, mine), vswitches=(external_vswitch("vms", "Ethernet"),))
        report = run_checks(seen, [checks()["adapter-already-bound"]])
        (finding,) = report.findings
        titles = [str(remedy.title) for remedy in remedies_of(finding, report.host)]
        assert ("Remove vms, which uses the adapter" in titles) == (not marked)


def test_that_no_network_is_moved_to_a_vpn_or_a_card_that_is_in_a_team():
    lan = network("lan", "transparent", options=shim(interface="Ethernet", networkname="lan"))
    unplugged = Adapter(name="Ethernet", status="Disconnected", vswitch="lan")
    vpn = Adapter(name="OpenVPN Wintun", physical=False, addresses=("10.8.0.2/24",))
    member = Adapter(name="NIC1", team_member=True)
    team = Adapter(name="Team1", physical=False, team_interface=True)
    for others, found in (
        ((vpn, member), None),
        ((vpn, member, team), "Recreate lan on Team1, which is free"),
    ):
        switch = external_vswitch("lan", "Ethernet")
        seen = host(networks=(lan,), adapters=(unplugged, *others), vswitches=(switch,))
        report = run_checks(seen, [checks()["adapter-unplugged"]])
        (finding,) = report.findings
        titles = [str(remedy.title) for remedy in remedies_of(finding, report.host)]
        assert titles[1:] == ([found] if found else [])


BY_POLICY = {"source": "Servers baseline", "source_kind": "GroupPolicy", "id": "gpo"}


def _of_the_swarm(*rules):
    report = run_checks(behind(*rules, known=host(swarm=WORKER)), [checks()["swarm-ports-blocked"]])
    (finding,) = report.findings
    return remedies_of(finding, report.host)


def _opened():
    return (rule("Allow", "7946"), rule("Allow", "7946", "4789", protocol="UDP"))


def test_that_a_rule_of_group_policy_is_changed_where_it_comes_from_and_by_no_plan():
    theirs = rule("Block", "7946", **BY_POLICY)
    (by_hand,) = _of_the_swarm(*_opened(), theirs)
    assert by_hand.plan is None
    words = " ".join(map(str, by_hand.steps))
    assert "The Group Policy Servers baseline brings the rule A rule." in words
    assert "gpresult" in words
    generated = rule("Block", "7946", source_kind="Hardcoded")
    (by_hand,) = _of_the_swarm(*_opened(), generated)
    assert "not this host's own" in str(by_hand.steps[0])


def test_that_a_plan_opens_what_it_can_beside_a_rule_of_group_policy():
    own = rule("Block", "4789", protocol="UDP", source_kind="Local")
    by_hand, plan = _of_the_swarm(rule("Block", "7946", **BY_POLICY), own)
    assert by_hand.plan is None
    assert [step.script for step in plan.plan.steps] == [
        "new-firewall-rule", "new-firewall-rule", "set-firewall-rule",
    ]  # fmt: skip
    assert all(step.parameters.get("RuleName") != "gpo" for step in plan.plan.steps)


def test_that_a_blocking_rule_of_group_policy_is_not_disabled_for_a_published_port():
    web = Container(
        id="c" * 64, name="web", state="running", ports=(PortMapping(container_port=80, host_port=8080),)
    )
    known = host().model_copy(update={"containers": fresh((web,))})
    for more, plans in ((BY_POLICY, 0), ({"source_kind": "Local"}, 1)):
        seen = behind(rule("Block", "8080", **more), known=known)
        report = run_checks(seen, [checks()["firewall-blocks-port"]])
        (finding,) = report.findings
        found = remedies_of(finding, report.host)
        assert len(found) == 2
        assert len([one for one in found if one.plan]) == plans


def _of_a_silent_engine(**states):
    """The ways out where nobody answers, with these services and their states."""
    failure = Failure(kind=FailureKind.NOT_RUNNING, raw="The system cannot find the file specified.")
    services = tuple(
        Service(name=name.replace("_", "."), status=state, start_type="Manual")
        for name, state in states.items()
    )
    seen = with_facts(host(), services=services)
    seen = seen.model_copy(update={"engine": unavailable(N_("Test", "Silent."), failure=failure)})
    report = run_checks(seen, [checks()["engine-not-running"]])
    (finding,) = report.findings
    return remedies_of(finding, report.host)


def test_that_docker_desktop_is_started_by_the_person_there_and_not_by_its_helper():
    desktop = {"docker": ServiceStatus.MISSING, "com_docker_service": ServiceStatus.RUNNING}
    (by_hand,) = _of_a_silent_engine(**desktop)
    assert by_hand.plan is None
    assert "-SwitchWindowsEngine" in " ".join(map(str, by_hand.steps))
    first, helper = _of_a_silent_engine(**{**desktop, "com_docker_service": ServiceStatus.STOPPED})
    assert first.title == by_hand.title
    assert [step.parameters["Service"] for step in helper.plan.steps] == ["com.docker.service"]


def test_that_an_engine_of_its_own_is_started_by_its_service_beside_docker_desktop():
    own, why, desktop = _of_a_silent_engine(
        docker=ServiceStatus.STOPPED, com_docker_service=ServiceStatus.RUNNING
    )
    assert [step.parameters for step in own.plan.steps] == [{"Service": "docker", "Action": "Start"}]
    assert (why.plan, desktop.plan) == (None, None)


def _of_an_overlapping_nat(*routes, full=False):
    """The ways out where a nat network has the addresses of the LAN."""
    mine = network("mine", "nat", "192.168.0.0/20", gateway="192.168.0.1")
    whole = [network(f"whole{at}", "nat", text) for at, text in enumerate(PRIVATE_PREFIXES)] if full else []
    report = run_checks(host(networks=(*whole, mine), routes=routes), [checks()["nat-prefix-overlap"]])
    finding = next(one for one in report.findings if one.subject == ref_of(mine))
    return remedies_of(finding, report.host)


def test_that_an_overlap_has_a_way_out_whatever_a_vpn_routes():
    (plain,) = _of_an_overlapping_nat("0.0.0.0/1", "128.0.0.0/1")
    assert plain.plan is not None
    assert not any("routed elsewhere" in str(one) for one in plain.interrupts)
    (hidden,) = _of_an_overlapping_nat(*PRIVATE_PREFIXES)
    assert hidden.plan is not None
    assert any("172.16.0.0/20 is part of 172.16.0.0/12, which is routed elsewhere now" in str(one)
               for one in hidden.interrupts)  # fmt: skip


def test_that_an_overlap_has_a_way_out_where_no_prefix_is_free():
    (by_hand,) = _of_an_overlapping_nat(full=True)
    assert by_hand.plan is None
    assert by_hand.steps


def test_that_a_network_is_moved_to_no_adapter_of_another_subnet():
    first = network("lan", "transparent", options=shim(interface="Ethernet"))
    second = network("corp", "transparent", "192.168.1.0/24", options=shim(interface="Ethernet"))
    elsewhere = Adapter(name="Ethernet 2", addresses=("10.9.0.5/24",))
    beside = Adapter(name="Ethernet 3", addresses=("192.168.1.11/24",))
    for free, offered in ((elsewhere, False), (beside, True)):
        seen = host(networks=(first, second), adapters=(ETHERNET, free))
        report = run_checks(seen, [checks()["adapter-already-bound"]])
        finding = next(one for one in report.findings if one.subject == ref_of(second))
        titles = [str(remedy.title) for remedy in remedies_of(finding, report.host)]
        assert any(title.startswith("Recreate corp on") for title in titles) == offered


POD = HnsEndpoint(id="1", network_id="N", state=HnsEndpointState.ATTACHED_SHARING, containers=("a pod",))


@pytest.mark.parametrize(("swarm", "endpoints", "wider"), [
    (None, (), True), (WORKER, (), False), (None, (POD,), False),
])  # fmt: skip
def test_that_dynamic_ports_keep_clear_of_ports_that_services_are_published_on(swarm, endpoints, wider):
    few = DynamicPorts(protocol="TCP", first=40000, count=20000, free_blocks=2)
    seen = with_facts(host(swarm=swarm), dynamic_ports=(few,), hns_endpoints=endpoints)
    report = run_checks(seen, [checks()["dynamic-ports-few"]])
    (finding,) = report.findings
    assert any(one.plan for one in remedies_of(finding, report.host)) == wider


def test_that_a_restart_of_hns_says_that_pods_are_cut_off():
    hns = Service(name="hns", status=ServiceStatus.RUNNING, start_type="Automatic")
    for endpoints, told in (((), False), ((POD,), True)):
        seen = with_facts(host(), services=(hns,), hns_endpoints=endpoints)
        (step,) = restart_service(hns, seen).steps
        assert any("kube-proxy" in str(one) for one in step.interruptions) == told


def test_that_a_degraded_network_is_windows_matter_or_recreated_only_where_docker_made_it():
    def titles(name, kind, driver):
        mine = network(name, driver, options=shim(hnsid="A"))
        hns = HnsNetwork(id="A", name=name, type=kind, state=3)
        report = run_checks(with_facts(host(networks=(mine,)), hns_networks=(hns,)), [check])
        return [[str(r.title) for r in remedies_of(one, report.host)] for one in report.findings]

    check = checks()["hns-network-degraded"]
    assert titles("Default Switch", "ICS", "ics") == []
    assert titles("Calico", "L2Bridge", "l2bridge") == [[]]
    assert titles("web", "nat", "nat") == [["Recreate the network"]]


def test_that_who_removes_a_vswitch_is_told_how_to_see_the_machines_on_it():
    report = run_checks(
        with_facts(host(vswitches=(BARE,)), hns_networks=()), [checks()["vswitch-without-adapter"]]
    )
    (finding,) = report.findings
    removal = remedies_of(finding, report.host)[-1]
    assert "Get-VMNetworkAdapter -All | Where-Object SwitchName -eq 'Mine'" in str(removal.interrupts[0])
