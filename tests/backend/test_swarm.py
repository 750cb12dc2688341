"""Swarm mode through the service: what is asked, what is told, and that the join token stays a secret."""

import asyncio
import json
import logging

import pytest
from pydantic import SecretStr

from console.backend.connection import Connection
from console.domain.plan import Plan
from console.domain.snapshot import SectionState
from console.domain.swarm.objects import ServicePort, TaskAddress, VirtualAddress
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import verbatim
from tests.backend.servers import INFO, ScriptedEngine, answer
from tests.backend.watching import watched

TOKEN = "SWMTKN-1-3pu6hszjas19xyp7ghgosyx9k8atbfcr8p2is99znpy26u2lkl-1awxwuwd3z9j1z3puu7rcgdbx"
MANAGER = {
    "LocalNodeState": "active",
    "ControlAvailable": True,
    "NodeID": "node-1",
    "NodeAddr": "192.168.1.10",
    "RemoteManagers": [{"NodeID": "node-1", "Addr": "192.168.1.10:2377"}],
    "Nodes": 2,
    "Managers": 1,
    "Cluster": {"ID": "c1", "DefaultAddrPool": ["10.0.0.0/8"], "SubnetSize": 24, "DataPathPort": 4789},
}
NODE = {
    "ID": "node-1",
    "Spec": {"Role": "manager", "Availability": "active", "Labels": {"disk": "ssd"}},
    "Description": {
        "Hostname": "WIN1",
        "Platform": {"Architecture": "x86_64", "OS": "windows"},
        "Engine": {
            "EngineVersion": "27.3.1",
            "Plugins": [{"Type": "Network", "Name": "overlay"}, {"Type": "Log", "Name": "etwlogs"}],
        },
    },
    "Status": {"State": "ready", "Addr": "192.168.1.10"},
    "ManagerStatus": {"Leader": True, "Reachability": "reachable", "Addr": "192.168.1.10:2377"},
}
SERVICE = {
    "ID": "service-1",
    "Spec": {
        "Name": "web",
        "Mode": {"Replicated": {"Replicas": 2}},
        "TaskTemplate": {
            "ContainerSpec": {"Image": "iis"},
            "Networks": [{"Target": "mesh-id"}],
            "Placement": {
                "Constraints": ["node.platform.os==windows"],
                "Platforms": [{"Architecture": "amd64", "OS": "windows"}],
            },
        },
        "EndpointSpec": {"Mode": "vip"},
    },
    "Endpoint": {
        "Ports": [{"Protocol": "tcp", "TargetPort": 80, "PublishedPort": 8080, "PublishMode": "ingress"}],
        "VirtualIPs": [{"NetworkID": "mesh-id", "Addr": "10.0.1.2/24"}],
    },
}
TASK = {
    "ID": "task-1",
    "ServiceID": "service-1",
    "Slot": 1,
    "NodeID": "node-1",
    "Spec": {"ContainerSpec": {"Image": "iis"}},
    "Status": {"State": "running", "Message": "started", "ContainerStatus": {"ContainerID": "c0ffee"}},
    "DesiredState": "running",
    "NetworksAttachments": [{"Network": {"ID": "mesh-id"}, "Addresses": ["10.0.1.3/24"]}],
}


@pytest.fixture
def engine():
    with ScriptedEngine() as engine:
        engine.networks = [{"Id": "mesh-id", "Name": "mesh", "Driver": "overlay", "Scope": "swarm"}]
        yield engine


@pytest.fixture
def manager(engine):
    engine.answers |= {
        "GET /info": answer({**INFO, "Swarm": MANAGER}),
        "GET /nodes": answer([NODE]),
        "GET /services": answer([SERVICE]),
        "GET /tasks": answer([TASK]),
    }
    return engine


def observed(engine, folder, then=lambda engine: None):
    """Two looks of one service, ``then`` called between them."""

    async def scenario():
        async with watched(Connection(id="x", name="x", url=engine.url), folder, run=False) as told:
            first = await told.service.observe()
            then(engine)
            return first, await told.service.observe()

    return asyncio.run(scenario())


def applied(engine, folder, *steps):
    """The outcome, the journal's entry and the journal's file after a plan of ``steps``."""

    async def scenario():
        async with watched(Connection(id="x", name="x", url=engine.url), folder, run=False) as told:
            outcome = await told.service.apply(Plan(title=verbatim("test"), steps=steps))
            return outcome, await told.service.journal_entry(outcome.entry)

    return asyncio.run(scenario())


