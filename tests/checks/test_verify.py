"""Whether a remedy helped, told by the same check."""

from dataclasses import replace

from console.checks.remedies import command_in
from console.checks.report import run_checks
from console.checks.verify import Verdict, verify
from console.domain.text import verbatim
from tests.checks.cases import CASES
from tests.domain.hosts import external_vswitch, host, unread_host

TWO = host(
    vswitches=(
        external_vswitch("One", "Ethernet", visible=False),
        external_vswitch("Two", "Ethernet 2", visible=False).model_copy(update={"id": "2"}),
    )
)
ONE = host(vswitches=TWO.facts.vswitches.known()[1:])


def _first(snapshot):
    return run_checks(snapshot).findings[0]


def test_that_what_is_gone_is_fixed_and_others_of_the_same_check_are_counted():
    finding = _first(TWO)
    assert verify(ONE, finding) == verify(ONE, finding, None)
    assert (verify(ONE, finding).verdict, verify(ONE, finding).others) == (Verdict.FIXED, 1)
    assert verify(host(), finding).others == 0


def test_that_an_object_made_again_is_known_by_its_name():
    finding = _first(ONE)
    again = ONE.facts.vswitches.known()[0].model_copy(update={"id": "another"})
    answer = verify(host(vswitches=(again,)), finding, about=verbatim("Two"))
    assert (answer.verdict, answer.others) == (Verdict.NOT_FIXED, 0)
    assert verify(host(vswitches=(again,)), finding, about=verbatim("Three")).verdict is Verdict.FIXED


def test_that_what_is_still_there_is_told_with_its_newest_evidence():
    finding = replace(_first(TWO), evidence=())
    answer = verify(TWO, finding)
    assert (answer.verdict, answer.others) == (Verdict.NOT_FIXED, 1)
    assert answer.finding is not None
    assert answer.finding.evidence


def test_that_a_remedy_that_needs_a_restart_is_not_called_useless_before_it():
    (broken,) = CASES["ipv6-disabled"].fires[:1]
    report = run_checks(broken)
    (finding,) = [one for one in report.findings if one.check.id == "ipv6-disabled"]
    (remedy,) = finding.check.remedies(report.host, None)[:1]
    needs_restart = replace(remedy, restart_needed=True)
    assert verify(broken, finding, needs_restart).verdict is Verdict.NEEDS_RESTART
    assert verify(broken, finding, replace(remedy, restart_needed=False)).verdict is Verdict.NOT_FIXED


def test_that_after_the_restart_it_is_said_whether_it_helped():
    (broken,) = CASES["ipv6-disabled"].fires[:1]
    report = run_checks(broken)
    (finding,) = [one for one in report.findings if one.check.id == "ipv6-disabled"]
    (remedy,) = finding.check.remedies(report.host, None)[:1]
    whole = CASES["ipv6-disabled"].silent[0]
    assert verify(whole, finding, remedy).verdict is Verdict.NEEDS_RESTART
    assert verify(whole, finding, remedy, restarted=True).verdict is Verdict.FIXED
    assert verify(broken, finding, remedy, restarted=True).verdict is Verdict.NOT_FIXED


def test_that_nothing_is_claimed_of_what_can_no_longer_be_read():
    answer = verify(unread_host(), _first(TWO))
    assert answer.verdict is Verdict.NOT_KNOWN
    assert "can't be read" in str(answer.silenced.describe())


def test_that_a_command_to_type_is_found_in_its_step():
    finding = _first(CASES["mac-spoofing-off"].fires[0])
    report = run_checks(CASES["mac-spoofing-off"].fires[0])
    (remedy,) = finding.check.remedies(report.host, finding.subject)[:1]
    commands = [command_in(step) for step in remedy.steps]
    assert any(command.endswith("-MacAddressSpoofing On") for command in commands)
    assert "" in commands
