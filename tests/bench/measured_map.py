"""The map page of a host of 300 networks and 3,000 endpoints, opened, panned and zoomed; run by host_map.

``python -m tests.bench.measured_map REPORT`` writes what it measured as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from console.program import SWITCH_SECONDS
from console.ui.application import make_application
from console.ui.collection import IdleCollection
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.theme import Appearance, Theme
from console.ui.window import MainWindow
from console.ui.window_state import WindowState
from tests.domain.whole_hosts import big_host

NETWORKS, ENDPOINTS = 300, 3_000
SIZE = (1280, 800)
SCALES = (0.04, 0.1, 0.2, 0.33, 0.4, 0.61, 0.7, 1.0, 1.6, 3.0)
PANS, ZOOMS = 24, 8
ALL_OF_IT = 10**6


class Measured:
    """One window with the map page, and the time each frame of it took."""

    def __init__(self, snapshot, appearance: Appearance) -> None:
        self.tasks = Tasks()
        self.session = Session(self.tasks)
        self.session.snapshot = snapshot
        self.window = MainWindow(self.session, self.tasks, appearance, WindowState(None))
        self.window.resize(*SIZE)
        self.window.show()
        self.page = None

    async def open(self) -> float:
        """From the click in the navigation to the painted map, in ms."""
        start = time.perf_counter()
        self.page = self.window.page("map")
        await self._shown()
        return (time.perf_counter() - start) * 1000

    async def _shown(self) -> None:
        page, arrived = self.page, asyncio.Event()
        page._scene.arrived.connect(arrived.set)
        while page._is_outdated() or page._scene.picture is not page._drawing.picture:
            arrived.clear()
            await arrived.wait()
        page._view.viewport().repaint()

    async def unfold(self) -> int:
        """Draw each object as a node of its own; gives how many there are."""
        from console.domain.map.model import MapFilter

        self.page._show_filtered(MapFilter(fold_above=ALL_OF_IT, most_nodes=ALL_OF_IT))
        await self._shown()
        return len(self.page._scene.picture.nodes)

    async def frames(self) -> dict[str, list[float]]:
        """Whole frames, each painted anew though Qt would move most of it: by what was done."""
        taken: dict[str, list[float]] = {"pan": [], "zoom": [], "hover": []}
        view = self.page._view
        for scale in SCALES:
            view.zoom(scale / view.scale_now)
            view.viewport().repaint()
            for step in range(PANS):
                taken["pan"].append(self._frame(partial(self._pan_to, step / PANS)))
                await asyncio.sleep(0)
            for ref in list(self.page._scene.picture.nodes)[:: ENDPOINTS // 12]:
                taken["hover"].append(self._frame(partial(self.page._scene.hover, ref)))
            self.page._scene.hover(None)
            for step in range(ZOOMS):
                factor = 1.2 if step % 2 else 1 / 1.2
                taken["zoom"].append(self._frame(partial(view.zoom, factor, QPointF(400, 300))))
                await asyncio.sleep(0)
        return taken

    def _pan_to(self, share: float) -> None:
        view = self.page._view
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.setValue(round(bar.maximum() * share))

    def _frame(self, act) -> float:
        start = time.perf_counter()
        act()
        self.page._view.viewport().repaint()
        return (time.perf_counter() - start) * 1000


async def measure(application: QApplication, appearance: Appearance) -> dict:
    made = Measured(big_host(NETWORKS, ENDPOINTS), appearance)
    collection = IdleCollection(application, made.session)
    await asyncio.sleep(0.1)
    opened = await made.open()
    nodes = len(made.page._scene.picture.nodes)
    folded = await made.frames()
    all_nodes = await made.unfold()
    unfolded = await made.frames()
    collection.stop()
    await made.window.say_goodbye()
    return {
        "open_ms": opened,
        "nodes": nodes,
        "folded": folded,
        "all_nodes": all_nodes,
        "unfolded": unfolded,
    }


def main() -> None:
    application = make_application()
    sys.setswitchinterval(SWITCH_SECONDS)  # as the program does
    appearance = Appearance(application, Theme.LIGHT)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        measured = loop.run_until_complete(measure(application, appearance))
    Path(sys.argv[1]).write_text(json.dumps(measured))


if __name__ == "__main__":
    main()
