"""Trying from this computer, where it is the engine's host."""

import asyncio
import socket

import pytest

from console.backend.connection import Connection
from console.backend.failures import EngineError
from console.backend.local_trial import trial_from_here, try_from_here
from console.domain.failure import FailureKind
from console.domain.probes.origin import HostTrial, same_computer
from console.domain.probes.probe import Reach
from console.domain.snapshot import EngineInfo
from tests.backend.servers import ScriptedEngine, kept_place
from tests.backend.watching import watched


def engine(name):
    return EngineInfo(version="27.3.1", api_version="1.47", os_type="linux", host_name=name)


@pytest.fixture
def silent_port():
    """A port that takes no further connection and says nothing about it."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for one in waiting:
            one.close()


def test_that_a_port_that_answers_one_that_does_not_and_a_name_that_is_none_are_told_apart():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        found = asyncio.run(try_from_here("127.0.0.1", port))
    assert (found.reach, found.address) == (Reach.CONNECTED, "127.0.0.1")
    assert asyncio.run(try_from_here("127.0.0.1", port)).reach is Reach.REFUSED
    assert asyncio.run(try_from_here("a" * 64, port)).reach is Reach.UNKNOWN_NAME


def test_that_silence_is_given_up_in_time_and_can_be_stopped_before(silent_port):
    assert asyncio.run(try_from_here("127.0.0.1", silent_port, seconds=0.2)).reach is Reach.NO_ANSWER

    async def stopped():
        task = asyncio.create_task(try_from_here("127.0.0.1", silent_port, seconds=60))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task}, timeout=5)
        return task.cancelled()

    assert asyncio.run(stopped())


def test_that_only_the_computer_the_engine_runs_on_stands_for_the_host():
    here = socket.gethostname()
    assert trial_from_here(engine(here), local=True) is HostTrial.HERE
    assert trial_from_here(engine("docker-desktop"), local=True) is HostTrial.OTHER_NAME
    assert trial_from_here(engine(here), local=False) is HostTrial.ELSEWHERE
    assert trial_from_here(engine(""), local=True) is HostTrial.UNKNOWN
    assert trial_from_here(None, local=True) is HostTrial.UNKNOWN


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("WIN-1", "win-1", True),
        ("win-1.example.com", "WIN-1", True),
        ("win-1", "win-2", False),
        ("", "", False),
    ],
)
def test_that_host_names_are_one_whatever_their_case_and_domain(one, other, same):
    assert same_computer(one, other) is same


def test_that_a_service_without_scripts_says_how_its_host_can_try(tmp_path):
    async def scenario(url):
        async with watched(Connection(id="x", name="x", url=url), tmp_path, run=False) as told:
            before = told.service.host_trial
            if told.service.connection.is_local:
                await told.service.observe()
            with pytest.raises(EngineError) as refused:
                await told.service.try_from_host("127.0.0.1", 80)
            return before, told.service.host_trial, refused.value.failure.kind

    place, url = kept_place(tmp_path)
    with ScriptedEngine(**place):
        local = asyncio.run(scenario(url))
    assert local == (HostTrial.UNKNOWN, HostTrial.OTHER_NAME, FailureKind.UNSUPPORTED)
    remote = asyncio.run(scenario("ssh://admin@host.example.com"))
    assert remote == (HostTrial.ELSEWHERE, HostTrial.ELSEWHERE, FailureKind.UNSUPPORTED)
