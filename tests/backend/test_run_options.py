"""What containers were run with is read once for each, beside the look."""

import asyncio

import pytest

from console.backend.connection import Connection
from console.backend.engine.channel import EngineChannel
from console.backend.engine.inspection import run_options_of
from console.backend.run_options import RunOptionsReader
from console.demo.host import PracticeHost
from console.demo.server import PracticeServer
from console.domain.snapshot import SectionState
from tests.backend.watching import watched

INSPECTED = {
    "Id": "c1",
    "HostConfig": {
        "NetworkMode": "frontend",
        "Links": ["/database:/shop/db"],
        "Dns": [],
        "DnsOptions": ["ndots:2"],
        "DnsSearch": ["a.example", "b.example"],
        "PortBindings": {
            "80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}, {"HostIp": "", "HostPort": "8000-8010"}],
            "53/udp": None,
        },
    },
    "NetworkSettings": {
        "Networks": {
            "frontend": {"Links": ["database:db"], "IPAMConfig": {"IPv6Address": "fd00::9"}},
            "none": None,
        }
    },
}


def test_that_an_inspection_tells_what_the_list_does_not():
    options = run_options_of(INSPECTED)
    assert options.links == ("/database:/shop/db", "database:db")
    assert options.dns_options == ("ndots:2",)
    assert options.dns_search == ("a.example", "b.example")
    assert options.ipv6_addresses == ("fd00::9",)
    assert options.ports == ("127.0.0.1:8080:80/tcp", "8000-8010:80/tcp", "53/udp")


def test_that_an_inspection_may_lack_everything():
    options = run_options_of({"Id": "c1", "HostConfig": None})
    assert (options.links, options.ports, options.network_mode) == ((), (), "")


class _Counting(EngineChannel):
    """Notes which containers are inspected."""

    def __init__(self, url):
        super().__init__(Connection(id="practice", name="practice", url=url), environ={})
        self.inspected = []

    async def run_options(self, container):
        self.inspected.append(container)
        return await super().run_options(container)


@pytest.fixture
def server():
    server = PracticeServer(PracticeHost.create(scenario="unsupported-run-option"))
    server.start()
    yield server
    server.stop()


def _on(server, work):
    """What ``work(reader, channel, containers)`` makes of the containers of a practice host."""

    async def run():
        channel = _Counting(server.url)
        try:
            return await work(RunOptionsReader(channel), channel, await channel.containers())
        finally:
            await channel.close()

    return asyncio.run(run())


def test_that_each_container_is_asked_about_once_and_forgotten_when_it_is_gone(server):
    async def work(reader, channel, containers):
        await reader.read(containers)
        first = reader.section
        await reader.read(containers)
        assert reader.section is first
        assert sorted(channel.inspected) == sorted(one.id for one in containers)
        await reader.read(containers[:1])
        assert [one.id for one in reader.section.value] == [containers[0].id]

    _on(server, work)


def test_that_a_container_that_went_meanwhile_hides_no_other(server):
    async def work(reader, _channel, containers):
        gone = containers[0].model_copy(update={"id": "f" * 64})
        await reader.read((gone, *containers[1:]))
        assert {one.id for one in reader.section.value} == {one.id for one in containers[1:]}

    _on(server, work)


def test_that_on_a_host_with_very_many_only_the_newest_are_looked_at_and_it_is_said(server, monkeypatch):
    monkeypatch.setattr("console.backend.run_options.MOST", 1)

    async def work(reader, channel, containers):
        await reader.read(containers)
        newest = max(containers, key=lambda one: one.created)
        assert channel.inspected == [newest.id]
        assert reader.section.state is SectionState.STALE
        assert "1 newest" in str(reader.section.reason)

    _on(server, work)


def test_that_a_running_service_tells_them_after_the_first_look(server, tmp_path):
    async def scenario():
        connection = Connection(id="practice", name="practice", url=server.url)
        async with watched(connection, tmp_path) as told:
            await told.until(lambda: told.service.snapshot and told.service.snapshot.run_options.known())
            return told.service.snapshot

    snapshot = asyncio.run(scenario())
    assert {one.id for one in snapshot.run_options.value} == {one.id for one in snapshot.containers.value}
