"""Unhandled exceptions: one dialog, a saved report, no secret in either, from wherever they come."""

import asyncio
import sys
import threading

import pytest
from pydantic import SecretStr
from PySide6.QtWidgets import QApplication, QDialog

from console.domain.credentials import REMOVED
from console.log_file import LogFile
from console.redaction import Redaction
from console.ui.crashes import CrashDialog, Crashes
from tests.person import Person, Role


@pytest.fixture
def redaction():
    made = Redaction()
    made.learn(SecretStr("correct horse battery"))
    return made


@pytest.fixture
def crashes(tmp_path, redaction, make_window, loop, qtbot):
    window = make_window()
    handler = loop._exception_handler
    made = Crashes(tmp_path / "crashes", LogFile(None, redaction), redaction, lambda: window)
    made.install(loop)
    yield made
    made.remove()
    loop.set_exception_handler(handler)
    for dialog in window.findChildren(QDialog):
        dialog.close()


def dialogs():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]


def reports(folder):
    return sorted((folder / "crashes").glob("crash-*.txt"))


def failure():
    try:
        raise ZeroDivisionError("the password was correct horse battery")
    except ZeroDivisionError as error:
        return error


def from_slot():
    sys.excepthook(ZeroDivisionError, failure(), None)


def from_thread():
    def fail():
        raise failure()

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def from_loop():
    def fail():
        raise failure()

    asyncio.get_running_loop().call_soon(fail)


@pytest.mark.parametrize("cause", [from_slot, from_thread, from_loop])
def test_that_it_is_shown_once_with_details_to_copy_and_a_report(crashes, cause, qtbot, tmp_path, run):
    cause()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    person = Person(qtbot, dialogs()[0])
    person.wait(lambda: person.reads("Report").startswith("A report was saved: "))
    person.press_button("Copy: Details")
    (report,) = run(asyncio.to_thread(reports, tmp_path))
    words = run(asyncio.to_thread(report.read_text, "utf-8"))
    assert QApplication.clipboard().text() == words
    assert "ZeroDivisionError" in words
    assert "correct horse" not in words
    assert REMOVED in words
    person.press_button("Close")
    qtbot.waitUntil(lambda: not dialogs())


def test_that_further_ones_are_counted_in_the_dialog_that_is_open(crashes, qtbot, tmp_path, run):
    for _ in range(4):
        crashes.take(failure())
    qtbot.waitUntil(lambda: len(run(asyncio.to_thread(reports, tmp_path))) == 4)
    (dialog,) = dialogs()
    person = Person(qtbot, dialog)
    assert person.sees("3 more since then")
    assert person.can(Role.Button, "Close")


def test_that_ctrl_c_is_no_crash(crashes, monkeypatch):
    told = []
    crashes._hooks = (lambda *error: told.append(error), crashes._hooks[1])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(told) == 1
    assert not dialogs()
