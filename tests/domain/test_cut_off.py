"""Which steps can cut a host off, what they name, and what the watchdog before them would do."""

import pytest

from console.domain import host_actions, host_rules, setting_actions
from console.domain.connection_loss import decisions
from console.domain.connection_loss.cut_off import MOST_NAMED
from console.domain.connection_loss.decisions import Answer
from console.domain.connection_loss.planned_host import PlannedHost
from console.domain.connection_loss.settings import SERVICES
from console.domain.connection_loss.way import Ours, Way
from console.domain.cut_off import SECONDS_OF_A_STEP, guarded
from console.domain.drivers.options import HNS_ID, INTERFACE
from console.domain.host_inventory import (
    FirewallProfile,
    FirewallRule,
    HnsEndpoint,
    HnsNetwork,
    Service,
    ServiceStatus,
    SwitchExtension,
)
from console.domain.host_ports import Connection, Listener
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork, RunScript, Step, StepState
from console.domain.relations import Relations
from console.domain.scripts import KNOWN_SERVICES, SCRIPT_BY_ID, SCRIPTS, wrong_parameters
from console.domain.sections import fresh, unknown_facts
from console.domain.snapshot import Adapter, NatPrefix, VSwitch, VSwitchKind
from console.domain.spec import NetworkSpec
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import N_
from console.domain.vfp import VFP_EXTENSION_IDS
from console.domain.watchdog import SECONDS, Rescue, guarded_steps, left_armed, with_own_watchdog
from tests.domain.hosts import ETHERNET, REASON, host, linux_host
from tests.domain.hosts import network as existing

REMOTE_DESKTOP = Connection(
    address="192.168.1.10", port=3389, remote_address="192.168.1.50", remote_port=51544,
    process="svchost", services=("TermService",),
)  # fmt: skip
SPARE = Adapter(name="Ethernet 2", description="spare", status="Up", physical=True)
SECOND = SPARE.model_copy(update={"addresses": ("10.1.1.1/24",)})
VFP = SwitchExtension(id=VFP_EXTENSION_IDS[0], enabled=True)
SWITCH = VSwitch(
    name="Corp", id="7F9A", kind=VSwitchKind.EXTERNAL, adapters=("Ethernet",), management_os=True,
    extensions=(VFP,),
)  # fmt: skip
VNIC = Adapter(
    name="vEthernet (Corp)", host_vnic=True, vswitch="Corp", addresses=("192.168.1.10/24",),
    guid="{AB-1}", vlan=7,
)  # fmt: skip
LAN = existing("lan", "transparent", options={INTERFACE: "Ethernet", HNS_ID: "H-1"})
HNS = HnsNetwork(id="H-1", name="Corp", type="Transparent", switch_id="7F9A")
TITLE = N_("Test", "A plan")
HERE = (Way("192.168.1.10", 5986),)


def with_facts(snapshot, **facts):
    sections = {name: fresh(value) for name, value in facts.items()}
    return snapshot.model_copy(update={"facts": snapshot.facts.model_copy(update=sections)})


BARE = with_facts(host(adapters=(ETHERNET, SPARE)), connections=(REMOTE_DESKTOP,))
BOUND = with_facts(
    host(
        adapters=(ETHERNET.model_copy(update={"addresses": (), "vswitch": "Corp"}), VNIC),
        vswitches=(SWITCH,),
        networks=(LAN,),
    ),
    connections=(REMOTE_DESKTOP,),
    hns_networks=(HNS,),
)


def network(driver, interface="", name="lan"):
    options = {INTERFACE: interface} if interface else {}
    return CreateNetwork(spec=NetworkSpec(name=name, driver=driver, options=options))


def cut_offs(step, snapshot, ways=()):
    return decisions.cut_off_by(step, PlannedHost(snapshot, tuple(ways)))


def cut_off_by(step, snapshot, ways=()):
    found = cut_offs(step, snapshot, ways)
    assert len(found) <= 1
    return found[0] if found else None


def plan_of(*steps):
    return Plan(title=TITLE, steps=steps)


def words(cut_off):
    return " ".join(map(str, cut_off.sentences()))


def told(plan):
    return " ".join(map(str, plan.interruptions))


