"""The service against a scripted engine over a real socket."""

import asyncio
import json
import sqlite3
import threading

import pytest

from console.backend.connection import Connection
from console.backend.engine.channel import IDS_AT_ONCE
from console.backend.failures import EngineError
from console.backend.host_channel import UnreadHostChannel
from console.backend.journal import Journal, JournalError
from console.backend.service import HostService, StopRequest, retry_delays
from console.domain.failure import FailureKind
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork, StepState
from console.domain.sections import fresh, unknown_facts
from console.domain.snapshot import Adapter, SectionState
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim
from tests.backend.servers import ScriptedEngine, answer, kept_place
from tests.backend.watching import PATIENCE_SECONDS, watched

CREATE_TWO = Plan(
    title=verbatim("two"),
    steps=tuple(CreateNetwork(spec=NetworkSpec(name=name)) for name in ("one", "two")),
)


@pytest.fixture
def engine():
    with ScriptedEngine() as engine:
        engine.networks = [{"Id": "nat-id", "Name": "nat", "Driver": "nat"}]
        yield engine


def here(engine):
    return Connection(id="here", name="here", url=engine.url)


class FactsChannel:
    """A host side whose adapters the test sets."""

    def __init__(self):
        self.names = ["Ethernet"]
        self.looks = 0

    async def observe(self, engine):
        self.looks += 1
        facts = unknown_facts(verbatim("not asked"))
        return facts.model_copy(update={"adapters": fresh(tuple(Adapter(name=name) for name in self.names))})

    async def close(self):
        pass


def test_that_pauses_double_up_to_fifteen_seconds():
    delay = retry_delays()
    assert [delay() for _ in range(7)] == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]


