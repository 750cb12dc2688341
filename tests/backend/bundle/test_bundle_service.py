"""A bundle's host behind the facade that every page looks through: shown, and never changed."""

import asyncio
import json

import pytest

from console.backend.bundle import bundle_of, write_bundle
from console.backend.failures import EngineError
from console.backend.journal import Journal
from console.domain.failure import FailureKind
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork
from console.domain.snapshot import HostIdentity
from console.domain.spec import NetworkSpec
from console.domain.text import verbatim
from console.startup import bundle_host
from tests.backend.watching import Watched
from tests.domain.whole_hosts import CORP_ID, whole_host

CREATE = Plan(title=verbatim("one"), steps=(CreateNetwork(spec=NetworkSpec(name="one")),))


@pytest.fixture
def own_journal(tmp_path):
    journal = Journal(tmp_path / "own.sqlite")
    yield journal
    journal.close()


@pytest.fixture
def path(tmp_path):
    there = Journal(tmp_path / "there.sqlite")
    removal = RemoveNetwork(network="1", name="old")
    entry = there.begin(HostIdentity(id="there", name="there"), Plan(title=verbatim("t"), steps=(removal,)))
    there.settle(entry)
    found = tmp_path / "host.zip"
    write_bundle(found, bundle_of(whole_host(), there.entries(), findings=lambda _: {}))
    there.close()
    return found


def test_that_it_shows_the_host_as_it_was_and_marks_it_as_a_bundle(path, own_journal):
    async def look():
        service = bundle_host(path, own_journal).service
        told = Watched(service)
        service.subscribe(told.note_snapshot, told.note_status)
        running = asyncio.ensure_future(service.run())
        await told.until_state("connected")
        await service.close()
        await asyncio.wait({running})
        assert told.statuses[-1].state == "closed"
        return service, told.snapshots[-1]

    service, snapshot = asyncio.run(look())
    assert snapshot.host.bundle
    assert snapshot.host == service.identity
    assert snapshot.host.id.startswith("bundle:")
    assert snapshot.facts == whole_host().facts
    assert snapshot.taken_at == whole_host().taken_at


def test_that_nothing_can_be_done_and_nothing_is_written(path, own_journal):
    async def refused(deed):
        opened = bundle_host(path, own_journal)
        try:
            with pytest.raises(EngineError) as error:
                await deed(opened.service)
            return error.value.failure
        finally:
            await opened.close()

    for deed in (
        lambda service: service.apply(CREATE),
        lambda service: service.settle(1),
        lambda service: service._engine.remove_network("1"),
        lambda service: service._engine.networks(),
    ):
        failure = asyncio.run(refused(deed))
        assert failure.kind is FailureKind.READ_ONLY
        assert "support bundle" in failure.raw
    assert own_journal.entries() == ()


def test_that_the_journal_is_the_bundles_and_marked_as_such(path, own_journal):
    async def entries():
        opened = bundle_host(path, own_journal)
        try:
            service = opened.service
            found = await service.journal_entries()
            return found, await service.journal_entry(found[0].id), await service.interrupted()
        finally:
            await opened.close()

    (entry,), same, interrupted = asyncio.run(entries())
    assert entry.host.bundle
    assert same == entry
    assert interrupted == ()


def test_that_a_network_is_told_as_the_bundle_has_it(path, own_journal):
    async def inspected(name):
        opened = bundle_host(path, own_journal)
        try:
            return await opened.service.inspect_network(name)
        finally:
            await opened.close()

    assert json.loads(asyncio.run(inspected(CORP_ID)))["driver"] == "l2bridge"
    with pytest.raises(EngineError, match="not found"):
        asyncio.run(inspected("no such network"))
