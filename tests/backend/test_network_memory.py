"""The memory of networks in its file, and behind a practice host that loses them."""

import asyncio
import os
import sqlite3
import sys
from datetime import UTC, datetime

import pytest

from console.backend.connection import Connection
from console.backend.network_memory import MemoryFile, MemoryUnusableError
from console.demo.host import PracticeHost
from console.demo.scenarios import steps
from console.demo.server import PracticeServer
from console.domain.memory import RememberedNetwork, restoration
from console.domain.plan import Plan, RemoveNetwork
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim
from tests.backend.watching import watched

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def record(name, **more):
    return RememberedNetwork(
        network=f"id-{name}", spec=NetworkSpec(name=name), first_seen=NOW, last_seen=NOW, **more
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "networks.sqlite"


@pytest.fixture
def memory(path):
    made = MemoryFile(path)
    yield made
    made.close()


def records(memory):
    return [one.record for one in memory.networks("h")]


def names(memory, host="h"):
    return [one.record.spec.name for one in memory.networks(host)]


def test_that_records_are_kept_by_host_changed_and_forgotten(memory, path):
    memory.write("h", [record("a"), record("b")])
    memory.write("other", [record("a")])
    first, second = records(memory)
    memory.write("h", [first.model_copy(update={"network": "new", "gone_since": NOW})])
    memory.forget("h", [second.id])
    memory.forget("other", [first.id])
    again = MemoryFile(path)
    (kept,) = records(again)
    again.close()
    assert (kept.id, kept.network, kept.state) == (first.id, "new", "gone")
    assert names(memory, "other") == ["a"], "another host's records are not this one's to forget"
    memory.forget_host("h")
    assert names(memory) == []


def test_that_two_consoles_that_see_a_network_first_make_one_record(memory, path):
    other = MemoryFile(path)
    memory.write("h", [record("a")])
    other.write("h", [record("a", gone_since=NOW)])
    (kept,) = records(memory)
    assert kept.state == "gone"
    other.write("h", [record("b")])
    memory.write("h", [kept.model_copy(update={"network": "id-b"})])
    other.close()
    assert [one.network for one in memory.networks("h")] == ["id-b"]


def test_that_all_is_written_or_nothing(memory):
    broken = record("b").model_copy(update={"platform": None})
    with pytest.raises(MemoryUnusableError):
        memory.write("h", [record("a"), broken])
    assert names(memory) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the profile folder's own rights hold there")
def test_that_nobody_else_can_read_it(memory, path):
    memory.write("h", [record("a")])
    assert os.stat(path).st_mode & 0o077 == 0


def test_that_a_file_of_a_newer_console_is_left_as_it_is(memory, path):
    memory.write("h", [record("a")])
    memory.close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    content = path.read_bytes()
    with pytest.raises(MemoryUnusableError, match="newer version"):
        MemoryFile(path).networks("h")
    assert path.read_bytes() == content


def test_that_a_file_that_is_no_database_says_so(path):
    path.parent.mkdir()
    path.write_bytes(b"no database" + bytes(4096))
    with pytest.raises(MemoryUnusableError, match="can't be used"):
        MemoryFile(path).networks("h")


# Behind a host


@pytest.fixture
def practice(tmp_path):
    """Serves a practice host of a Windows build with a labelled network and a container on it."""
    servers = []

    def serve(os_build):
        host = PracticeHost.create(os_build=os_build, scenario="empty", seed=1)
        inside = "172.16.1" if host.build.single_nat else "10.244.1"
        steps.network(
            host, "shop", "nat", subnet=f"{inside}.0/24", gateway=f"{inside}.1", labels={"team": "web"}
        )
        steps.run(host, "web", "iis", network="shop", address=f"{inside}.77", aliases=("store",))
        server = PracticeServer(host)
        server.start()
        servers.append(server)
        return host, Connection(id="p", name="p", url=server.url, practice=True)

    yield serve
    for server in servers:
        server.stop()


async def remembered(told, name="shop"):
    return next(one for one in await told.service.remembered_networks() if one.spec.name == name)


async def restored(told):
    plan = restoration(await remembered(told), told.service.snapshot)
    outcome = await told.service.apply(plan)
    assert outcome.completed, outcome
    return await remembered(told)


def test_that_a_removed_network_is_brought_back_with_its_labels_and_containers(practice, tmp_path):
    host, connection = practice(20348)

    async def scenario():
        async with watched(connection, tmp_path) as told:
            await told.until_state("connected")
            seen = await remembered(told)
            with host.lock:
                host.containers.stop(host.containers.find("web"))
            remove = RemoveNetwork(network=seen.network, name="shop")
            await told.service.apply(Plan(title=verbatim("test"), steps=(remove,)))
            gone = await remembered(told)
            return seen, gone, await restored(told)

    seen, gone, back = asyncio.run(scenario())
    assert [seen.state, gone.state, back.state] == ["there", "gone", "there"]
    assert back.first_seen == seen.first_seen
    network = host.networks.find("shop")
    assert network.labels == {"team": "web"}
    host.containers.start(host.containers.find("web"))
    assert host.containers.find("web").endpoints["shop"].lease == "10.244.1.77"


def test_that_labels_lost_at_a_restart_of_the_computer_are_known_and_come_back(practice, tmp_path):
    host, connection = practice(17763)
    assert not host.build.engine.keeps_labels_on_recreation

    async def scenario():
        async with watched(connection, tmp_path) as told:
            await told.until_state("connected")
            await remembered(told)
            await asyncio.to_thread(host.reboot)
            await told.until(lambda: any(not one.labels for one in _named(told, "shop")))
            lost = await remembered(told)
            return lost, await restored(told)

    lost, back = asyncio.run(scenario())
    assert lost.state == "changed"
    assert lost.lost_labels == {"team": "web"}
    assert back.state == "there"
    assert host.networks.find("shop").labels == {"team": "web"}


def _named(told, name):
    return [one for one in told.service.snapshot.networks.value or () if one.name == name]


def test_that_a_forgotten_network_that_is_gone_stays_forgotten(practice, tmp_path):
    host, connection = practice(20348)

    async def scenario():
        async with watched(connection, tmp_path) as told:
            await told.until_state("connected")
            with host.lock:
                host.containers.remove(host.containers.find("web"), force=True)
                host.networks.remove("shop")
            await told.service.observe()
            gone = await remembered(told)
            await told.service.forget_networks([gone.id])
            await told.service.observe()
            return [one.spec.name for one in await told.service.remembered_networks()]

    assert "shop" not in asyncio.run(scenario())
