"""Two starts on one profile: the second raises the first's window and ends, and nothing is corrupted."""

import json
import os
import subprocess
import sys
import time

import pytest

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
