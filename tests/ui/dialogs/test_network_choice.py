"""Dialogs that ask for a network: what is chosen is not replaced while networks come and go."""

import pytest

from console.domain.plan import ConnectContainer, DisconnectContainer, RemoveNetwork
from console.domain.relations import Relations
from console.ui.dialogs.container_networks import DisconnectFromNetworkDialog
from console.ui.dialogs.run_container import RunContainerDialog
from console.ui.inventory.deeds import DEEDS
from console.ui.inventory.kinds.containers import rows
from console.ui.inventory.source import Inventory
from tests.person import Role


def place(kind, lab, network):
    return kind(network=lab.network(network).id, network_name=network, container="web", container_name="web")


@pytest.fixture
def on_two_networks(lab):
    lab.do(place(ConnectContainer, lab, "unused"))
    lab.wait(lambda: lab.attached_to("unused") == {"web"})
    return lab


def choose(person, network):
    box = person.find(Role.ComboBox, "Network").object()
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemText(at).startswith(network)))


def test_that_a_network_that_went_is_not_replaced_by_another_to_disconnect_from(
    on_two_networks, tasks, desk, at_desk
):
    lab, session = on_two_networks, on_two_networks.session
    (web,) = rows(Relations(session.snapshot))
    deed = DEEDS["container-disconnect"]
    dialog = lab.ask(
        DisconnectFromNetworkDialog(session, tasks, Inventory(session, tasks, session), deed, web, desk)
    )
    choose(at_desk, "unused")
    at_desk.wait(lambda: at_desk.can(Role.Button, "Disconnect"))
    assert "unused" in at_desk.reads("Commands")
    lab.do(place(DisconnectContainer, lab, "unused"))
    at_desk.wait(lambda: at_desk.sees("Choose a network."))
    assert not at_desk.can(Role.Button, "Disconnect")
    choose(at_desk, "frontend")
    assert at_desk.can(Role.Button, "Disconnect")
    dialog.close()


def test_that_a_container_is_not_run_on_another_network_than_the_one_that_went(lab, tasks, desk, at_desk):
    inventory = Inventory(lab.session, tasks, lab.session)
    dialog = lab.ask(RunContainerDialog(lab.session, tasks, inventory, DEEDS["container-run"], None, desk))
    at_desk.type("Image", "iis:latest")
    choose(at_desk, "unused")
    at_desk.wait(lambda: at_desk.can(Role.Button, "Run"))
    network = lab.network("unused")
    lab.do(RemoveNetwork(network=network.id, name="unused"))
    at_desk.wait(lambda: not at_desk.can(Role.Button, "Run"))
    assert at_desk.sees("This network is no longer there.")
    dialog.close()
