"""The Containers page as a person uses it, on the practice host over HTTP."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.person import Role

PAGE = "Ctrl+Shift+1"


def no_dialog():
    return QApplication.activeModalWidget() is None


def rows(person):
    return {row["Container"]: row for row in person.rows("Containers")}


def to_page(person):
    person.press(PAGE)
    person.wait(lambda: person.all(Role.Table, "Containers") and person.rows("Containers"))
    return person


def choose(person, name):
    """Select a container and wait until the details and the actions are about it."""
    person.click_row("Containers", name)
    person.wait(lambda: person.can(Role.Button, "Disconnect from network"))
    person.wait(lambda: any(name in entry for entry in person.entries_of("Related objects")))


@pytest.fixture
def at_containers(before_host):
    """A person before the containers of a busy practice host."""
    return to_page(before_host(scenario="crowded"))


def close(person):
    person.wait(lambda: person.sees("Done: "))
    person.press_button("Close")
    person.wait(no_dialog)


def test_that_a_container_is_run_with_the_keyboard_alone_and_taken_back(at_containers, session, run):
    person = at_containers
    person.press("Ctrl+Shift+N")
    person.wait(lambda: person.keyboard_is_on == "Image")
    assert not person.can(Role.Button, "Run")
    for text in ("nanoserver:latest", None, "frontend"):
        if text:
            person.write(text)
        person.press("Tab")
    person.wait(lambda: person.reads("Name") == "nanoserver")
    person.write("10.244.1.77")
    person.wait(lambda: person.can(Role.Button, "Run"))
    person.press("Return")
    person.wait(lambda: person.sees("Done: Run the container nanoserver"))
    person.wait(lambda: person.can(Role.Button, "Undo"))
    entry = run(session.service.journal_entries(limit=1))[0]
    assert entry.plan.steps[0].spec.network == "frontend"
    assert entry.plan.steps[0].spec.address == "10.244.1.77"
    person.press("Alt+U")
    person.wait(lambda: person.sees("Done: Undo"))
    person.press("Esc")
    person.wait(no_dialog)
    person.wait(lambda: "nanoserver" not in rows(person))


def test_that_a_taken_port_is_refused_beside_its_field_with_one_that_is_free(at_containers):
    person = at_containers
    person.press_button("Run container")
    person.waits_for(Role.EditableText, "Image")
    person.type("Image", "iis:latest")
    person.type("Published ports", "8080:80")
    person.wait(lambda: person.sees("Host port 8080/tcp is taken: the container web publishes it."))
    assert not person.can(Role.Button, "Run")
    person.waits_for(Role.Button, "Use 8082:80")
    person.press_button("Use 8082:80")
    person.wait(lambda: person.can(Role.Button, "Run"))
    person.press_button("Cancel")


def test_that_containers_are_stopped_started_and_removed_together(at_containers):
    person = at_containers
    person.click_row("Containers", "cache")
    person.click_row("Containers", "worker", also=True)
    person.press_button("Stop container")
    person.waits_for(Role.Button, "Cancel")
    person.wait(lambda: person.can(Role.Button, "Stop container"))
    assert person.sees("Stop 2 containers")
    assert person.sees("cache does not answer while it is stopped.")
    person.press_button("Stop container")
    close(person)
    person.wait(lambda: {rows(person)[name]["State"] for name in ("cache", "worker")} == {"Stopped"})
    person.wait(lambda: not person.can(Role.Button, "Stop container"))
    person.press_button("Remove container")
    person.waits_for(Role.Button, "Cancel")
    person.wait(lambda: person.can(Role.Button, "Remove container"))
    assert person.sees("Everything written inside cache is lost")
    person.press_button("Remove container")
    close(person)
    person.wait(lambda: not {"cache", "worker"} & set(rows(person)))


def test_that_an_address_is_changed_while_the_container_is_stopped(at_containers):
    person = at_containers
    choose(person, "web")
    person.press("F2")
    person.waits_for(Role.CheckBox, "Stop it, change it, and start it again")
    person.type("Address", "10.244.1.1")
    person.wait(lambda: person.sees("10.244.1.1 is the gateway of frontend."))
    person.type("Address", "10.244.1.99")
    person.click(Role.CheckBox, "Stop it, change it, and start it again")
    person.wait(lambda: person.can(Role.Button, "Change address"))
    assert person.sees("loses the address")
    person.press_button("Change address")
    close(person)
    person.wait(lambda: rows(person)["web"]["Addresses"] == "10.244.1.99")
    assert rows(person)["web"]["State"] == "Running"
    assert rows(person)["web"]["Published ports"] == "8080→80/tcp"


def test_that_a_server_of_2016_can_only_change_what_is_stopped(before_host):
    person = to_page(before_host(scenario="crowded", os_build=14393))
    person.click_row("Containers", "web")
    person.press_button("Disconnect from network")
    person.waits_for(Role.Button, "Cancel")
    person.wait(lambda: person.can(Role.Button, "Disconnect"))
    assert not person.can(Role.CheckBox, "Stop it, change it, and start it again"), "it must be stopped"
    assert person.sees("web does not answer while it is stopped.")
    person.press_button("Disconnect")
    person.wait(lambda: person.sees("Done: "))
    person.press_button("Close")
    person.wait(lambda: rows(person)["web"]["Networks"] == "")


def test_that_the_details_tell_endpoints_ports_dns_and_the_engines_own_words(at_containers):
    person = at_containers
    choose(person, "printer-gateway")
    person.waits_for(Role.PageTab, "Endpoints")
    person.click(Role.PageTab, "Endpoints")
    person.wait(lambda: person.rows("Endpoints of the container"))
    (row,) = person.rows("Endpoints of the container")
    assert (row["Network"], row["Driver"], row["Subnet"]) == ("corp", "transparent", "10.123.174.0/23")
    person.click(Role.PageTab, "DNS and start")
    person.wait(lambda: person.sees("ping -t localhost"))
    person.click(Role.PageTab, "Raw JSON")
    person.wait(lambda: '"Driver": "windowsfilter"' in person.reads("Raw JSON"))
    person.click_row("Containers", "web-2")
    person.wait(lambda: person.selected_rows("Containers") == ["web-2"])
    person.wait(lambda: "ServiceMonitor.exe" in person.reads("Raw JSON"))
    person.click(Role.PageTab, "Ports")
    person.wait(lambda: [row["Host port"] for row in person.rows("Published ports")] == ["8081"])


def inside(person):
    return {row["What"]: row for row in person.rows("Engine and container compared")}


def test_that_a_container_is_asked_and_its_answer_compared(at_containers):
    person = at_containers
    choose(person, "web")
    person.click(Role.PageTab, "Inside")
    person.press_button("Look inside")
    person.wait(lambda: person.rows("Engine and container compared"))
    told = inside(person)
    assert {row["Compared"] for row in told.values()} == {"Same"}
    assert told["Address"]["Engine and HNS"] == told["Address"]["The container"]
    assert told["Prefix length"]["The container"] == "24"
    assert "The engine shows /8" in told["Prefix length"]["Why"]
    person.press_button("Show output")
    person.wait(lambda: "Windows IP Configuration" in person.reads("The container's output"))
    person.click_row("Containers", "batch")
    person.wait(lambda: person.selected_rows("Containers") == ["batch"])
    person.wait(lambda: not person.can(Role.Button, "Look inside"))
    assert not person.rows("Engine and container compared"), "what another container said is gone"


def test_that_the_page_is_walked_with_the_keyboard_alone(before_host):
    person = before_host(scenario="crowded")
    person.press(PAGE)
    person.wait(lambda: person.all(Role.Table, "Containers") and person.rows("Containers"))
    person.press("Ctrl+F")
    person.write("web")
    person.press("Return")
    person.wait(lambda: person.keyboard_is_on == "Containers" and len(person.rows("Containers")) == 2)
    person.press("Down")
    person.wait(lambda: person.selected_rows("Containers") == ["web-2"])
    person.waits_for(Role.PageTab, "Inside")
    person.press("F6")
    for _ in range(4):
        person.press("Right")
    person.wait(lambda: person.all(Role.Button, "Look inside"))
    person.press("Tab")
    assert person.keyboard_is_on == "Look inside"
    person.press("Space")
    person.wait(lambda: person.rows("Engine and container compared"))
    assert person.keyboard_is_on == "Look inside"
    for _ in range(3):  # navigation, the page's own tabs, search
        person.press("F6")
    assert person.keyboard_is_on == "Search containers"
