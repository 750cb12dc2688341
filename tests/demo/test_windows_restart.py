"""The restart of a practice host's Windows."""

import pytest

from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.demo.scenarios import steps
from console.demo.services import ENGINE
from console.demo.windows_state import ipv6_in_force


@pytest.fixture
def host():
    made = PracticeHost.create(scenario="empty")
    steps.network(made, "frontend", "nat", subnet="10.5.0.0/24", gateway="10.5.0.1")
    for name, policy in (("always", "always"), ("kept", "unless-stopped"), ("once", "no")):
        steps.run(made, name, "iis", network="frontend", host_config={"RestartPolicy": {"Name": policy}})
    return made


def running(host):
    return {one.name for one in host.containers.all() if one.running}


def test_that_containers_stop_and_those_that_are_to_come_back_do(host):
    assert running(host) == {"always", "kept", "once"}
    sandboxes = {one.sandbox_id for one in host.containers.all()}
    host.reboot()
    assert running(host) == {"always", "kept"}
    again = {one.sandbox_id for one in host.containers.all() if one.running}
    assert not again & sandboxes


def test_that_services_start_as_their_start_type_says(host):
    services = host.state.windows.services
    services["vmms"].start_type = "Disabled"
    services["nvagent"].status = "Running"  # by hand
    services["mpssvc"].status = "Stopped"
    host.reboot()
    assert services["vmms"].status == "Stopped"
    assert services["nvagent"].status == "Stopped"
    assert {services[name].status for name in ("mpssvc", "BFE", "hns", "vmcompute")} == {"Running"}
    assert host.engine_running


def test_that_an_engine_that_is_started_by_hand_stays_away(host):
    host.state.windows.services[ENGINE].start_type = "Manual"
    host.reboot()
    assert not host.engine_running
    assert running(host) == set()


def test_that_without_the_feature_the_engine_can_not_start_any_more(host):
    host.state.windows.containers = False
    assert host.engine_running
    host.reboot()
    assert not host.engine_running
    assert "vmcompute.dll" in host.event_log[-1]


def test_that_the_engine_goes_away_and_comes_back(host):
    seen = []
    host.on_engine_change(lambda: seen.append(host.engine_running))
    host.reboot()
    assert seen == [False, True]


def test_that_ipv6_comes_with_the_restart_and_not_before():
    host = PracticeHost.create(scenario="ipv6-disabled")
    windows = host.state.windows
    change = {"Setting": "DisabledComponents", "Expected": "255"}
    PracticeScripts(host).answer("set-registry-setting", change)
    assert windows.ipv6_disabled_components is None
    assert ipv6_in_force(windows) == 255
    host.reboot()
    assert ipv6_in_force(windows) == 0
