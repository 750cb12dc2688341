"""What the session makes of a failure: the advice fits the way in which the engine is reached."""

import pytest

from console.backend.failures import EngineError
from console.checks.errors import explain
from console.domain.failure import Failure, FailureKind
from console.domain.snapshot import HostIdentity
from console.ui.widgets.problem_card import problem_of

NOT_RUNNING = Failure(kind=FailureKind.NOT_RUNNING, raw="nobody answers")


@pytest.fixture
def connected(practice, session, person, run):
    run(session.open(practice().service))
    person.wait(lambda: session.snapshot is not None)
    return session


def advice(address):
    return explain(NOT_RUNNING, address=address).do


def test_that_a_failure_is_explained_for_the_way_to_the_engine_that_is_shown(connected):
    assert connected.explain(NOT_RUNNING).do == advice("tcp://127.0.0.1:2375") != advice("")
    assert problem_of(EngineError(NOT_RUNNING), connected).do == advice("tcp://127.0.0.1:2375")


def test_that_without_a_host_nothing_is_said_about_the_way_to_it(session):
    assert session.explain(NOT_RUNNING).do == advice("")


def test_that_a_past_failure_is_explained_by_this_address_only_if_it_happened_on_this_host(connected):
    here = connected.service.identity
    elsewhere = HostIdentity(id="elsewhere", name="ELSEWHERE", practice=False)
    assert connected.explain(NOT_RUNNING, past_host=here).do == advice("tcp://127.0.0.1:2375")
    assert connected.explain(NOT_RUNNING, past_host=elsewhere).do == advice("")
