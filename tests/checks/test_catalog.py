"""Each check on hosts it must speak about, and on hosts it must not."""

import importlib
import pkgutil

import pytest

import console.checks.catalog as catalog
from console.checks.check import AppliesTo, Check, Crashed, Host, Severity
from console.checks.document import as_document, as_text
from console.checks.registry import checks
from console.checks.report import run_checks
from console.demo.scenarios.registry import scenarios
from console.domain.text import N_
from tests.checks.cases import CASES
from tests.domain.hosts import host, linux_host, network, unreachable_host, unread_host


def _found(snapshot) -> set[str]:
    report = run_checks(snapshot)
    assert not report.crashed
    return {finding.check.id for finding in report.findings}


FIRING = [(identifier, one) for identifier, case in CASES.items() for one in case.fires]
SILENT = [(identifier, one) for identifier, case in CASES.items() for one in case.silent]


@pytest.mark.parametrize(("identifier", "snapshot"), FIRING)
def test_that_a_check_fires_where_it_must(identifier, snapshot):
    assert identifier in _found(snapshot)


@pytest.mark.parametrize(("identifier", "snapshot"), SILENT)
def test_that_a_check_is_silent_where_it_must_be(identifier, snapshot):
    report = run_checks(snapshot, [checks()[identifier]])
    assert (report.findings, report.not_known, report.crashed) == ((), (), ())


@pytest.mark.parametrize(("identifier", "snapshot"), FIRING)
def test_that_a_finding_has_evidence_an_object_that_is_there_and_a_way_out(identifier, snapshot):
    report = run_checks(snapshot, [checks()[identifier]])
    for finding in report.findings:
        assert finding.evidence
        assert finding.subject is None or report.host.relations.find(finding.subject) is not None
        remedies = finding.check.remedies(report.host, finding.subject)
        assert all((remedy.plan is None) != (not remedy.steps) for remedy in remedies)
    assert str(report.findings[0].evidence[0]) in as_text(report)
    assert as_document(report)["findings"][0]["check"] == identifier


def test_that_a_file_is_a_check_of_its_name_with_cases_and_a_scenario():
    for module in pkgutil.iter_modules(catalog.__path__):
        check = importlib.import_module(f"{catalog.__name__}.{module.name}").CHECK
        assert check.id == module.name.replace("_", "-")
        assert str(check.title)
        assert str(check.reason)
        assert check.source
        assert check.needs
    assert set(checks()) == set(CASES)
    assert set(checks()) <= set(scenarios())
    assert all(case.fires and case.silent for case in CASES.values())


def test_that_nothing_is_found_on_a_plain_host():
    assert _found(host()) == set()


def test_that_what_was_not_read_is_told_with_its_reason_and_guessed_at_never():
    report = run_checks(unread_host())
    assert {one.check.id for one in report.not_known} >= {
        "ipv6-disabled",
        "hidden-vswitch",
        "hns-not-running",
    }
    assert {one.section for one in report.not_known} >= {"windows", "vswitches", "services"}
    assert all(str(one.reason) == "It can't be read here." for one in report.not_known)


def test_that_a_host_of_which_nothing_is_known_has_no_findings():
    report = run_checks(unreachable_host())
    assert not report.findings
    about_windows = {one.id for one in checks().values() if one.applies_to is AppliesTo.WINDOWS}
    assert {one.check.id for one in report.not_known} == about_windows


def test_that_nothing_is_wrong_with_the_engine_of_a_linux_machine():
    report = run_checks(linux_host(network("bridge", "bridge", "172.17.0.0/16")))
    assert (report.findings, report.not_known) == ((), ())


def test_when_a_check_fails_itself_the_others_still_speak():
    def find(_host: Host):
        raise ZeroDivisionError("a mistake")

    broken = Check(
        id="broken", severity=Severity.ERROR, title=N_("Test", "t"), reason=N_("Test", "r"), needs=(),
        find=find, remedies=lambda _host, _subject: (), source="",
    )  # fmt: skip
    identifier = "default-nat-missing"
    report = run_checks(CASES[identifier].fires[0], [broken, checks()[identifier]])
    assert [finding.check.id for finding in report.findings] == [identifier]
    (crashed,) = report.crashed
    assert isinstance(crashed, Crashed)
    assert "a mistake" in as_text(report)


def test_that_the_worst_is_told_first():
    snapshots = [case.fires[0] for case in CASES.values()]
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    for snapshot in snapshots:
        ranks = [order.index(finding.check.severity) for finding in run_checks(snapshot).findings]
        assert ranks == sorted(ranks)
