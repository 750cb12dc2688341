"""The page of remembered networks as a person uses it, on the practice host over HTTP."""

import pytest
from PySide6.QtWidgets import QApplication

from console.domain.plan import Plan, RemoveNetwork
from console.domain.text import N_
from tests.person import Role

TABLE = "Remembered networks"


def rows(person):
    return {row["Network"]: row for row in person.rows(TABLE)}


def no_dialog():
    return QApplication.activeModalWidget() is None


@pytest.fixture
def at_memory(before_host):
    """A person before what is remembered of a practice host, once everything on it was seen."""
    person = before_host(scenario="crowded")
    person.go_to("Remembered")
    person.wait(lambda: person.all(Role.Table, TABLE) and "sealed" in rows(person))
    return person


@pytest.fixture
def after_removal(at_memory, session, run):
    """The network "sealed", on which nothing was, is removed behind the person's back."""
    step = RemoveNetwork(network="sealed", name="sealed")
    run(session.service.apply(Plan(title=N_("Test", "Remove"), steps=(step,))))
    at_memory.wait(lambda: rows(at_memory)["sealed"]["State"] == "Gone")
    return at_memory


def test_that_a_removed_network_is_restored_from_memory(after_removal, session):
    person = after_removal
    person.click_row(TABLE, "sealed")
    person.wait(lambda: person.can(Role.Button, "Restore"))
    assert person.sees("10.99.0.0/24, gateway 10.99.0.1")
    person.press_button("Restore")
    person.waits_for(Role.Button, "Cancel")
    assert person.sees("Restore the network sealed")
    person.press_button("Restore")
    person.wait(lambda: person.sees("Done: Restore the network sealed"))
    person.press_button("Close")
    person.wait(no_dialog)
    person.wait(lambda: rows(person)["sealed"]["State"] == "Present")
    assert "sealed" in {one.name for one in session.snapshot.networks.value}


def test_that_what_is_there_is_neither_restored_nor_forgotten(at_memory):
    person = at_memory
    person.click_row(TABLE, "frontend")
    person.wait(lambda: person.selected_rows(TABLE) == ["frontend"])
    assert not person.can(Role.Button, "Restore")
    assert not person.can(Role.Button, "Forget")
    assert rows(person)["frontend"]["Containers on it"] == "web, web-2"
    assert rows(person)["frontend"]["Labels"] == "team=web"


def test_that_a_gone_network_is_narrowed_to_and_forgotten(after_removal):
    person = after_removal
    person.click(Role.CheckBox, "Changed only")
    person.wait(lambda: set(rows(person)) == {"sealed"})
    person.click_row(TABLE, "sealed")
    person.wait(lambda: person.can(Role.Button, "Forget"))
    person.press_button("Forget")
    person.wait(lambda: not person.rows(TABLE))
    table = person.find(Role.Table, TABLE).object()
    person.wait(lambda: table.accessibleDescription().startswith("Every network"))


def test_that_a_network_is_restored_with_the_keyboard_alone(after_removal):
    person = after_removal
    person.press("Ctrl+F")
    person.press("F6")
    assert person.keyboard_is_on == TABLE
    for _ in person.rows(TABLE):  # "sealed" is the last one by name
        person.press("Down")
    person.wait(lambda: person.selected_rows(TABLE) == ["sealed"])
    person.wait(lambda: person.can(Role.Button, "Restore"))
    person.press("Ctrl+K")
    person.wait(lambda: person.keyboard_is_on == "Command")
    person.write("Restore")
    person.press("Return")
    person.waits_for(Role.Button, "Cancel")
    person.press("Alt+R")
    person.wait(lambda: person.sees("Done: Restore the network sealed"))
    person.press("Esc")
    person.wait(no_dialog)
    person.wait(lambda: rows(person)["sealed"]["State"] == "Present")
