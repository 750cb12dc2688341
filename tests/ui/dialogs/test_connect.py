"""Connecting containers to networks and disconnecting them."""

from console.domain.container_spec import ContainerSpec
from console.domain.container_steps import CreateContainer, RemoveContainer, StartContainer
from console.ui.dialogs.connect import ConnectDialog
from console.ui.dialogs.disconnect import DisconnectDialog
from tests.person import Role
from tests.ui.practice_host import click_tree_row, tree_rows


def test_that_a_container_gets_the_address_that_was_asked_for(lab, tasks, desk, at_desk):
    dialog = lab.ask(ConnectDialog(lab.session, tasks, lab.network("unused"), desk))
    assert not at_desk.can(Role.Button, "Connect")
    assert at_desk.sees("Choose a container.")
    click_tree_row(at_desk, "Containers", "web")
    at_desk.type("Address", "10.5.0.20")
    assert at_desk.sees("10.5.0.20 is outside 10.6.0.0/24.")
    assert not at_desk.can(Role.Button, "Connect")
    at_desk.type("Address", "10.6.0.20")
    assert "--ip 10.6.0.20" in at_desk.reads("Commands") or "--ip=10.6.0.20" in at_desk.reads("Commands")
    at_desk.click(Role.Button, "Connect")
    lab.wait(lambda: lab.attached_to("unused") == {"web"})
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    (endpoint,) = (
        endpoint
        for container in lab.session.snapshot.containers.value
        for endpoint in container.endpoints
        if endpoint.network_name == "unused"
    )
    assert endpoint.address == "10.6.0.20"
    dialog.close()


def test_that_containers_are_found_by_name_or_image(lab, tasks, desk, at_desk):
    dialog = lab.ask(ConnectDialog(lab.session, tasks, lab.network("unused"), desk))
    at_desk.type("Find container", "nothing like it")
    at_desk.type("Find container", "IIS")
    click_tree_row(at_desk, "Containers", "web")
    assert at_desk.can(Role.Button, "Connect")
    dialog.close()


def test_that_a_container_already_there_is_not_offered(lab, tasks, desk, at_desk):
    dialog = lab.ask(ConnectDialog(lab.session, tasks, lab.network("frontend"), desk))
    assert tree_rows(at_desk, "Containers") == []
    assert at_desk.sees("Every container of this host is already on this network.")
    dialog.close()


def test_that_the_only_container_is_ticked_and_disconnected(lab, tasks, desk, at_desk):
    dialog = lab.ask(DisconnectDialog(lab.session, tasks, lab.network("frontend"), desk))
    (row,) = tree_rows(at_desk, "Containers")
    assert row[0] == "web"
    at_desk.click(Role.Button, "Disconnect")
    lab.wait(lambda: lab.attached_to("frontend") == set())
    at_desk.waits_for(Role.Button, "Undo")
    at_desk.click(Role.Button, "Undo")
    lab.wait(lambda: lab.attached_to("frontend") == {"web"})
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    dialog.close()


def test_that_escape_disconnects_nothing(lab, tasks, desk, at_desk):
    dialog = lab.ask(DisconnectDialog(lab.session, tasks, lab.network("frontend"), desk))
    at_desk.press("Escape")
    lab.wait(lambda: not dialog.isVisible())
    assert lab.attached_to("frontend") == {"web"}


HYPER_V = ContainerSpec(
    name="sealed",
    image="nanoserver",
    network="nat",
    isolation="hyperv",
    command=("ping", "-t", "localhost"),
)


def test_that_a_container_with_hyper_v_isolation_is_stopped_connected_and_started(lab, tasks, desk, at_desk):
    lab.do(CreateContainer(spec=HYPER_V), StartContainer(container="sealed", container_name="sealed"))
    dialog = lab.ask(ConnectDialog(lab.session, tasks, lab.network("unused"), desk))
    click_tree_row(at_desk, "Containers", "sealed")
    at_desk.waits_for(Role.CheckBox, "Stop it, connect it, and start it again")
    at_desk.wait(lambda: not at_desk.can(Role.CheckBox, "Stop it, connect it, and start it again"))
    assert at_desk.reads("Commands").splitlines() == [
        "docker stop sealed", "docker network connect unused sealed", "docker start sealed",
    ]  # fmt: skip
    at_desk.click(Role.Button, "Connect")
    lab.wait(lambda: lab.attached_to("unused") == {"sealed"})
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    dialog.close()


def test_that_a_disconnection_says_first_which_address_does_not_come_back(lab, tasks, desk, at_desk):
    dialog = lab.ask(DisconnectDialog(lab.session, tasks, lab.network("frontend"), desk))
    at_desk.wait(lambda: at_desk.sees("web loses the address"))
    dialog.close()


def test_that_a_container_hidden_by_the_search_is_not_connected(lab, tasks, desk, at_desk):
    dialog = lab.ask(ConnectDialog(lab.session, tasks, lab.network("unused"), desk))
    click_tree_row(at_desk, "Containers", "web")
    assert at_desk.can(Role.Button, "Connect")
    at_desk.type("Find container", "another")
    assert not at_desk.can(Role.Button, "Connect")
    assert at_desk.sees("Choose a container.")
    at_desk.type("Find container", "")
    assert at_desk.can(Role.Button, "Connect")
    dialog.close()


def test_that_the_last_container_left_is_not_ticked_in_place_of_the_one_that_was(lab, tasks, desk, at_desk):
    lab.do(
        CreateContainer(spec=ContainerSpec(name="other", image="iis", network="frontend")),
        StartContainer(container="other", container_name="other"),
    )
    dialog = lab.ask(DisconnectDialog(lab.session, tasks, lab.network("frontend"), desk))
    lab.wait(lambda: len(tree_rows(at_desk, "Containers")) == 2)
    assert not at_desk.can(Role.Button, "Disconnect")
    lab.do(RemoveContainer(container="other", container_name="other", force=True))
    lab.wait(lambda: len(tree_rows(at_desk, "Containers")) == 1)
    assert at_desk.sees("Select the containers to disconnect.")
    assert not at_desk.can(Role.Button, "Disconnect")
    dialog.close()
