"""On a practice host a watched change is taken back in time, unless somebody confirms it."""

import json

import pytest

from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.domain.snapshot import VSwitchKind

WATCH = "0123456789abcdef0123456789abcdef"


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
