"""Swarm mode on real engines: made, joined by a second engine, watched while a node is lost, and left."""

import asyncio
import json

import pytest
from pydantic import SecretStr

from console.checks.errors import explain
from console.domain.plan import CreateNetwork, Plan
from console.domain.snapshot import SectionState
from console.domain.spec import NetworkSpec
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import verbatim
from tests.backend.watching import watched

pytestmark = pytest.mark.real_engine

#: Two engines of one machine: each listens on a loopback address of its own.
FIRST, SECOND = "127.0.0.1", "127.0.0.2"
INIT = InitSwarm(
    advertise_address=FIRST,
    listen_address=f"{FIRST}:2377",
    address_pools=("10.77.0.0/16",),
    subnet_size=25,
)
WEB = {
    "Name": "web",
    "TaskTemplate": {
        "ContainerSpec": {"Image": "none-of-that-name"},
        "Networks": [{"Target": "mesh"}],
        "Placement": {"Constraints": ["node.platform.os==windows"]},
    },
    "Mode": {"Replicated": {"Replicas": 2}},
    "EndpointSpec": {"Ports": [{"TargetPort": 80, "PublishedPort": 8080}]},
}


def plan(*steps):
    return Plan(title=verbatim("test"), steps=steps)


async def until(told, condition):
    """Observe until the condition holds: what becomes of a task is told by no event."""
    async with asyncio.timeout(90):
        while not condition(snapshot := await told.service.observe()):
            pass
    return snapshot


def test_that_a_swarm_is_made_observed_and_left_again(mortal_engine, tmp_path):
    async def scenario():
        async with watched(mortal_engine.connection, tmp_path, run=False) as told:
            made = await told.service.apply(plan(INIT))
            mesh = CreateNetwork(spec=NetworkSpec(name="mesh", driver="overlay", attachable=True))
            await told.service.apply(plan(mesh))
            status, answer = mortal_engine.ask("POST", "/services/create", json.dumps(WEB))
            assert status == 201, answer
            snapshot = await until(told, lambda one: any(task.error for task in one.swarm.tasks.value))
            refused = await told.service.apply(plan(LeaveSwarm()))
            entry = await told.service.journal_entry(made.entry)
            left = await told.service.apply(entry.undo, undoes=entry.id)
            return made, snapshot, refused, left, told.service.snapshot

    made, snapshot, refused, left, after = asyncio.run(scenario())
    assert made.completed
    state, (node,) = snapshot.engine.value.swarm, snapshot.swarm.nodes.value
    assert made.states[0].result == state.node_id == node.id
    assert (state.address_pools, state.subnet_size, state.nodes) == (("10.77.0.0/16",), 25, 1)
    assert (node.os, node.leader, node.ready, node.address) == ("linux", True, True, FIRST)
    assert "overlay" in node.network_drivers

    mesh = next(network for network in snapshot.networks.value if network.name == "mesh")
    (service,) = snapshot.swarm.services.value
    assert service.network_ids == (mesh.id,)
    assert {one.network_id for one in service.virtual_addresses} >= {mesh.id}
    assert [(port.published, port.target, port.mode) for port in service.ports] == [(8080, 80, "ingress")]
    tasks = snapshot.swarm.tasks.value
    assert {(task.slot, task.node_id, task.state) for task in tasks} == {
        (1, "", "pending"),
        (2, "", "pending"),
    }
    assert "no suitable node" in tasks[0].error

    assert "Removing the last manager" in refused.states[0].failure.raw
    assert left.completed
    assert not after.engine.value.swarm.active
    assert after.swarm.nodes.state is SectionState.UNAVAILABLE
    assert not [network.name for network in after.networks.value if network.driver == "overlay"]


def states(snapshot):
    """What the managers say of each node, by its role; nodes join and are lost with an event."""
    return {node.role: node.state for node in snapshot.swarm.nodes.known() or ()}


def test_that_what_a_real_engine_says_to_a_wrong_token_is_explained(mortal_engine, tmp_path):
    async def scenario():
        async with watched(mortal_engine.connection, tmp_path, run=False) as told:
            join = JoinSwarm(
                managers=(f"{FIRST}:2377",), token=SecretStr("nonsense"), advertise_address=FIRST
            )
            outcome = await told.service.apply(plan(join))
            return outcome.states[0].failure

    failure = asyncio.run(scenario())
    assert str(explain(failure).what) == "The swarm does not accept this token."


@pytest.fixture
def second_engine(tmp_path_factory, mortal_engine):
    """Another engine beside :func:`mortal_engine`."""
    engine = type(mortal_engine)(tmp_path_factory.mktemp("second"))
    try:
        engine.start()
        yield engine
    finally:
        engine.stop()


def test_that_a_second_engine_joins_and_is_seen_to_be_lost(mortal_engine, second_engine, tmp_path):
    async def scenario():
        (tmp_path / "second").mkdir()
        async with (
            watched(mortal_engine.connection, tmp_path) as first,
            watched(second_engine.connection, tmp_path / "second", run=False) as second,
        ):
            await first.until_state("connected")
            assert (await first.service.apply(plan(INIT))).completed
            token = json.loads(mortal_engine.ask("GET", "/swarm")[1])["JoinTokens"]["Worker"]
            join = JoinSwarm(
                managers=(f"{FIRST}:2377",),
                token=SecretStr(token),
                advertise_address=SECOND,
                listen_address=f"{SECOND}:2377",
            )
            joined = await second.service.apply(plan(join))
            await first.until(
                lambda: states(first.service.snapshot) == {"manager": "ready", "worker": "ready"}
            )
            kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
            second_engine.kill()
            await first.until(
                lambda: states(first.service.snapshot) == {"manager": "ready", "worker": "down"}
            )
            return joined, second.service.snapshot, token, kept

    joined, worker, token, kept = asyncio.run(scenario())
    assert joined.completed
    assert worker.engine.value.swarm.node_address == SECOND
    assert worker.engine.value.swarm.active
    assert not worker.engine.value.swarm.manager
    assert "worker" in str(worker.swarm.nodes.reason)
    assert SECOND.encode() in kept
    assert token.encode() not in kept
