"""The port finder as a person meets it: who holds a port, which one is free, and what could not be read."""

import pytest

from console.demo.scenarios import steps
from console.demo.windows_setup import ExclusionRecord
from tests.person import Role


@pytest.fixture
def at_ports(practice, session, person, run):
    """A person before the port finder, come by the command palette; arguments are the practice host's."""

    def make(prepare=lambda _host: None, **how):
        opened = practice(**how)
        with opened.server.host.lock:
            prepare(opened.server.host)
        run(session.open(opened.service))
        person.wait(lambda: session.connected and session.snapshot.facts.listeners.value is not None)
        person.press("Ctrl+K")
        person.type("Command", "free port")
        person.press("Return")
        person.in_front.activateWindow()  # as a window manager does when the palette is gone
        person.wait(lambda: person.all(Role.Table, "Held ports") and person.rows("Held ports"))
        return person

    return make


def crowd(host):
    steps.run(host, "web", "iis", ports={"80/tcp": 8080})
    host.state.windows.ports.exclusions.append(
        ExclusionRecord(protocol="TCP", first=8081, last=8090, administered=True)
    )


def test_that_a_taken_port_names_its_container_and_the_next_free_one(at_ports):
    person = at_ports(crowd, scenario="empty")
    person.wait(lambda: person.reads("This port") == "8080/tcp is taken")
    assert person.sees("web publishes its port 80 there.")
    person.wait(lambda: person.reads("Next free") == "8091/tcp")
    assert person.sees("8081–8090 (administered exclusion)")
    person.press_button("Use 8091")
    person.wait(lambda: person.reads("This port") == "8091/tcp is free")


def test_that_the_held_ports_are_found_by_their_holder_and_open_it(at_ports):
    person = at_ports(crowd, scenario="empty")
    person.press("Ctrl+F")
    for key in "web":
        person.press(key)
    person.wait(lambda: [row["Held by"] for row in person.rows("Held ports")] == ["web"])
    person.press("Return")
    person.wait(lambda: "publishes its port 80" in person.reads("Why it is held"))
    person.press("Return")
    person.wait(lambda: person.all(Role.Table, "Containers"))


def test_that_a_process_that_listens_is_told_with_its_id(at_ports):
    person = at_ports(scenario="empty")
    rows = {row["Ports"]: row for row in person.rows("Held ports") if row["Protocol"] == "TCP"}
    assert rows["3389"]["Held as"] == "Listening process"
    assert rows["3389"]["Process id"]
    assert rows["49152–65535"]["Can be published"] == "Depends"
