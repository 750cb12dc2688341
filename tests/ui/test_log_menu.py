"""The menu of the log: the level is changed and kept, and the folder is offered where there is one."""

import asyncio
import logging

import pytest

from console import log_file
from console.backend.settings import read_settings
from console.log_file import LogFile
from console.redaction import Redaction
from console.ui.log_menu import LogMenu
from console.ui.tasks import Tasks

FOLDER = "&Open the log's folder"


@pytest.fixture
def make_menu(tmp_path, run, qtbot):
    """A menu of a started log in a file; closed at the end."""
    root = logging.getLogger().level
    logs = []

    def make(path):
        log = LogFile(path, Redaction())
        run(asyncio.to_thread(log.start))
        logs.append(log)
        menu = LogMenu(log, tmp_path / "settings.json", Tasks())
        qtbot.addWidget(menu)
        menu.aboutToShow.emit()
        return menu, log

    yield make
    for log in logs:
        run(asyncio.to_thread(log.close))
    logging.getLogger().setLevel(root)
    for name in log_file.LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)


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
    assert not entry(make_menu(tmp_path / "taken" / "console.log")[0], FOLDER).isEnabled()
    assert not entry(make_menu(None)[0], FOLDER).isEnabled()
