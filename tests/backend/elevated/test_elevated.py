"""The elevated helper as a real second process, and everybody who is not its console or its helper."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

import console.backend.elevated.runner as parent
from console.backend.elevated.handover import ElevatedPlan, ElevatedRun, Handover
from console.backend.elevated.helper import WRONG_PEER, WRONG_PLAN
from console.backend.elevated.runner import ElevationDeclinedError, elevate
from console.backend.powershell.runner import HostError
from console.domain.failure import FailureKind
from console.domain.plan import RunScript
from console.domain.scripts import NEW_VSWITCH, REMOVE_VSWITCH
from console.domain.text import verbatim
from tests.backend.powershell.programs import FakePowerShell

if sys.platform != "linux":
    pytest.skip("a socket tells its peer's process on Linux; Windows has the pipe", allow_module_level=True)

from console.backend.elevated.unix_socket import SocketListener

SECRET = "hostile-'$(7f3a)`\u2019"


def step(name):
    return RunScript(
        script=REMOVE_VSWITCH.id, parameters={"SwitchName": name}, title=verbatim(f"remove {name}")
    )


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """The helper finds it as it finds PowerShell: on the PATH."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return FakePowerShell(tmp_path, name="pwsh")


class Listener(SocketListener):
    """Remembers the helper, so that a test can look at it."""

    def __init__(self):
        super().__init__()
        self.helper = None
        self.command = None

    def start_helper(self, arguments):
        process = super().start_helper(arguments)
        self.helper = psutil.Process(process)
        self.command = [*arguments]
        return process


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (other processes set no event here)
            await asyncio.sleep(0.01)


