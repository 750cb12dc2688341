"""A change that can cut the host off stays only if a person says so in time."""

import asyncio
import time

import pytest

from console.demo.powershell.scripts import PracticeScripts
from console.domain.drivers.options import INTERFACE
from console.domain.host_actions import create_vswitch
from console.domain.plan import CreateNetwork, Plan
from console.domain.snapshot import VSwitchKind
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_
from console.domain.watchdog import SECONDS, with_own_watchdog
from console.ui.dialogs import confirm_change
from console.ui.dialogs.confirm_change import ConfirmChangeDialog
from console.ui.dialogs.plan_dialog import ApplyPlanDialog
from console.ui.widgets.plan_runner import Confirmation, guarded
from tests.person import Role
from tests.ui.unwatched import unwatched_service

WATCH = "a" * 32
PLAN = create_vswitch("Lab", VSwitchKind.EXTERNAL, adapters=("Ethernet",))


@pytest.fixture
def at_desk(before_host, session):
    person = before_host(scenario="default")
    person.wait(lambda: bool(session.snapshot.facts.connections.known()))
    return person


@pytest.fixture
def host(practice, session, run, person):
    """A practice host whose clock the test sets."""
    made = practice(scenario="default")
    host = made.server.host
    host.ahead = 0.0
    host.clock = lambda: time.time() + host.ahead
    run(session.open(made.service))
    person.wait(lambda: session.connected and bool(session.snapshot.facts.connections.known()))
    return host


def begin(session, window, plan=PLAN):
    dialog = ApplyPlanDialog(session, window._tasks, plan, window, deed="Create")
    dialog.open()
    return dialog


def test_that_it_is_said_before_with_the_connections_and_kept_by_a_word(at_desk, session, run):
    begin(session, at_desk.in_front)
    at_desk.press_button("Create")
    at_desk.waits_for(Role.Button, "Keep the change")
    assert at_desk.sees("s left")
    assert at_desk.keyboard_is_on != "Keep the change"
    at_desk.press_button("Keep the change")
    at_desk.waits_for(Role.Button, "Close")
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    at_desk.press_button("Close")
    (newest, *_) = run(session.service.journal_entries(limit=1))
    assert "Keep: " in str(newest.plan.title)
    assert [state.state for state in newest.states] == ["done"]


def test_that_the_time_counts_from_the_arming_and_each_attempt_has_its_own_watchdog(at_desk, session):
    wanted = []
    session.confirmationWanted.disconnect()
    session.confirmationWanted.connect(wanted.append)
    before = time.monotonic()
    dialog = begin(session, at_desk.in_front)
    at_desk.press_button("Create")
    at_desk.wait(lambda: wanted)
    (first,) = wanted
    assert before < first.ends <= time.monotonic() + SECONDS
    assert str(first.plan.steps[0].parameters["WatchId"]) in str(first.watchdog.confirmation.parameters)
    assert first.watchdog != guarded(PLAN, session).watchdog
    dialog.close()


def ask(session, window, ends):
    plan = with_own_watchdog(guarded(PLAN, session), WATCH)
    confirmation = Confirmation(session.service, plan, plan.watchdog, ends)
    dialog = ConfirmChangeDialog(confirmation, session, window._tasks, window)
    dialog.open()
    return dialog


def arm(host, *, seconds=60):
    scripts = PracticeScripts(host)
    adapters = ["Ethernet"]
    scripts.answer(
        "start-watchdog",
        {"WatchId": WATCH, "Rescue": "RemoveSwitch", "Seconds": seconds, "Adapters": adapters},
    )
    scripts.answer("new-vswitch", {"SwitchName": "Lab", "Kind": "External", "Adapters": adapters})


def lab_is_there(host):
    return any(switch.name == "Lab" for switch in host.state.switches.values())


def test_that_reverted_is_said_when_the_host_says_so_and_not_before(host, person, session, run, monkeypatch):
    monkeypatch.setattr(confirm_change, "LOOK_SECONDS", 0.05)
    run(asyncio.to_thread(arm, host))
    ask(session, person.in_front, time.monotonic())
    person.wait(lambda: person.sees("Not confirmed: the host is about to revert the change."))
    assert not person.can(Role.Button, "Keep the change")
    assert lab_is_there(host)
    host.ahead = 62.0
    person.wait(lambda: person.sees("Not confirmed: the host has reverted the change."))
    assert not lab_is_there(host)
    person.press_button("Close")


def test_that_what_the_host_could_not_revert_is_said_with_its_words(host, person, session, run, monkeypatch):
    monkeypatch.setattr(confirm_change, "LOOK_SECONDS", 0.05)
    run(asyncio.to_thread(arm, host))
    host.services.stop(host.state.windows.services["vmms"])
    host.ahead = 62.0
    ask(session, person.in_front, time.monotonic())
    person.wait(lambda: person.sees("Not confirmed: the host could not revert the change."))
    assert person.sees("sign in at the host's own screen")
    assert lab_is_there(host)
    person.press_button("Close")


def test_that_a_word_that_comes_too_late_is_not_called_kept(host, person, session, run, monkeypatch):
    """The host's clock counts: here there seems to be time left."""
    monkeypatch.setattr(confirm_change, "LOOK_SECONDS", 0.05)
    run(asyncio.to_thread(arm, host))
    host.ahead = 62.0
    ask(session, person.in_front, time.monotonic() + 60)
    person.press_button("Keep the change")
    person.wait(lambda: person.sees("Not confirmed: the host has reverted the change."))
    assert not lab_is_there(host)
    person.press_button("Close")


@pytest.fixture
def unwatched(practice, session, run, person, journal):
    """A practice host on which no watchdog can be armed."""
    made = practice(scenario="default")
    run(session.open(unwatched_service(made, journal)))
    person.wait(lambda: session.connected and bool(session.snapshot.facts.connections.known()))
    return made.server.host


def test_that_without_a_watchdog_it_is_done_only_by_consent(unwatched, person, session, run):
    begin(session, person.in_front)
    person.press_button("Create")
    person.waits_for(Role.Button, "Go on without a watchdog")
    assert person.sees("nobody reverts it if it cuts the host off")
    assert person.keyboard_is_on != "Go on without a watchdog"
    assert not lab_is_there(unwatched)
    person.press_button("Go on without a watchdog")
    person.wait(lambda: person.sees("Done: Without a watchdog: "))
    assert lab_is_there(unwatched)
    assert not person.all(Role.Button, "Go on without a watchdog")
    (newest, *_) = run(session.service.journal_entries(limit=1))
    assert [step.script for step in newest.plan.steps] == ["new-vswitch"]
    person.press_button("Close")


def test_that_a_refused_change_offers_nothing_of_the_kind(at_desk, session):
    spec = NetworkSpec(
        name="lan", driver="transparent", options={INTERFACE: "Ethernet"},
        subnets=(SubnetSpec(subnet="10.9.0.0/24"),),
    )  # fmt: skip
    plan = Plan(title=N_("Test", "Make a LAN"), steps=(CreateNetwork(spec=spec),))
    begin(session, at_desk.in_front, plan)
    at_desk.press_button("Create")
    at_desk.wait(lambda: at_desk.sees("Not completed: 1 of 2 steps were done."))
    assert not at_desk.all(Role.Button, "Go on without a watchdog")
    assert not at_desk.all(Role.Button, "Keep the change")
    at_desk.press_button("Close")
