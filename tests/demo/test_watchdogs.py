"""On a practice host a watched change is taken back in time, unless somebody confirms it."""

import json

import pytest

from console.backend.powershell.documents import watch_answer_of
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.demo.scenarios.steps import network
from console.domain.snapshot import VSwitchKind
from console.domain.watch_report import WatchState

WATCH = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32


@pytest.fixture
def clock():
    class Clock:
        now = 1_800_000_000.0

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def host(clock):
    return PracticeHost.create(scenario="default", clock=clock)


def run(host, script, **parameters):
    return json.loads(PracticeScripts(host).answer(script, parameters))


def names(host):
    return {switch.name for switch in host.state.switches.values() if switch.kind is VSwitchKind.EXTERNAL}


def bind(host):
    run(host, "start-watchdog", WatchId=WATCH, Rescue="RemoveSwitch", Seconds=120, Adapters=["Ethernet"])
    run(host, "new-vswitch", SwitchName="Lab", Kind="External", Adapters=["Ethernet"])
    assert "Lab" in names(host)


def test_that_an_unconfirmed_switch_is_gone_when_the_time_is_up(host, clock):
    bind(host)
    clock.now += 119
    run(host, "get-host-inventory")
    assert "Lab" in names(host)
    clock.now += 2
    run(host, "get-host-inventory")
    assert "Lab" not in names(host)
    late = run(host, "confirm-watchdog", WatchId=WATCH)
    assert late["notes"] == ["watchdog-acted"]


def test_that_a_confirmed_switch_stays(host, clock):
    before = names(host)
    bind(host)
    assert run(host, "confirm-watchdog", WatchId=WATCH)["changed"]
    clock.now += 1000
    run(host, "get-host-inventory")
    assert names(host) == before | {"Lab"}
    assert run(host, "confirm-watchdog", WatchId=WATCH)["notes"] == ["already-so"]


def test_that_sharing_and_vlan_are_set_back(host, clock):
    run(host, "new-vswitch", SwitchName="Lab", Kind="External", Adapters=["Ethernet"])
    run(host, "start-watchdog", WatchId=WATCH, Rescue="ShareSwitch", Seconds=60, SwitchName="Lab")
    run(host, "set-vswitch-management-os", SwitchName="Lab", AllowManagementOS=False)
    clock.now += 61
    run(host, "get-host-inventory")
    (switch,) = [one for one in host.state.switches.values() if one.name == "Lab"]
    assert switch.management_os


def test_that_a_removed_switch_is_made_again(host, clock):
    run(host, "new-vswitch", SwitchName="Lab", Kind="External", Adapters=["Ethernet"])
    run(
        host, "start-watchdog", WatchId=WATCH, Rescue="MakeSwitch", Seconds=60, SwitchName="Lab",
        Adapters=["Ethernet"],
    )  # fmt: skip
    run(host, "remove-vswitch", SwitchName="Lab")
    assert "Lab" not in names(host)
    clock.now += 61
    run(host, "get-host-inventory")
    assert "Lab" in names(host)


def test_that_a_watchdog_nobody_armed_has_nothing_to_confirm(host):
    assert run(host, "confirm-watchdog", WatchId=WATCH)["notes"] == ["already-gone"]
    assert report(host).state is WatchState.GONE


def report(host, watch_id=WATCH):
    return watch_answer_of(PracticeScripts(host).answer("get-watchdog", {"WatchId": watch_id}))


def lan(host):
    network(host, "lan2", "transparent", interface="Ethernet 2")


def test_that_a_host_without_hyper_v_takes_a_network_back_by_hns_alone(clock):
    host = PracticeHost.create(scenario="containers-only", clock=clock)
    (before,) = names(host)
    armed = run(
        host, "start-watchdog", WatchId=WATCH, Rescue="RemoveSwitch", Seconds=120, Adapters=["Ethernet 2"]
    )
    assert armed["ok"], armed
    lan(host)
    assert len(names(host)) == 2
    clock.now += 122
    run(host, "get-host-inventory")
    assert names(host) == {before}
    assert all(adapter.switch_id == "" for adapter in host.state.adapters if adapter.name == "Ethernet 2")


def test_that_a_host_without_hyper_v_guards_nothing_that_only_hyper_v_can_take_back(clock):
    host = PracticeHost.create(scenario="containers-only", clock=clock)
    refused = run(host, "start-watchdog", WatchId=WATCH, Rescue="ShareSwitch", Seconds=60, SwitchName="Corp")
    assert refused["error"]["id"] == "CommandMissing"
    assert report(host).state is WatchState.GONE


def test_that_hyper_v_at_rest_does_not_keep_a_network_from_being_guarded(host, clock):
    host.services.stop(host.state.windows.services["vmms"])
    armed = run(
        host, "start-watchdog", WatchId=WATCH, Rescue="RemoveSwitch", Seconds=60, Adapters=["Ethernet 2"]
    )
    assert armed["ok"], armed
    lan(host)
    clock.now += 62
    assert report(host).state is WatchState.TAKEN_BACK
    assert all(adapter.switch_id == "" for adapter in host.state.adapters if adapter.name == "Ethernet 2")


def test_that_two_watchdogs_stand_side_by_side_and_each_ends_for_itself(host, clock):
    bind(host)
    clock.now += 30
    run(host, "start-watchdog", WatchId=OTHER, Rescue="RemoveSwitch", Seconds=120, Adapters=["Ethernet 2"])
    run(host, "new-vswitch", SwitchName="Other", Kind="External", Adapters=["Ethernet 2"])
    assert run(host, "confirm-watchdog", WatchId=OTHER)["changed"]
    clock.now += 92
    run(host, "get-host-inventory")
    assert "Lab" not in names(host)
    assert "Other" in names(host)
    assert (report(host).state, report(host, OTHER).state) == (WatchState.TAKEN_BACK, WatchState.CONFIRMED)


def test_that_an_id_is_taken_for_good(host):
    bind(host)
    again = run(host, "start-watchdog", WatchId=WATCH, Rescue="RemoveSwitch", Seconds=60, Adapters=["x"])
    assert again["error"]["id"] == "WatchdogThere"
    assert not again["changed"]
    assert report(host).state is WatchState.ARMED


def test_that_arming_says_how_long_there_is_and_too_late_is_too_late(host, clock):
    armed = run(
        host, "start-watchdog", WatchId=WATCH, Rescue="RemoveSwitch", Seconds=120, Adapters=["Ethernet"]
    )
    assert armed["after"] == {"state": "armed", "secondsLeft": 120, "problem": ""}
    run(host, "new-vswitch", SwitchName="Lab", Kind="External", Adapters=["Ethernet"])
    clock.now += 100.5
    assert report(host).seconds_left == 19
    clock.now += 19.8  # the time is up, and the task has not begun
    late = run(host, "confirm-watchdog", WatchId=WATCH)
    assert (late["changed"], late["notes"], late["after"]["state"]) == (False, ["watchdog-acted"], "armed")
    clock.now += 1
    assert report(host).state is WatchState.TAKEN_BACK


def test_that_a_change_that_can_not_be_taken_back_says_why(host, clock):
    bind(host)
    host.services.stop(host.state.windows.services["vmms"])
    clock.now += 122
    found = report(host)
    assert found.state is WatchState.FAILED
    assert "Virtual Machine Management service" in found.problem
    assert "Lab" in names(host)
