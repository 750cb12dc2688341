"""What a program that can't go on says to a person who has no terminal: a saved report and a message box."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import qasync
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from console.crash_report import report_text, save_report
from console.log_file import LogFile
from console.ui import application as ui
from console.ui.tasks import ask

LOG = logging.getLogger(__name__)


def say_the_end(error: Exception, folder: Path, log: LogFile) -> None:
    """Save a report in ``folder`` and show where it is, until that is read (blocks).

    To be called where no event loop runs any more; without a QApplication there is no box.
    """
    if sys.stderr is not None:  # a windowed program on Windows has none
        traceback.print_exception(error)
    now = datetime.now(UTC)
    text = report_text(error, log.last_lines(), log.redaction, now)
    application = QApplication.instance()
    where = _saved(folder, text, now)
    if isinstance(application, QApplication):
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
            runner.run(_show(error, text, where))


def _saved(folder: Path, text: str, at: datetime) -> Path | None:
    try:
        return save_report(folder, text, at)
    except OSError as problem:
        LOG.warning("The crash report was not saved: %s", problem)
        return None


async def _show(error: Exception, text: str, where: Path | None) -> None:
    say = QCoreApplication.translate
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(ui.NAME)
    box.setText(say("LastWords", "The console ran into an internal error and can't go on."))
    told = f"{type(error).__name__}: {error}"[:500]
    how = say(
        "LastWords", "Start it again. If that does not help, start it with --profile and another folder."
    )
    report = (
        say("LastWords", "No report could be saved. Copy the details instead.")
        if where is None
        else say("LastWords", "A report was saved: {path}").format(path=where)
    )
    box.setInformativeText("\n\n".join((told, how, report)))
    box.setDetailedText(text)
    await ask(box)
