"""The networks page as a person uses it, on the practice host through HTTP."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.person import Person, Role


def _create(opened, run, name, **config):
    """A network made by somebody else, through the engine's own door."""
    import asyncio

    import docker

    def make():
        client = docker.APIClient(opened.server.url)
        try:
            return client.create_network(name, driver="nat", **config)["Id"]
        finally:
            client.close()

    return run(asyncio.to_thread(make))


def test_that_a_practice_host_shows_its_networks_with_their_facts(at_practice_host):
    rows = {row["Name"]: row for row in at_practice_host.rows("Networks")}
    assert rows["nat"]["Driver"] == "nat"
    assert rows["nat"]["Subnets"].endswith(("/16", "/20", "/24"))
    assert rows["nat"]["Endpoints"].endswith(("endpoint", "endpoints"))


def test_that_a_network_made_elsewhere_appears_and_the_selection_stays(practice, session, person, run):
    opened = practice()
    run(session.open(opened.service))
    person.wait(lambda: bool(person.rows("Networks")))
    person.click_row("Networks", "nat")
    _create(opened, run, "a-new-one & <b>more</b>")
    person.wait(lambda: "a-new-one & <b>more</b>" in [row["Name"] for row in person.rows("Networks")])
    assert person.selected_rows("Networks") == ["nat"]


def test_that_searching_narrows_the_table_and_an_empty_result_offers_the_way_back(at_practice_host):
    person = at_practice_host
    before = person.rows("Networks")
    person.press("Ctrl+F")
    assert person.keyboard_is_on == "Search networks"
    person.type("Search networks", "no such network")
    person.waits_for(Role.Button, "Clear the search")
    assert person.sees("No network matches “no such network”")
    person.press_button("Clear the search")
    names = [row["Name"] for row in before]
    person.wait(lambda: [row["Name"] for row in person.rows("Networks")] == names)


def test_that_the_predefined_network_can_not_be_removed_and_the_reason_is_given(at_practice_host):
    person = at_practice_host
    person.click_row("Networks", "nat")
    person.wait(lambda: not person.can(Role.Button, "Remove"))
    person.press("Ctrl+K")
    person.waits_for(Role.EditableText, "Command")
    person.type("Command", "remove")
    assert "refuses to remove it" in person.reads("Why not")


def test_that_rows_are_copied_with_titles_as_a_spreadsheet_takes_them(at_practice_host):
    person = at_practice_host
    person.click_row("Networks", "nat")
    person.press("Ctrl+C")
    titles, row = (line.split("\t") for line in QGuiApplication.clipboard().text().split("\n"))
    assert dict(zip(titles, row, strict=True))["Name"] == "nat"


def test_that_a_title_click_sorts_up_and_a_second_down(at_practice_host):
    person = at_practice_host
    person.click_title("Networks", "Driver")
    drivers = [row["Driver"] for row in person.rows("Networks")]
    assert drivers == sorted(drivers)
    person.click_title("Networks", "Driver")
    assert [row["Driver"] for row in person.rows("Networks")] == sorted(drivers, reverse=True)


def test_that_the_context_menu_opens_with_reasons_for_what_is_blocked(at_practice_host):
    person = at_practice_host
    person.context_menu("Networks", "none")
    person.wait(lambda: person.entries()["Copy cell"])
    assert person.entries()["Remove…"] is False
    assert person.entries()["Connect…"] is False
    QApplication.activePopupWidget().close()


def test_that_columns_are_chosen_and_remembered(practice, session, make_window, state, run, qtbot):
    from tests.person import Person

    run(session.open(practice().service))
    window = make_window()
    person = Person(qtbot, window)
    person.wait(lambda: bool(person.rows("Networks")))
    assert "ID" not in person.rows("Networks")[0]
    person.press_button("Columns")
    person.choose_entry("Scope")
    person.wait(lambda: "Scope" not in person.rows("Networks")[0])
    window.remember()
    again = make_window()
    other = Person(qtbot, again)
    other.wait(lambda: bool(other.rows("Networks")))
    assert "Scope" not in other.rows("Networks")[0]
    assert "Driver" in other.rows("Networks")[0]


def test_that_export_writes_what_the_table_shows(at_practice_host, tmp_path, qtbot):
    person = at_practice_host
    person.choose("Edit", "Export as JSON…")
    person.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    target = tmp_path / "networks.json"
    dialog.selectFile(str(target))
    dialog.accept()
    person.wait(lambda: target.exists() and bool(target.read_text("utf-8")))
    names = [row["name"] for row in json.loads(target.read_text("utf-8"))]
    assert names == [row["Name"] for row in person.rows("Networks")]


