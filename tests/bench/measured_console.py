"""The console as ``wcn-console`` starts it, with a watch on its event loop.

Run as a program: ``measured_console START REPORT SECONDS [console's own words]``. START is the time at
which the process was asked for. The first paint of the window, the first rows in a table, each
turn of a 2 ms heartbeat and the memory are written to the file REPORT as JSON, after SECONDS of
watching that begin with the first rows. Meanwhile rows are selected, the first as soon as they are
there, and the time is taken until the event loop turns again. A SECONDS of 0 ends at the first rows.
"""

# ruff: noqa: E402
import gc

gc.disable()  # as console.__main__ does first

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from console import program
from console.ui import application as ui
from console.ui.window import FIRST_SIZE, MainWindow

BEAT_MS = 2
SELECT_EVERY_MS = 400
START, REPORT, SECONDS = float(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])


class Watch(QObject):
    """Sees the window's first paint and every heartbeat."""

    def __init__(self, application):
        super().__init__()
        self.first_paint = self.first_rows = None
        self.gaps = []
        self.arrived = None
        self.last_beat = None
        self.window = None
        self.most_rows = 0
        self.table = None
        self.selections = []
        self.beat = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self.beat.timeout.connect(self.take_beat)

    def painted(self, window):
        if self.first_paint is None:
            self.first_paint = time.time() - START
            self.window = window
            self.beat.start()

    def rows(self):
        from PySide6.QtWidgets import QTableView  # its import is no part of the start either

        if self.table is None:
            tables = self.window.findChildren(QTableView)
            self.table = next((one for one in tables if one.model() and one.model().rowCount()), None)
        return 0 if self.table is None else self.table.model().rowCount()

    def take_beat(self):
        now = time.perf_counter()
        # From the first beat on, which comes when the whole window is painted: nothing arrives before.
        if self.last_beat is not None and SECONDS:
            self.gaps.append((now - self.last_beat) * 1000 - BEAT_MS)
        if len(self.gaps) % 25 == 0 or self.first_rows is None:
            self.look(now)
        self.last_beat = time.perf_counter()

    def look(self, now):
        rows = self.rows()
        self.most_rows = max(self.most_rows, rows)
        if self.first_rows is None and rows:
            self.first_rows = time.time() - START
            self.arrived = now
            if SECONDS:
                QTimer.singleShot(0, self, self.select)
        if self.arrived is not None and now - self.arrived >= SECONDS:
            self.finish()

    def select(self):
        """Select another row each time, near the one before and far from it in turn."""
        rows = self.table.model().rowCount()
        if not rows:  # the window is closing
            return
        row = len(self.selections) * 37 % 500 if len(self.selections) % 2 else len(self.selections) * 5
        began = time.perf_counter()
        self.table.selectRow(row % rows)
        QTimer.singleShot(0, self, lambda: self.take_selection(began))

    def take_selection(self, began):
        self.selections.append((time.perf_counter() - began) * 1000)
        QTimer.singleShot(SELECT_EVERY_MS, self, self.select)

    def finish(self):
        import psutil  # its import is no part of the console's start

        self.beat.stop()
        report = {
            "first_paint": self.first_paint,
            "first_rows": self.first_rows,
            "gaps_ms": self.gaps,
            "selections_ms": self.selections,
            "rows": self.most_rows,
            "rss": psutil.Process().memory_info().rss,
        }
        REPORT.write_text(json.dumps(report))
        self.window.close()


watches = []
make_application = ui.make_application


def make_watched_application():
    application = make_application()
    watches.append(Watch(application))
    return application


def show_in_first_size(window):
    window.resize(FIRST_SIZE)  # the offscreen screen is smaller than people's
    show(window)


def paint_watched(window, event):
    paint(window, event)
    watches[0].painted(window)


# No event filter: with one in Python, PySide loads all of its classes for the first event.
show, MainWindow.show = MainWindow.show, show_in_first_size
paint, MainWindow.paintEvent = MainWindow.paintEvent, paint_watched
ui.make_application = make_watched_application
sys.exit(program.main(sys.argv[4:]))