def test_that_a_run_tells_snapshot_then_connected_and_at_last_closed(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            assert told.names() == ["nat"]
            assert told.service.identity.name == "HOST"
        await asyncio.sleep(0)
        return [status.state for status in told.statuses]

    assert asyncio.run(scenario()) == ["connected", "closed"]


def test_that_a_dead_engine_is_retried_with_growing_pauses_until_it_answers(tmp_path):
    pauses = []
    answering = threading.Event()
    engine = ScriptedEngine()
    engine.answers["GET /version"] = lambda line, _: None if answering.is_set() else answer({}, "500 Oops")

    async def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 4:
            answering.set()

    async def scenario():
        async with watched(here(engine), tmp_path, sleep=sleep) as told:
            await told.until_state("connected")
            return told.statuses

    with engine:
        statuses = asyncio.run(scenario())
    assert pauses == [0.5, 1.0, 2.0, 4.0]
    lost = [status for status in statuses if status.state == "lost"]
    assert [status.retry_in_seconds for status in lost] == pauses
    assert {status.failure.status for status in lost} == {500}


def test_that_a_person_need_not_wait_for_the_next_attempt(tmp_path):
    async def scenario():
        async def forever(_seconds):
            await asyncio.Event().wait()

        place, url = kept_place(tmp_path)
        connection = Connection(id="x", name="x", url=url)
        async with watched(connection, tmp_path, sleep=forever) as told:
            await told.until_state("lost")
            with ScriptedEngine(**place):
                told.service.retry_now()
                await told.until_state("connected")

    asyncio.run(scenario())


def test_that_an_engine_that_cuts_its_events_is_lost_and_found_again(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            engine.cut()
            await told.until_state("lost")
            assert told.service.snapshot.networks.state is SectionState.STALE
            await told.until_state("connected")
            assert told.service.snapshot.networks.state is SectionState.FRESH

    asyncio.run(scenario())


def test_that_a_silent_engine_without_a_heartbeat_is_lost(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("console.backend.service.HEARTBEAT_SECONDS", 0.05)

    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            engine.answers["GET /_ping"] = answer({"message": "shutting down"}, "503 Service Unavailable")
            return await told.until_state("lost")

    assert asyncio.run(scenario()).failure.raw == "shutting down"


def test_that_what_no_event_tells_is_read_again_after_some_heartbeats(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("console.backend.service.HEARTBEAT_SECONDS", 0.02)
    channel = FactsChannel()

    async def scenario():
        async with watched(here(engine), tmp_path, host_channel=channel) as told:
            await told.until_state("connected")
            channel.names.append("Wi-Fi")
            await told.until(lambda: len(told.service.snapshot.facts.adapters.value) == 2)

    asyncio.run(scenario())


def test_that_an_event_leads_to_a_refresh_and_a_health_check_to_none(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            engine.requests.clear()
            engine.tell({"Type": "container", "Action": "health_status: healthy"})
            engine.tell({"Type": "container", "Action": "exec_create: x"})
            engine.networks.append({"Id": "new-id", "Name": "new", "Driver": "nat"})
            engine.tell({"Type": "network", "Action": "create"})
            await told.until(lambda: "new" in told.names())
            return sorted(engine.requests)

    assert asyncio.run(scenario()) == ["GET /containers/json", "GET /networks"]


def _network_event(action, of):
    return {"Type": "network", "Action": action, "Actor": {"ID": of, "Attributes": {"name": of}}}


def test_that_only_what_an_event_names_is_read_again(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            (nat,) = told.service.snapshot.networks.value
            engine.requests.clear()
            for name in ("new", "other"):
                engine.networks.append({"Id": f"{name}-id", "Name": name, "Driver": "nat"})
            engine.tell(_network_event("create", "new-id"))
            await told.until(lambda: "new" in told.names())
            requests, networks = list(engine.requests), told.service.snapshot.networks.value
            engine.networks = [one for one in engine.networks if one["Id"] != "new-id"]
            engine.tell(_network_event("destroy", "new-id"))
            await told.until(lambda: "new" not in told.names())
            await told.service.observe()
            return requests, networks, nat, told.names()

    requests, networks, nat, names = asyncio.run(scenario())
    assert requests == ["GET /networks"]
    assert engine.listed_ids == [["new-id"], ["new-id"]]
    assert [one.name for one in networks] == ["nat", "new"]
    assert networks[0] is nat
    assert names == ["nat", "other"]


def test_that_changed_containers_are_read_by_their_ids_some_at_a_time(engine, tmp_path):
    ids = [f"{number:064x}" for number in range(250)]
    engine.containers = [{"Id": one, "Names": [f"/{one[-4:]}"], "State": "running"} for one in ids]

    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            engine.requests.clear()
            for one in engine.containers:
                one["State"] = "exited"
                engine.tell({"Type": "container", "Action": "die", "Actor": {"ID": one["Id"]}})
            await told.until(
                lambda: {one.state for one in told.service.snapshot.containers.value} == {"exited"}
            )

    asyncio.run(scenario())
    assert "GET /networks" not in engine.requests
    assert {one for asked in engine.listed_ids for one in asked} == set(ids)
    assert max(map(len, engine.listed_ids)) <= IDS_AT_ONCE


@pytest.mark.parametrize("many", [False, True])
def test_that_all_is_listed_where_ids_can_not_be_asked_for(engine, tmp_path, monkeypatch, many):
    """Too many have changed; or what stands before the engine refuses the filter."""

    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            if many:
                monkeypatch.setattr("console.backend.engine.channel.MOST_BY_ID", 0)
            else:
                engine.refuses_filters = True
            engine.networks.append({"Id": "new-id", "Name": "new", "Driver": "nat"})
            engine.tell(_network_event("create", "new-id"))
            await told.until(lambda: "new" in told.names())
            asked = len(engine.requests)
            engine.networks.append({"Id": "next-id", "Name": "next", "Driver": "nat"})
            engine.tell(_network_event("create", "next-id"))
            await told.until(lambda: "next" in told.names())
            return engine.requests[asked:], told.service.snapshot.networks.state

    requests, state = asyncio.run(scenario())
    assert engine.listed_ids == []
    assert requests == ["GET /networks"]
    assert state is SectionState.FRESH


def test_that_after_a_section_failed_all_of_it_is_listed_again(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            engine.networks.append({"Id": "new-id", "Name": "new", "Driver": "nat"})
            engine.answers["GET /networks"] = answer(b'[{"Id": "x"')
            engine.tell(_network_event("create", "new-id"))
            await told.until(lambda: told.service.snapshot.networks.state is SectionState.STALE)
            del engine.answers["GET /networks"]
            engine.tell({"Type": "container", "Action": "die", "Actor": {"ID": "c1"}})
            await told.until(lambda: "new" in told.names())
            return told.service.snapshot.networks.state

    assert asyncio.run(scenario()) is SectionState.FRESH


def test_that_an_unchanged_refresh_hands_out_the_same_sections(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path) as told:
            await told.until_state("connected")
            before, count = told.service.snapshot, len(told.snapshots)
            engine.tell({"Type": "container", "Action": "rename"})
            await told.until(lambda: len(told.snapshots) > count)
            return before, told.service.snapshot

    before, after = asyncio.run(scenario())
    assert after is not before
    assert after.networks is before.networks
    assert after.engine is before.engine
    assert after.facts is before.facts


def test_that_the_host_side_is_read_again_when_networks_changed(engine, tmp_path):
    channel = FactsChannel()

    async def scenario():
        async with watched(here(engine), tmp_path, host_channel=channel) as told:
            await told.until_state("connected")
            looks = channel.looks
            channel.names.append("vEthernet (new)")
            engine.networks.append({"Id": "new-id", "Name": "new", "Driver": "transparent"})
            engine.tell({"Type": "network", "Action": "create"})
            await told.until(lambda: "new" in told.names())
            return channel.looks - looks, told.service.snapshot.facts.adapters.value

    looks, adapters = asyncio.run(scenario())
    assert looks == 1
    assert [adapter.name for adapter in adapters] == ["Ethernet", "vEthernet (new)"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (answer({"message": "not allowed by plugin"}, "403 Forbidden"), "not allowed by plugin"),
        (answer(b'[{"Id": "x"'), "can't be read"),
    ],
)
def test_that_one_section_that_fails_hides_no_other(engine, tmp_path, bad, words):
    engine.answers["GET /containers/json"] = bad

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            return await told.service.observe()

    snapshot = asyncio.run(scenario())
    assert snapshot.networks.state is SectionState.FRESH
    assert snapshot.containers.state is SectionState.UNAVAILABLE
    assert words in str(snapshot.containers.reason)


def test_that_images_that_can_not_be_listed_hide_nothing_else(engine, tmp_path):
    engine.answers["GET /images/json"] = answer({"message": "no images here"}, "500 Internal Server Error")

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            first = await told.service.observe()
            engine.images = [{"Id": "sha256:1", "RepoTags": ["nanoserver:latest"]}]
            del engine.answers["GET /images/json"]
            return first, await told.service.observe()

    first, second = asyncio.run(scenario())
    assert first.engine.state is first.networks.state is SectionState.FRESH
    assert "no images here" in str(first.images.reason)
    assert [image.tags for image in second.images.value] == [("nanoserver:latest",)]


def test_that_a_section_that_fails_later_keeps_what_was_known(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            await told.service.observe()
            engine.answers["GET /networks"] = answer({"message": "broken"}, "500 Internal Server Error")
            return await told.service.observe()

    snapshot = asyncio.run(scenario())
    assert snapshot.networks.state is SectionState.STALE
    assert [network.name for network in snapshot.networks.value] == ["nat"]


def test_that_endpoints_without_an_id_get_it_from_the_list_of_networks(engine, tmp_path):
    def made(**networks):
        return {"Id": "c", "Names": ["/box"], "NetworkSettings": {"Networks": networks}}

    engine.networks += [{"Id": f"twin-{n}", "Name": "twin", "Driver": "nat"} for n in range(2)]
    engine.containers = [
        made(**{"nat": {"NetworkID": ""}, "twin": None, "twin-1": {"NetworkID": ""}, "gone": {}})
    ]

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            first, second = await told.service.observe(), await told.service.observe()
            engine.networks[0]["Name"] = "renamed"
            return first, second, await told.service.observe()

    first, second, third = asyncio.run(scenario())
    found = {(one.network_name, one.network_id) for one in first.containers.value[0].endpoints}
    assert found == {("nat", "nat-id"), ("twin", ""), ("twin", "twin-1"), ("gone", "")}
    assert second.containers is first.containers
    assert ("nat", "") in {(one.network_name, one.network_id) for one in third.containers.value[0].endpoints}


def test_that_many_requests_to_observe_share_looks(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            await asyncio.gather(*(told.service.observe() for _ in range(10)))
            first = engine.requests.count("GET /networks")
            await told.service.observe()
            return first, engine.requests.count("GET /networks")

    first, second = asyncio.run(scenario())
    assert first == 1
    assert second == 2


def test_that_a_request_during_a_look_gets_a_later_one(engine, tmp_path):
    begun, release = threading.Event(), threading.Event()

    def slowly(_line, _body):
        begun.set()
        release.wait(10)

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            engine.answers["GET /containers/json"] = slowly
            first = asyncio.ensure_future(told.service.observe())
            await asyncio.to_thread(begun.wait, 10)
            engine.networks.append({"Id": "late-id", "Name": "late", "Driver": "nat"})
            second = asyncio.ensure_future(told.service.observe())
            await asyncio.sleep(0)
            release.set()
            return await second, await first

    second, first = asyncio.run(scenario())
    assert second is not first
    assert "late" in [network.name for network in second.networks.value]


def test_that_an_unreachable_engine_raises_its_failure(tmp_path):
    async def scenario():
        _, url = kept_place(tmp_path)
        connection = Connection(id="x", name="x", url=url)
        async with watched(connection, tmp_path, run=False) as told:
            with pytest.raises(EngineError) as caught:
                await told.service.observe()
            return caught.value.failure

    assert asyncio.run(scenario()).kind is FailureKind.NOT_RUNNING


def test_that_an_examination_of_an_unreachable_engine_carries_its_failure(tmp_path):
    async def scenario():
        _, url = kept_place(tmp_path)
        connection = Connection(id="x", name="x", url=url)
        async with watched(connection, tmp_path, run=False) as told:
            return await told.service.examine()

    snapshot = asyncio.run(scenario())
    for section in (snapshot.engine, snapshot.networks, snapshot.containers):
        assert section.state is SectionState.UNAVAILABLE
        assert section.failure is not None
        assert section.failure.kind is FailureKind.NOT_RUNNING
    assert "its engine did not report it" in str(snapshot.facts.adapters.reason)


def test_that_a_plan_tells_its_steps_in_order_and_stands_in_the_journal(engine, tmp_path):
    told_states = []

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            outcome = await told.service.apply(CREATE_TWO, on_step=told_states.append)
            return outcome, await told.service.journal_entries(), told.names()

    outcome, (entry,), names = asyncio.run(scenario())
    assert [(state.index, state.state) for state in told_states] == [
        (0, "running"),
        (0, "done"),
        (1, "running"),
        (1, "done"),
    ]
    assert outcome.completed
    assert not outcome.stopped
    assert entry.states == outcome.states
    assert set(names) == {"nat", "one", "two"}


def test_that_the_journal_is_written_before_the_engine_is_asked(engine, tmp_path):
    seen = []

    def look(_line, _body):
        other = Journal(tmp_path / "journal.sqlite")
        seen.append([state.state for state in other.entries()[0].states])
        other.close()

    engine.answers["POST /networks/create"] = look

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            await told.service.apply(CREATE_TWO)

    asyncio.run(scenario())
    assert seen == [["running", "pending"], ["done", "running"]]


def test_that_stop_ends_after_the_step_under_way(engine, tmp_path):
    stop = StopRequest()
    engine.answers["POST /networks/create"] = lambda line, body: stop.stop()

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            return await told.service.apply(CREATE_TWO, stop=stop)

    outcome = asyncio.run(scenario())
    assert [state.state for state in outcome.states] == ["done", "skipped"]
    assert outcome.stopped


def test_that_a_host_made_read_only_ends_the_step_under_way_and_begins_no_other(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            service = told.service
            engine.answers["POST /networks/create"] = lambda line, body: service.set_read_only(True)
            running, waiting = await asyncio.gather(service.apply(CREATE_TWO), service.apply(CREATE_TWO))
            with pytest.raises(EngineError) as caught:
                await service.apply(CREATE_TWO)
            service.set_read_only(False)
            engine.answers.clear()
            again = await service.apply(CREATE_TWO)
            return running, waiting, caught.value.failure, again

    running, waiting, failure, again = asyncio.run(scenario())
    assert [state.state for state in running.states] == ["done", "skipped"]
    assert running.stopped
    assert [state.state for state in waiting.states] == ["skipped", "skipped"]
    assert failure.kind is FailureKind.READ_ONLY
    assert again.completed


def test_that_a_cancelled_caller_leaves_no_half_step_unrecorded(engine, tmp_path):
    begun, release = threading.Event(), threading.Event()

    def slowly(_line, _body):
        begun.set()
        release.wait(10)

    engine.answers["POST /networks/create"] = slowly

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            caller = asyncio.ensure_future(told.service.apply(CREATE_TWO))
            await asyncio.to_thread(begun.wait, 10)
            caller.cancel()
            await asyncio.wait({caller})
            assert caller.cancelled()
            release.set()
            await told.service.close()
        journal = Journal(tmp_path / "journal.sqlite")
        (entry,) = journal.entries()
        journal.close()
        return entry

    entry = asyncio.run(scenario())
    assert [state.state for state in entry.states] == ["done", "skipped"]
    assert not entry.under_way


def test_that_nothing_is_changed_that_cant_be_written_down(engine, tmp_path):
    (tmp_path / "journal.sqlite").write_bytes(b"no database, but something that is worth keeping")

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            with pytest.raises(EngineError):
                await told.service.apply(CREATE_TWO)

    asyncio.run(scenario())
    assert "POST /networks/create" not in engine.requests


def test_that_a_warning_of_the_engine_is_kept(engine, tmp_path):
    engine.answers["POST /networks/create"] = answer({"Id": "w", "Warning": "check the MTU"}, "201 Created")

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            outcome = await told.service.apply(CREATE_TWO)
            return (await told.service.journal_entry(outcome.entry)).states

    assert [state.warning for state in asyncio.run(scenario())] == ["check the MTU"] * 2


def lose_after(engine, *, create):
    def hang_up(line, body):
        if create:
            engine.create(body)
        engine.answers.clear()
        line.shutdown(2)
        return b""

    return hang_up


@pytest.mark.parametrize("happened", [True, False])
def test_that_after_a_lost_answer_the_journal_says_what_is(engine, tmp_path, happened):
    engine.networks.append({"Id": "older", "Name": "one", "Driver": "nat"})  # of the same name, but not ours
    engine.answers["POST /networks/create"] = lose_after(engine, create=happened)

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            outcome = await told.service.apply(CREATE_TWO.model_copy(update={"steps": CREATE_TWO.steps[:1]}))
            return outcome.states[0]

    state = asyncio.run(scenario())
    if happened:
        (ours,) = (one["Id"] for one in engine.networks if one["Name"] == "one" and one["Id"] != "older")
        assert (state.state, state.result) == ("done", ours)
    else:
        assert state.state == "failed"
        assert state.failure.kind is FailureKind.CONNECTION_LOST
        assert not state.failure.may_have_happened


def test_that_a_removal_whose_answer_was_lost_is_found_done(engine, tmp_path):
    def hang_up(line, _body):
        engine.networks.clear()
        line.shutdown(2)
        return b""

    engine.answers["DELETE /networks/nat-id"] = hang_up
    remove = Plan(title=verbatim("x"), steps=(RemoveNetwork(network="nat-id", name="nat"),))

    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            return await told.service.apply(remove)

    assert asyncio.run(scenario()).completed


@pytest.mark.parametrize("happened", [True, False])
def test_that_what_a_crash_left_open_is_settled_by_looking(engine, tmp_path, happened):
    connection = here(engine)

    async def scenario():
        async with watched(connection, tmp_path, run=False) as told:
            journal = Journal(tmp_path / "journal.sqlite")
            entry = journal.begin(told.service.identity, CREATE_TWO)
            journal.step_changed(entry, StepState(index=0, state="running"), before=["older"])
            journal.close()  # as a kill would
            engine.networks.append({"Id": "older", "Name": "one", "Driver": "nat"})
            if happened:
                engine.networks.append({"Id": "ours", "Name": "one", "Driver": "nat"})
            assert [one.id for one in await told.service.interrupted()] == [entry]
            settled = await told.service.settle(entry)
            return settled, await told.service.interrupted()

    settled, left = asyncio.run(scenario())
    assert left == ()
    assert [state.state for state in settled.states] == ["done" if happened else "failed", "skipped"]
    assert settled.states[0].result == ("ours" if happened else "")
    assert (settled.undo is not None) is happened


def test_that_a_plan_that_closing_cut_off_is_interrupted_in_the_same_console(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("console.backend.service.GOODBYE_SECONDS", 0.1)
    begun, release = threading.Event(), threading.Event()

    def hang(_line, _body):
        begun.set()
        release.wait(PATIENCE_SECONDS)

    engine.answers["POST /networks/create"] = hang
    journal = Journal(tmp_path / "journal.sqlite")

    def host():
        return HostService(here(engine), journal, UnreadHostChannel())

    async def scenario():
        first = host()
        caller = asyncio.ensure_future(first.apply(CREATE_TWO))
        assert await asyncio.to_thread(begun.wait, PATIENCE_SECONDS)
        assert await first.interrupted() == ()
        await first.close()
        await asyncio.wait({caller})
        release.set()
        again = host()
        left = await again.interrupted()
        settled = await again.settle(left[0].id)
        still = await again.interrupted()
        await again.close()
        return left, settled, still

    (left,), settled, still = asyncio.run(scenario())
    journal.close()
    assert [state.state for state in left.states] == ["running", "pending"]
    assert not settled.under_way
    assert still == ()


def test_that_a_plan_whose_steps_can_not_be_written_down_is_interrupted(engine, tmp_path):
    async def scenario():
        async with watched(here(engine), tmp_path, run=False) as told:
            assert await told.service.journal_entries() == ()
            with sqlite3.connect(tmp_path / "journal.sqlite") as database:
                database.execute(
                    "CREATE TRIGGER full BEFORE UPDATE ON steps BEGIN SELECT RAISE(ABORT, 'full'); END"
                )
            database.close()
            with pytest.raises(JournalError):
                await told.service.apply(CREATE_TWO)
            return await told.service.interrupted()

    (left,) = asyncio.run(scenario())
    assert [state.state for state in left.states] == ["pending", "pending"]


def test_that_closing_twice_and_closing_unused_are_fine(tmp_path):
    async def scenario():
        journal = Journal(tmp_path / "journal.sqlite")
        service = HostService(Connection(id="x", name="x", url="unix:///none"), journal, FactsChannel())
        await service.close()
        await service.close()

    asyncio.run(scenario())
    assert json.dumps([file.name for file in tmp_path.iterdir()]) == "[]", "an unused journal makes no file"


def test_that_a_listener_that_fails_stops_nobody_else(engine, tmp_path):
    told_to_loop = []

    async def scenario():
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told_to_loop.append(context))
        async with watched(here(engine), tmp_path) as told:
            told.service.subscribe(lambda snapshot: 1 // 0, lambda status: None)
            await told.until_state("connected")

    asyncio.run(scenario())
    assert [type(context["exception"]) for context in told_to_loop] == [ZeroDivisionError]
