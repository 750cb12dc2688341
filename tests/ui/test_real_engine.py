"""The whole loop in the window on a real Docker Engine: create, see, remove, and find it in the journal."""

import asyncio

import pytest

from console.startup import real_host
from tests.engine.conftest import engine, shared_engine  # noqa: F401 - fixtures
from tests.person import Role
from tests.ui.wizards.conftest import Filler

pytestmark = pytest.mark.real_engine

SUBNET = "10.77.5.0/24"


@pytest.fixture
def at_engine(engine, session, journal, make_window, qtbot, run):  # noqa: F811
    """A person before the window, which shows the real engine's networks."""
    opened = real_host(engine.connection, journal)
    window = make_window()
    run(session.open(opened.service, opened.close))
    person = Filler(qtbot, window)
    person.wait(lambda: "host" in names(person))
    return person


def names(person):
    return [row["Name"] for row in person.rows("Networks")]


def create_bridge(person, name):
    person.press("Ctrl+N")
    person.is_at("Choose how the containers connect")
    person.choose_driver("Bridge")
    person.next()
    person.wait(lambda: bool(person.find(Role.EditableText, "Name")))
    person.type("Name", name)
    person.click(Role.RadioButton, "Use fixed addresses from this subnet")
    person.type("Subnet", SUBNET)
    person.next()
    person.is_at("Add labels and other driver options")
    person.next()
    person.is_at("Check the plan, then create the network")
    person.create()


def test_that_a_bridge_network_is_created_seen_removed_and_recorded(at_engine, engine, run):  # noqa: F811
    person = at_engine
    create_bridge(person, "shop")
    person.wait(lambda: person.selected_rows("Networks") == ["shop"])
    row = next(row for row in person.rows("Networks") if row["Name"] == "shop")
    assert (row["Driver"], row["Subnets"], row["Gateway"]) == ("bridge", SUBNET, "10.77.5.1")
    status, _ = run(asyncio.to_thread(engine.ask, "GET", "/networks/shop"))
    assert status == 200

    person.press_button("Remove")
    person.waits_for(Role.Button, "Remove network")
    person.click(Role.Button, "Remove network")
    person.wait(lambda: person.sees("Done: Remove the network shop"))
    person.click(Role.Button, "Close")
    person.wait(lambda: "shop" not in names(person))
    status, _ = run(asyncio.to_thread(engine.ask, "GET", "/networks/shop"))
    assert status == 404

    person.in_front.activateWindow()  # as a window manager does when a dialog has gone
    person.go_to("Activity")
    person.wait(lambda: [row["Result"] for row in person.rows("Activity")] == ["Done", "Done"])
    entries = person.rows("Activity")
    assert {(entry["What"], entry["Result"], entry["Kind of host"]) for entry in entries} == {
        ("Create the network shop", "Done", "Real"),
        ("Remove the network shop", "Done", "Real"),
    }


def test_that_windows_drivers_are_not_offered_and_the_reason_is_said(at_engine):
    at_engine.press("Ctrl+N")
    at_engine.is_at("Choose how the containers connect")
    offered = at_engine.names(Role.RadioButton)
    assert "Bridge" in offered
    assert not {"NAT", "Transparent", "L2 bridge", "Internal"} & set(offered)
    assert at_engine.sees("are not offered: this engine runs Linux containers")
    at_engine.press("Escape")