def test_that_a_managers_swarm_reads_in_full(manager, tmp_path):
    snapshot, _ = observed(manager, tmp_path)
    state = snapshot.engine.value.swarm
    assert (state.nodes, state.managers, state.address_pools, state.subnet_size, state.data_path_port) == (
        *(2, 1, ("10.0.0.0/8",), 24, 4789),
    )
    assert state.remote_managers == ("192.168.1.10:2377",)
    (node,), (service,), (task,) = (
        section.value for section in (snapshot.swarm.nodes, snapshot.swarm.services, snapshot.swarm.tasks)
    )
    assert (node.host_name, node.os, node.manager, node.leader, node.ready) == (
        *("WIN1", "windows", True, True, True),
    )
    assert (node.network_drivers, node.labels) == (("overlay",), {"disk": "ssd"})
    assert (service.name, service.mode, service.replicas, service.platforms) == (
        *("web", "replicated", 2, ("windows",)),
    )
    assert service.ports == (ServicePort(target=80, published=8080),)
    assert service.virtual_addresses == (VirtualAddress(network_id="mesh-id", address="10.0.1.2/24"),)
    assert (service.network_ids, service.constraints) == (("mesh-id",), ("node.platform.os==windows",))
    assert task.running
    assert task.addresses == (TaskAddress(network_id="mesh-id", addresses=("10.0.1.3/24",)),)
    assert (task.container_id, task.slot, task.node_id) == ("c0ffee", 1, "node-1")


def test_that_a_look_at_a_manager_is_eight_requests_whatever_the_swarms_size(manager, tmp_path):
    def grow(engine):
        engine.answers["GET /nodes"] = answer([{**NODE, "ID": f"node-{n}"} for n in range(40)])
        engine.answers["GET /services"] = answer([{**SERVICE, "ID": f"service-{n}"} for n in range(300)])
        engine.answers["GET /tasks"] = answer([{**TASK, "ID": f"task-{n}"} for n in range(2000)])
        engine.requests.clear()

    _, snapshot = observed(manager, tmp_path, grow)
    assert len(snapshot.swarm.tasks.value) == 2000
    assert sorted(manager.requests) == [
        "GET /containers/json",
        "GET /images/json",
        "GET /info",
        "GET /networks",
        "GET /nodes",
        "GET /services",
        "GET /tasks",
        "GET /version",
    ]


@pytest.mark.parametrize(
    ("swarm", "words"),
    [
        ({"LocalNodeState": "inactive"}, "not in a swarm"),
        ({"LocalNodeState": "active", "NodeID": "n7"}, "this node is a worker"),
        ({"LocalNodeState": "locked", "Error": "Swarm is encrypted"}, "locked: Swarm is encrypted"),
    ],
)
def test_that_nobody_but_a_manager_is_asked_for_the_swarm(engine, tmp_path, swarm, words):
    engine.answers["GET /info"] = answer({**INFO, "Swarm": swarm})
    snapshot, _ = observed(engine, tmp_path)
    assert not {"GET /nodes", "GET /services", "GET /tasks"} & set(engine.requests)
    for section in (snapshot.swarm.nodes, snapshot.swarm.services, snapshot.swarm.tasks):
        assert section.state is SectionState.UNAVAILABLE
        assert words in str(section.reason)


def test_that_one_list_of_the_swarm_that_fails_hides_no_other(manager, tmp_path):
    no_leader = {"message": "rpc error: code = Unknown desc = The swarm does not have a leader."}
    manager.answers["GET /services"] = answer(no_leader, "500 Internal Server Error")
    snapshot, _ = observed(manager, tmp_path)
    assert snapshot.swarm.services.state is SectionState.UNAVAILABLE
    assert "does not have a leader" in str(snapshot.swarm.services.reason)
    assert snapshot.swarm.nodes.state is snapshot.swarm.tasks.state is SectionState.FRESH
    assert snapshot.networks.state is snapshot.containers.state is SectionState.FRESH


def test_that_a_list_that_fails_later_keeps_what_was_known(manager, tmp_path):
    broken = answer({"message": "broken"}, "500 Internal Server Error")
    _, snapshot = observed(manager, tmp_path, lambda engine: engine.answers.update({"GET /tasks": broken}))
    assert snapshot.swarm.tasks.state is SectionState.STALE
    assert [task.id for task in snapshot.swarm.tasks.value] == ["task-1"]


