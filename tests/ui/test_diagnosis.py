"""How often the checks are asked: of each snapshot that says something else, and of no other."""

from datetime import timedelta

import pytest

from console.domain.plan import CreateNetwork, Plan
from console.domain.removal import removal
from console.domain.sections import fresh
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CREATED = Plan(title=N_("Test", "x"), steps=(CreateNetwork(spec=NetworkSpec(name="new", driver="nat")),))


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


def test_that_a_change_is_not_told_as_a_difference_between_engine_and_windows(judged, person, run):
    """Each of the two is read at its own time: what one of them has not told yet is no left-over."""
    told = []
    judged.diagnosis.checked.connect(lambda: told.extend(one.check.id for one in _findings(judged)))
    for change in (lambda: CREATED, lambda: removal([_network(judged, "new")], judged.snapshot)):
        run(judged.service.apply(change()))
        person.wait(lambda: not judged.service.facts_are_due and not judged.diagnosis.under_way)
    assert set(told) == {"hidden-vswitch"}


def test_that_a_real_difference_is_told_once_windows_has_been_read_again(judged, person, run):
    run(judged.service.apply(CREATED))
    person.wait(lambda: not judged.service.facts_are_due and not judged.diagnosis.under_way)
    network = _network(judged, "new")
    hns = network.options["com.docker.network.windowsshim.hnsid"]
    judged.service._host_watch.note_change()
    assert judged.service.facts_are_due
    others = tuple(one for one in judged.snapshot.networks.known() if one is not network)
    judged.snapshot = judged.snapshot.model_copy(update={"networks": fresh(others)})
    judged.snapshotChanged.emit(judged.snapshot)
    person.wait(lambda: any(one.subject and one.subject.id == hns for one in _findings(judged)))
    assert not judged.service.facts_are_due


def _findings(session):
    return session.diagnosis.report.findings if session.diagnosis.report else ()


def _network(session, name):
    return next(one for one in session.snapshot.networks.known() if one.name == name)