@pytest.mark.parametrize("driver", ["transparent", "l2bridge", "l2tunnel", "overlay"])
def test_that_binding_the_adapter_with_the_hosts_address_is_told_with_its_connections(driver):
    found = cut_off_by(network(driver, "Ethernet"), BARE)
    assert (found.adapter, found.rescue) == ("Ethernet", Rescue.REMOVE_SWITCH)
    assert found.parameters == {"Adapters": ["Ethernet"]}
    assert "192.168.1.10/24" in words(found)
    assert "192.168.1.50 (TermService)" in words(found)


def test_that_docker_choosing_the_adapter_is_told_for_the_first_free_one():
    assert cut_off_by(network("transparent"), BARE).adapter == "Ethernet"


@pytest.mark.parametrize(
    "step", [network("nat"), network("internal"), network("transparent", "Ethernet 2")], ids=str
)
def test_that_what_touches_no_address_of_the_host_is_left_alone(step):
    assert cut_off_by(step, BARE) is None


def test_that_an_adapter_that_is_bound_already_loses_nothing_more():
    assert cut_off_by(network("transparent", "Ethernet"), BOUND) is None


def test_that_no_linux_engine_has_windows_adapters():
    assert cut_off_by(network("overlay", "Ethernet"), linux_host()) is None


def test_that_a_switch_made_by_hand_is_told_like_a_network():
    plan = host_actions.create_vswitch("Lab", VSwitchKind.EXTERNAL, adapters=("Ethernet", "Ethernet 2"))
    found = cut_off_by(plan.steps[0], BARE)
    assert found.parameters == {"Adapters": ["Ethernet", "Ethernet 2"]}
    internal = host_actions.create_vswitch("Lab", VSwitchKind.INTERNAL)
    assert cut_off_by(internal.steps[0], BARE) is None


def test_that_taking_the_hosts_vnic_away_would_be_taken_back_by_sharing():
    relations = Relations(BOUND)
    away = host_actions.share_with_management_os(SWITCH, relations, shared=False).steps[0]
    found = cut_off_by(away, BOUND)
    assert (found.rescue, found.parameters) == (Rescue.SHARE_SWITCH, {"SwitchName": "Corp"})
    back = host_actions.share_with_management_os(SWITCH, relations, shared=True).steps[0]
    assert cut_off_by(back, BOUND) is None


def test_that_a_removed_switch_would_be_made_again_and_a_vlan_set_back():
    removal = host_actions.remove_vswitch(SWITCH, Relations(BOUND)).steps[0]
    assert cut_off_by(removal, BOUND).parameters == {"SwitchName": "Corp", "Adapters": ["Ethernet"]}
    vlan = host_actions.set_vlan(VNIC, 42).steps[0]
    assert cut_off_by(vlan, BOUND).parameters == {"AdapterId": "{AB-1}", "VlanId": 7}


TWO_HOMED = with_facts(BARE, adapters=(ETHERNET, SECOND))


@pytest.mark.parametrize(
    ("ways", "ours"),
    [
        ((), Ours.NO),
        ((Way("192.168.1.10"),), Ours.YES),
        ((Way("alias.corp.example", addresses=("192.168.1.10",)),), Ours.YES),
        ((Way("10.1.1.1"),), Ours.NO),
        ((Way("10.1.1.1", 2376), Way("host", 5986, ("fe80::1", "192.168.1.10"))), Ours.YES),
        ((Way("name-of-ssh"),), Ours.MAYBE),
        ((Way("203.0.113.7"),), Ours.MAYBE),
    ],
)
def test_that_each_way_of_the_console_to_the_host_counts(ways, ours):
    found = cut_off_by(network("transparent", "Ethernet"), TWO_HOMED, ways)
    assert found.ours is ours
    assert ("The console itself reaches this host over Ethernet." in words(found)) is (ours is Ours.YES)
    assert ("The console itself may reach this host over Ethernet." in words(found)) is (ours is Ours.MAYBE)


def test_that_a_crowd_of_connections_is_counted():
    crowd = tuple(
        REMOTE_DESKTOP.model_copy(update={"remote_address": f"10.0.0.{number}"})
        for number in range(MOST_NAMED + 3)
    )
    found = cut_off_by(network("transparent", "Ethernet"), with_facts(BARE, connections=crowd))
    assert "and 3 more" in words(found)


