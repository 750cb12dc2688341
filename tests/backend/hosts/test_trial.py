"""Trying a host: each half for itself, against a practice engine and a peer that speaks WinRM."""

import asyncio

import pytest
from pydantic import SecretStr

from console.backend.hosts.stored import StoredHost
from console.backend.hosts.trial import try_host
from console.backend.powershell.endpoint import WinRmEndpoint
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.demo.server import PracticeServer
from console.domain.failure import FailureKind
from console.domain.scripts import GET_HOST_INVENTORY
from tests.winrm_peer.server import Peer

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def accounts(tmp_path, monkeypatch):
    file = tmp_path / "accounts"
    file.write_text(f"HOST:admin:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(file))


@pytest.fixture
def served():
    server = PracticeServer(PracticeHost.create(os_build=20348, scenario="default", seed=1))
    server.start()
    yield server
    server.stop()


def added(server, peer=None, **changes):
    winrm = None
    if peer is not None:
        winrm = WinRmEndpoint(host="127.0.0.1", port=peer.port, tls=False, username="HOST\\admin")
    return StoredHost(**{"name": "x", "engine_url": server.url, "winrm": winrm, **changes})


def tried(host, password=PASSWORD, **how):
    return asyncio.run(try_host(host, SecretStr(password), {}, **how))


def test_that_both_halves_are_told_each_for_itself(served):
    scripts = PracticeScripts(served.host, administrator=True)

    def commands(_text, _parameters, pipeline):
        pipeline.output(scripts.answer(GET_HOST_INVENTORY.id, {}))

    with Peer(commands) as peer:
        trial = tried(added(served, peer))
        assert trial.engine.works
        assert "Docker Engine" in str(trial.engine.found)
        assert trial.windows_side.works
        assert "20348" in str(trial.windows_side.found)
        wrong = tried(added(served, peer), "wrong")
        assert wrong.engine.works
        assert wrong.windows_side.failure.kind is FailureKind.AUTHENTICATION


def test_that_an_account_without_a_password_is_not_even_tried(served):
    with Peer(lambda *_: None) as peer:
        trial = asyncio.run(try_host(added(served, peer), None, {}))
        assert trial.windows_side.failure.kind is FailureKind.SIGNED_OUT
        assert not peer.bodies


def test_that_without_a_windows_side_only_the_engine_is_tried(served):
    assert tried(added(served)).windows_side is None


def test_that_an_engine_that_is_not_there_does_not_hide_the_other_half(served):
    trial = tried(added(served, engine_url="tcp://127.0.0.1:1"))
    assert trial.engine.failure.kind in {FailureKind.NOT_RUNNING, FailureKind.UNREACHABLE}


def test_that_an_unprotected_engine_is_not_asked_without_a_word_of_agreement():
    host = StoredHost(name="x", engine_url="tcp://192.0.2.1:2375")
    assert tried(host).engine.failure.kind is FailureKind.UNENCRYPTED