def gone(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def pid_gone(pid):
    try:
        return gone(psutil.Process(pid))
    except psutil.NoSuchProcess:
        return True


def with_helper(steps, work):
    """What ``work(runner, listener)`` gives, with a helper for ``steps``; afterwards it has ended."""

    async def main():
        listener = Listener()
        runner = await elevate(steps, lambda: listener)
        try:
            return await work(runner, listener)
        finally:
            await runner.close()
            await until(lambda: gone(listener.helper))

    return asyncio.run(main())


def test_that_the_steps_are_run_in_order_by_one_other_process(fake):
    async def work(runner, listener):
        answers = [
            await runner.run(REMOVE_VSWITCH, {"SwitchName": SECRET}),
            await runner.run(REMOVE_VSWITCH, {"SwitchName": "two"}),
        ]
        assert listener.helper.pid != os.getpid()
        return [json.loads(answer)["after"]["SwitchName"] for answer in answers]

    assert with_helper((step(SECRET), step("two")), work) == [SECRET, "two"]


def test_that_no_value_and_no_key_is_on_the_helpers_command_line(fake):
    async def work(runner, listener):
        command, environment = listener.helper.cmdline(), listener.helper.environ()
        assert not any("hostile" in word for word in [*command, *environment.values()])
        assert command[-3:] == listener.command
        assert listener.command[1] == str(os.getpid())
        assert len(listener.command[2]) == 64  # a digest, and nothing more
        return listener.address

    assert not Path(with_helper((step(SECRET),), work)).exists()


def test_that_progress_comes_while_the_script_runs(fake):
    fake.behave("progress")
    told = []

    async def work(runner, listener):
        await runner.run(REMOVE_VSWITCH, {"SwitchName": "x"}, on_progress=told.append)

    with_helper((step("x"),), work)
    assert told == ["Reading: adaptär & co (40 %)", "Preparing modules"]


def test_that_a_failure_comes_back_as_it_was(fake):
    fake.behave("failed-after-change")

    async def work(runner, listener):
        with pytest.raises(HostError) as caught:
            await runner.run(REMOVE_VSWITCH, {"SwitchName": "x"})
        return caught.value.failure

    failure = with_helper((step("x"),), work)
    assert (failure.kind, failure.raw) == (FailureKind.SCRIPT_ERROR, "The operation failed.")
    assert failure.may_have_happened
    assert failure.script == REMOVE_VSWITCH.id


@pytest.mark.parametrize(
    ("script", "parameters"),
    [
        (REMOVE_VSWITCH, {"SwitchName": "another"}),
        (NEW_VSWITCH, {"SwitchName": "x", "Kind": "Private"}),
    ],
)
def test_that_what_was_not_consented_to_is_not_run(fake, script, parameters):
    async def work(runner, listener):
        with pytest.raises(HostError) as caught:
            await runner.run(script, parameters)
        assert "consented" in caught.value.failure.raw

    with_helper((step("x"),), work)
    assert not (fake.folder / "seen.json").exists()


def test_that_no_step_is_run_twice(fake):
    async def work(runner, listener):
        await runner.run(REMOVE_VSWITCH, {"SwitchName": "x"})
        with pytest.raises(HostError):
            await runner.run(REMOVE_VSWITCH, {"SwitchName": "x"})

    with_helper((step("x"),), work)


@pytest.mark.parametrize("requests", [[0, 0], [1, 0], [7], [-1], [True], ["0"], [None]])
def test_that_the_helper_itself_ends_when_it_is_asked_for_anything_else(fake, requests):
    async def work(runner, listener):
        for index in requests[:-1]:
            runner._messages.send({"run": index})
            assert "answer" in await runner._messages.receive()
        runner._messages.send({"run": requests[-1]})
        assert await runner._messages.receive() is None
        await until(lambda: gone(listener.helper))

    with_helper((step("x"), step("y")), work)


def test_when_the_caller_is_cancelled_script_and_helper_end(fake):
    fake.behave("hang")

    async def work(runner, listener):
        task = asyncio.ensure_future(runner.run(REMOVE_VSWITCH, {"SwitchName": "x"}))
        await until(lambda: len(fake.pids) == 2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: gone(listener.helper))
        await until(lambda: all(pid_gone(pid) for pid in fake.pids))

    with_helper((step("x"),), work)


def test_when_the_helper_is_killed_the_change_may_have_been_made(fake):
    fake.behave("hang")

    async def work(runner, listener):
        task = asyncio.ensure_future(runner.run(REMOVE_VSWITCH, {"SwitchName": "x"}))
        await until(lambda: len(fake.pids) == 2)
        listener.helper.kill()
        with pytest.raises(HostError) as caught:
            await task
        for pid in fake.pids:  # on Windows the job object ends them; here nobody is left who could
            psutil.Process(pid).kill()
        return caught.value.failure

    failure = with_helper((step("x"),), work)
    assert failure.kind is FailureKind.CONNECTION_LOST
    assert failure.may_have_happened


def refusal(listener):
    with pytest.raises(HostError) as caught:
        asyncio.run(elevate((step("x"),), lambda: listener))
    assert caught.value.failure.script == REMOVE_VSWITCH.id
    assert not caught.value.failure.may_have_happened
    return caught.value.failure


def test_that_declining_is_an_outcome_with_a_name():
    class Declined(Listener):
        def start_helper(self, arguments):
            raise ElevationDeclinedError("The operation was canceled by the user.")

    assert refusal(Declined()).kind is FailureKind.ELEVATION_DECLINED


def test_that_a_refusal_leaves_no_thread_behind():
    class Declined(Listener):
        def start_helper(self, arguments):
            raise ElevationDeclinedError("The operation was canceled by the user.")

    before = set(threading.enumerate())
    for _ in range(3):
        refusal(Declined())
    for thread in set(threading.enumerate()) - before:
        thread.join(20)
        assert not thread.is_alive()


def test_when_the_helper_never_connects_that_is_a_time_out(monkeypatch):
    monkeypatch.setattr(parent, "START_SECONDS", 0.2)

    class Silent(Listener):
        def start_helper(self, arguments):
            return os.getpid()  # a process, and no helper

    assert refusal(Silent()).kind is FailureKind.TIMED_OUT


INTRUDER = """
import socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
print("in", flush=True)
print("shown" if line.recv(1) else "turned away", flush=True)
"""


def test_that_another_process_at_the_socket_is_turned_away_and_told_nothing(fake):
    class Watched(Listener):
        def start_helper(self, arguments):
            command = [sys.executable, "-c", INTRUDER, self.address]
            self.intruder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert self.intruder.stdout.readline() == "in\n"  # it is the first in the queue
            return super().start_helper(arguments)

    async def main():
        listener = Watched()
        runner = await elevate((step("x"),), lambda: listener)
        answer = await runner.run(REMOVE_VSWITCH, {"SwitchName": "x"})
        await runner.close()
        told, _ = listener.intruder.communicate(timeout=20)
        return json.loads(answer)["ok"], told

    assert asyncio.run(main()) == (True, "turned away\n")


def serve_with(message, *, digest, claimed_parent=None):
    """Start a helper, hand it ``message`` as its plan; its exit code and its first answer."""
    listener = SocketListener()
    command = [sys.executable, "-m", "console.cli", "elevated-helper", listener.address]
    helper = subprocess.Popen([*command, str(claimed_parent or os.getpid()), digest])
    try:
        wire = listener.accept(helper.pid, 20)
        try:
            wire.write(json.dumps(message).encode() + b"\n")
            answer = wire.read(65536)
        except OSError:
            answer = b""
        code = helper.wait(20)
        wire.close()
        return code, answer
    finally:
        listener.close()


def handover(*names):
    runs = tuple(ElevatedRun(script=REMOVE_VSWITCH.id, parameters={"SwitchName": name}) for name in names)
    return Handover.new(ElevatedPlan(runs=runs))


def test_that_a_helper_whose_console_is_another_process_takes_no_plan():
    asked = handover("x")
    code, answer = serve_with(asked.message(), digest=asked.digest, claimed_parent=os.getppid())
    assert (code, answer) == (WRONG_PEER, b"")


@pytest.mark.parametrize(
    "swap",
    [
        lambda asked: handover("y").message(),
        lambda asked: {**asked.message(), "plan": handover("y").message()["plan"]},
        lambda asked: {**asked.message(), "key": "00" * 32},
        lambda asked: {"plan": asked.message()["plan"]},
        lambda asked: {},
    ],
)
def test_that_another_plan_or_key_than_consented_to_is_refused(fake, swap):
    asked = handover("x")
    assert serve_with(swap(asked), digest=asked.digest) == (WRONG_PLAN, b"")
    assert not (fake.folder / "seen.json").exists()


@pytest.mark.parametrize(
    "run",
    [
        ElevatedRun(script="format-disk", parameters={}),
        ElevatedRun(script=REMOVE_VSWITCH.id, parameters={"SwitchName": 5}),
        ElevatedRun(script="../../evil", parameters={}),
    ],
)
def test_that_a_plan_of_anything_but_our_scripts_is_refused_even_if_consented_to(run):
    asked = Handover.new(ElevatedPlan(runs=(run,)))
    assert serve_with(asked.message(), digest=asked.digest) == (WRONG_PLAN, b"")


def test_that_two_handovers_of_one_plan_have_nothing_in_common():
    one, other = handover("x"), handover("x")
    assert one.key != other.key
    assert one.digest != other.digest
    assert one.key.hex() not in repr(one) + one.digest