def test_that_an_unchanged_swarm_is_the_same_object_again(manager, tmp_path):
    first, second = observed(manager, tmp_path)
    assert second is not first
    assert second.swarm is first.swarm


def test_that_news_of_a_node_leads_to_a_refresh_with_the_swarm(manager, tmp_path):
    async def scenario():
        async with watched(Connection(id="x", name="x", url=manager.url), tmp_path) as told:
            await told.until_state("connected")
            manager.answers["GET /nodes"] = answer([{**NODE, "Status": {"State": "down"}}])
            manager.tell({"Type": "node", "Action": "update"})
            await told.until(lambda: told.service.snapshot.swarm.nodes.value[0].state == "down")

    asyncio.run(scenario())


def test_that_the_join_token_reaches_the_engine_and_nothing_else(engine, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    bodies = []

    def joined(_line, body):
        bodies.append(body)
        return answer({})

    engine.answers["POST /swarm/join"] = joined
    step = JoinSwarm(
        managers=("192.168.1.10:2377",), token=SecretStr(TOKEN), advertise_address="192.168.1.11"
    )
    outcome, entry = applied(engine, tmp_path, step)
    assert outcome.completed
    assert bodies == [
        {
            "ListenAddr": "0.0.0.0:2377",
            "AdvertiseAddr": "192.168.1.11",
            "DataPathAddr": "",
            "RemoteAddrs": ["192.168.1.10:2377"],
            "JoinToken": TOKEN,
            "Availability": "active",
        }
    ]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"192.168.1.11" in kept, "the plan itself is in the journal"
    assert TOKEN.encode() not in kept
    assert TOKEN not in caplog.text + repr(step) + repr(entry) + step.model_dump_json() + str(outcome)
    assert entry.plan.steps[0].token.get_secret_value() == ""


def test_that_a_join_read_back_from_the_journal_is_not_tried_without_its_token(engine, tmp_path):
    step = JoinSwarm(managers=("192.168.1.10:2377",), token=SecretStr(TOKEN))
    again = JoinSwarm.model_validate_json(step.model_dump_json())
    outcome, _ = applied(engine, tmp_path, again)
    assert outcome.states[0].state == "failed"
    assert "token is not kept" in outcome.states[0].failure.raw
    assert "POST /swarm/join" not in engine.requests


def test_that_a_new_swarm_gets_what_was_asked_for_and_is_left_by_force(engine, tmp_path):
    bodies = []

    def made(_line, body):
        bodies.append(body)
        return answer("node-9")

    engine.answers["POST /swarm/init"] = made
    step = InitSwarm(advertise_address="192.168.1.10", address_pools=("172.30.0.0/16",), subnet_size=25)
    outcome, entry = applied(engine, tmp_path, step)
    assert outcome.states[0].result == "node-9"
    assert bodies[0]["AdvertiseAddr"] == "192.168.1.10"
    assert (bodies[0]["DefaultAddrPool"], bodies[0]["SubnetSize"]) == (["172.30.0.0/16"], 25)
    assert entry.undo.steps == (LeaveSwarm(force=True),)


def test_that_a_leave_whose_answer_was_lost_is_found_out_by_a_look(manager, tmp_path):
    def cut(line, _body):
        manager.answers["GET /info"] = answer({**INFO, "Swarm": {"LocalNodeState": "inactive"}})
        line.close()

    manager.answers["POST /swarm/leave"] = cut
    outcome, _ = applied(manager, tmp_path, LeaveSwarm(force=True))
    assert outcome.states[0].state == "done"


def test_that_a_join_whose_answer_was_lost_is_not_taken_for_the_membership_of_before(manager, tmp_path):
    def cut(line, _body):
        line.close()

    manager.answers["POST /swarm/join"] = cut
    step = JoinSwarm(managers=("192.168.1.9:2377",), token=SecretStr(TOKEN))
    outcome, _ = applied(manager, tmp_path, step)
    assert outcome.states[0].state == "failed"


def test_that_nothing_of_the_engines_lists_is_needed_but_ids(manager, tmp_path):
    for name in ("nodes", "services", "tasks"):
        manager.answers[f"GET /{name}"] = answer([{"ID": "bare", "Spec": None}])
    snapshot, _ = observed(manager, tmp_path)
    assert json.loads(snapshot.model_dump_json())["swarm"]["nodes"]["value"][0]["id"] == "bare"
