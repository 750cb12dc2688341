"""Reachability as a person meets it: a pair with its rules, the matrix, a live test, and the map."""

import socket
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from console.backend.host_channel import UnreadHostChannel
from console.backend.service import HostService
from console.ui.pages import reachability
from tests.person import PATIENCE_MS, Role
from tests.ui.test_discovery_page import page_keys


@pytest.fixture
def at_rules(before_host):
    """A person before a pair's rules; arguments are those of the practice host."""

    def make(**how):
        person = before_host(**how)
        person.press(page_keys(person, "Reachability"))
        person.wait(lambda: person.all(Role.Table, "Rules") and person.rows("Rules"))
        # The Windows side comes a moment after the engine's part.
        person.wait(lambda: person._window._session.snapshot.facts.services.value is not None)
        return person

    return make


def box_of(person, name):
    """The box of that name."""
    return next(item.object() for item in person.all(Role.ComboBox) if item.object().accessibleName() == name)


def choose(person, box, name):
    """Choose an entry of a box with the keyboard."""
    widget = box_of(person, box)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, Qt.Key.Key_Home)
    for _ in range(widget.count()):
        if widget.currentText() == name:
            break
        QTest.keyClick(widget, Qt.Key.Key_Down)
    assert widget.currentText() == name


def pair(person, source, target):
    choose(person, "From", source)
    choose(person, "To", target)


def test_that_neighbours_are_predicted_and_tried(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "web-2", "web")
    person.wait(lambda: person.reads("Prediction") == "Yes")
    person.wait(lambda: person.reads("Address to try"))
    person.press_button("Test now")
    person.wait(lambda: person.reads("Live test") == "It answers")
    assert person.sees("As predicted. With curl.")
    layers = [row["Layer"] for row in person.rows("Rules") if row["Way"] != "Also"]
    assert layers[:2] == ["Switch", "Firewall"]


def test_that_an_answer_to_what_was_chosen_before_puts_no_choice_back(at_rules, monkeypatch):
    person = at_rules(scenario="crowded")
    asked, answers = threading.Event(), threading.Event()
    real = reachability.answered

    def slowly(kept, question):
        asked.set()
        assert answers.wait(PATIENCE_MS / 1000)
        return real(kept, question)

    monkeypatch.setattr(reachability, "answered", slowly)
    choose(person, "From", "database")  # which web does not reach
    person.wait(asked.is_set)
    choose(person, "From", "web-2")
    choose(person, "To", "web")
    stood = []
    for box in ("From", "To"):
        box_of(person, box).currentTextChanged.connect(stood.append)
    answers.set()
    person.wait(lambda: person.reads("Prediction") == "Yes")
    assert stood == []
    assert [box_of(person, box).currentText() for box in ("From", "To")] == ["web-2", "web"]


def test_that_another_nat_network_is_not_reached_and_the_rule_says_why(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "web", "database")
    person.wait(lambda: person.sees("separated by VLAN"))
    person.wait(lambda: person.reads("Prediction") == "No")
    person.press_button("Test now")
    person.wait(lambda: person.reads("Live test") == "No answer")
    assert person.sees("As predicted.")


def test_that_what_the_rules_leave_open_is_settled_by_the_test(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "worker", "web")
    person.wait(lambda: person.reads("Prediction") == "Depends")
    person.wait(lambda: person.can(Role.Button, "Test now"))
    person.press_button("Test now")
    person.wait(lambda: person.sees("The prediction left it open; this is how it is."))


def test_that_the_outside_is_tried_by_its_name_and_the_way_back_is_not(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "worker", "Outside")
    person.wait(lambda: person.reads("Address to try") == "www.example.com")
    person.press_button("Test now")
    person.wait(lambda: person.reads("Live test") == "It answers")
    person.press_button("Swap")
    person.wait(lambda: person.reads("Live test") == "Not from here")
    assert not person.can(Role.Button, "Test now")


def test_that_the_host_itself_tries_by_its_script(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "This host", "web")
    person.wait(lambda: person.reads("Prediction") == "Yes")
    person.press_button("Test now")
    person.wait(lambda: person.reads("Live test") == "It answers")
    assert person.sees("As predicted. With PowerShell.")
    pair(person, "This host", "agent")
    person.wait(lambda: person.reads("Prediction") == "No")
    person.wait(lambda: person.reads("Live test") == "Not tested yet")
    person.press_button("Test now")
    person.wait(lambda: person.reads("Live test") == "No answer")


@pytest.fixture
def without_scripts(practice, person, session, journal, run):
    """A person before the rules of a host whose engine alone is reached, on this computer; ``name`` is what
    it calls its host.
    """

    def make(name, **how):
        opened = practice(**how)
        opened.server.host.state.name = name
        service = HostService(opened.service.connection, journal, UnreadHostChannel())
        run(session.open(service))
        person.press(page_keys(person, "Reachability"))
        person.wait(lambda: person.all(Role.Table, "Rules") and person.rows("Rules"))
        return person

    return make


def address_of(person, container):
    containers = person._window._session.snapshot.containers.value
    return next(one.endpoints[0].address for one in containers if one.name == container)


