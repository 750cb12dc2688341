"""Real engines that are killed, at moments that matter."""

import asyncio
import json

import pytest

from console.backend.connection import Connection
from console.domain.failure import FailureKind
from console.domain.plan import CreateNetwork, Plan
from console.domain.snapshot import SectionState
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim
from tests.backend.watching import watched
from tests.engine.proxy import EngineProxy

pytestmark = pytest.mark.real_engine

CREATE = Plan(
    title=verbatim("test"), steps=(CreateNetwork(spec=NetworkSpec(name="wanted", driver="bridge")),)
)


def real_ids(engine, name):
    networks = json.loads(engine.ask("GET", "/networks")[1])
    return [network["Id"] for network in networks if network["Name"] == name]


def test_that_a_killed_engine_shows_as_lost_and_comes_back_by_itself(mortal_engine, tmp_path):
    async def scenario():
        async with watched(mortal_engine.connection, tmp_path) as told:
            await told.until_state("connected")
            await asyncio.to_thread(mortal_engine.kill)
            lost = await told.until_state("lost")
            old = told.service.snapshot
            await asyncio.to_thread(mortal_engine.start)
            await told.until_state("connected")
            return lost, old, told.service.snapshot, told.statuses

    lost, old, new, statuses = asyncio.run(scenario())
    assert lost.failure.kind in {FailureKind.CONNECTION_LOST, FailureKind.NOT_RUNNING}
    assert lost.retry_in_seconds == 0.5
    assert old.networks.state is SectionState.STALE
    assert str(old.networks.reason)
    assert {network.name for network in old.networks.value} == {"host", "none"}
    assert old.facts.adapters.state is SectionState.UNAVAILABLE, "what was never known does not become old"
    assert new.networks.state is SectionState.FRESH
    pauses = [status.retry_in_seconds for status in statuses if status.state == "lost"]
    assert pauses == sorted(pauses)


def test_that_a_create_whose_answer_was_lost_is_found_done(engine, tmp_path):
    async def scenario(proxy):
        async with watched(Connection(id="p", name="p", url=proxy.url), tmp_path, run=False) as told:
            await told.service.observe()
            proxy.lose = "POST /networks/create"
            outcome = await told.service.apply(CREATE)
            return outcome, await told.service.journal_entry(outcome.entry)

    with EngineProxy(tmp_path / "proxy.sock", engine.socket_path) as proxy:
        outcome, entry = asyncio.run(scenario(proxy))
        assert proxy.requests.count("POST /networks/create") == 1
    assert [state.result for state in outcome.states] == real_ids(engine, "wanted")
    assert outcome.completed
    assert [step.network for step in entry.undo.steps] == real_ids(engine, "wanted")


@pytest.mark.parametrize("attempt", range(3))
def test_that_an_engine_killed_during_a_create_leaves_a_journal_that_tells_the_truth(
    mortal_engine, tmp_path, attempt
):
    async def scenario(proxy):
        async with watched(Connection(id="p", name="p", url=proxy.url), tmp_path, run=False) as told:
            await told.service.observe()
            loop = asyncio.get_running_loop()
            restarted = []

            def restart():
                restarted.append(loop.run_in_executor(None, mortal_engine.start))

            def crash(request):
                if request == "POST /networks/create":
                    mortal_engine.kill()
                    loop.call_soon_threadsafe(restart)

            proxy.on_request = crash
            outcome = await told.service.apply(CREATE)
            await restarted[0]
            return outcome, await told.service.journal_entry(outcome.entry)

    with EngineProxy(tmp_path / "proxy.sock", mortal_engine.socket_path) as proxy:
        outcome, entry = asyncio.run(scenario(proxy))
    there = real_ids(mortal_engine, "wanted")
    assert entry.states == outcome.states
    (state,) = outcome.states
    if there:
        assert (state.state, [state.result]) == ("done", there)
    else:
        assert state.state == "failed"
        assert state.failure.kind is FailureKind.CONNECTION_LOST
        assert not state.failure.may_have_happened
