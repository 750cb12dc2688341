"""A change that can cut the host off stays only if a person says so in time."""

import pytest

from console.domain.host_actions import create_vswitch
from console.domain.snapshot import VSwitchKind
from console.ui.dialogs.confirm_change import ConfirmChangeDialog
from console.ui.dialogs.plan_dialog import ApplyPlanDialog
from console.ui.widgets.plan_runner import Confirmation, guarded
from tests.person import Role


@pytest.fixture
def at_desk(before_host, session):
    person = before_host(scenario="default")
    person.wait(lambda: bool(session.snapshot.facts.connections.known()))
    return person


def test_that_it_is_said_before_with_the_connections_and_kept_by_a_word(at_desk, session, run):
    window = at_desk.in_front
    plan = create_vswitch("Lab", VSwitchKind.EXTERNAL, adapters=("Ethernet",))
    dialog = ApplyPlanDialog(session, window._tasks, plan, window, deed="Create")
    dialog.open()
    at_desk.press_button("Create")
    at_desk.waits_for(Role.Button, "Keep the change")
    assert at_desk.sees("s left")
    assert at_desk.keyboard_is_on != "Keep the change"
    at_desk.press_button("Keep the change")
    at_desk.waits_for(Role.Button, "Close")
    at_desk.press_button("Close")
    (newest, *_) = run(session.service.journal_entries(limit=1))
    assert "Keep: " in str(newest.plan.title)
    assert [state.state for state in newest.states] == ["done"]


def test_that_without_an_answer_it_says_that_the_host_takes_it_back(at_desk, session):
    window = at_desk.in_front
    plan = guarded(create_vswitch("Lab", VSwitchKind.EXTERNAL, adapters=("Ethernet",)), session)
    assert "TermService" in " ".join(map(str, plan.interruptions))
    over = plan.watchdog.model_copy(update={"seconds": 0})
    dialog = ConfirmChangeDialog(Confirmation(session.service, plan, over), session, window._tasks, window)
    dialog.open()
    at_desk.wait(lambda: at_desk.sees("Not confirmed: the host is reverting the change."))
    assert not at_desk.can(Role.Button, "Keep the change")
    at_desk.press_button("Close")
