"""The page flows, walked along every path, and held against the drivers they are for."""

import pytest

from console.domain.drivers.registry import LINUX_DRIVERS, WINDOWS_DRIVERS, driver
from console.domain.field import Field
from console.ui.wizards.draft import Draft
from console.ui.wizards.flow import (
    LINUX_FLOWS,
    MOST_FIELDS,
    STEP_TEXTS,
    WINDOWS_FLOWS,
    StepId,
    flow_of,
)

FLOWS = [*WINDOWS_FLOWS.values(), *LINUX_FLOWS.values()]
PATHS = [(flow, path) for flow in FLOWS for path in flow.every_path()]

# An overlay network has the swarm's scope whatever is asked for.
NEVER_ASKED = {("overlay", Field.SCOPE)}


def _name(value):
    return value.driver if hasattr(value, "driver") else " > ".join(value)


@pytest.mark.parametrize(("flow", "path"), PATHS, ids=_name)
def test_that_every_path_starts_with_the_driver_and_ends_in_the_review(flow, path):
    assert path[0] is StepId.DRIVER
    assert path[-1] is StepId.REVIEW
    assert len(set(path)) == len(path)


@pytest.mark.parametrize(("flow", "path"), PATHS, ids=_name)
def test_that_every_path_asks_for_a_name(flow, path):
    asked = {field for step_id in path for field in flow.step(step_id).fields}
    assert Field.NAME in asked


@pytest.mark.parametrize("flow", FLOWS, ids=_name)
def test_that_every_step_can_be_reached(flow):
    reached = {step_id for path in flow.every_path() for step_id in path}
    assert reached == {step.id for step in flow.steps}


@pytest.mark.parametrize("flow", FLOWS, ids=_name)
def test_that_no_step_asks_for_more_than_a_person_takes_in_at_a_glance(flow):
    assert max(len(step.fields) for step in flow.steps) <= MOST_FIELDS


@pytest.mark.parametrize("flow", FLOWS, ids=_name)
def test_that_no_field_is_asked_for_twice(flow):
    assert len(flow.fields) == len(set(flow.fields))


@pytest.mark.parametrize("flow", WINDOWS_FLOWS.values(), ids=_name)
def test_that_a_windows_flow_asks_for_exactly_what_its_driver_takes(flow):
    kind = driver(flow.driver)
    taken = {field for field in kind.inputs if kind.takes(field) and (flow.driver, field) not in NEVER_ASKED}
    assert set(flow.fields) - {Field.NAME, Field.DRIVER} == taken


@pytest.mark.parametrize("flow", LINUX_FLOWS.values(), ids=_name)
def test_that_a_linux_flow_asks_for_nothing_its_driver_refuses(flow):
    kind = driver(flow.driver, windows=False)
    assert all(kind.takes(field) for field in set(flow.fields) - {Field.NAME, Field.DRIVER})


def test_that_every_driver_that_can_be_created_has_a_flow_and_no_other():
    assert set(WINDOWS_FLOWS) == {each.name for each in WINDOWS_DRIVERS if each.creatable}
    assert set(LINUX_FLOWS) == {each.name for each in LINUX_DRIVERS if each.creatable}


def test_that_help_with_the_choice_is_one_step_more():
    plain = flow_of("nat", windows=True).path(Draft())
    helped = flow_of("nat", windows=True).path(Draft(wants_help=True))
    assert [step.id for step in helped if step not in plain] == [StepId.QUESTIONS]


def test_that_skipping_leads_from_the_name_to_the_review():
    path = [step.id for step in flow_of("transparent", windows=True).path(Draft(skips_to_review=True))]
    assert path[-2:] == [StepId.NAME, StepId.REVIEW]


def test_that_a_field_without_a_page_is_found_among_the_extras():
    assert flow_of("nat", windows=True).step_of(Field.IP_RANGE).id is StepId.EXTRAS


def test_that_no_step_is_called_a_wizard_and_none_welcomes():
    words = " ".join(f"{text.title} {text.instruction}" for text in STEP_TEXTS.values()).lower()
    assert set(STEP_TEXTS) == set(StepId)
    assert not any(word in words for word in ("wizard", "welcome", "congratulations"))
