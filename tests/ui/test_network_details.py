"""The details of the selected network, tab by tab."""

import json

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from console.domain.plan import ConnectContainer, CreateNetwork, RemoveNetwork
from console.domain.spec import NetworkSpec
from console.ui.widgets.network_details import NetworkDetails
from tests.person import Role


@pytest.fixture
def details(lab, tasks, desk):
    shown = NetworkDetails(lab.session, tasks, desk)
    QVBoxLayout(desk).addWidget(shown)
    return shown


def test_when_nothing_is_selected_it_says_what_to_do(details, at_desk):
    assert at_desk.sees("Select a network to see its endpoints, options and commands.")
    assert at_desk.names(Role.PageTab) == []


def test_that_the_summary_tells_the_network_in_words(details, lab, at_desk):
    details.show_network(lab.network("frontend"))
    at_desk.wait(lambda: at_desk.sees("10.5.0.0/24, gateway 10.5.0.1"))
    assert at_desk.sees("nat")
    assert at_desk.sees("Service discovery")


def test_that_endpoints_follow_the_host_and_the_tab_stays(details, lab, at_desk):
    details.show_network(lab.network("unused"))
    at_desk.waits_for(Role.PageTab, "Endpoints (0)")
    at_desk.click(Role.PageTab, "Endpoints (0)")
    network = lab.network("unused")
    lab.do(
        ConnectContainer(
            network=network.id,
            network_name="unused",
            container="web",
            container_name="web",
            address="10.6.0.9",
        )
    )
    at_desk.waits_for(Role.PageTab, "Endpoints (1)")
    (row,) = at_desk.rows("Endpoints")
    assert row["Container"] == "web"
    assert row["Address"] == "10.6.0.9"
    assert row["State"] == "Running"
    assert "8080→80/tcp" in row["Published ports"]


def test_when_the_network_is_removed_nothing_is_selected_any_more(details, lab, at_desk):
    network = lab.network("unused")
    details.show_network(network)
    lab.do(RemoveNetwork(network=network.id, name="unused"))
    at_desk.wait(lambda: at_desk.sees("Select a network to see its endpoints"))
    assert details.network is None


def test_that_every_option_has_its_meaning_and_an_unknown_one_is_marked(details, lab, at_desk):
    options = {
        "com.docker.network.windowsshim.dnsservers": "10.0.0.1",
        "com.docker.network.windowsshim.vlandi": "1",
    }
    lab.do(CreateNetwork(spec=NetworkSpec(name="typo", options=options)))
    details.show_network(lab.network("typo"))
    at_desk.click(Role.PageTab, "Options")
    rows = {row["Key"]: row for row in at_desk.rows("Options")}
    assert rows["com.docker.network.windowsshim.dnsservers"]["Option"] == "DNS servers"
    assert rows["com.docker.network.windowsshim.vlandi"]["Option"] == "Unknown option"
    assert "no effect" in rows["com.docker.network.windowsshim.vlandi"]["Meaning"]


def test_that_the_command_can_be_copied_as_it_is(details, lab, at_desk):
    name = 'it\'s "quoted"'
    lab.do(CreateNetwork(spec=NetworkSpec(name="labelled", labels={"owner": name})))
    details.show_network(lab.network("labelled"))
    at_desk.click(Role.PageTab, "Command")
    command = at_desk.reads("Commands")
    assert command.startswith("docker network create")
    at_desk.click(Role.Button, "Copy: Commands")
    assert QGuiApplication.clipboard().text() == command


def test_when_a_shell_can_not_carry_a_value_no_command_is_shown_to_copy(details, lab, at_desk):
    lab.do(CreateNetwork(spec=NetworkSpec(name="two-lines", labels={"note": "one\ntwo"})))
    details.show_network(lab.network("two-lines"))
    at_desk.click(Role.PageTab, "Command")
    assert "docker network create" not in at_desk.reads("Commands")
    assert at_desk.reads("Commands") != ""
    assert not at_desk.can(Role.Button, "Copy: Commands")
    at_desk.click(Role.ComboBox, "Show commands for")
    at_desk.press("Escape")
    at_desk.press("End")
    assert "one" in at_desk.reads("Commands")
    assert at_desk.can(Role.Button, "Copy: Commands")


def test_that_the_raw_json_is_the_engine_s_own(details, lab, at_desk):
    details.show_network(lab.network("frontend"))
    at_desk.click(Role.PageTab, "Raw JSON")
    at_desk.wait(lambda: at_desk.reads("Raw JSON") != "")
    document = json.loads(at_desk.reads("Raw JSON"))
    assert (document[0] if isinstance(document, list) else document)["Name"] == "frontend"


def test_when_the_engine_does_not_know_the_network_the_json_tab_says_so(details, lab, at_desk):
    network = lab.network("unused")
    details.show_network(network)
    with lab.host.lock:  # it goes without an event, so that no look finds it missing before it is asked for
        del lab.host.state.networks[network.id]
    at_desk.click(Role.PageTab, "Raw JSON")
    at_desk.wait(lambda: at_desk.names(Role.CheckBox) != [] or at_desk.sees("What you can do"))
    at_desk.press_button("Show details")
    assert "not found" in at_desk.reads("Original message")


def test_that_waiting_for_the_json_of_a_hanging_engine_can_be_cancelled(details, lab, at_desk):
    details.show_network(lab.network("frontend"))
    with lab.host.lock:  # the engine answers nobody meanwhile
        at_desk.click(Role.PageTab, "Raw JSON")
        at_desk.wait(lambda: at_desk.sees("Reading…"))
        at_desk.click(Role.Button, "Cancel")
        assert at_desk.sees("Cancelled.")
    at_desk.click(Role.Button, "Read again")
    at_desk.wait(lambda: '"frontend"' in at_desk.reads("Raw JSON"))