def test_that_this_computer_tries_where_it_is_the_host_and_has_no_scripts(without_scripts):
    person = without_scripts(socket.gethostname(), scenario="crowded")
    pair(person, "This host", "web")
    person.wait(lambda: person.reads("Address to try") == address_of(person, "web"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        person.type("Address to try", "127.0.0.1")
        person.find(Role.SpinBox, "Port to try").object().setFocus()
        person.press("Ctrl+A")
        person.write(str(listener.getsockname()[1]))
        person.press_button("Test now")
        person.wait(lambda: person.reads("Live test") == "It answers")
    assert person.sees("With a TCP connection from this computer, which is the engine's host.")
    assert person.reads("Prediction")
    person.press_button("Test now")
    person.wait(lambda: person.reads("Live test") == "Reachable, but nothing answers on the port")


def test_that_a_ping_is_not_offered_where_only_this_computer_can_try(without_scripts):
    person = without_scripts(socket.gethostname(), scenario="crowded")
    pair(person, "This host", "web")
    person.wait(lambda: person.reads("Address to try") == address_of(person, "web"))
    person.wait(lambda: person.can(Role.Button, "Test now"))
    person.find(Role.SpinBox, "Port to try").object().setFocus()
    person.press("Ctrl+A")
    person.write("0")
    person.wait(lambda: person.sees("From this computer only a TCP port can be tried"))
    assert not person.can(Role.Button, "Test now")


@pytest.mark.parametrize(
    ("scenario", "way"),
    [
        ("crowded", "set up the host's Windows side over WinRM"),
        ("linux-engine", "in a shell of that host: nc"),
    ],
)
def test_that_an_engine_of_another_name_says_why_its_host_can_not_try(without_scripts, scenario, way):
    person = without_scripts("OTHERWISE", scenario=scenario)
    pair(person, "This host", "Outside")
    person.wait(lambda: person.reads("Live test") == "Not from this host")
    assert person.sees("in a virtual machine or behind a tunnel: it calls its host")
    assert person.sees(way)
    assert not person.can(Role.Button, "Test now")


def test_that_the_matrix_is_walked_with_the_keys_and_opens_a_pair(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "web", "web-2")
    person.click(Role.PageTab, "Matrix")
    person.wait(lambda: person.all(Role.Table, "Matrix"))
    view = person.find(Role.Table, "Matrix").object()
    person.wait(lambda: view.currentIndex().isValid())
    view.setFocus(Qt.FocusReason.TabFocusReason)
    person.wait(lambda: person.sees("web to web-2, Any TCP port"))
    said = view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("web to web-2: Yes.")
    person.press("Right")
    person.wait(lambda: person.sees("web to worker, Any TCP port"))
    person.press("Return")
    person.waits_for(Role.Table, "Rules")
    assert person.keyboard_is_on == "Rules"
    person.wait(lambda: person.reads("Prediction") in ("Depends", "No"))


def test_that_the_matrix_is_copied_and_made_of_what_is_picked(at_rules):
    person = at_rules(scenario="crowded")
    person.click(Role.PageTab, "Matrix")
    person.wait(lambda: person.all(Role.Table, "Matrix"))
    person.press_button("Pick ends…")
    person.waits_for(Role.Button, "OK")
    ends = person.find(Role.List, "Ends").object()
    for at in range(ends.count()):
        wanted = ends.item(at).text() in ("web", "cache", "This host")
        ends.setCurrentRow(at)
        if wanted != (ends.item(at).checkState() == Qt.CheckState.Checked):
            ends.setFocus()
            person.press("Space")
    person.wait(lambda: person.sees("3 ends selected."))
    person.press_button("OK")
    model = person.find(Role.Table, "Matrix").object().model()
    person.wait(lambda: model.rowCount() == 3)
    person.press_button("Copy matrix")
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["From", "This host", "cache", "web"]
    assert lines[1] == ["This host", "", "Yes", "Yes"]


def test_that_the_pair_is_shown_on_the_map(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "web", "database")
    person.press_button("Show on the map")
    person.waits_for(Role.PageTab, "As a list")
    person.wait(lambda: person.can(Role.Button, "Whole host"))
    person.click(Role.PageTab, "As a list")
    person.wait(lambda: {"web", "database"} <= {row["Name"] for row in person.rows("Map as a list")})
    assert "worker" not in {row["Name"] for row in person.rows("Map as a list")}


def test_that_a_rule_opens_the_object_it_rests_on(at_rules):
    person = at_rules(scenario="crowded")
    pair(person, "web-2", "web")
    person.wait(lambda: any(row["Based on"] == "nat" for row in person.rows("Rules")))
    person.press("Ctrl+F")
    QTest.keyClicks(person.find(Role.EditableText, "Search rules").object(), "port to port")
    person.press("Return")
    person.wait(lambda: "port to port" in person.reads("The rule in full"))
    person.press("Return")
    person.waits_for(Role.Table, "vSwitches")


def test_that_a_host_without_containers_still_has_itself_and_the_world(at_rules):
    person = at_rules(scenario="empty")
    person.wait(lambda: person.reads("Prediction") == "Yes")
    assert {row["Layer"] for row in person.rows("Rules")} == {"Wire"}
    assert not person.can(Role.Button, "Show on the map")
