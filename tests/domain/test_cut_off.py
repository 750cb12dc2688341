"""Which steps can cut a host off, what they name, and what the watchdog before them would do."""

import pytest

from console.domain import host_actions
from console.domain.cut_off import MOST_NAMED, cut_off_by, guarded
from console.domain.drivers.options import INTERFACE
from console.domain.host_inventory import WindowsHost
from console.domain.host_ports import Connection
from console.domain.plan import CreateNetwork, Plan, RunScript
from console.domain.relations import Relations
from console.domain.scripts import SCRIPT_BY_ID, wrong_parameters
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, VSwitch, VSwitchKind
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.domain.watchdog import SECONDS, Rescue
from tests.domain.hosts import ETHERNET, host, linux_host

REMOTE_DESKTOP = Connection(
    address="192.168.1.10", port=3389, remote_address="192.168.1.50", remote_port=51544,
    process="svchost", services=("TermService",),
)  # fmt: skip
SPARE = Adapter(name="Ethernet 2", description="spare", status="Up", physical=True)
SWITCH = VSwitch(
    name="Corp", id="7F9A", kind=VSwitchKind.EXTERNAL, adapters=("Ethernet",), management_os=True
)
VNIC = Adapter(
    name="vEthernet (Corp)", host_vnic=True, vswitch="Corp", addresses=("192.168.1.10/24",),
    guid="{AB-1}", vlan=7,
)  # fmt: skip
TITLE = N_("Test", "A plan")


def with_connections(snapshot, *connections, computer="HOST"):
    windows = WindowsHost(
        computer=computer, product="Windows Server 2022", installation_type="Server", build=20348, revision=1
    )
    facts = snapshot.facts.model_copy(
        update={"connections": fresh(tuple(connections)), "windows": fresh(windows)}
    )
    return snapshot.model_copy(update={"facts": facts})


BARE = with_connections(host(adapters=(ETHERNET, SPARE)), REMOTE_DESKTOP)
BOUND = with_connections(
    host(
        adapters=(ETHERNET.model_copy(update={"addresses": (), "vswitch": "Corp"}), VNIC), vswitches=(SWITCH,)
    ),
    REMOTE_DESKTOP,
)


def network(driver, interface=""):
    options = {INTERFACE: interface} if interface else {}
    return CreateNetwork(spec=NetworkSpec(name="lan", driver=driver, options=options))


def words(cut_off):
    return " ".join(map(str, cut_off.sentences()))


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


@pytest.mark.parametrize(
    ("reached_at", "ours"),
    [("", False), ("192.168.1.10", True), ("host.corp.example", True), ("10.9.9.9", False)],
)
def test_that_the_consoles_own_way_to_the_host_is_said(reached_at, ours):
    found = cut_off_by(network("transparent", "Ethernet"), BARE, reached_at)
    assert found.ours is ours
    assert ("The console itself reaches this host over it." in words(found)) is ours


def test_that_a_crowd_of_connections_is_counted():
    crowd = [
        REMOTE_DESKTOP.model_copy(update={"remote_address": f"10.0.0.{number}"})
        for number in range(MOST_NAMED + 3)
    ]
    found = cut_off_by(network("transparent", "Ethernet"), with_connections(BARE, *crowd))
    assert "and 3 more" in words(found)


def test_that_the_plan_arms_a_watchdog_first_and_names_its_confirmation():
    made = network("transparent", "Ethernet")
    plan = guarded(Plan(title=TITLE, steps=(network("nat"), made)), BARE)
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