def test_that_the_plan_arms_a_watchdog_first_and_names_its_confirmation():
    made = network("transparent", "Ethernet")
    plan = guarded(plan_of(network("nat"), made), BARE)
    first, arm, last = plan.steps
    assert (first.spec.driver, last) == ("nat", made)
    assert isinstance(arm, RunScript)
    assert wrong_parameters(SCRIPT_BY_ID[arm.script], arm.parameters) == ()
    assert arm.parameters["Seconds"] == plan.watchdog.seconds == SECONDS
    confirmation = plan.watchdog.confirmation
    assert wrong_parameters(SCRIPT_BY_ID[confirmation.script], confirmation.parameters) == ()
    assert confirmation.parameters["WatchId"] == arm.parameters["WatchId"] == "0" * 32
    assert not confirmation.elevated
    assert any("TermService" in str(text) for text in plan.interruptions)
    assert guarded(plan, BARE) is plan


def test_that_a_harmless_plan_stays_as_it_is():
    plan = Plan(title=TITLE, steps=(network("nat"),))
    assert guarded(plan, BARE) is plan


@pytest.mark.parametrize("interface", ["ethernet", "ETHERNET", '"Ethernet"'])
def test_that_the_case_of_an_adapters_name_makes_no_difference(interface):
    found = cut_off_by(network("transparent", interface), BARE)
    assert found.parameters == {"Adapters": ["Ethernet"]}
    plan = host_actions.create_vswitch("Lab", VSwitchKind.EXTERNAL, adapters=(interface.strip('"'),))
    assert cut_off_by(plan.steps[0], BARE).parameters == {"Adapters": ["Ethernet"]}


def test_that_each_adapter_of_a_team_that_has_addresses_is_told():
    found = cut_offs(network("transparent", "Ethernet,ethernet 2"), TWO_HOMED)
    assert [one.adapter for one in found] == ["Ethernet", "Ethernet 2"]
    assert {str(one.parameters) for one in found} == {"{'Adapters': ['Ethernet', 'Ethernet 2']}"}


# What no watchdog takes back.

REMOVAL = RemoveNetwork(network=LAN.id, name="lan")


@pytest.mark.parametrize(
    "step",
    [
        REMOVAL,
        RemoveNetwork(network="lan", name="lan"),
        host_actions.remove_hns_network(HNS, Relations(BOUND)).steps[0],
        host_actions.make_internal(SWITCH, Relations(BOUND)).steps[0],
    ],
    ids=["by id", "by name", "in HNS", "made internal"],
)
def test_that_a_vswitch_that_lets_go_of_its_adapter_is_told_and_no_watchdog_is_promised(step):
    plan = guarded(plan_of(step), BOUND)
    assert (plan.watchdog, plan.consent, plan.steps) == (None, None, (step,))
    assert "The host's own connection over vEthernet (Corp) (192.168.1.10/24) is interrupted" in told(plan)
    assert "gives the addresses back to Ethernet." in told(plan)
    assert "192.168.1.50 (TermService)" in told(plan)
    assert "No watchdog can revert this." in told(plan)


@pytest.mark.parametrize("way", ["192.168.1.10", "unknown.example"])
def test_that_a_person_is_asked_where_the_console_may_lose_the_host_for_good(way):
    assert guarded(plan_of(REMOVAL), BOUND, (Way(way),)).consent is not None


def test_that_nobody_is_asked_where_a_watchdog_reverts_it_or_another_adapter_leads_here():
    assert guarded(plan_of(network("transparent", "Ethernet")), BARE, HERE).consent is None
    elsewhere = with_facts(BOUND, adapters=(*BOUND.facts.adapters.value, SECOND))
    plan = guarded(plan_of(REMOVAL), elsewhere, (Way("10.1.1.1"),))
    assert plan.cautions
    assert plan.consent is None


