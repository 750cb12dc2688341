"""The Swarm page as a person uses it, on practice hosts that are in a swarm, or not yet."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from tests.person import Role, name_of

TOKEN = "SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl-1awxwuwd3z9j1z3puu7rcgdbx"


@pytest.fixture
def in_swarm(before_host):
    person = before_host(scenario="swarm-node-lost")
    person.go_to("Swarm")
    person.wait(lambda: person.rows("Nodes"))
    return person


@pytest.fixture
def outside(before_host):
    person = before_host(scenario="default")
    person.go_to("Swarm")
    person.wait(lambda: person.can(Role.Button, "Create swarm"))
    return person


def rows_of(person, tab, key):
    person.click(Role.PageTab, tab)
    person.wait(lambda: person.rows(tab))
    return {row[key]: row for row in person.rows(tab)}


def test_that_a_mixed_swarm_with_a_lost_node_is_shown(in_swarm):
    person = in_swarm
    nodes = {row["Node"]: row for row in person.rows("Nodes")}
    assert (nodes["WIN-2"]["State"], nodes["WIN-2"]["System"]) == ("down", "Windows")
    assert (nodes["LINUX-1"]["Role"], nodes["LINUX-1"]["System"]) == ("manager", "Linux")
    assert person.sees("Nodes: 4, managers: 2")
    person.click_row("Nodes", "WIN-2")
    person.wait(lambda: person.sees("The managers do not hear from WIN-2: heartbeat failure"))

    services = rows_of(person, "Swarm services", "Service")
    assert services["shop"]["Tasks running"] == "3/3"
    assert services["shop"]["Virtual addresses"].startswith("mesh: 10.0.1.")
    assert services["shop"]["Published ports"] == "8080:80/tcp (ingress)"
    assert services["report"]["Tasks running"] == "0/1"

    tasks = person.names(Role.PageTab)
    assert "Tasks" in tasks
    person.click(Role.PageTab, "Tasks")
    person.wait(lambda: person.rows("Tasks"))
    assert {row["Node"] for row in person.rows("Tasks") if row["Desired state"] == "shutdown"} == {"WIN-2"}

    overlays = rows_of(person, "Overlay networks", "Network")
    assert overlays["data"]["Used by"] == "Linux nodes only"
    assert overlays["mesh"]["VXLAN IDs"] == "4097"
    assert overlays["ingress"]["Purpose"] == "routing mesh (ingress)"
    person.click_row("Overlay networks", "secure")
    person.wait(lambda: person.sees("traffic of Windows nodes is NOT encrypted"))


def test_that_the_page_is_walked_by_keyboard_alone(in_swarm):
    person = in_swarm
    person.press("Ctrl+F")
    person.wait(lambda: person.keyboard_is_on == "Search nodes")
    person.press("F6")
    person.wait(lambda: person.keyboard_is_on == "Nodes")
    person.press("Down")
    person.wait(lambda: person.selected_rows("Nodes"))


def test_that_a_host_in_no_swarm_says_so_once_and_what_to_do(outside):
    person = outside
    said = [name_of(item) for item in person.all(Role.StaticText) if "not in a swarm" in name_of(item)]
    assert said == ["This host is not in a swarm."]
    assert person.sees("“Create swarm” makes it the first manager")
    assert not person.sees("Looking…")
    assert not person.all(Role.StaticText, "Rows shown")
    assert not person.all(Role.EditableText, "Search nodes")
    person.press("F6")
    assert person.keyboard_is_on == "Create swarm"


def keep_the_change(person):
    """The ingress network moves the host's address: what was done stays because a person says so."""
    person.waits_for(Role.Button, "Keep the change")
    person.press_button("Keep the change")
    person.waits_for(Role.Button, "Undo")


def test_that_a_swarm_is_made_with_its_warnings_and_left_again(outside, session):
    person = outside
    assert person.sees("This host is not in a swarm.")
    person.press_button("Create swarm")
    person.wait(lambda: person.sees("The host's network connection is lost for some seconds"))
    assert person.sees("2377/tcp, 7946/tcp, 7946/udp, 4789/udp")
    assert person.sees("No Windows Firewall rule allows")
    assert person.sees("comes from DHCP")
    assert person.sees("which contains 10.200.0.0/24 of Ethernet 3")
    person.type("Addresses for overlay networks", "100.64.0.0/16")
    person.wait(lambda: not person.sees("which holds"))
    assert "Ethernet (192.168.1.10/24)" in person.reads("What is cut off")
    person.press_button("Create swarm")
    keep_the_change(person)
    person.press_button("Close")
    person.wait(lambda: person.sees("is a manager. Nodes: 1, managers: 1"))
    assert session.snapshot.engine.value.swarm.node_address == "192.168.1.10"
    person.wait(lambda: person.can(Role.Button, "Leave swarm"))
    person.press_button("Leave swarm")
    person.wait(lambda: person.sees("This is the last manager: the swarm ends with it"))
    person.press_button("Leave swarm")
    person.wait(lambda: session.snapshot.engine.value.swarm.local_node_state == "inactive")
    person.wait(lambda: person.can(Role.Button, "Close"))
    person.press_button("Close")


def test_that_joining_asks_for_a_token_which_is_shown_and_kept_nowhere(outside, session, profile):
    person = outside
    person.press_button("Join swarm")
    person.waits_for(Role.EditableText, "Address of a manager")
    assert person.sees("Give the address of a manager, such as 192.168.1.20:2377.")
    assert person.sees("The host's network connection is lost for some seconds")
    person.type("Address of a manager", "192.168.1.99")
    person.wait(lambda: person.sees("Paste the join token."))
    person.type("Join token", "SWMTKN-1-short")
    person.wait(lambda: person.sees("This is not a join token"))
    person.type("Join token", TOKEN)
    person.wait(lambda: person.can(Role.Button, "Join swarm"))
    person.press_button("Copy: Commands")
    command = QGuiApplication.clipboard().text()
    assert "--token=JOIN-TOKEN" in command
    assert "192.168.1.99:2377" in command
    assert TOKEN not in command
    person.press_button("Join swarm")
    keep_the_change(person)
    person.press_button("Close")
    person.wait(lambda: person.sees("is a worker"))
    person.wait(lambda: person.sees("Only a manager lists the nodes, services and tasks"))
    kept = [path for path in profile.journal.parent.rglob("*") if path.is_file()]
    assert any(b"192.168.1.99" in path.read_bytes() for path in kept)
    assert not any(TOKEN.encode() in path.read_bytes() for path in kept)