def test_that_a_double_click_opens_the_details_and_hands_the_keyboard_over(at_practice_host):
    person = at_practice_host
    person.double_click_row("Networks", "nat")
    person.wait(lambda: person.keyboard_is_on != "Networks")
    person.wait(lambda: "Summary" in person.names(Role.PageTab))


def test_that_an_empty_host_says_what_to_do_next(practice, session, person, run):
    run(session.open(practice(scenario="empty").service))
    person.wait(lambda: session.connected and session.snapshot is not None)
    rows = session.snapshot.networks.known()
    assert rows is not None
    if rows:  # every Windows engine keeps its predefined networks
        person.wait(lambda: len(person.rows("Networks")) == len(rows))
    else:
        person.waits_for(Role.Button, "New network…")


def test_that_a_lost_engine_keeps_what_was_seen_and_says_so(practice, session, person, run):
    import asyncio

    opened = practice()
    run(session.open(opened.service))
    person.wait(lambda: bool(person.rows("Networks")))
    before = person.rows("Networks")
    run(asyncio.to_thread(opened.server.stop))
    person.wait(lambda: person.sees("The host does not answer. What you see is from"))
    assert [row["Name"] for row in person.rows("Networks")] == [row["Name"] for row in before]
    assert "Connection lost" in person.reads("Connection")
    person.wait(lambda: not person.can(Role.Button, "New network"))
    assert person.can(Role.Button, "Retry now")


def test_that_the_whole_page_is_reached_by_keyboard(at_practice_host):
    person = at_practice_host
    person.press("F6")
    visited = []
    for _ in range(4):
        visited.append(person.keyboard_is_on)
        person.press("F6")
    assert {"Pages", "Search networks", "Networks"} <= set(visited)


def test_that_a_refresh_never_takes_the_focus(practice, session, person, run):
    opened = practice()
    run(session.open(opened.service))
    person.wait(lambda: bool(person.rows("Networks")))
    person.press("Ctrl+F")
    _create(opened, run, "elsewhere")
    person.wait(lambda: "elsewhere" in [row["Name"] for row in person.rows("Networks")])
    assert person.keyboard_is_on == "Search networks"
    assert Qt.ApplicationState.ApplicationActive == QGuiApplication.applicationState()


def test_that_delete_asks_first_and_names_the_network(practice, session, person, run):
    opened = practice()
    run(session.open(opened.service))
    _create(opened, run, "to-go")
    person.wait(lambda: "to-go" in [row["Name"] for row in person.rows("Networks")])
    person.click_row("Networks", "to-go")
    person.wait(lambda: person.can(Role.Button, "Remove"))
    person.press("Del")
    person.wait(lambda: QApplication.activeModalWidget() is not None)
    assert person.sees("to-go")
    person.press("Esc")
    person.wait(lambda: QApplication.activeModalWidget() is None)
    assert "to-go" in [row["Name"] for row in person.rows("Networks")]


def test_that_the_wizard_opens_by_key_and_goes_without_a_trace(at_practice_host):
    person = at_practice_host
    person.wait(lambda: person.can(Role.Button, "New network"))
    person.press("Ctrl+N")
    person.wait(lambda: QApplication.activeModalWidget() is not None)
    person.press("Esc")
    person.wait(lambda: QApplication.activeModalWidget() is None)


def test_that_a_file_that_can_not_be_written_is_said_until_dismissed(
    practice, session, person, run, tmp_path
):
    opened = practice()
    run(session.open(opened.service))
    person.wait(lambda: bool(person.rows("Networks")))
    person.choose("Edit", "Export as CSV…")
    person.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    dialog.selectFile(str(tmp_path / "networks.csv"))
    dialog.accept()
    (tmp_path / "networks.csv").mkdir()  # between the choice and the writing
    person.wait(lambda: person.sees("was not written"))
    _create(opened, run, "meanwhile")
    person.wait(lambda: "meanwhile" in [row["Name"] for row in person.rows("Networks")])
    assert person.sees("was not written")
    person.press_button("Dismiss")
    person.wait(lambda: not person.sees("was not written"))


def test_that_a_selected_row_stays_in_sight_when_the_details_open_below_it(
    practice, session, make_window, run, qtbot
):
    run(session.open(practice(scenario="crowded").service))
    person = Person(qtbot, make_window(size=(1000, 700)))
    person.wait(lambda: len(person.rows("Networks")) > 8)
    last = person.rows("Networks")[-1]["Name"]
    person.click_row("Networks", last)
    person.waits_for(Role.PageTab, "Summary")
    in_sight = person.find(Role.Table, "Networks").rect()
    person.wait(lambda: in_sight.contains(person.cell("Networks", last).rect()))
