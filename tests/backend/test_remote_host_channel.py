"""A Windows side that an account signs in to: not asked without a password, not asked again once refused."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from console.backend import host_watch
from console.backend.connection import Connection
from console.backend.failures import EngineError
from console.backend.host_watch import HostWatch
from console.backend.powershell.endpoint import WinRmEndpoint
from console.backend.powershell.sign_in import SignedInRunner
from console.backend.remote_host_channel import RemoteHostChannel
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.domain.failure import FailureKind
from console.domain.plan import Plan, RunScript
from console.domain.probes.origin import HostTrial
from console.domain.scripts import GET_HOST_INVENTORY
from console.domain.snapshot import HostFacts, SectionState
from console.domain.text import verbatim
from tests.backend.servers import ScriptedEngine
from tests.backend.watching import watched
from tests.winrm_peer.server import Peer

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def accounts(tmp_path, monkeypatch):
    file = tmp_path / "accounts"
    file.write_text(f"HOST:admin:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(file))


@pytest.fixture
def peer():
    scripts = PracticeScripts(PracticeHost.create(os_build=20348, seed=1), administrator=True)

    def commands(_text, _parameters, pipeline):
        pipeline.output(scripts.answer(GET_HOST_INVENTORY.id, {}))

    with Peer(commands) as peer:
        yield peer


@pytest.fixture
def engine():
    with ScriptedEngine() as engine:
        yield engine


def channel(peer, password, **changes):
    where = {"host": "127.0.0.1", "port": peer.port, "tls": False, "username": "HOST\\admin", **changes}
    return RemoteHostChannel(
        SignedInRunner(WinRmEndpoint(**where), None if password is None else SecretStr(password))
    )


def known(facts):
    return facts.windows.state is SectionState.FRESH


class Watch:
    """A watch on a channel, with what it told."""

    def __init__(self, channel):
        self.told = []
        self.watch = HostWatch(channel, self.told.append)

    async def attempts(self, peer, act):
        """How many requests the host got from what ``act`` had read."""
        before = len(peer.bodies)
        act()
        await self.watch._looks.ask(full=False)
        return len(peer.bodies) - before


@asynccontextmanager
async def watching(channel):
    watch = Watch(channel)
    try:
        yield watch
    finally:
        await watch.watch.close()
        await channel.close()


def test_that_a_refused_account_is_tried_once_and_again_only_for_a_person(peer, monkeypatch):
    monkeypatch.setattr(host_watch, "OLD_SECONDS", 0.0)
    monkeypatch.setattr(host_watch, "GATHER_SECONDS", 0.0)

    async def main():
        async with watching(channel(peer, "wrong")) as seen:
            assert await seen.attempts(peer, seen.watch.look_if_old) > 0
            assert len(seen.told) == 1
            for act in (seen.watch.look_if_old, seen.watch.look_if_old, seen.watch._gathered):
                assert await seen.attempts(peer, act) == 0
            assert await seen.attempts(peer, seen.watch.look) > 0
            assert await seen.attempts(peer, seen.watch.look_if_old) == 0
            return seen.told

    first, again = asyncio.run(main())
    for name in HostFacts.model_fields:
        section = getattr(first, name)
        assert section.state is SectionState.UNAVAILABLE
        assert "does not accept the account" in str(section.reason)
        assert "does not try again by itself" in str(section.reason)
        assert "Sign in…" in str(section.remedy)
    assert again == first


def test_that_a_reading_that_was_asked_for_meanwhile_makes_no_second_attempt_either(peer):
    async def main():
        async with watching(channel(peer, "wrong")) as seen:
            seen.watch.look(asked_for=False)
            await asyncio.sleep(0)  # it is under way
            later = seen.watch.look(asked_for=False)
            await later
            assert len(seen.told) == 1

    asyncio.run(main())


def test_that_who_may_not_come_in_is_told_apart_from_a_script_that_is_denied(peer):
    peer.status = 403

    async def main():
        remote = channel(peer, PASSWORD)
        await remote.read()
        assert remote.sign_in_refused
        peer.status = 200
        await remote.read()
        assert not remote.sign_in_refused
        await remote.close()

    asyncio.run(main())


def test_that_the_right_password_has_the_host_read_again_and_again(peer, engine, tmp_path):
    connection = Connection(id="x", name="x", url=engine.url)

    async def main():
        async with watched(connection, tmp_path, host_channel=channel(peer, "wrong")) as told:
            service = told.service
            await told.until(lambda: service.sign_in_account == "HOST\\admin")
            await service.sign_in(SecretStr(PASSWORD))
            await told.until(lambda: known(service.snapshot.facts))
            assert service.sign_in_account == ""
            before = len(peer.bodies)
            await service.observe()
            assert len(peer.bodies) > before

    asyncio.run(main())


def test_that_a_host_opened_for_its_engine_only_is_not_asked_until_somebody_signs_in(peer, engine, tmp_path):
    connection = Connection(id="x", name="x", url=engine.url)
    step = RunScript(script="remove-vswitch", parameters={"SwitchName": "x"}, title=verbatim("x"))

    async def main():
        async with watched(connection, tmp_path, run=False, host_channel=channel(peer, None)) as told:
            service = told.service
            snapshot = await service.observe()
            assert "Nobody is signed in" in str(snapshot.facts.windows.reason)
            assert service.host_trial is not HostTrial.SCRIPT
            outcome = await service.apply(Plan(title=verbatim("x"), steps=(step,)))
            assert outcome.states[0].failure.kind is FailureKind.SIGNED_OUT
            assert not peer.bodies
            await service.sign_in(SecretStr(PASSWORD))
            assert known(service.snapshot.facts)
            assert service.host_trial is HostTrial.SCRIPT

    asyncio.run(main())


def test_that_ones_own_account_needs_no_password(peer):
    assert not channel(peer, None, username="").signed_out
    assert channel(peer, None, username="").account == ""


def test_that_nobody_signs_in_where_no_account_is_asked_for(engine, tmp_path):
    async def main():
        async with watched(Connection(id="x", name="x", url=engine.url), tmp_path, run=False) as told:
            assert told.service.sign_in_account == ""
            with pytest.raises(EngineError):
                await told.service.sign_in(SecretStr("x"))

    asyncio.run(main())
