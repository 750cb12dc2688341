"""The helper's named pipe, with real other processes; UAC itself is asked by nobody here."""

import asyncio
import os
import secrets
import subprocess
import sys
import threading
import time

import pytest

from console.backend.elevated.runner import elevate
from console.backend.powershell.documents import change_of
from console.backend.powershell.runner import HostError
from console.domain.plan import RunScript
from console.domain.scripts import REMOVE_VSWITCH
from console.domain.text import verbatim
from tests.wine import is_wine

if sys.platform != "win32":
    pytest.skip("named pipes are Windows'", allow_module_level=True)

import win32api
import win32con

from console.backend.elevated.windows_pipe import PipeListener, PipeWire, account_is_administrator

SECONDS = 60.0
ECHO = """
import sys
from console.backend.elevated.windows_pipe import PipeWire
wire = PipeWire.connect(sys.argv[1])
told = wire.read(100)
wire.write(b"%d of %d: " % (len(told), wire.peer_process()) + told)
wire.read(1)
"""


class Listener(PipeListener):
    """Starts what it is told to instead of the console's own helper."""

    def __init__(self):
        super().__init__()
        self.started = None

    def start(self, program):
        # As multiprocessing does it: a virtual environment's own python.exe only starts another process.
        environment = {**os.environ, "__PYVENV_LAUNCHER__": sys.executable}
        command = [sys._base_executable, "-c", program, self.address]
        self.started = subprocess.Popen(command, env=environment)
        rights = win32con.SYNCHRONIZE | win32con.PROCESS_QUERY_INFORMATION
        self._process = win32api.OpenProcess(rights, False, self.started.pid)
        return self.started.pid


@pytest.fixture
def listener():
    made = Listener()
    yield made
    made.close()
    if made.started is not None:
        made.started.kill()
        made.started.wait()


def test_that_both_ends_hear_each_other_and_know_the_others_process(listener):
    wire = listener.accept(listener.start(ECHO), SECONDS)
    assert wire.peer_process() == listener.started.pid
    wire.write(b"hello")
    told = wire.read(100)
    assert told == b"5 of %d: hello" % win32api.GetCurrentProcessId()
    wire.close()
    assert listener.started.wait(SECONDS) == 0


def test_that_a_process_that_is_not_the_helper_is_turned_away(listener):
    intruder = PipeWire.connect(listener.address)
    process = listener.start(f"import time\ntime.sleep(0.2)\n{ECHO}")  # until the intruder's place is free
    wire = listener.accept(process, SECONDS)
    wire.write(b"x")
    assert wire.read(100).endswith(b": x")
    with pytest.raises(OSError):
        intruder.write(b"let me in")
    wire.close()
    intruder.close()


def test_when_the_helper_ends_before_it_has_connected_nobody_waits_for_it(listener):
    process = listener.start("raise SystemExit(3)")
    began = time.monotonic()
    with pytest.raises(ConnectionError):
        listener.accept(process, SECONDS)
    assert time.monotonic() - began < SECONDS


def test_when_no_helper_comes_the_time_ends(listener):
    process = listener.start("import time; time.sleep(600)")
    with pytest.raises(TimeoutError):
        listener.accept(process, 0.2)


def test_that_the_end_of_the_helper_is_the_end_of_what_is_read(listener):
    wire = listener.accept(listener.start(ECHO), SECONDS)
    heard = []
    reader = threading.Thread(target=lambda: heard.append(wire.read(100)))
    reader.start()
    listener.started.kill()
    reader.join(SECONDS)
    assert heard == [b""]
    wire.close()


def test_that_the_pipes_name_is_taken_once():
    listener = PipeListener()
    assert listener.address.startswith("\\\\.\\pipe\\wcn-elevated-")
    assert listener.address != Listener().address
    listener.close()


@pytest.fixture(params=["installed", "in a virtual environment"])
def python(request, monkeypatch):
    """How the console's Python came to be; the second needs another way to be started."""
    if request.param != "installed":
        monkeypatch.setattr(sys, "base_prefix", "elsewhere")
    elif sys.prefix != sys.base_prefix:
        pytest.skip("the tests' Python is in a virtual environment")


@pytest.mark.skipif(not account_is_administrator(), reason="UAC would ask a person")
def test_that_the_consoles_own_helper_is_started_elevated_and_answers(python):
    """Windows' own PowerShell answers, or says nothing, as Wine's does: that failure comes back too."""
    name = f"wcn-test-{secrets.token_hex(8)}"  # nobody has a vSwitch of that name
    step = RunScript(script=REMOVE_VSWITCH.id, parameters={"SwitchName": name}, title=verbatim("remove it"))

    async def main():
        runner = await elevate((step,), PipeListener)
        try:
            return await runner.run(REMOVE_VSWITCH, {"SwitchName": name})
        except HostError as error:
            return error.failure
        finally:
            await runner.close()

    answer = asyncio.run(main())
    if is_wine():
        assert answer.script == REMOVE_VSWITCH.id
        assert answer.raw == "PowerShell wrote nothing."
    else:
        assert not change_of(answer).changed
