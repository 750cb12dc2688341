"""A practice host's Windows restarted from the window: what is asked and told, a fix that waits for it."""

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from console.backend.host_channel import UnreadHostChannel
from console.backend.service import HostService
from console.demo.scenarios import steps
from tests.person import Role

RESTART = "Restart this practice host…"
FINDINGS = "Findings"


@pytest.fixture
def at_host(practice, session, person, run):
    """A person before a practice host with one container that comes back by itself and one that does not;
    with it the statuses that the session was told.
    """

    def make(**how):
        opened = practice(**how)
        host = opened.server.host

        def prepare():
            steps.network(host, "frontend", "nat", subnet="10.5.0.0/24", gateway="10.5.0.1")
            for name, policy in (("stays", "always"), ("goes", "no")):
                again = {"RestartPolicy": {"Name": policy}}
                steps.run(host, name, "iis", network="frontend", host_config=again)

        if how.get("scenario") == "empty":
            run(asyncio.to_thread(prepare))
        person.statuses = []
        session.statusChanged.connect(lambda status: person.statuses.append(status.state))
        run(session.open(opened.service))
        person.wait(lambda: session.connected and session.snapshot.facts.services.value is not None)
        person.host = host
        return person

    return make


def restart(person):
    person.choose("Host", RESTART)
    person.wait(lambda: person.sees("Restart the Windows of"))


def state(person, container):
    containers = person._window._session.snapshot.containers.value
    return next(one.running for one in containers if one.name == container)


def test_that_the_dialog_says_what_stops_and_that_nothing_happens_without_a_yes(at_host):
    person = at_host(scenario="empty")
    restart(person)
    assert person.sees("Running containers stop: goes, stays.")
    assert person.sees("no computer is restarted")
    assert person.keyboard_is_on == "Cancel"
    person.press("Return")
    person.wait(lambda: QApplication.activeModalWidget() is None)
    assert person.host.services.engine_starts == 0
    assert "lost" not in person.statuses


def test_that_the_engine_is_lost_and_found_and_the_host_is_as_after_a_restart(at_host, session):
    person = at_host(scenario="empty")
    prefix = {one.name: one.pools for one in session.snapshot.networks.value}
    restart(person)
    person.press_button("Restart")
    person.wait(lambda: "lost" in person.statuses and person.statuses[-1] == "connected")
    person.wait(lambda: state(person, "stays") and not state(person, "goes"))
    after = {one.name: one.pools for one in session.snapshot.networks.value}
    assert after["frontend"] == prefix["frontend"]
    assert after["nat"] != prefix["nat"]


def test_that_a_fix_that_waits_for_a_restart_is_fixed_after_it(at_host):
    person = at_host(scenario="ipv6-disabled")
    person.go_to("Checks: 1 error")
    person.wait(lambda: person.all(Role.Table, FINDINGS) and person.selected_rows(FINDINGS))
    person.wait(lambda: ways(person))
    person.press_button(ways(person)[0])
    person.waits_for(Role.Button, "Apply")
    person.press_button("Apply")
    person.wait(lambda: person.sees("It takes effect with the next restart of Windows."))
    person.waits_for(Role.Button, RESTART)
    person.press_button(RESTART)
    person.wait(lambda: person.sees("Restart the Windows of"))
    person.press_button("Restart")
    person.wait(lambda: person.sees("Fixed. The check no longer finds it"))
    assert RESTART not in person.names(Role.Button)
    person.press_button("Close")
    person.wait(lambda: QApplication.activeModalWidget() is None)


def ways(person):
    return [name for name in person.names(Role.Button) if name.startswith("Fix: ")]


def test_that_a_host_that_is_none_to_practise_on_is_not_restarted(practice, session, person, journal, run):
    opened = practice(scenario="empty")
    run(session.open(HostService(opened.service.connection, journal, UnreadHostChannel())))
    person.wait(lambda: session.connected)
    person.click(Role.MenuItem, "Host")
    person.wait(lambda: RESTART in person.entries())
    assert not person.entries()[RESTART]
    person.press("Esc")
    assert not session.service.restarts_windows