def test_that_a_vswitch_that_another_network_still_uses_stays():
    twin = existing("twin", "overlay", options={HNS_ID: "H-2"})
    hns = HnsNetwork(id="H-2", name="x", type="Overlay", layered_on="7f9a")
    shared = with_facts(BOUND, hns_networks=(HNS, hns))
    shared = shared.model_copy(update={"networks": fresh((LAN, twin))})
    assert cut_off_by(REMOVAL, shared) is None
    last = RemoveNetwork(network=twin.id, name="twin")
    assert "vEthernet (Corp)" in told(guarded(plan_of(REMOVAL, last), shared))
    nobody_reads_hns = shared.model_copy(
        update={"facts": shared.facts.model_copy(update={"hns_networks": unknown_facts(REASON).hns_networks})}
    )
    assert cut_off_by(REMOVAL, nobody_reads_hns) is not None


def test_that_a_network_without_an_adapter_is_removed_without_a_word():
    plan = plan_of(RemoveNetwork(network="a" * 64, name="nat"))
    assert guarded(plan, BOUND, HERE) is plan
    assert guarded(plan_of(REMOVAL), linux_host(LAN)).cautions == ()


# Several such steps in one plan.


def test_that_one_watchdog_covers_all_new_networks_and_all_are_told():
    steps = (network("transparent", "Ethernet 2", "a"), network("nat"), network("l2bridge", "Ethernet", "b"))
    plan = guarded(plan_of(*steps), TWO_HOMED, HERE)
    arm, *rest = plan.steps
    assert tuple(rest) == steps
    assert arm.parameters["Adapters"] == ["Ethernet 2", "Ethernet"]
    assert arm.parameters["Seconds"] == plan.watchdog.seconds == SECONDS + 2 * SECONDS_OF_A_STEP
    assert guarded_steps(plan) == range(1, 4)
    assert "the next 3 steps after 160 seconds" in str(arm.describe())
    assert "Ethernet 2 (10.1.1.1/24)" in told(plan)
    assert "Ethernet (192.168.1.10/24)" in told(plan)
    assert plan.consent is None


@pytest.mark.parametrize(
    ("states", "left"),
    [
        (("done", "failed", "skipped", "skipped"), True),
        (("done", "done", "failed", "skipped"), False),
        (("failed", "skipped", "skipped", "skipped"), False),
    ],
)
def test_that_a_watchdog_over_several_steps_is_left_armed_only_where_none_of_them_was_done(states, left):
    steps = (network("transparent", "Ethernet 2", "a"), network("nat"), network("l2bridge", "Ethernet", "b"))
    plan = with_own_watchdog(guarded(plan_of(*steps), TWO_HOMED), "1" * 32)
    assert plan.watchdog.seconds == SECONDS + 2 * SECONDS_OF_A_STEP
    ended = [StepState(index=at, state=state) for at, state in enumerate(states)]
    assert left_armed(plan, ended) is left


def test_that_a_watchdog_never_waits_longer_than_windows_may_be_told():
    steps = (
        network("transparent", "Ethernet 2", "a"),
        *[network("nat")] * 60,
        network("l2bridge", "Ethernet"),
    )
    plan = guarded(plan_of(*steps), TWO_HOMED)
    assert wrong_parameters(SCRIPT_BY_ID["start-watchdog"], plan.steps[0].parameters) == ()
    assert plan.watchdog.seconds == 600


def test_that_networks_without_a_named_adapter_take_one_after_the_other():
    plan = guarded(plan_of(network("transparent", name="a"), network("transparent", name="b")), TWO_HOMED)
    assert plan.steps[0].parameters["Adapters"] == ["Ethernet", "Ethernet 2"]


def test_that_a_network_made_anew_is_told_for_its_removal_and_guarded_for_its_making():
    plan = guarded(plan_of(REMOVAL, network("transparent", "Ethernet")), BOUND, HERE)
    assert [step.kind for step in plan.steps] == ["remove-network", "run-script", "create-network"]
    assert plan.steps[1].parameters["Adapters"] == ["Ethernet"]
    assert plan.consent is not None


def test_that_a_step_that_the_watchdog_does_not_revert_is_told_to_be_without():
    away = host_actions.share_with_management_os(SWITCH, Relations(BOUND), shared=False).steps[0]
    both = with_facts(BOUND, adapters=(*BOUND.facts.adapters.value, SECOND))
    plan = guarded(plan_of(network("transparent", "Ethernet 2"), away), both, HERE)
    assert plan.steps[0].parameters["Rescue"] == Rescue.REMOVE_SWITCH
    reverted, not_reverted = told(plan).split("Windows reverts this by itself after 120 seconds")
    assert "Ethernet 2" in reverted
    assert "vEthernet (Corp)" in not_reverted
    assert "No watchdog can revert this." in not_reverted
    assert plan.consent is not None


