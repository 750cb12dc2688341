"""The page of the checks and the guided fix, as a person uses them on practice hosts."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.backend.connection import Connection
from console.backend.service import ConnectionState
from console.checks.check import Check, Severity
from console.checks.registry import checks
from console.checks.remedies import remedies_of
from console.checks.report import run_checks
from console.demo.scenarios.registry import scenarios
from console.domain.drivers.options import INTERFACE
from console.domain.plan import CreateNetwork, Plan
from console.domain.snapshot import SectionState
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.startup import real_host
from console.ui.models.findings import SILENT_COLUMNS, silent_rows
from tests.backend.servers import ScriptedEngine, answer
from tests.domain.hosts import host
from tests.person import Role

FINDINGS = "Findings"
BROKEN = sorted(set(checks()) & set(scenarios()))
PARTS = 4


def _at_checks(before_host, **how):
    person = before_host(**how)
    person._window.go_to("checks")
    person.waits_for(Role.PageTab, "Findings (1)")
    person.wait(lambda: person.selected_rows(FINDINGS))  # the first, a moment after they are listed
    return person


def _ways(person):
    return [name for name in person.names(Role.Button) if name.startswith("Fix: ")]


def test_that_findings_are_counted_without_taking_the_keyboard_away(before_host):
    person = before_host(scenario="hidden-vswitch")
    person.press("Ctrl+F")
    person.wait(lambda: "Checks: 1 warning" in person.names(Role.Button))
    assert person.keyboard_is_on == "Search networks"
    assert "Checks: 1 warning" in person.entries_of("Pages")
    person.press_button("Checks: 1 warning")
    person.wait(
        lambda: [row["Finding"] for row in person.rows(FINDINGS)] == ["Docker does not see a vSwitch"]
    )


def test_that_a_finding_is_told_with_its_facts_and_copied(before_host):
    person = _at_checks(before_host, scenario="hidden-vswitch")
    (row,) = person.rows(FINDINGS)
    assert (row["Severity"], row["Object"]) == ("Warning", "ExternalSwitch")
    person.wait(lambda: person.selected_rows(FINDINGS) == ["Warning"])
    assert "ExternalSwitch is bound to Ethernet" in person.reads("Evidence")
    person.wait(lambda: len(_ways(person)) == 3)
    person.click_row(FINDINGS, "Warning")
    person.press("Ctrl+C")
    assert "Docker does not see a vSwitch" in QGuiApplication.clipboard().text()
    person.press_button("Show the object")
    person.wait(lambda: person.selected_rows("vSwitches") == ["ExternalSwitch"])


def test_that_the_fix_can_be_gone_through_with_the_keyboard_alone(before_host):
    person = _at_checks(before_host, scenario="hidden-vswitch")
    person.press("F6")  # the navigation, from which F6 goes on in reading order
    for _ in range(8):
        if person.keyboard_is_on == FINDINGS:
            break
        person.press("F6")
    assert person.keyboard_is_on == FINDINGS
    person.wait(lambda: person.selected_rows(FINDINGS))
    person.press("Return")
    person.wait(lambda: person.keyboard_is_on.startswith("1. Leave it"))
    person.press("Return")
    person.waits_for(Role.Button, "I have done this: check again")
    person.press("Alt+A")
    person.wait(lambda: person.sees("What was found stays as it is"))
    person.press("Alt+N")
    person.waits_for(Role.Button, "Apply")
    person.wait(lambda: person.sees("All containers of the host are stopped."))
    person.wait(lambda: "Restart-Service -Name 'hns'" in person.reads("Commands"))
    person.press("Alt+P")
    person.wait(lambda: person.sees("Fixed. The check no longer finds it"))
    person.wait(lambda: person.keyboard_is_on == "Close")
    person.press("Return")
    person.waits_for(Role.PageTab, "Findings (0)")
    person.wait(lambda: person.sees("Nothing is wrong"))


def test_that_a_fix_says_which_connections_of_the_host_it_interrupts(before_host, session, run):
    person = _at_checks(before_host, scenario="hidden-vswitch")
    spec = NetworkSpec(name="lan", driver="transparent", options={INTERFACE: "Ethernet 2"})
    title = N_("Test", "Bind the adapter")
    run(session.service.apply(Plan(title=title, steps=(CreateNetwork(spec=spec),))))
    person.click_row(FINDINGS, "Warning")
    person.wait(lambda: len(_ways(person)) > 1)
    person.press_button(next(way for way in _ways(person) if "hns" in way))
    person.waits_for(Role.Button, "Apply")
    person.wait(lambda: "goes through the vSwitch" in person.reads("What is cut off"))
    assert "(10.123.174.20/23)" in person.reads("What is cut off")
    person.press_button("Cancel")


def test_that_a_fix_is_taken_back_and_found_again(before_host):
    person = _at_checks(before_host, scenario="hns-not-running")
    person.wait(lambda: len(_ways(person)) == 1)
    person.press_button(_ways(person)[0])
    person.waits_for(Role.Button, "Apply")
    assert person.sees("It can be undone.")
    person.press_button("Apply")
    person.wait(lambda: person.sees("Fixed. The check no longer finds it"))
    person.waits_for(Role.Button, "Undo")
    person.press_button("Undo")
    person.wait(lambda: person.sees("Undone. The check finds it again, as before."))
    person.press_button("Close")
    person.waits_for(Role.PageTab, "Findings (1)")


def test_that_what_needs_a_restart_is_said_to_and_not_called_useless(before_host):
    person = _at_checks(before_host, scenario="ipv6-disabled")
    person.wait(lambda: _ways(person))
    assert any(person.sees(words) for words in ("Windows must be restarted before it takes effect.",))
    person.press_button(_ways(person)[0])
    person.waits_for(Role.Button, "Back")
    go = "Apply" if "Apply" in person.names(Role.Button) else "I have done this: check again"
    person.press_button(go)
    person.wait(lambda: person.sees("It takes effect with the next restart of Windows."))
    person.press_button("Close")


def _is_in_front(person, button):
    item = person.find(Role.Button, button)
    front = person.in_front
    return front.childAt(front.mapFromGlobal(item.rect().center())) is item.object()


def test_that_findings_stand_with_the_objects_they_concern(before_host):
    person = before_host(scenario="vfp-extension-off")
    person._window.go_to("switches")
    person.wait(lambda: person.all(Role.Table, "vSwitches") and person.rows("vSwitches"))
    person.wait(lambda: any("Error" in row["Checks"] for row in person.rows("vSwitches")))
    (broken,) = [row for row in person.rows("vSwitches") if row["Checks"].startswith("Error")]
    person.click_row("vSwitches", broken["Name"])
    link = "Error: The Virtual Filtering Platform is off where a network needs it"
    person.waits_for(Role.Button, link)
    # A person presses it where it is seen: that is, once it has its place among the details.
    person.wait(lambda: _is_in_front(person, link))
    person.press_button(link)
    person.wait(lambda: person.all(Role.Table, FINDINGS) and person.selected_rows(FINDINGS) == ["Error"])
    person._window.go_to("map")
    person.wait(lambda: "with a problem" in person.reads("What the map shows"))


def test_that_a_networks_row_shows_what_is_wrong_with_it_and_leads_there(before_host):
    person = before_host(scenario="subnet-mismatch")
    person.wait(lambda: any(row["Checks"] for row in person.rows("Networks")))
    (broken,) = [row for row in person.rows("Networks") if row["Checks"]]
    person.click_row("Networks", broken["Name"])
    person.wait(
        lambda: any(
            ": " in name and name.startswith(broken["Checks"].split(",")[0])
            for name in person.names(Role.Button)
        )
    )


def test_that_the_wizard_tells_what_on_the_host_bears_on_the_driver_and_lets_go_on(before_host):
    person = before_host(scenario="ipv6-disabled")
    person.wait(lambda: "Checks: 1 error" in person.names(Role.Button))
    person.press("Ctrl+N")
    person.wait(lambda: person.sees("Warning: On this host: IPv6 is disabled"))
    person.press_button("Next")
    person.wait(lambda: person.sees("Decide how containers get their addresses"))
    person.press_button("Cancel")


def test_that_a_host_without_trouble_says_so(before_host):
    person = before_host(scenario="healthy")
    person._window.go_to("checks")
    person.waits_for(Role.PageTab, "Findings (0)")
    person.wait(lambda: person.sees("Nothing is wrong"))
    assert "No findings" in person.reads("Result of the checks")


def test_that_a_check_that_fails_is_shown_as_such_with_its_error():
    def find(_host):
        raise ZeroDivisionError("a mistake")

    broken = Check(
        id="broken", severity=Severity.ERROR, title=N_("Test", "t"), reason=N_("Test", "r"), needs=(),
        find=find, remedies=lambda _host, _subject: (), source="",
    )  # fmt: skip
    unread = replace(broken, id="unread", needs=("hns_networks",))
    rows = silent_rows(run_checks(host(), [unread, broken]))
    cells = [{column.id: column.cell(row) for column in SILENT_COLUMNS} for row in rows]
    assert [(one["check"], one["state"]) for one in cells] == [("broken", "Failed"), ("unread", "Not read")]
    assert cells[1]["part"] == "HNS networks"
    assert "a mistake" in rows[0].said.error


def test_that_what_could_not_be_read_is_listed_and_counted(before_host, session):
    person = before_host(scenario="unelevated")
    person._window.go_to("checks")
    diagnosis = session.diagnosis
    person.wait(lambda: diagnosis.silent and not diagnosis.under_way)
    count = len(diagnosis.silent)
    assert f"Not checked ({count})" in person.names(Role.PageTab)
    (notice,) = [name for name in person.names(Role.Button) if name.startswith("Checks: ")]
    assert notice.endswith(f", {count} not checked")


def test_that_a_linux_machine_is_not_called_free_of_findings(session, person, run, journal):
    with ScriptedEngine() as engine:
        engine.answers["GET /info"] = answer({"OSType": "linux", "OperatingSystem": "Debian", "Name": "HOST"})
        opened = real_host(Connection(id="x", name="x", url=engine.url), journal)
        run(session.open(opened.service, opened.close))
        person.waits_for(Role.Button, "Checks: No check applies")
        person._window.go_to("checks")
        person.wait(lambda: person.sees("the checks are about Windows containers"))
        run(session.close_host(opened.service))


@pytest.fixture
def switching(practice, session, person, run, qtbot):
    """The window, which shows another practice host at each call and its page of the checks."""

    def show(name):
        if session.service is not None:
            run(session.close_host(session.service))
        run(session.open(practice(scenario=name).service))
        person.wait(lambda: _whole(session))
        person._window.go_to("checks")

    show.person = person
    return show


def _finding_of(person, session, name):
    """Select the finding of one check."""
    person.wait(lambda: any(row.finding.check.id == name for row in session.diagnosis.rows))
    row = next(row for row in session.diagnosis.rows if row.finding.check.id == name)
    session.diagnosis.open(row.finding)
    person.wait(lambda: person.selected_rows(FINDINGS))
    return row


def _whole(session):
    """Whether the checks were asked about both sides of the host, as far as its engine answers."""
    report = session.diagnosis.report
    if report is None or report.host.snapshot.facts.services.state is SectionState.UNAVAILABLE:
        return False
    return session.status.state is ConnectionState.LOST or report.host.snapshot.networks.known() is not None


@pytest.mark.parametrize("part", range(PARTS))
def test_that_every_scenario_is_found_repaired_and_brought_back_in_the_window(switching, session, run, part):
    for name in BROKEN[part::PARTS]:
        try:
            _walk(name, switching, session, run)
        except Exception as error:
            error.add_note(f"in the scenario {name}")
            raise


def _walk(name, switching, session, run):
    person = switching.person
    switching(name)
    row = _finding_of(person, session, name)

    remedies = run(asyncio.to_thread(remedies_of, row.finding, session.diagnosis.report.host))
    person.wait(lambda: len(_ways(person)) == len(remedies))
    planned = [(way, remedy) for way, remedy in zip(_ways(person), remedies, strict=True) if remedy.plan]
    if planned:
        _repair(person, *planned[0])


def _hear(person, words):
    """Wait until ``words`` are said; a change that could cut the host off is confirmed on the way."""
    keep = "Keep the change"
    person.wait(lambda: person.sees(words) or keep in person.names(Role.Button))
    if keep in person.names(Role.Button):
        person.press_button(keep)
        person.wait(lambda: person.sees(words))


def _repair(person, way, remedy):
    person.press_button(way)
    person.waits_for(Role.Button, "Apply")
    person.press_button("Apply")
    said = (
        "takes effect with the next restart"
        if remedy.restart_needed
        else "Fixed. The check no longer finds it"
    )
    _hear(person, said)
    if all(step.inverse() is not None for step in remedy.plan.steps):
        person.press_button("Undo")
        _hear(person, "Undone. The check finds it again")
    person.press_button("Close")


def test_that_the_fix_can_be_closed_while_the_host_is_looked_at_again(before_host, tasks):
    person = _at_checks(before_host, scenario="hns-not-running")
    person.wait(lambda: len(_ways(person)) == 1)
    person.press_button(_ways(person)[0])
    person.waits_for(Role.Button, "Apply")
    person.press_button("Apply")
    person.wait(lambda: person.sees("Reading the host again and running the same check…"))
    looking = tasks.under_way
    person.press("Esc")
    person.wait(lambda: QApplication.activeModalWidget() is None)
    person.wait(lambda: any(one.cancelled() for one in looking))
