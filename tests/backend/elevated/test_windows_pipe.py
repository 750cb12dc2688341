"""The helper's named pipe, with real other processes; UAC itself is asked by nobody here."""

import asyncio
import subprocess
import sys
import threading
import time

import psutil
import pytest

from console.backend.elevated.runner import elevate
from console.backend.powershell.runner import HostError
from console.domain.plan import RunScript
from console.domain.scripts import REMOVE_VSWITCH
from console.domain.text import verbatim

if sys.platform != "win32":
    pytest.skip("named pipes are Windows'", allow_module_level=True)

import win32api
import win32con

from console.backend.elevated import windows_pipe
from console.backend.elevated.windows_pipe import PipeListener, PipeWire, starts_through_launcher
from console.backend.elevated.windows_processes import parent_of

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
        self.started = subprocess.Popen([sys.executable, "-c", program, self.address])
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


def helper_of(listener):
    """The process that ``start`` started, or in a virtual environment what its launcher started."""
    child = psutil.Process(listener.started.pid).children()
    return child[0].pid if starts_through_launcher() and child else listener.started.pid


def test_that_both_ends_hear_each_other_and_know_the_others_process(listener):
    wire = listener.accept(listener.start(ECHO), SECONDS)
    assert wire.peer_process() == helper_of(listener)
    wire.write(b"hello")
    told = wire.read(100)
    assert told == b"5 of %d: hello" % win32api.GetCurrentProcessId()
    wire.close()
    assert listener.started.wait(SECONDS) == 0


LAUNCHER = f"""
import subprocess, sys
raise SystemExit(subprocess.call([sys.executable, "-c", {ECHO!r}, sys.argv[1]]))
"""


@pytest.mark.skipif(starts_through_launcher(), reason="every test here goes through a real launcher then")
def test_that_what_a_launcher_starts_is_the_helper(listener, monkeypatch):
    """As the Python of a virtual environment starts the real one."""
    monkeypatch.setattr(windows_pipe, "starts_through_launcher", lambda: True)
    wire = listener.accept(listener.start(LAUNCHER), SECONDS)
    assert wire.peer_process() != listener.started.pid
    assert parent_of(wire.peer_process()) == listener.started.pid
    wire.write(b"hello")
    assert wire.read(100).endswith(b": hello")
    wire.close()
    assert listener.started.wait(SECONDS) == 0


def test_that_without_a_launcher_a_child_of_the_helper_is_turned_away(listener, monkeypatch):
    monkeypatch.setattr(windows_pipe, "starts_through_launcher", lambda: False)
    process = listener.start(LAUNCHER)
    with pytest.raises((TimeoutError, ConnectionError)):  # ended, or still trying, when the time is over
        listener.accept(process, 5)


def test_that_a_process_has_its_parent_while_it_is_there():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert parent_of(child.pid) == win32api.GetCurrentProcessId()
    child.communicate(b"\n")
    number = child.pid
    del child  # its handle keeps it in the list
    assert parent_of(number) is None


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


def test_that_the_consoles_own_helper_is_started_elevated_and_answers():
    """Without a PowerShell that says anything, the script's failure is what comes back."""
    step = RunScript(script=REMOVE_VSWITCH.id, parameters={"SwitchName": "x"}, title=verbatim("remove x"))

    async def main():
        runner = await elevate((step,), PipeListener)
        try:
            with pytest.raises(HostError) as caught:
                await runner.run(REMOVE_VSWITCH, {"SwitchName": "x"})
            return caught.value.failure
        finally:
            await runner.close()

    failure = asyncio.run(main())
    assert failure.script == REMOVE_VSWITCH.id
    assert failure.raw == "PowerShell wrote nothing."
