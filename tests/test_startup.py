"""The composition root, on practice hosts that are really served."""

import asyncio

import keyring
import pytest

from console.backend.hosts.book import HostBook
from console.backend.hosts.credentials import NOT_READ
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from console.checks.registry import checks
from console.demo.builds import BUILDS
from console.demo.scenarios.registry import scenarios
from console.domain.host_actions import create_vswitch
from console.domain.plan import CreateNetwork, Plan
from console.domain.snapshot import VSwitchKind
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.startup import AFRESH, BY_SITUATION, BY_WINDOWS, KnownHosts, Practice, added_host_names
from tests.backend.hosts.test_credentials import NoSession


@pytest.fixture
def hosts(profile):
    return KnownHosts(profile, Practice(20348))


async def create(service, name):
    step = CreateNetwork(spec=NetworkSpec(name=name, driver="nat"))
    outcome = await service.apply(Plan(title=N_("Test", "Create"), steps=(step,)))
    assert outcome.completed


async def names(service):
    snapshot = await service.observe()
    return {network.name for network in snapshot.networks.known()}


def test_that_a_practice_host_goes_on_where_it_was_left(hosts):
    async def visit():
        first = await hosts.open(Practice(20348).choice_id)
        await create(first.service, "shop")
        await first.close()
        second = await hosts.open(Practice(20348).choice_id)
        seen, entries = await names(second.service), await second.service.journal_entries()
        await second.close()
        await hosts.close()
        assert "shop" in seen
        assert [entry.plan.steps[0].spec.name for entry in entries] == ["shop"]

    asyncio.run(visit())


def test_that_what_was_done_to_a_practice_host_is_there_after_a_kill(hosts, profile):
    """Nothing of the first visit is closed: the next one reads what a killed console left."""

    async def visit():
        killed = await hosts.open(Practice(20348).choice_id)
        await create(killed.service, "shop")
        (switch,) = create_vswitch("lab", VSwitchKind.INTERNAL).steps
        outcome = await killed.service.apply(Plan(title=switch.describe(), steps=(switch,)))
        assert outcome.completed
        others = KnownHosts(profile, Practice(20348))
        following = await others.open(Practice(20348).choice_id)
        snapshot = await following.service.observe()
        await following.close()
        await others.close()
        await killed.close()
        await hosts.close()
        assert "shop" in {network.name for network in snapshot.networks.known()}
        assert "lab" in {switch.name for switch in snapshot.facts.vswitches.known()}

    asyncio.run(visit())


def test_that_a_practice_host_that_can_not_be_saved_works_all_the_same(hosts, profile, caplog):
    async def visit():
        opened = await hosts.open(Practice(20348).choice_id)
        (profile.practice / "20348-default.json.part").mkdir()
        await create(opened.service, "shop")
        (profile.practice / "20348-default.json.part").rmdir()
        await opened.close()
        await hosts.close()

    asyncio.run(visit())
    assert "the practice host was not saved" in caplog.text


def test_that_a_practice_host_can_be_started_over(hosts):
    async def visit():
        assert not [one for one in await hosts.choices() if one.id.endswith(AFRESH)]
        first = await hosts.open(Practice(20348).choice_id)
        await create(first.service, "shop")
        await first.close()
        over = next(one.id for one in await hosts.choices() if one.id.endswith(AFRESH))
        second = await hosts.open(over)
        seen = await names(second.service)
        await second.close()
        await hosts.close()
        assert "shop" not in seen
        assert "nat" in seen

    asyncio.run(visit())


def test_that_a_state_file_that_can_not_be_read_is_left_as_it_is(hosts, profile):
    file = profile.practice / "20348-default.json"
    file.parent.mkdir(parents=True)
    file.write_text("{ not a practice host")

    async def visit():
        opened = await hosts.open(Practice(20348).choice_id)
        seen = await names(opened.service)
        await opened.close()
        await hosts.close()
        assert "nat" in seen

    asyncio.run(visit())
    assert file.read_text() == "{ not a practice host"


def test_that_a_host_that_is_not_offered_is_not_opened(hosts):
    with pytest.raises(KeyError):
        asyncio.run(hosts.open("nobody"))


def test_that_an_engine_given_by_its_address_is_offered_first(profile):
    offered = asyncio.run(KnownHosts(profile, Practice(20348), "tcp://192.0.2.1:2376").choices())
    assert offered[0].detail == "tcp://192.0.2.1:2376"
    assert not offered[0].practice


def test_that_every_windows_and_every_situation_can_be_practised(hosts):
    offered = [one for one in asyncio.run(hosts.choices()) if one.practice]
    assert offered[0].id == Practice(20348).choice_id
    assert next(one.title for one in offered if one.group == BY_WINDOWS) == "Windows Server 2022"
    assert len([one for one in offered if one.group == BY_WINDOWS]) == len(BUILDS)
    situations = {one.id for one in offered if one.group == BY_SITUATION}
    assert situations == {Practice(one.os_build, one.id).choice_id for one in scenarios().values()} - {
        Practice(20348, "default").choice_id,
        Practice(20348, "large").choice_id,
    }
    assert len({one.id for one in offered}) == len(offered)


def test_that_every_check_can_be_practised_on_every_windows(hosts):
    offered = asyncio.run(hosts.lessons())
    assert {one.check.id for one in offered} == set(checks())
    assert all(len({release.title for release in one.releases}) >= len(BUILDS) for one in offered)
    older = next(one.releases[-1] for one in offered if one.check.id == "hns-not-running")

    async def visit():
        for choice_id in (older.choice_id, older.afresh_id):
            opened = await hosts.open(choice_id)
            assert opened.service.connection.id == older.choice_id
            await opened.close()
        await hosts.close()

    asyncio.run(visit())


def test_that_an_added_host_can_be_asked_for_by_its_name(profile):
    host = StoredHost(name="build", engine_url="ssh://admin@build")
    HostBook(profile.hosts).put(host)
    assert added_host_names(profile) == ("build",)
    hosts = KnownHosts(profile, Practice(20348), "build")
    assert asyncio.run(hosts.choices())[0].id == host.id
    profile.hosts.write_text("{")
    assert added_host_names(profile) == ()
    assert all(choice.id != host.id for choice in asyncio.run(hosts.choices()))


def test_that_a_broken_credential_store_keeps_no_host_from_being_opened(profile):
    before = keyring.get_keyring()
    keyring.set_keyring(NoSession())
    try:
        winrm = WinRmEndpoint(host="build", username="admin")
        host = StoredHost(name="build", engine_url="ssh://admin@build", winrm=winrm)
        HostBook(profile.hosts).put(host)
        offered = {one.id: one for one in asyncio.run(KnownHosts(profile, Practice(20348)).choices())}
    finally:
        keyring.set_keyring(before)
    assert Practice(20348).choice_id in offered
    assert (offered[host.id].account, offered[host.id].password_note) == ("admin", NOT_READ)


def test_that_another_start_with_an_address_that_can_not_be_one_changes_nothing(hosts):
    async def visit():
        first = (await hosts.choices())[0]
        with pytest.raises(ValueError, match="holds no password"):
            await hosts.wanted("https://a:S3cret@b:2376", practice=False)
        assert (await hosts.choices())[0] == first

    asyncio.run(visit())
