"""Containers, their events and their streams."""

import struct

import pytest

from console.demo.engine_api.hijack import frame
from tests.demo.conftest import refusal

NOW = 1_800_000_000.0


@pytest.fixture
def recorded(engine):
    events = []
    engine.host.events.listen(events.append)
    return events


def test_that_a_containers_life_is_told_in_the_engines_order(engine, recorded):
    made = engine.run("web")
    engine.api.stop("web")
    engine.api.remove_container("web")
    assert [f"{event.type} {event.action}" for event in recorded] == [
        "container create",
        "network connect",
        "container start",
        "container kill",
        "container die",
        "network disconnect",
        "container stop",
        "container destroy",
    ]
    assert recorded[1].attributes == {"name": "nat", "type": "nat", "container": made}
    assert recorded[4].attributes["exitCode"] == "3221225786"


def test_that_kept_events_are_told_by_time_and_filter(serving):
    engine = serving(clock=lambda: NOW)
    engine.create_network("mine", "nat")
    engine.run("web", "mine")
    now = int(NOW)
    everything = list(engine.api.events(since=now - 60, until=now, decode=True))
    assert len(everything) == 4
    assert list(engine.api.events(since=now - 60, until=now - 1, decode=True)) == []
    assert everything[1]["status"] == everything[1]["Action"] == "create"
    connects = engine.api.events(since=now - 60, until=now, decode=True, filters={"event": "connect"})
    assert [event["Type"] for event in connects] == ["network"]
    about = engine.api.events(since=now - 60, until=now, decode=True, filters={"container": "web"})
    assert [event["Action"] for event in about] == ["create", "start"]
    odd = engine.api._get(engine.api._url("/events"), params={"filters": '{"odd": ["x"]}'})
    assert (odd.status_code, odd.json()) == (400, {"message": "invalid filter 'odd'"})


def test_that_only_the_last_256_events_are_kept(serving):
    engine = serving(clock=lambda: NOW)
    for _ in range(150):
        engine.host.networks.remove(engine.create_network("mine", "nat"))
    assert len(list(engine.api.events(since=1, until=int(NOW), decode=True))) == 256


def test_that_the_newest_engine_leaves_the_old_fields_out(serving):
    engine = serving(os_build=26100, clock=lambda: NOW)
    engine.run("web")
    (event,) = engine.api.events(since=1, until=int(NOW), decode=True, filters={"event": "start"})
    assert "status" not in event


def test_that_names_are_checked(engine):
    made = engine.run("web")
    status, message = refusal(engine.run, "web")
    assert status == 409
    assert message.startswith(f'Conflict. The container name "/web" is already in use by container "{made}".')
    assert refusal(engine.run, "a b") == (
        400,
        "Invalid container name (a b), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
    )
    assert refusal(engine.api.inspect_container, "gone") == (404, "No such container: gone")


@pytest.mark.parametrize(
    ("host_config", "message"),
    [
        ({"Privileged": True}, "invalid option: privileged mode is not supported for Windows containers"),
        (
            {"ReadonlyRootfs": True},
            "invalid option: read-only mode is not supported for Windows containers",
        ),
        (
            {"Isolation": "jail"},
            "invalid isolation (jail): Windows supports 'default', 'process', or 'hyperv'",
        ),
    ],
)
def test_that_what_windows_containers_can_not_have_is_refused(engine, host_config, message):
    assert refusal(engine.run, "web", **host_config) == (400, message)


def test_that_the_host_network_is_not_found(engine):
    assert refusal(engine.run, "web", "host") == (404, "network host not found")


def test_that_a_network_can_be_shared_under_process_isolation_only(engine):
    engine.run("web")
    engine.run("beside", "container:web")
    own, shared = engine.execute("web", "ipconfig")[0], engine.execute("beside", "ipconfig")[0]
    assert own == shared
    status, message = refusal(engine.run, "other", "container:web", Isolation="hyperv")
    assert status == 400
    assert message.startswith("invalid network-mode: using the network stack of another container")
    engine.api.stop("web")
    assert refusal(engine.run, "late", "container:web")[0] == 409


def test_that_a_stopped_container_has_no_endpoint(engine):
    engine.run("web")
    running = engine.api.containers()[0]["NetworkSettings"]["Networks"]["nat"]
    engine.api.stop("web")
    stopped = engine.api.containers(all=True)[0]["NetworkSettings"]["Networks"]["nat"]
    assert running["EndpointID"]
    assert running["NetworkID"] == stopped["NetworkID"] == engine.network("nat")["Id"]
    assert (stopped["EndpointID"], stopped["IPAddress"], stopped["MacAddress"]) == ("", "", "")
    assert engine.api.containers() == []


def test_that_containers_are_listed_by_filter_and_number(engine):
    engine.create_network("mine", "nat")
    engine.run("one")
    engine.run("two", "mine")
    engine.run("three")
    engine.api.stop("three")

    def names(**query):
        return [row["Names"][0] for row in engine.api.containers(**query)]

    assert names(all=True) == ["/three", "/two", "/one"]
    assert names(limit=2) == ["/three", "/two"]
    assert names(filters={"network": "mine"}) == ["/two"]
    assert names(filters={"status": "exited"}) == ["/three"]
    assert names(filters={"name": "^/on"}) == ["/one"]
    assert refusal(engine.api.containers, filters={"status": "odd"})[0] == 400


def test_that_starting_and_stopping_twice_is_no_change(engine):
    engine.run("web")
    started = engine.api._post(engine.api._url("/containers/{0}/start", "web"))
    assert started.status_code == 304
    engine.api.stop("web")
    assert engine.api._post(engine.api._url("/containers/{0}/stop", "web")).status_code == 304


def test_that_waiting_ends_with_the_container(engine):
    made = engine.run("web")
    answer = engine.api._post(engine.api._url("/containers/{0}/wait", "web"), stream=True)
    engine.api.kill("web")
    assert answer.json() == {"StatusCode": 1067}
    assert engine.api.inspect_container(made)["State"]["ExitCode"] == 1067


def test_that_logs_are_followed_to_the_end(engine):
    engine.run("web")
    following = engine.api.logs("web", stream=True, follow=True)
    first = next(following)
    assert b"Pinging localhost" in first
    engine.api.stop("web")
    assert list(following) == []


def test_that_an_exec_needs_a_running_container_and_runs_once(engine):
    made = engine.run("web")
    one = engine.api.exec_create("web", ["hostname"])["Id"]
    engine.api.exec_start(one, detach=True)
    assert refusal(engine.api.exec_start, one) == (409, f"exec command {one} has already run")
    assert refusal(engine.api.exec_start, "gone") == (404, "No such exec instance: gone")
    engine.api.stop("web")
    stopped = refusal(engine.api.exec_create, "web", ["hostname"])
    assert stopped == (409, f"container {made} is not running")


def test_that_the_sdk_reads_an_execs_hijacked_output(engine):
    engine.run("web")
    one = engine.api.exec_create("web", ["cmd", "/c", "echo hi"])["Id"]
    assert engine.api.exec_start(one) == b"hi\r\n"


def test_that_a_frame_tells_stream_and_length():
    assert frame(2, b"abc") == struct.pack(">B3xL", 2, 3) + b"abc"


def test_that_the_server_stops_while_streams_are_open(serving):
    engine = serving()
    engine.run("web")
    streams = [engine.api.events(), engine.api.logs("web", stream=True, follow=True)]
    engine.server.stop()
    engine.server.stop()
    assert len(streams) == 2
    assert engine.host.events.listeners == 0
