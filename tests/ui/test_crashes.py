"""Unhandled exceptions: one dialog, a saved report, no secret in either, from wherever they come."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr
from PySide6.QtWidgets import QApplication, QDialog

from console.domain.credentials import REMOVED
from console.log_file import LogFile
from console.redaction import Redaction
from console.ui.crashes import FURTHER_REPORTS, Crashes
from console.ui.dialogs.crash import CrashDialog
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
    made = Crashes(tmp_path / "crashes", LogFile(None, redaction), lambda: window)
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


def failure_at(line, words):
    """A failure whose traceback ends at its own line of one file."""
    try:
        exec(compile("\n" * line + "raise ValueError(words)", "elsewhere.py", "exec"), {"words": words})
    except ValueError as error:
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


def written(qtbot, crashes, run, tmp_path):
    """The reports' texts once all are written."""
    qtbot.waitUntil(lambda: not any(one.name == "crash-report" for one in threading.enumerate()))

    def read():
        return [one.read_text("utf-8").partition("Last lines of the log")[0] for one in reports(tmp_path)]

    return run(asyncio.to_thread(read))


def test_that_the_same_again_and_again_is_only_counted(crashes, qtbot, tmp_path, run):
    for _ in range(50):
        crashes.take(failure())
    (dialog,) = dialogs()
    person = Person(qtbot, dialog)
    assert person.sees("49 more since then")
    assert person.can(Role.Button, "Close")
    assert sum(one.name == "crash-report" for one in threading.enumerate()) <= 1
    assert len(written(qtbot, crashes, run, tmp_path)) == 1


def test_that_what_follows_pushes_neither_the_first_report_out_nor_its_place_in_the_dialog(
    crashes, qtbot, tmp_path, run
):
    crashes.take(failure_at(0, "the cause"))
    for line in range(1, 60):
        crashes.take(failure_at(line, f"what follows {line}"))
    (dialog,) = dialogs()
    person = Person(qtbot, dialog)
    person.wait(lambda: person.reads("Report").startswith("A report was saved: "))
    qtbot.waitUntil(lambda: len(run(asyncio.to_thread(reports, tmp_path))) == 1 + FURTHER_REPORTS)
    assert len(written(qtbot, crashes, run, tmp_path)) == 1 + FURTHER_REPORTS
    told = Path(person.reads("Report").removeprefix("A report was saved: "))
    assert "the cause" in run(asyncio.to_thread(told.read_text, "utf-8"))
    assert person.sees("59 more since then")
    assert "the cause" in person.reads("Details")


def test_that_after_the_dialog_was_closed_the_next_one_is_told_anew(crashes, qtbot, tmp_path, run):
    for count in (1, 2):
        crashes.take(failure())
        person = Person(qtbot, dialogs()[0])
        person.wait(lambda person=person: person.reads("Report").startswith("A report was saved: "))
        person.press_button("Close")
        qtbot.waitUntil(lambda: not dialogs())
        assert len(run(asyncio.to_thread(reports, tmp_path))) == count


def test_that_a_report_that_can_not_be_saved_is_told_and_can_be_copied(crashes, qtbot, tmp_path):
    (tmp_path / "crashes").write_text("a file where the folder should be")
    crashes.take(failure())
    person = Person(qtbot, dialogs()[0])
    person.wait(lambda: person.reads("Report") == "No report could be saved. Copy the details instead.")
    assert "ZeroDivisionError" in person.reads("Details")


def test_that_a_repeat_does_not_fill_the_log_with_the_same_lines(crashes, caplog):
    for _ in range(3):
        crashes.take(failure())
    assert [record.exc_info is not None for record in caplog.records] == [True, False, False]


def test_that_ctrl_c_is_no_crash(crashes, monkeypatch):
    told = []
    crashes._hooks = (lambda *error: told.append(error), crashes._hooks[1])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(told) == 1
    assert not dialogs()
