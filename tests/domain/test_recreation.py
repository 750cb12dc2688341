"""Making a network again takes its containers along."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.conversion import spec_of
from console.domain.host_inventory import HnsNetwork
from console.domain.plan import ConnectContainer, CreateNetwork, DisconnectContainer, RemoveNetwork
from console.domain.recreation import (
    reattachment,
    recreation,
    recreation_blocked_because,
    services_on,
)
from console.domain.removal import attachments
from console.domain.sections import fresh
from console.domain.snapshot import Container, Endpoint, Network, Snapshot, SwarmFacts, SwarmState
from console.domain.spec import SubnetSpec
from console.domain.swarm.objects import SwarmService
from tests.domain.hosts import MANAGER, NAT, WORKER, host, network, shim
from tests.domain.whole_hosts import with_facts

LAN = network("lan", "transparent", "10.99.0.0/24", gateway="10.99.0.1", options=shim(interface="Ethernet"))
MESH = network("mesh", "overlay", "10.0.1.0/24").model_copy(update={"scope": "swarm"})


def _with(carried: Network, *attached: tuple[str, str, str], swarm: SwarmState | None = None) -> Snapshot:
    """A host with containers (name, state, address of its own) on a network."""
    containers = tuple(
        Container(
            id=name.encode().hex().ljust(64, "0"), name=name, state=state,
            endpoints=(
                Endpoint(
                    network_id=carried.id, network_name=carried.name, configured_address=address,
                    aliases=("db",),
                ),
            ),
        )
        for name, state, address in attached
    )  # fmt: skip
    known = host(networks=(NAT, carried), swarm=swarm)
    return known.model_copy(update={"containers": fresh(containers)})


def _elsewhere(carried: Network) -> Any:
    subnets = (SubnetSpec(subnet="192.168.1.0/24", gateway="192.168.1.1"),)
    return spec_of(carried).model_copy(update={"subnets": subnets})


def test_that_running_containers_stop_first_and_start_last():
    snapshot = _with(LAN, ("web", "running", ""), ("old", "exited", ""))
    plan = recreation(LAN, _elsewhere(LAN), snapshot)
    assert [str(step.describe()) for step in plan.steps] == [
        "Stop the container web",
        "Remove the network lan",
        "Create the transparent network lan",
        "Start the container web",
    ]
    assert all(step.inverse() is not None for step in plan.steps)


def test_that_an_address_the_new_network_lacks_is_given_up_and_one_it_has_is_kept():
    snapshot = _with(LAN, ("moved", "exited", "10.99.0.7"), ("kept", "running", "192.168.1.7"))
    steps = recreation(LAN, _elsewhere(LAN), snapshot).steps
    (off,) = [step for step in steps if isinstance(step, DisconnectContainer)]
    (on,) = [step for step in steps if isinstance(step, ConnectContainer)]
    assert (off.container_name, off.network, off.address) == ("moved", "lan", "10.99.0.7")
    assert (on.container_name, on.network, on.address, on.aliases) == ("moved", "lan", "", ("db",))
    order = [type(step) for step in steps]
    assert order.index(DisconnectContainer) < order.index(RemoveNetwork)
    assert order.index(CreateNetwork) < order.index(ConnectContainer)


@pytest.mark.parametrize("undoable", [True, False])
def test_that_what_windows_would_refuse_is_not_promised_to_come_back(undoable):
    plan = recreation(LAN, _elsewhere(LAN), _with(LAN), undoable=undoable)
    (removal,) = [step for step in plan.steps if isinstance(step, RemoveNetwork)]
    assert (removal.inverse() is not None) == undoable


def test_that_a_container_is_given_an_address_of_windows_choice():
    snapshot = _with(LAN, ("web", "running", "10.99.0.7"))
    (attachment,) = attachments(LAN, snapshot)
    steps = reattachment(LAN, attachment).steps
    assert [str(step.describe()).split(" the ")[0] for step in steps] == [
        "Stop", "Disconnect", "Connect", "Start",
    ]  # fmt: skip
    assert steps[1].inverse().address == "10.99.0.7"


@pytest.mark.parametrize(
    ("carried", "swarm", "said"),
    [
        (NAT, None, "predefines"),
        (MESH.model_copy(update={"ingress": True}), MANAGER, "published ports"),
        (MESH, WORKER, "only a manager"),
        (MESH, MANAGER, None),
        (LAN, None, None),
    ],
)
def test_that_some_networks_are_not_made_again_by_a_plan(carried, swarm, said):
    blocked = recreation_blocked_because(carried, _with(carried, swarm=swarm))
    assert (blocked is None) if said is None else said in str(blocked)


def test_that_services_keep_their_network():
    shop = SwarmService(id="s", name="shop", network_ids=(MESH.id,))
    snapshot = _with(MESH, swarm=MANAGER).model_copy(update={"swarm": SwarmFacts(services=fresh((shop,)))})
    assert list(services_on(MESH, snapshot)) == ["shop"]
    assert "shop" in str(recreation_blocked_because(MESH, snapshot))


@pytest.mark.parametrize(
    ("options", "kind", "version", "said"),
    [
        ({"hnsowned": "true"}, "l2bridge", "29.0.0", True),
        ({}, "L2Bridge", "29.0.0", True),
        ({"networkname": "azure"}, "l2bridge", "28.2.2", True),
        ({"networkname": "azure"}, "l2bridge", "28.3.0", False),
    ],
)
def test_that_what_others_made_is_left_to_them(options, kind, version, said):
    plugins = network("azure", "l2bridge", "10.240.0.0/16", options=shim(hnsid="A", **options))
    here = with_facts(_with(plugins), hns_networks=(HnsNetwork(id="a", name="azure", type=kind),))
    engine = fresh(here.engine.value.model_copy(update={"version": version}))
    blocked = recreation_blocked_because(plugins, here.model_copy(update={"engine": engine}))
    assert (blocked is not None) == said
    assert blocked is None or "plugin of Kubernetes" in str(blocked)
