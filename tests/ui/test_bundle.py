"""A support bundle in the window: it is looked at like any host, and can't be taken for one."""

import asyncio

import pytest

from console.backend.bundle import bundle_of, write_bundle
from console.paths import Profile
from console.startup import KnownHosts, Practice
from tests.domain.whole_hosts import whole_host
from tests.person import Role


@pytest.fixture
def path(tmp_path, run):
    found = tmp_path / "host.wcnbundle.zip"
    run(asyncio.to_thread(lambda: write_bundle(found, bundle_of(whole_host(), (), findings=lambda _: {}))))
    return found


@pytest.fixture
def hosts(tmp_path, run):
    known = KnownHosts(Profile(tmp_path / "profile"), Practice(20348))
    yield known
    run(known.close())


@pytest.fixture
def before_bundle(path, hosts, session, person, run):
    async def show():
        opened = await hosts.open_bundle(path)
        await session.open(opened.service, opened.close)

    run(show())
    person.wait(lambda: bool(person.rows("Networks")))
    yield person
    run(session.close())


def test_that_a_bundle_is_shown_and_says_that_it_is_one(before_bundle):
    assert before_bundle.rows("Networks")
    assert "Bundle" in before_bundle.in_front.windowTitle()
    assert "Real host" not in before_bundle.in_front.windowTitle()
    assert before_bundle.reads("Connection").startswith("As it was on 20")
    assert before_bundle.sees("READ-ONLY")


def test_that_nothing_on_it_can_be_changed(before_bundle):
    for deed in ("New network", "Prune", "Refresh"):
        assert not before_bundle.can(Role.Button, deed)
