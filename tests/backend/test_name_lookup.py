"""By what ways the console reaches a host, and what their names stand for."""

import asyncio
import socket
import threading

import pytest

from console.backend.connection import Connection, manual_connection
from console.backend.hosts.stored import StoredHost
from console.backend.journal import Journal
from console.backend.name_lookup import Ways, looked_up
from console.backend.powershell.endpoint import WinRmEndpoint
from console.domain.connection_loss.way import Way
from console.startup import NO_CONSENT, added_host
from tests.backend.servers import ScriptedEngine
from tests.backend.watching import watched


class Names:
    """The names that can be looked up, by their addresses; all others go the usual way."""

    def __init__(self, usual):
        self._usual = usual
        self._known = {"docker-01": ["fe80::1%3", "192.168.1.10"], "alias-of-ssh": []}
        self.on_call = lambda: None

    def __call__(self, name, port, *args, **wanted):
        if name not in self._known:
            return self._usual(name, port, *args, **wanted)
        self.on_call()
        if not self._known[name]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(0, 0, 0, "", (address, port)) for address in self._known[name]]


@pytest.fixture
def names(monkeypatch):
    known = Names(socket.getaddrinfo)
    monkeypatch.setattr(socket, "getaddrinfo", known)
    return known


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("tcp://docker-01:2376", Way("docker-01", 2376)),
        ("tcp://192.168.1.10", Way("192.168.1.10", 2375)),
        ("ssh://admin@docker-01", Way("docker-01")),
        ("tcp://127.0.0.1:2375", None),
        ("npipe:////./pipe/docker_engine", None),
    ],
)
def test_that_the_engines_address_is_a_way_unless_it_stays_on_this_computer(url, way):
    assert manual_connection("x", url).way == way


def test_that_winrm_is_a_way_of_its_own():
    assert WinRmEndpoint(host="docker-01").way == Way("docker-01", 5986)
    assert WinRmEndpoint(host="docker-01", tls=False).way == Way("docker-01", 5985)
    assert WinRmEndpoint(host="localhost").way is None
    assert WinRmEndpoint(host="").way is None


def test_that_a_name_is_looked_up_and_an_unknown_one_stays_what_it_is(names):
    assert looked_up(Way("docker-01", 22)) == Way("docker-01", 22, ("fe80::1%3", "192.168.1.10"))
    assert looked_up(Way("alias-of-ssh")) == Way("alias-of-ssh")
    assert looked_up(Way("10.0.0.1")) == Way("10.0.0.1")


def test_that_the_names_of_all_ways_are_looked_up(names):
    async def looked():
        ways = Ways(None, Way("docker-01", 5986), Way("alias-of-ssh"))
        await ways.look_up()
        ways.close()
        return ways.known

    assert asyncio.run(looked()) == (
        Way("docker-01", 5986, ("fe80::1%3", "192.168.1.10")),
        Way("alias-of-ssh"),
    )


def test_that_a_tunnelled_engine_is_remote_by_its_windows_side(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite")
    host = StoredHost(name="x", engine_url="tcp://127.0.0.1:1", winrm=WinRmEndpoint(host="docker-01"))
    opened = added_host(host, journal, NO_CONSENT)
    assert opened.service.ways == (Way("docker-01", 5986),)
    asyncio.run(opened.close())
    journal.close()


def test_that_a_service_looks_its_names_up_when_it_runs(tmp_path, names):
    asked = threading.Event()
    names.on_call = asked.set

    async def ran(engine):
        connection = Connection(id="here", name="here", url=engine.url)
        async with watched(connection, tmp_path, windows_side=Way("docker-01", 5986)) as told:
            await told.until_state("connected")
            return await asyncio.to_thread(asked.wait, 10)

    with ScriptedEngine() as engine:
        assert asyncio.run(ran(engine))


def test_that_a_name_server_that_never_answers_holds_up_nothing(monkeypatch):
    answer = threading.Event()

    def getaddrinfo(*_asked, **_wanted):
        answer.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    async def asked_twice():
        ways = Ways(None, Way("docker-01"))
        first = ways.look_up()
        await asyncio.sleep(0)
        same = ways.look_up() is first
        ways.close()
        return same, ways.known

    try:
        assert asyncio.run(asked_twice()) == (True, (Way("docker-01"),))
    finally:
        answer.set()
