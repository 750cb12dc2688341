"""A removal that disconnects containers first, taken back, done again and taken back again."""

import asyncio

import pytest

from console.backend.connection import Connection
from console.backend.journal import Journal
from console.backend.service import HostService
from console.demo.host import PracticeHost
from console.demo.scenarios import steps
from console.demo.server import PracticeServer
from console.domain.removal import removal
from console.startup import practice_channel

ADDRESS = "10.5.0.77"


@pytest.fixture
def host():
    made = PracticeHost.create(os_build=20348, scenario="empty", seed=1)
    labels = {"team": "shop"}
    steps.network(made, "frontend", "nat", subnet="10.5.0.0/24", gateway="10.5.0.1", labels=labels)
    steps.run(made, "web", "iis", network="frontend", address=ADDRESS, aliases=("shop",))
    steps.run(made, "cache", "nanoserver", network="frontend")
    return made


def network_and_endpoints(snapshot):
    network = next((one for one in snapshot.networks.value if one.name == "frontend"), None)
    endpoints = {
        container.name: endpoint
        for container in snapshot.containers.value
        for endpoint in container.endpoints
        if network is not None and endpoint.network_id == network.id
    }
    return network, endpoints


def test_that_undo_brings_back_network_and_endpoints_as_often_as_it_is_wanted(host, tmp_path):
    server = PracticeServer(host)
    server.start()
    journal = Journal(tmp_path / "journal.sqlite")
    connection = Connection(id="p", name="p", url=server.url, practice=True, source="practice")

    async def scenario():
        service = HostService(connection, journal, practice_channel(host))
        before, endpoints = network_and_endpoints(await service.observe())
        assert set(endpoints) == {"web", "cache"}
        outcome = await service.apply(removal([before], service.snapshot, disconnect=True))
        seen = [before.id]
        for _ in range(2):
            assert outcome.completed, outcome.states
            assert network_and_endpoints(await service.observe())[0] is None
            outcome = await taken_back(service, outcome)
            again, back = network_and_endpoints(await service.observe())
            assert again.id not in seen
            seen.append(again.id)
            assert again.pools == before.pools
            assert again.labels == before.labels
            assert set(back) == {"web", "cache"}
            assert back["web"].address == ADDRESS
            assert "shop" in back["web"].aliases
            outcome = await taken_back(service, outcome)
        await service.close()

    async def taken_back(service, outcome):
        entry = await asyncio.to_thread(journal.entry, outcome.entry)
        assert entry.undo is not None
        undone = await service.apply(entry.undo, undoes=entry.id)
        assert undone.completed, undone.states
        return undone

    try:
        asyncio.run(scenario())
    finally:
        server.stop()
        journal.close()
