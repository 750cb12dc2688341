import json
import threading
from contextlib import suppress

import docker
import pytest

from console.backend.engine.changes import ANYTHING, NOTHING, Changes, changes_of
from console.backend.engine.events import EventStream
from tests.backend.servers import SocketServer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
PATIENCE_SECONDS = 20


class Telling(SocketServer):
    """Sends what it is told to send to whoever subscribes."""

    def __init__(self):
        super().__init__()
        self.line = None
        self.subscribed = threading.Event()

    def serve(self, line):
        line.recv(65536)
        self.line = line
        line.sendall(HEAD)
        self.subscribed.set()
        with suppress(OSError):
            while line.recv(65536):
                pass

    def tell(self, *actions):
        events = [json.dumps({"Type": "container", "Action": action}) for action in actions]
        self.line.sendall("".join(f"{event}\n" for event in events).encode())


class Told:
    def __init__(self):
        self.times = 0
        self.changes = NOTHING
        self.news = threading.Condition()
        self.ended = threading.Event()
        self.failure = None

    def event(self, changes):
        with self.news:
            self.times += 1
            self.changes |= changes
            self.news.notify_all()

    def end(self, failure):
        self.failure = failure
        self.ended.set()

    def wait_for(self, times):
        with self.news:
            assert self.news.wait_for(lambda: self.times >= times, PATIENCE_SECONDS)


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def engine(told):
    with Telling() as telling:
        client = docker.APIClient(base_url=telling.url, version="1.47")
        stream = EventStream(client, "/v1.47", told.event, told.end)
        stream.open()
        assert telling.subscribed.wait(PATIENCE_SECONDS)
        yield telling
        stream.close()
        assert told.ended.wait(PATIENCE_SECONDS)
        client.close()


def test_that_a_thousand_events_at_once_are_told_a_few_times_only(engine, told):
    engine.tell(*["start"] * 1000)
    engine.cut()
    assert told.ended.wait(PATIENCE_SECONDS)
    assert 1 <= told.times <= 20


def test_that_an_event_after_a_burst_is_told_too(engine, told):
    engine.tell("die")
    told.wait_for(1)
    engine.tell("start")
    told.wait_for(2)


def test_that_events_without_effect_are_not_told(engine, told):
    engine.tell("exec_start: sh", "health_status: healthy", "top")
    engine.cut()
    assert told.ended.wait(PATIENCE_SECONDS)
    assert told.times == 0


def test_that_what_is_no_event_ends_the_stream_also_behind_one_with_effect(engine, told):
    engine.line.sendall(b'{"Type":"container","Action":"die"}\n[7]\n')
    assert told.ended.wait(PATIENCE_SECONDS)
    assert "not an event" in told.failure.raw


def _event(kind, action, of="", **attributes):
    return {"Type": kind, "Action": action, "Actor": {"ID": of, "Attributes": attributes}}


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (_event("container", "die", "c1"), Changes(containers=frozenset({"c1"}))),
        (_event("container", "health_status: healthy", "c1"), NOTHING),
        (_event("network", "create", "n1"), Changes(frozenset({"n1"}))),
        (_event("network", "destroy", "n1"), Changes(frozenset({"n1"}))),
        (_event("network", "connect", "n1", container="c1"), Changes(containers=frozenset({"c1"}))),
        (_event("network", "disconnect", "n1"), Changes(frozenset({"n1"}))),
        (_event("network", "prune"), ANYTHING),
        (_event("daemon", "reload", "e1"), ANYTHING),
        (_event("node", "update", "s1"), ANYTHING),
        (_event("service", "create", "s1"), ANYTHING),
        ({"Type": "container", "Action": "start"}, ANYTHING),
        ({"Type": "network", "Action": "connect", "Actor": {"ID": "n1", "Attributes": None}},
         Changes(frozenset({"n1"}))),
        ({"status": "start", "id": "c1", "from": "busybox"}, ANYTHING),
    ],
)  # fmt: skip
def test_that_an_event_tells_what_has_to_be_read_again(event, changes):
    assert changes_of([event]) == changes
    assert changes_of([event, _event("container", "die", "c9")]).containers == {"c9"} | changes.containers


def test_that_the_changes_of_all_events_are_told(engine, told):
    lines = [_event("container", "die", "c1"), _event("network", "create", "n1")]
    engine.line.sendall("".join(f"{json.dumps(line)}\n" for line in lines).encode())
    engine.cut()
    assert told.ended.wait(PATIENCE_SECONDS)
    assert told.changes == Changes(frozenset({"n1"}), frozenset({"c1"}))
