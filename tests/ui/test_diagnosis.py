"""How often the checks are asked: of each snapshot that says something else, and of no other."""

from datetime import timedelta

import pytest

from console.domain.sections import fresh


@pytest.fixture
def judged(practice, session, person, run):
    """A session whose host has been judged, and lies still from now on."""
    run(session.open(practice(scenario="hidden-vswitch").service))
    # The Windows side comes a moment after the engine's part: until then the host does not lie still.
    person.wait(lambda: session.snapshot and session.snapshot.facts.services.value is not None)
    person.wait(lambda: _is_judged(session))
    return session


def _is_judged(session):
    diagnosis = session.diagnosis
    if diagnosis.under_way or len(diagnosis.rows) != 1:
        return False
    return diagnosis.report.host.snapshot.facts is session.snapshot.facts


def _after(session, person, **changes):
    """The report once a snapshot with these changes has come and been judged."""
    checked = []
    session.diagnosis.checked.connect(lambda: checked.append(session.diagnosis.report))
    session.snapshot = session.snapshot.model_copy(update=changes)
    session.snapshotChanged.emit(session.snapshot)
    person.wait(lambda: bool(checked) and not session.diagnosis.under_way)
    return checked[-1]


def test_that_a_snapshot_that_says_the_same_is_not_judged_again(judged, person):
    before = judged.diagnosis.report
    soon = judged.snapshot.taken_at + timedelta(seconds=3)
    assert _after(judged, person, taken_at=soon) is before


def test_that_an_unchanged_host_is_judged_again_as_things_grow_older(judged, person):
    before = judged.diagnosis.report
    later = before.host.snapshot.taken_at + timedelta(minutes=2)
    after = _after(judged, person, taken_at=later)
    assert after is not before
    assert after.host.snapshot.taken_at == later


def test_that_a_change_is_judged_within_moments(judged, person):
    facts = judged.snapshot.facts.model_copy(update={"vswitches": fresh(())})
    assert not _after(judged, person, facts=facts).findings
    assert not judged.diagnosis.rows
