"""The menu of the log and what is said above the pages: the level is changed and kept, or it is said why
not; the folder is offered where there is one.
"""

import asyncio
import json
import logging

import pytest
from PySide6.QtWidgets import QVBoxLayout

from console import log_file
from console.backend.settings import read_settings
from console.log_file import LogFile
from console.redaction import Redaction
from console.ui.log_menu import LogMenu
from console.ui.log_settings import LogSettings
from console.ui.widgets.log_notices import LogNotices
from tests.person import Role

FOLDER = "&Open the log's folder"
ANEW = "&Start with the usual settings"
UNUSED = "Your settings are not used, and changes to them are not kept."
NEWER = {"kind": "settings", "version": 2, "content": {"log_level": "debug", "new": 1}}


@pytest.fixture
def started(tmp_path, run, tasks):
    """A log in a file on the level of the settings; closed at the end."""
    root = logging.getLogger().level
    logs = []

    def make(path, file="settings.json"):
        log = LogFile(path, Redaction())
        logs.append(log)
        settings = LogSettings(log, tmp_path / file, tasks)
        run(settings.start())
        return settings

    yield make
    for log in logs:
        run(asyncio.to_thread(log.close))
    logging.getLogger().setLevel(root)
    for name in log_file.LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture
def make_menu(started):
    menus = []

    def make(path):
        settings = started(path)
        menus.append(LogMenu(settings))
        menus[-1].aboutToShow.emit()
        return menus[-1], settings.log

    yield make
    for menu in menus:
        menu.deleteLater()


@pytest.fixture
def notices(started, tmp_path, desk):
    """What is said above the pages, of a log in its usual place."""

    def make(path=None, **how):
        settings = started(path or tmp_path / "logs" / "console.log", **how)
        QVBoxLayout(desk).addWidget(LogNotices(settings, desk))
        return settings

    return make


def entry(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def test_that_another_level_holds_at_once_and_at_the_next_start(make_menu, tmp_path, run, qtbot):
    menu, log = make_menu(tmp_path / "logs" / "console.log")
    assert entry(menu, "&Usual").isChecked()
    entry(menu, "&Warnings and errors").trigger()
    assert log.level == "warning"
    settings = tmp_path / "settings.json"
    qtbot.waitUntil(settings.exists)
    assert run(asyncio.to_thread(read_settings, settings)).log_level == "warning"
    menu.aboutToShow.emit()
    assert entry(menu, "&Warnings and errors").isChecked()
    assert not entry(menu, "&Usual").isChecked()


def test_that_the_folder_is_offered_only_where_the_log_is_written(make_menu, tmp_path):
    assert entry(make_menu(tmp_path / "logs" / "console.log")[0], FOLDER).isEnabled()
    (tmp_path / "taken").write_text("a file where the folder should be")
    unwritten = entry(make_menu(tmp_path / "taken" / "console.log")[0], FOLDER)
    assert not unwritten.isEnabled()
    assert "The log is not written" in unwritten.toolTip()
    in_memory = entry(make_menu(None)[0], FOLDER)
    assert not in_memory.isEnabled()
    assert "memory" in in_memory.toolTip()


def test_that_usual_settings_are_offered_only_where_a_file_is_in_their_way(make_menu, tmp_path):
    assert not entry(make_menu(tmp_path / "console.log")[0], ANEW).isVisible()
    (tmp_path / "settings.json").write_text(json.dumps(NEWER))
    offered = entry(make_menu(tmp_path / "console.log")[0], ANEW)
    assert offered.isVisible()
    assert "newer console" in offered.toolTip()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (json.dumps(NEWER), "was written by a newer console"),
        ("{", "is damaged"),
        (json.dumps({**NEWER, "version": 1, "content": {"log_level": "loud"}}), "there is no log level"),
    ],
)
def test_that_settings_that_can_not_be_read_are_told_kept_and_put_aside_on_request(
    notices, at_desk, tmp_path, content, reason
):
    file = tmp_path / "settings.json"
    file.write_text(content)
    settings = notices()
    at_desk.wait(lambda: at_desk.sees(UNUSED))
    assert at_desk.sees(reason)
    settings.choose("warning")
    assert settings.log.level == "warning"
    at_desk.wait(lambda: at_desk.sees(UNUSED))
    assert file.read_text() == content
    at_desk.click(Role.Button, "Start with the usual settings")
    at_desk.wait(lambda: not at_desk.sees(UNUSED))
    assert settings.log.level == "info"
    assert not file.exists()
    assert (tmp_path / "settings.json.old").read_text() == content
    settings.choose("error")
    at_desk.wait(file.exists)
    assert "error" in file.read_text()


def test_that_a_level_that_can_not_be_kept_holds_and_is_told(notices, at_desk, tmp_path):
    settings = notices(file="s" * 250)  # the file that is written beside it would have too long a name
    settings.choose("debug")
    at_desk.wait(lambda: at_desk.sees("The log's level holds until the console ends"))
    assert at_desk.sees("can't be written")
    assert settings.log.level == "debug"
    assert "Start with the usual settings" not in at_desk.names(Role.Button)


def test_that_a_file_that_can_not_be_put_aside_is_told(notices, at_desk, tmp_path):
    (tmp_path / "settings.json").write_text("{")
    (tmp_path / "settings.json.old").mkdir()
    notices()
    at_desk.waits_for(Role.Button, "Start with the usual settings")
    at_desk.click(Role.Button, "Start with the usual settings")
    at_desk.wait(lambda: at_desk.sees("can't be renamed"))


def test_that_a_log_that_is_not_written_is_told_with_its_place(notices, at_desk, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    notices(tmp_path / "taken" / "console.log")
    at_desk.wait(lambda: at_desk.sees("The console's log is not written."))
    assert at_desk.sees(str(tmp_path / "taken" / "console.log"))


def test_that_nothing_is_said_where_all_is_well(notices, at_desk):
    notices()
    assert not at_desk.sees(UNUSED)
    assert not at_desk.sees("The console's log is not written.")