# Swarm.


@pytest.mark.parametrize("step", [InitSwarm(), JoinSwarm(managers=("10.0.0.1:2377",))], ids=["init", "join"])
def test_that_the_ingress_network_takes_the_adapter_with_the_default_route(step):
    found = cut_off_by(step, with_facts(BARE, adapters=(SECOND, ETHERNET)))
    assert (found.adapter, found.rescue) == ("Ethernet", Rescue.REMOVE_SWITCH)


def test_that_leaving_a_swarm_gives_the_adapter_back_and_a_further_overlay_takes_none():
    ingress = existing(
        "ingress", "overlay", scope="swarm", ingress=True, options={HNS_ID: "H-1", INTERFACE: "Ethernet"}
    )
    swarm = BOUND.model_copy(update={"networks": fresh((ingress,))})
    swarm = with_facts(swarm, adapters=(*BOUND.facts.adapters.value, SECOND))
    assert cut_off_by(LeaveSwarm(), swarm).adapter == "vEthernet (Corp)"
    assert cut_off_by(network("overlay"), swarm) is None
    assert cut_off_by(InitSwarm(), swarm) is None


# Settings.

RULE = FirewallRule(
    id="rdp", title="Remote Desktop", enabled=True, direction="Inbound", action="Allow", protocol="TCP",
    local_ports=("3389", "5986"),
)  # fmt: skip
FIREWALLED = with_facts(
    BARE,
    firewall_profiles=(FirewallProfile(name="Domain", enabled=True, default_inbound="Block"),),
    firewall_rules=(RULE,),
    listeners=(Listener(protocol="TCP", address="0.0.0.0", port=3389),),
)


def run(script, **parameters):
    assert wrong_parameters(SCRIPT_BY_ID[script], parameters) == ()
    return RunScript(script=script, parameters=parameters, title=TITLE)


def test_that_a_rule_that_lets_nobody_in_any_more_names_who_is_in():
    for step in (
        host_rules.disable_rule(RULE),
        run("remove-firewall-rule", RuleName="rdp"),
    ):
        found = cut_off_by(step, FIREWALLED, HERE)
        assert "Windows Firewall then blocks what Remote Desktop is about." in words(found)
        assert "TermService" in words(found)
        assert (found.ours, found.rescue) == (Ours.YES, None)
    block = RULE.model_copy(update={"id": "b", "action": "Block", "enabled": False})
    blocked = with_facts(FIREWALLED, firewall_rules=(RULE, block))
    assert cut_off_by(run("set-firewall-rule", RuleName="b", Enabled=True), blocked).connections


def test_that_a_rule_that_only_opens_or_is_not_alone_is_harmless():
    assert cut_off_by(run("set-firewall-rule", RuleName="rdp", Enabled=True), FIREWALLED, HERE) is None
    twin = RULE.model_copy(update={"id": "twin"})
    doubled = with_facts(FIREWALLED, firewall_rules=(RULE, twin))
    assert cut_off_by(run("remove-firewall-rule", RuleName="rdp"), doubled, HERE) is None
    off = FirewallProfile(name="Domain", enabled=False, default_inbound="Block")
    open_wide = with_facts(FIREWALLED, firewall_profiles=(off,))
    assert cut_off_by(run("remove-firewall-rule", RuleName="rdp"), open_wide, HERE) is None


def service(name, action):
    return run("set-service-state", Service=name, Action=action)


def test_that_services_below_the_hosts_vswitch_are_told():
    for name in ("hns", "vfpext"):
        assert "goes through the vSwitch Corp" in words(cut_off_by(service(name, "Restart"), BOUND))
        assert cut_off_by(service(name, "Start"), BOUND) is None
        assert cut_off_by(service(name, "Stop"), BARE) is None
    plain = with_facts(BOUND, vswitches=(SWITCH.model_copy(update={"extensions": ()}),))
    assert cut_off_by(service("vfpext", "Stop"), plain) is None
    assert cut_off_by(service("docker", "Restart"), BOUND) is None


