"""What a container asks for that was made and did not start: asked once, and a bounded number at a time."""

import asyncio

import pytest

from console.backend.connection import Connection
from console.backend.engine.wanted_ports import MOST_AT_ONCE
from console.domain.snapshot import PortMapping
from tests.backend.servers import ScriptedEngine, answer
from tests.backend.watching import watched

WANTS = {"HostConfig": {"PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}], "53/udp": None}}}


@pytest.fixture
def engine():
    with ScriptedEngine() as running:
        yield running


def made(identifier, state="created"):
    return {"Id": identifier, "Names": [f"/{identifier}"], "State": state, "Ports": []}


def wants(identifier):
    return answer({"Id": identifier, "Name": f"/{identifier}", **WANTS})


def looked(engine, tmp_path, *changes):
    """What is known of the containers after a look, and after another one behind each change."""

    async def scenario():
        async with watched(Connection(id="here", name="here", url=engine.url), tmp_path, run=False) as told:
            seen = [(await told.service.observe()).containers.value]
            for change in changes:
                change()
                seen.append((await told.service.observe()).containers.value)
            return seen

    return asyncio.run(scenario())


def test_that_a_container_that_did_not_start_shows_the_ports_it_asks_for(engine, tmp_path):
    engine.containers = [made("web"), made("old", "exited")]
    engine.answers["GET /containers/web/json"] = wants("web")
    first, second = looked(engine, tmp_path, lambda: None)
    ports = {one.name: one.wanted_ports for one in first}
    assert ports == {"old": (), "web": (PortMapping(container_port=80, protocol="tcp", host_port=8080),)}
    assert second is first, "nothing changed, so it is the same record"
    assert engine.requests.count("GET /containers/web/json") == 1
    assert "GET /containers/old/json" not in engine.requests


def test_that_one_that_started_asks_for_nothing_any_more(engine, tmp_path):
    engine.containers = [made("web")]
    engine.answers["GET /containers/web/json"] = wants("web")

    def start():
        engine.containers = [made("web", "running")]

    first, second = looked(engine, tmp_path, start)
    assert first[0].wanted_ports
    assert not second[0].wanted_ports


def test_that_one_that_is_gone_by_then_hides_no_other_and_is_asked_again(engine, tmp_path):
    engine.containers = [made("web"), made("gone")]
    engine.answers["GET /containers/web/json"] = wants("web")
    engine.answers["GET /containers/gone/json"] = answer({"message": "No such container"}, "404 Not Found")
    (containers, _) = looked(engine, tmp_path, lambda: None)
    assert [one.name for one in containers if one.wanted_ports] == ["web"]
    assert engine.requests.count("GET /containers/gone/json") == 2


def test_that_a_look_asks_for_few_of_many(engine, tmp_path):
    engine.containers = [made(f"c{number}") for number in range(MOST_AT_ONCE * 2)]
    for one in engine.containers:
        engine.answers[f"GET /containers/{one['Id']}/json"] = wants(one["Id"])
    first, second = looked(engine, tmp_path, lambda: None)
    assert sum(bool(one.wanted_ports) for one in first) == MOST_AT_ONCE
    assert all(one.wanted_ports for one in second)
