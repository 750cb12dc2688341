"""A plan's watchdog: an id for each run, left out by consent, and when it was armed in vain."""

import pytest

from console.domain.plan import CreateNetwork, Plan, StepState
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.domain.watchdog import (
    NO_ID,
    Rescue,
    arming,
    arming_at,
    left_armed,
    watch_id_of,
    watchdog_of,
    with_own_watchdog,
    without_watchdog,
)

FIRST, GUARDED, LAST = (
    CreateNetwork(spec=NetworkSpec(name=name, driver="nat")) for name in ("first", "guarded", "last")
)
ARM = arming(NO_ID, Rescue.REMOVE_SWITCH, (), Adapters=["Ethernet"])
PLAN = Plan(title=N_("Test", "Make it"), steps=(FIRST, ARM, GUARDED, LAST), watchdog=watchdog_of(NO_ID))
PLAIN = Plan(title=N_("Test", "Make it"), steps=(FIRST,))


def states(*words):
    return [StepState(index=index, state=word) for index, word in enumerate(words)]


def test_that_each_run_has_a_watchdog_of_its_own():
    run = with_own_watchdog(PLAN, "a" * 32)
    arm = run.steps[1]
    assert arm.parameters == {**ARM.parameters, "WatchId": "a" * 32}
    assert arm.undo.parameters["WatchId"] == watch_id_of(run.watchdog) == "a" * 32
    assert (run.steps[0], run.steps[2:]) == (FIRST, (GUARDED, LAST))
    assert with_own_watchdog(PLAIN, "a" * 32) is PLAIN


def test_that_who_goes_on_without_one_does_what_is_left_and_it_is_written_down():
    rest = without_watchdog(PLAN)
    assert rest.steps == (GUARDED, LAST)
    assert rest.watchdog is None
    assert str(rest.title) == "Without a watchdog: Make it"
    assert without_watchdog(PLAIN) is PLAIN


def test_that_the_arming_step_is_found():
    assert arming_at(PLAN) == 1
    assert arming_at(PLAIN) is None


@pytest.mark.parametrize(
    ("arm", "guarded", "left"),
    [
        ("done", "done", False),
        ("done", "unknown", False),
        ("done", "failed", True),
        ("done", "skipped", True),
        ("unknown", "skipped", True),
        ("failed", "skipped", False),
        ("skipped", "skipped", False),
    ],
)
def test_that_a_watchdog_is_left_armed_where_the_step_that_it_guards_was_not_done(arm, guarded, left):
    assert left_armed(PLAN, states("done", arm, guarded, "skipped")) is left
    assert not left_armed(PLAIN, states("failed"))
