"""The checks on practice hosts: each is broken by the scenario of its name, and repaired by its plan."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from console.backend.journal import Journal
from console.checks.registry import checks
from console.checks.report import run_checks
from console.demo.builds import USUAL_BUILD
from console.demo.scenarios.registry import scenarios
from console.startup import practice_session

BUILDS = (14393, 15063, 17763, 19045, 20348, 22631, 26100)
#: For the checks that are about one Windows, that one; for the others an old, a usual and a client one.
SCENARIOS = [
    (identifier, build)
    for identifier in sorted(checks())
    for own in [scenarios()[identifier].os_build]
    for build in ([14393, 20348, 22631] if own == USUAL_BUILD else [own])
]


@asynccontextmanager
async def _practice(folder, scenario, build=None):
    journal = Journal(folder / "journal.sqlite3")
    session = practice_session(journal, os_build=build, scenario=scenario)
    try:
        yield session.service
    finally:
        await session.close()
        journal.close()


async def _report(folder, scenario, build=None):
    async with _practice(folder, scenario, build) as service:
        return run_checks(await service.examine())


def _ids(report):
    assert not report.crashed
    return {finding.check.id for finding in report.findings}


def _plans(report, finding):
    return [one.plan for one in finding.check.remedies(report.host, finding.subject) if one.plan]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize(("scenario", "true_there"), [
    ("healthy", set()), ("default", set()), ("crowded", {"vlan-trunk"}),
])  # fmt: skip
def test_that_nothing_is_found_that_is_not_so(tmp_path, build, scenario, true_there):
    report = asyncio.run(_report(tmp_path, scenario, build))
    assert _ids(report) <= true_there
    assert not report.not_known


@pytest.mark.parametrize(("identifier", "build"), SCENARIOS)
def test_that_the_scenario_of_its_name_fires_a_check_and_no_other(tmp_path, build, identifier):
    assert _ids(asyncio.run(_report(tmp_path, identifier, build))) == {identifier}


@pytest.mark.parametrize(("identifier", "build"), SCENARIOS)
def test_that_every_plan_repairs_what_was_found_and_its_undo_brings_it_back(tmp_path, identifier, build):
    found = asyncio.run(_report(tmp_path, identifier, build))
    most = max(len(_plans(found, finding)) for finding in found.findings)
    for which in range(most):
        repaired, undone = asyncio.run(_repair(tmp_path, identifier, build, which))
        assert identifier not in _ids(repaired), which
        assert undone is None or _ids(undone) == {identifier}, which


async def _repair(folder, identifier, build, which):
    """What is found after the plan of that number, and after its undo (None where there is none)."""
    async with _practice(folder, identifier, build) as service:
        found = run_checks(await service.examine())
        entries = []
        for finding in found.findings:
            plans = _plans(found, finding)
            outcome = await service.apply(plans[min(which, len(plans) - 1)])
            assert outcome.completed, [state.failure for state in outcome.states]
            entries.append(outcome.entry)
        repaired = run_checks(await service.examine())
        undone = await _undo(service, entries)
        return repaired, run_checks(await service.examine()) if undone else None


async def _undo(service, entries):
    """Take all of it back, the last first; False where a step of it can't be."""
    plans = [(await service.journal_entry(entry)).undo for entry in reversed(entries)]
    if None in plans:
        return False
    for plan in plans:
        outcome = await service.apply(plan)
        assert outcome.completed, [state.failure for state in outcome.states]
    return True
