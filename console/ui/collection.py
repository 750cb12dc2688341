"""When garbage is collected: never in the middle of what a person does.

A full collection walks every object: with 5,000 networks and 20,000 endpoints that is far more than
the 16 ms of a frame, and Python would do it whenever enough objects came to be, that is while data
arrives. Records make no cycles and are freed without it. So: young objects are collected as ever,
large arrivals are frozen (not walked any more), and everything is collected when nobody looks.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from console.ui.session import Session

# Collections of the two young generations stay below a millisecond or two at these sizes: the second
# walks the product of both numbers, at up to 200 ns an object.
YOUNG_THRESHOLDS = (1_500, 4)

# Python's own oldest generation is left to :class:`IdleCollection`.
NEVER = 1_000_000

AWAY_SECONDS = 3
"""How long the person has been with another program before everything is walked."""

LONGEST_SECONDS = 30 * 60
"""After this time everything is walked even if the person never left."""

LARGE = 1_000
"""From how many rows on an arrival is worth freezing."""


class IdleCollection(QObject):
    """Takes over from Python's schedule until :meth:`stop` gives it back. Made after the first paint:
    what is there then stays, and is frozen at once. Up to then the collector may be off.
    """

    def __init__(self, application: QApplication, session: Session) -> None:
        super().__init__(application)
        session.networkRowsChanged.connect(lambda rows: self.arrived(len(rows)))
        self._before = gc.get_threshold()
        gc.set_threshold(*YOUNG_THRESHOLDS, NEVER)
        gc.freeze()
        gc.enable()
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(AWAY_SECONDS * 1000)
        self._away.timeout.connect(self.collect)
        self._longest = QTimer(self)
        self._longest.setInterval(LONGEST_SECONDS * 1000)
        self._longest.timeout.connect(self.collect)
        self._longest.start()
        application.applicationStateChanged.connect(self._state_changed)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._away.stop()
        else:
            self._away.start()

    def arrived(self, rows: int) -> None:
        """``rows`` are shown: from now on the collector passes over a large number of them."""
        if rows >= LARGE:
            gc.freeze()

    def collect(self) -> None:
        """Free all cycles there are, also among what was frozen."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Python's own schedule again."""
        self._away.stop()
        self._longest.stop()
        gc.unfreeze()
        gc.set_threshold(*self._before)
