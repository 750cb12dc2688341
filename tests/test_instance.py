"""Two starts on one profile: the second raises the first's window and ends, and nothing is corrupted."""

import json
import os
import subprocess
import sys
import threading
import time
from queue import Queue

import pytest

from console.ui.instance import Instance, Meeting

ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
PATIENCE_SECONDS = 60


def console(profile, *words):
    command = [sys.executable, "-m", "console", "--practice", "--profile", str(profile), *words]
    return subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(condition, process):
    last = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < last
        time.sleep(0.05)  # another process can only be polled


def log_of(profile):
    file = profile / "logs" / "console.log"
    return file.read_text("utf-8") if file.exists() else ""


@pytest.fixture
def first(tmp_path):
    profile = tmp_path / "profile"
    process = console(profile)
    wait_for(lambda: "listening for further starts" in log_of(profile), process)
    yield process, profile
    process.terminate()
    process.communicate(timeout=PATIENCE_SECONDS)


def test_that_a_second_start_raises_the_first_and_ends(first):
    process, profile = first
    second = console(profile)
    assert second.communicate(timeout=PATIENCE_SECONDS)[1] == ""
    assert second.returncode == 0
    wait_for(lambda: "another start of the console came" in log_of(profile), process)
    assert process.poll() is None


def test_that_of_two_starts_at_once_one_is_the_console_and_the_other_ends(tmp_path):
    profile = tmp_path / "profile"
    starts = [console(profile) for _ in range(2)]

    def ended():
        return [process for process in starts if process.poll() is not None]

    last = time.monotonic() + PATIENCE_SECONDS
    while not ended():
        assert time.monotonic() < last
        time.sleep(0.05)  # another process can only be polled
    (second,) = ended()
    (one,) = (process for process in starts if process is not second)
    assert (second.returncode, second.communicate()[1]) == (0, "")
    wait_for(lambda: "another start of the console came" in log_of(profile), one)
    one.terminate()
    one.communicate(timeout=PATIENCE_SECONDS)


FURTHER_START = """
import sys
from pathlib import Path
from console.ui import instance

def pause(_seconds):
    print("asked in vain", flush=True)
    sys.stdin.readline()

instance.STARTING_SECONDS = float(sys.argv[2])
print(instance.meet(instance.Instance(Path(sys.argv[1])), {"host": "x"}, pause).name, flush=True)
"""


class Start:
    """A further start of the console: a process, which waits between its attempts until it is let on."""

    def __init__(self, folder, patience=PATIENCE_SECONDS):
        command = [sys.executable, "-c", FURTHER_START, str(folder), str(patience)]
        self._process = subprocess.Popen(
            command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lines = Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(line.strip())

    def says(self, qtbot):
        """The next that it says, while this program goes on listening."""
        qtbot.waitUntil(lambda: not self._lines.empty(), timeout=PATIENCE_SECONDS * 1000)
        return self._lines.get()

    def go_on(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def end(self):
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdin.close()
        self._process.stdout.close()


@pytest.fixture
def start(tmp_path):
    made = []

    def make(**how):
        made.append(Start(tmp_path, **how))
        return made[-1]

    yield make
    for one in made:
        one.end()


@pytest.fixture
def holder(qtbot, tmp_path):
    """A console that holds the profile and does not listen yet."""
    made = Instance(tmp_path)
    assert made.claim()
    yield made
    made.release()


def test_that_a_start_waits_until_a_console_that_is_starting_listens(holder, start, qtbot):
    asked = []
    holder.asked.connect(asked.append)
    second = start()
    assert second.says(qtbot) == "asked in vain"
    holder.listen(lambda: False)
    second.go_on()
    assert second.says(qtbot) == Meeting.HEARD.name
    assert asked == [{"host": "x"}]


def test_that_a_start_takes_over_from_a_console_that_is_leaving(holder, start, qtbot):
    asked = []
    holder.asked.connect(asked.append)
    holder.listen(lambda: True)
    second = start()
    assert second.says(qtbot) == "asked in vain"
    holder.release()
    second.go_on()
    assert second.says(qtbot) == Meeting.FIRST.name
    assert asked == []


def test_that_a_start_gives_up_on_a_console_that_never_listens(holder, start, qtbot):
    assert start(patience=0).says(qtbot) == Meeting.SILENT.name


def test_that_a_profile_that_can_not_be_made_is_held_by_nobody(tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    assert Instance(tmp_path / "taken").claim()


def test_that_a_killed_console_leaves_the_profile_to_the_next(tmp_path):
    profile = tmp_path / "profile"
    killed = console(profile)
    wait_for(lambda: "listening for further starts" in log_of(profile), killed)
    killed.kill()
    killed.communicate()
    (profile / "logs" / "console.log").unlink()
    following = console(profile)
    wait_for(lambda: "listening for further starts" in log_of(profile), following)
    following.terminate()
    following.communicate(timeout=PATIENCE_SECONDS)
    if sys.platform != "win32":  # there a process can't be asked to end, only be ended
        assert following.returncode == 0
        assert json.loads((profile / "window.json").read_text())["entries"]
