"""The backend against a real Docker Engine."""

import asyncio
import json
import time

import pytest

from console.backend.connection import Connection
from console.domain.plan import (
    ConnectContainer,
    CreateNetwork,
    DisconnectContainer,
    Plan,
    RemoveNetwork,
)
from console.domain.snapshot import SectionState
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import verbatim
from tests.backend.watching import watched
from tests.engine.proxy import EngineProxy

pytestmark = pytest.mark.real_engine

HOSTILE = "q'\"\n;$(reboot) %PATH% `x` ü漢字🙂 \\ {0} <b>"


def plan(*steps):
    return Plan(title=verbatim("test"), steps=steps)


def spec(name, subnet="", **fields):
    subnets = (SubnetSpec(subnet=subnet),) if subnet else ()
    return NetworkSpec(name=name, driver="bridge", subnets=subnets, **fields)


def test_that_the_engine_and_what_it_has_are_observed_without_running(engine, tmp_path):
    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            return await told.service.observe()

    snapshot = asyncio.run(scenario())
    assert snapshot.engine.value.os_type == "linux"
    assert "bridge" in snapshot.engine.value.network_drivers
    assert {network.driver for network in snapshot.networks.value} == {"host", "null"}
    assert snapshot.containers.value == ()
    assert snapshot.facts.adapters.state is SectionState.UNAVAILABLE
    assert snapshot.host.name == snapshot.engine.value.host_name


def test_that_hostile_texts_arrive_unharmed_and_come_back_unharmed(engine, tmp_path):
    wanted = spec("plain", labels={HOSTILE: HOSTILE}, options={HOSTILE: HOSTILE})

    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            outcome = await told.service.apply(plan(CreateNetwork(spec=wanted)))
            raw = await told.service.inspect_network(outcome.states[0].result)
            return outcome, raw, told.service.snapshot

    outcome, raw, snapshot = asyncio.run(scenario())
    (network,) = (one for one in snapshot.networks.value if one.id == outcome.states[0].result)
    assert network.labels == {HOSTILE: HOSTILE}
    assert network.options == {HOSTILE: HOSTILE}
    assert json.loads(raw)["Labels"] == {HOSTILE: HOSTILE}


def test_that_a_hostile_name_is_created_found_and_removed_again(engine, tmp_path):
    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            outcome = await told.service.apply(plan(CreateNetwork(spec=spec(HOSTILE))))
            present = told.names()
            entry = await told.service.journal_entry(outcome.entry)
            await told.service.apply(entry.undo, undoes=entry.id)
            return outcome, present, told.names(), await told.service.journal_entry(outcome.entry)

    outcome, present, left, entry = asyncio.run(scenario())
    assert outcome.completed, outcome
    assert HOSTILE in present
    assert HOSTILE not in left
    assert entry.undone_by is not None


def test_that_the_engines_refusal_ends_the_plan_and_is_in_the_journal(engine, tmp_path):
    steps = (
        CreateNetwork(spec=spec("one", "10.211.0.0/24")),
        CreateNetwork(spec=spec("one", "10.212.0.0/24")),
        CreateNetwork(spec=spec("three")),
    )

    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            outcome = await told.service.apply(plan(*steps))
            return outcome, told.names(), await told.service.journal_entry(outcome.entry)

    outcome, names, entry = asyncio.run(scenario())
    assert [state.state for state in outcome.states] == ["done", "failed", "skipped"]
    assert outcome.states[1].failure.raw == "network with name one already exists"
    assert outcome.states[1].failure.status == 409
    assert entry.states == outcome.states
    assert "three" not in names
    assert [step.network for step in entry.undo.steps] == [outcome.states[0].result]


def test_that_a_removed_network_comes_back_with_the_same_settings(engine, tmp_path):
    wanted = spec("back", "10.213.0.0/24", labels={"a": "b"})

    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            made = await told.service.apply(plan(CreateNetwork(spec=wanted)))
            remove = RemoveNetwork(network=made.states[0].result, name="back", spec=wanted)
            removed = await told.service.apply(plan(remove))
            gone = "back" not in told.names()
            undo = (await told.service.journal_entry(removed.entry)).undo
            await told.service.apply(undo, undoes=removed.entry)
            return gone, next(one for one in told.service.snapshot.networks.value if one.name == "back")

    gone, network = asyncio.run(scenario())
    assert gone
    assert network.labels == {"a": "b"}
    assert network.pools[0].subnet == "10.213.0.0/24"


