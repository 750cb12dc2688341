"""Service discovery as a person meets it: names, drivers, what to do without names, and a live test."""

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication

from console.demo.scenarios import steps
from console.domain.container_steps import StopContainer
from console.domain.plan import Plan
from tests.person import Role


@pytest.fixture
def at_names(practice, session, person, run):
    """A person before the page's names; arguments are those of the practice host."""

    def make(prepare=lambda _host: None, **how):
        opened = practice(**how)
        with opened.server.host.lock:
            prepare(opened.server.host)
        run(session.open(opened.service))
        person.wait(lambda: session.connected)
        person.press(page_keys(person, "Discovery"))
        person.wait(lambda: bool(person.all(Role.Table, "Names")))
        return person

    return make


def page_keys(person, title):
    """The shortcut that the View menu names for a page."""
    window = person._window
    return next(
        one.shortcut().toString() for one in window.actions() if one.text() == title and one.shortcut()
    )


def test_that_a_name_is_chosen_tested_and_agreed_on_with_the_keyboard_alone(at_names):
    person = at_names(scenario="crowded")
    person.wait(lambda: len(person.rows("Names")) > 5)
    person.press("Ctrl+F")
    for key in "db":
        person.press(key)
    person.wait(lambda: [row["Name"] for row in person.rows("Names")] == ["db"])
    person.press("Return")
    person.wait(lambda: person.reads("Name to look up") == "db")
    person.press("F6")
    person.wait(lambda: person.keyboard_is_on == "Look up from container")
    for expected in ("Name to look up", "Test now"):
        person.press("Tab")
        assert person.keyboard_is_on == expected
    person.press("Space")
    person.wait(lambda: person.sees("As predicted. With nslookup."))
    address = person.rows("Names")[0]["Addresses"]
    assert person.reads("Live test") == address
    assert person.reads("Prediction") == f"Yes: {address}"
    person.press("Tab")
    person.press("Space")
    person.waits_for(Role.EditableText, "Output")
    assert "> nslookup db" in person.find(Role.EditableText, "Output").object().toPlainText()
    person.press("Escape")


def test_that_a_name_of_another_network_is_refused_with_the_reason(at_names):
    person = at_names(scenario="crowded")
    person.wait(lambda: len(person.rows("Names")) > 5)
    person.type("Name to look up", "web")
    person.wait(lambda: person.sees("names are known only on their network"))
    person.press("Return")
    person.wait(lambda: person.reads("Live test") == "No such name")
    person.type("Name to look up", "we;b")
    person.press("Return")
    person.wait(lambda: person.reads("Live test") == "Not a host name")


def test_that_clashes_are_told_above_the_table(at_names):
    def prepare(host):
        for name in ("one", "two"):
            steps.run(host, name, "nanoserver", aliases=("db",))

    person = at_names(prepare, scenario="empty")
    person.wait(lambda: person.sees("1 name clashes"))
    assert person.sees("db (nat)")


def test_that_each_driver_tells_why(at_names):
    person = at_names(scenario="crowded")
    person.click(Role.PageTab, "Drivers")
    person.wait(lambda: len(person.rows("Drivers")) == 9)
    table = {row["Driver"]: row for row in person.rows("Drivers")}
    assert table["nat"]["On this host"] == "Yes"
    assert table["nat"]["Docs 2017: across"] == "Not applicable"
    assert table["transparent"]["On this host"] == "No"
    person.click_row("Drivers", "l2bridge")
    assert "kube-dns" in person.reads("Why: drivers")


def test_that_hosts_entries_are_copied_where_nobody_answers(at_names):
    person = at_names(scenario="crowded")
    person.click(Role.PageTab, "Without names")
    person.wait(lambda: {row["Container"] for row in person.rows("Without names")} >= {"pod-a", "pod-b"})
    person.click_row("Without names", "pod-a")
    person.click(Role.Button, "Copy: Hosts entries")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split()[1] for line in lines] == ["pod-a", "pod-b"]


def test_that_a_host_without_containers_says_what_to_do(at_names):
    person = at_names(scenario="empty")
    table = person.find(Role.Table, "Names")
    person.wait(lambda: "start one" in table.text(QAccessible.Text.Description))
    assert person.sees("No container is running, so there is none to look up a name from.")
    assert not person.can(Role.Button, "Test now")


def test_that_what_one_container_found_is_not_shown_for_another(at_names, session, run):
    person = at_names(scenario="crowded")
    person.wait(lambda: len(person.rows("Names")) > 5)
    person.type("Name to look up", "db")
    person.press_button("Test now")
    person.wait(lambda: person.sees("With nslookup."))
    box = person.find(Role.ComboBox, "Look up from container").object()
    asker = next(one for one in session.snapshot.containers.value if one.name == box.currentText())
    step = StopContainer(container=asker.id, container_name=asker.name)
    run(session.service.apply(Plan(title=step.describe(), steps=(step,))))
    person.wait(lambda: box.currentText() != asker.name)
    assert person.reads("Live test") == "Not tested yet"