def test_that_a_firewall_that_starts_names_whom_no_rule_lets_in():
    assert cut_off_by(service("mpssvc", "Start"), FIREWALLED, HERE) is None
    closed = with_facts(FIREWALLED, firewall_rules=())
    assert "TermService" in words(cut_off_by(service("mpssvc", "Start"), closed))
    assert cut_off_by(service("BFE", "Start"), closed, HERE).ours is Ours.YES


def test_that_a_restarted_service_tells_what_the_fix_of_it_does_not_know():
    hns = Service(name="hns", status=ServiceStatus.RUNNING)
    plan = guarded(host_actions.restart_service(hns, BOUND), BOUND, HERE)
    assert plan.consent is not None
    assert "goes through the vSwitch Corp" in told(plan)


def test_that_an_extension_that_changes_is_told_where_the_host_is_on_the_vswitch():
    off = host_actions.enable_vfp(SWITCH, Relations(BOUND), enabled=False).steps[0]
    assert "goes through the vSwitch Corp" in words(cut_off_by(off, BOUND))
    on = host_actions.enable_vfp(SWITCH, Relations(BOUND), enabled=True).steps[0]
    assert cut_off_by(on, BOUND) is None


@pytest.mark.parametrize(("mtu", "is_told"), [(1279, True), (1280, False), (1500, False), (9000, True)])
def test_that_an_mtu_with_which_connections_hang_is_told(mtu, is_told):
    adapter = ETHERNET.model_copy(update={"index": 4, "mtu": 1400})
    snapshot = with_facts(BARE, adapters=(adapter,))
    step = setting_actions.set_mtu(adapter, mtu).steps[0]
    assert (cut_off_by(step, snapshot) is not None) is is_told


def test_that_a_nat_over_the_hosts_own_address_is_told():
    back = host_rules.remove_nat(NatPrefix(name="n", internal_prefix="192.168.0.0/16"), ()).undo
    assert "192.168.1.10/24 of Ethernet is inside of 192.168.0.0/16" in words(cut_off_by(back, BARE))
    other = host_rules.remove_nat(NatPrefix(name="n", internal_prefix="192.168.2.0/24"), ()).undo
    assert cut_off_by(other, BARE) is None


def test_that_an_endpoint_that_is_the_hosts_own_is_told():
    own = HnsEndpoint(id="E-1", network_id="H-1", address="192.168.1.10")
    other = HnsEndpoint(id="E-2", network_id="H-1", address="192.168.1.77")
    snapshot = with_facts(BOUND, hns_endpoints=(own, other))
    assert cut_off_by(run("remove-hns-endpoint", EndpointId="e-1"), snapshot).adapter == "vEthernet (Corp)"
    assert cut_off_by(run("remove-hns-endpoint", EndpointId="E-2"), snapshot) is None


# What is not known, and what was decided.


def test_that_unread_adapters_are_said_to_be_unread():
    unread = BOUND.model_copy(update={"facts": unknown_facts(REASON)})
    for step in (network("transparent", "Ethernet"), REMOVAL, InitSwarm()):
        plan = guarded(plan_of(step), unread, HERE)
        assert "can't be told: its adapters have not been read" in told(plan)
        assert plan.steps == (step,)
    nothing = plan_of(network("nat"))
    assert guarded(nothing, unread, HERE) is nothing


def test_that_everything_the_console_can_do_to_a_host_has_a_decision():
    kinds = {kind for kind in _kinds(Step) if kind != "run-script"}
    assert set(decisions.STEP_DECISIONS) == kinds
    assert set(decisions.SCRIPT_DECISIONS) == {one.id for one in SCRIPTS if one.changes_host}
    assert set(SERVICES) == {name.casefold() for name in KNOWN_SERVICES}


def test_that_a_decision_says_why_and_looks_where_it_is_not_harmless():
    for decision in (*decisions.STEP_DECISIONS.values(), *decisions.SCRIPT_DECISIONS.values()):
        assert decision.because
        assert (decision.find is None) is (decision.answer is Answer.HARMLESS)


def _kinds(step):
    union, _discriminator = step.__origin__, step.__metadata__
    return {one.model_fields["kind"].default for one in union.__args__}
