"""The window on a large host with the wizard open, and somebody typing a subnet into it.

Run as a program: ``measured_wizard REPORT URL NETWORKS FOLDER``. Begins when that many networks of the
engine at URL are in the table; the turns of a 2 ms heartbeat from the first key to the last
verdict are written to REPORT as JSON. Journal and window state go to FOLDER.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import qasync
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWizard

from console.backend.connection import Connection
from console.backend.journal import Journal
from console.paths import Profile
from console.startup import real_host
from console.ui.application import make_appearance, make_application
from console.ui.collection import IdleCollection
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.window import FIRST_SIZE, MainWindow
from console.ui.window_state import WindowState
from console.ui.wizards.flow import StepId
from console.ui.wizards.network import NetworkWizard

BEAT_MS = 2
KEY_SECONDS = 0.12
"""Between two keys: a quick typist, and time enough for each to be judged."""
TAKEN, FREE = "10.64.7.0/24", "10.9.0"
"""First a subnet that is taken, then it is rubbed out and a free one begun: 30 keys."""


class Heartbeat(QObject):
    """How late each turn of the event loop came, in milliseconds."""

    def __init__(self):
        super().__init__()
        self.late = []
        self._last = time.perf_counter()
        beat = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        beat.timeout.connect(self._take)
        beat.start()

    def _take(self):
        now = time.perf_counter()
        self.late.append((now - self._last) * 1000 - BEAT_MS)
        self._last = now


async def until(condition):
    while not condition():  # noqa: ASYNC110 (what is waited for is Qt's and has no asyncio.Event)
        await asyncio.sleep(0.05)


async def type_subnet(wizard):
    field = next(one for one in wizard.findChildren(QLineEdit) if one.accessibleName() == "Subnet")
    field.clear()
    keys = [*TAKEN, *[Qt.Key.Key_Backspace] * len(TAKEN), *FREE]
    await until(lambda: wizard.state.settled)
    heartbeat = Heartbeat()
    for key in keys:
        QTest.keyClick(field, key)
        await asyncio.sleep(KEY_SECONDS)
    await until(lambda: wizard.state.settled)
    return {"gaps_ms": heartbeat.late, "keys": len(keys)}


async def main(application):
    url, networks, folder = sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    profile = Profile(folder)
    state = WindowState(profile.window_state)
    tasks = Tasks()
    session = Session(tasks)
    window = MainWindow(session, tasks, make_appearance(application, state), state, None)
    window.resize(FIRST_SIZE)  # the offscreen screen is smaller than people's
    window.show()
    collection = IdleCollection(application, session)
    journal = await asyncio.to_thread(Journal, profile.journal)
    opened = real_host(Connection(id="bench", name="bench", url=url, source="manual"), journal)
    await session.open(opened.service, opened.close)
    await until(lambda: len(session.network_rows) >= networks)
    wizard = NetworkWizard(session, tasks, window)
    wizard.open()
    await until(lambda: wizard.state.settled)
    wizard.button(QWizard.WizardButton.NextButton).click()
    await until(lambda: wizard.step_id is StepId.ADDRESSES and wizard.state.settled)
    measured = await type_subnet(wizard)
    wizard.reject()
    await window.say_goodbye()
    collection.stop()
    await asyncio.to_thread(journal.close)
    return measured


application = make_application()
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
    report = runner.run(main(application))
Path(sys.argv[1]).write_text(json.dumps(report))
