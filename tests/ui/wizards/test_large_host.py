"""On a host of very many networks the draft is judged beside the window, and Next waits for it."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from console.ui.wizards.draft import Draft
from console.ui.wizards.state import LARGE_HOST, DraftState
from tests.domain.hosts import NAT, host, network
from tests.person import Role
from tests.ui.wizards.test_network_wizard import ADDRESSES, NAME, REVIEW

HELD = [network(f"n{at}", "nat", f"10.{at // 250}.{at % 250}.0/24") for at in range(LARGE_HOST)]


@pytest.fixture
def large(session, filler):
    session.snapshot = host(networks=(NAT, *HELD))
    return filler(connected=True)


def rules(state):
    return {violation.rule for violation in state.violations}


def test_that_the_window_goes_on_while_the_draft_is_judged(tasks, qtbot):
    state = DraftState(Draft(driver="nat"), host(networks=(NAT, *HELD)), tasks)
    assert not state.settled
    qtbot.waitUntil(lambda: state.settled)
    assert "name-missing" in rules(state)


def test_that_only_the_verdict_on_what_is_asked_now_is_shown(tasks, qtbot):
    state = DraftState(Draft(driver="nat"), host(networks=(NAT, *HELD)), tasks)
    shown = []
    state.checked.connect(lambda: shown.append((state.settled, rules(state))))
    for name in ("n1", "n2", "free"):
        state.draft.name = name
        state.check()
    qtbot.waitUntil(lambda: state.settled)
    assert len(shown) == 1
    assert shown[0][0]
    assert not shown[0][1] & {"name-taken", "name-missing"}


def test_that_newer_facts_are_sorted_before_editors_ask_them(tasks, qtbot):
    before, after = host(networks=(NAT, *HELD)), host(networks=(NAT, *HELD, network("new", "nat")))
    state = DraftState(Draft(driver="nat", name="new"), before, tasks)
    qtbot.waitUntil(lambda: state.settled)
    assert "name-taken" not in rules(state)
    state.look_at(after)
    assert state.snapshot is before
    qtbot.waitUntil(lambda: state.snapshot is after)
    qtbot.waitUntil(lambda: "name-taken" in rules(state))


def test_that_next_waits_for_the_verdict_and_then_goes_on_or_says_what_is_wrong(large):
    large.next()
    large.is_at(ADDRESSES)
    large.type("Subnet", "10.1.7.0/24")
    large.next()
    large.says("10.1.7.0/24 overlaps 10.1.7.0/24 of the network n257.")
    large.type("Subnet", "10.200.0.0/24")
    large.next()
    large.is_at(NAME)
    large.type("Name", "n7")
    large.skip()
    large.says("There is already a network named n7.")
    large.type("Name", "mine")
    large.skip()
    large.is_at(REVIEW)
    large.says("Nothing prevents creating the network.")


def test_that_a_press_of_next_is_forgotten_when_something_else_was_typed_since(large, qtbot):
    large.next()
    large.is_at(ADDRESSES)
    large.type("Subnet", "10.200.0.0/2")
    field = large.find(Role.EditableText, "Subnet").object()
    large.next()
    QTest.keyClicks(field, "4")  # before the verdict can have come
    heard = []
    field.window().state.checked.connect(lambda: QTimer.singleShot(0, lambda: heard.append(True)))
    qtbot.waitUntil(lambda: field.window().state.settled and bool(heard))
    assert large.sees(ADDRESSES)
    large.next()
    large.is_at(NAME)
