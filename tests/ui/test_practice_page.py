"""The page of the practice scenarios, as a person walks through it."""

import pytest

from console.startup import KnownHosts, Practice
from console.ui.practice_progress import Progress, Standing
from console.ui.window_state import WindowState
from tests.person import Person, Role

SCENARIOS = "Practice scenarios"


@pytest.fixture
def at_practice(make_window, session, profile, qtbot, run):
    """A person before the page, no host open yet."""
    person = Person(qtbot, make_window(KnownHosts(profile, Practice(20348))))
    person.wait(lambda: person.sees("No host is shown"))
    person.press_button("Practice")  # where a newcomer is led who has no host yet
    person.wait(lambda: person.all(Role.Table, SCENARIOS) and len(person.rows(SCENARIOS)) > 50)
    yield person
    run(session.close())


def _choose(person, check):
    person.type("Search practice scenarios", check)
    person.wait(lambda: len(person.rows(SCENARIOS)) == 1)
    person.waits_for(Role.ComboBox, "Windows of the practice host")


def test_that_a_scenario_is_broken_and_its_finding_shown_by_the_keyboard_alone(at_practice, session):
    at_practice.press("Ctrl+F")
    at_practice.write("firewall-blocks-port")
    at_practice.wait(lambda: len(at_practice.rows(SCENARIOS)) == 1)
    at_practice.press("Return")
    assert at_practice.keyboard_is_on == SCENARIOS
    at_practice.press("Return")
    at_practice.wait(
        lambda: at_practice.all(Role.Table, "Findings") and at_practice.selected_rows("Findings"),
    )
    (row,) = at_practice.rows("Findings")
    assert session.diagnosis.finding_of("firewall-blocks-port") is not None
    assert row["Severity"] in at_practice.selected_rows("Findings")


def test_that_where_nothing_is_said_the_page_to_look_at_is_shown(at_practice):
    _choose(at_practice, "firewall-blocks-port")
    assert "Firewall" in at_practice.reads("About the answer")
    at_practice.press_button("Show me")

    def tables():
        return [str(at_practice.rows(name)) for name in at_practice.names(Role.Table)]

    at_practice.wait(lambda: any("Baseline" in table for table in tables()))


def test_that_another_windows_is_practised_on_and_a_whole_one_is_not_called_fixed(at_practice, session):
    _choose(at_practice, "os-too-old")
    box = at_practice.find(Role.ComboBox, "Windows of the practice host").object()
    box.setFocus()
    at_practice.press("Home")
    at_practice.wait(lambda: "14393" in box.currentText())
    at_practice.press("Down")
    at_practice.wait(lambda: "26100" in box.currentText())
    at_practice.press_button("Break it")
    at_practice.wait(lambda: at_practice.sees("The check finds nothing on this practice host."))
    assert session.service.connection.id == "practice:26100:os-too-old"
    assert at_practice.reads("State of the practice host") == "Not tried yet."


def test_that_only_what_was_broken_can_be_fixed_and_that_it_is_remembered(tmp_path):
    state = WindowState(tmp_path / "state.json")
    progress = Progress(state)
    progress.note("whole", fires=False)
    progress.note("broken", fires=True)
    progress.note("mended", fires=True)
    progress.note("mended", fires=False)
    assert state.save()
    again = Progress(WindowState(tmp_path / "state.json"))
    assert [again.of(one) for one in ("whole", "broken", "mended")] == [
        Standing.UNTRIED, Standing.BROKEN, Standing.FIXED,
    ]  # fmt: skip
    again.forget("mended")
    assert again.of("mended") is Standing.UNTRIED


def test_that_the_chosen_scenario_stays_in_sight_when_the_search_is_cleared(at_practice):
    _choose(at_practice, "hns-not-running")
    at_practice.press("Return")
    assert at_practice.selected_rows(SCENARIOS)
    at_practice.press_button("Clear the search field")
    at_practice.wait(lambda: len(at_practice.rows(SCENARIOS)) > 50)
    table = at_practice.find(Role.Table, SCENARIOS).object()
    place = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(place.center())


def test_that_one_scenario_leaves_its_details_the_room_in_a_narrow_window(
    make_window, profile, qtbot, session, run
):
    window = make_window(KnownHosts(profile, Practice(20348)), (800, 600))
    person = Person(qtbot, window)
    person.wait(lambda: person.sees("No host is shown"))
    person.press_button("Practice")
    person.wait(lambda: person.all(Role.Table, SCENARIOS) and len(person.rows(SCENARIOS)) > 50)
    table = person.find(Role.Table, SCENARIOS).object()
    whole = table.height()
    _choose(person, "hns-not-running")
    person.wait(lambda: table.height() < whole)
    assert table.viewport().height() < 3 * table.rowHeight(0)
    person.type("Search practice scenarios", "")
    person.wait(lambda: table.height() == whole)
    run(session.close())