def test_that_a_container_is_connected_as_asked_and_disconnected(engine, container, tmp_path):
    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            made = await told.service.apply(plan(CreateNetwork(spec=spec("net", "10.214.0.0/24"))))
            where = {
                "network": made.states[0].result,
                "network_name": "net",
                "container": container,
                "container_name": "box",
            }
            joined = await told.service.apply(
                plan(ConnectContainer(**where, address="10.214.0.77", aliases=("db",)))
            )
            assert joined.completed, joined
            (box,) = told.service.snapshot.containers.value
            left = await told.service.apply(plan(DisconnectContainer(**where)))
            assert left.completed, left
            return box, told.service.snapshot.containers.value[0], where

    box, alone, where = asyncio.run(scenario())
    (endpoint,) = (one for one in box.endpoints if one.network_name == "net")
    assert endpoint.network_id == where["network"]
    assert endpoint.configured_address == "10.214.0.77"
    assert "net" not in [one.network_name for one in alone.endpoints]


@pytest.mark.parametrize("count", [3, 300])
def test_that_one_look_is_five_requests_whatever_the_hosts_size(engine, tmp_path, count):
    for number in range(count):
        body = json.dumps(
            {"Name": f"n{number}", "Driver": "null" if number < 0 else "bridge"} | _pool(number)
        )
        status, answer = engine.ask("POST", "/networks/create", body)
        assert status == 201, answer
    listening = tmp_path / "proxy.sock"

    async def scenario(proxy):
        async with watched(Connection(id="p", name="p", url=proxy.url), tmp_path, run=False) as told:
            await told.service.observe()
            proxy.requests.clear()
            snapshot = await told.service.observe()
            return snapshot, sorted(proxy.requests)

    with EngineProxy(listening, engine.socket_path) as proxy:
        snapshot, requests = asyncio.run(scenario(proxy))
    assert len(snapshot.networks.value) == count + 2
    assert requests == [
        "GET /containers/json", "GET /images/json", "GET /info", "GET /networks", "GET /version",
    ]  # fmt: skip


def _pool(number):
    subnet = f"10.{100 + number // 256}.{number % 256}.0/24"
    return {"IPAM": {"Config": [{"Subnet": subnet}]}}


def test_that_a_look_at_an_unchanged_host_gives_the_same_sections(engine, tmp_path):
    async def scenario():
        async with watched(engine.connection, tmp_path, run=False) as told:
            first = await told.service.observe()
            second = await told.service.observe()
            await told.service.apply(plan(CreateNetwork(spec=spec("new"))))
            return first, second, told.service.snapshot

    first, second, third = asyncio.run(scenario())
    assert second is not first
    assert second.networks is first.networks
    assert second.facts is first.facts
    assert third.networks is not first.networks
    assert all(network in third.networks.value for network in first.networks.value)
    assert sum(any(one is other for other in first.networks.value) for one in third.networks.value) == 2


def test_that_what_others_do_is_seen_soon_with_one_request_for_what_is_new(engine, tmp_path):
    async def scenario(proxy):
        async with watched(Connection(id="p", name="p", url=proxy.url), tmp_path) as told:
            await told.until_state("connected")
            proxy.requests.clear()
            looks = len(told.snapshots)
            started = time.monotonic()
            await asyncio.to_thread(
                engine.ask, "POST", "/networks/create", json.dumps({"Name": "seen", "Driver": "bridge"})
            )
            created = time.monotonic()
            await told.until(lambda: "seen" in told.names())
            seen = time.monotonic()
            return len(told.snapshots) - looks, sorted(proxy.requests), seen - created, created - started

    with EngineProxy(tmp_path / "proxy.sock", engine.socket_path) as proxy:
        looks, requests, delay, _ = asyncio.run(scenario(proxy))
    assert looks == 1
    assert requests == ["GET /networks"]
    assert delay < 1.0, "50 ms are meant; the rest is a busy machine's"


def test_that_a_burst_of_events_becomes_few_refreshes(engine, tmp_path):
    async def scenario():
        async with watched(engine.connection, tmp_path) as told:
            await told.until_state("connected")
            looks = len(told.snapshots)

            def burst():
                for number in range(20):
                    engine.ask("POST", "/networks/create", json.dumps({"Name": f"b{number}"} | _pool(number)))

            await asyncio.to_thread(burst)
            await told.until(lambda: {f"b{number}" for number in range(20)} <= set(told.names()))
            return len(told.snapshots) - looks

    assert asyncio.run(scenario()) <= 15
