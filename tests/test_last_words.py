"""A console that can't start says so in a window of its own, and leaves a report."""

import os
import subprocess
import sys

import pytest

ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
PATIENCE_SECONDS = 60
FAILING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from console import program

def fail(*_words):
    raise ZeroDivisionError("in the making")

def read():
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QMessageBox) and box.isVisible():
            print(box.text(), box.informativeText(), "ZeroDivisionError" in box.detailedText(), flush=True)
            box.accept()

def make():
    application = made()
    application.reader = QTimer()
    application.reader.timeout.connect(read)
    application.reader.start(20)
    return application

made, program.ui.make_application = program.ui.make_application, make
setattr(program, sys.argv[1], fail)
sys.exit(program.main(["--practice", "--profile", sys.argv[2]]))
"""


def start_failing(profile, part):
    """A console whose start fails where ``part`` of it is made."""
    command = [sys.executable, "-c", FAILING, part, str(profile)]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize("part", ["Instance", "KnownHosts", "MainWindow", "IdleCollection"])
def test_that_what_fails_before_the_window_is_there_is_shown_and_reported(tmp_path, part):
    told = start_failing(tmp_path, part)
    assert told.returncode == 1
    assert "can't go on" in told.stdout
    assert "ZeroDivisionError: in the making" in told.stdout
    assert told.stdout.rstrip().endswith("True")
    assert "ZeroDivisionError" in told.stderr
    (report,) = (tmp_path / "crashes").iterdir()
    assert str(report) in told.stdout
    assert "in the making" in report.read_text("utf-8")


def test_that_a_profile_that_can_not_be_made_does_not_keep_the_window_away(tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    program = (
        "import sys\n"
        "from console import program\n"
        "from console.ui.window import MainWindow\n"
        "crashes = []\n"
        "program.Crashes.take = lambda _self, error: crashes.append(error)\n"
        "open_host = MainWindow.open_host\n"
        "async def opened(window, choice):\n"
        "    await open_host(window, choice)\n"
        "    print('a host is open:', len(window._session.hosts), flush=True)\n"
        "    window.close()\n"
        "MainWindow.open_host = opened\n"
        "code = program.main(['--practice', '--profile', sys.argv[1]])\n"
        "print('crashes:', crashes, 'code:', code)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "taken")]
    told = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert told.stdout.split("\n")[:2] == ["a host is open: 1", "crashes: [] code: 0"], told.stderr


def test_that_without_a_place_for_a_report_the_details_are_in_the_box(tmp_path):
    (tmp_path / "crashes").write_text("a file where the folder should be")
    told = start_failing(tmp_path, "MainWindow")
    assert "No report could be saved" in told.stdout
    assert told.stdout.rstrip().endswith("True")
