"""The window is opened on a practice host, goes through the loop once, and is closed again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from console.backend.journal import Journal
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.paths import Profile
from console.self_test.report import Facts, PartFailedError
from console.startup import KnownHosts, Practice
from console.ui.application import make_appearance
from console.ui.loading import loaded
from console.ui.pages.registry import PAGES
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.window import MainWindow
from console.ui.window_state import WindowState

OS_BUILD = 20348
NETWORK = "self-test"
LONGEST_SECONDS = 90.0
LONGEST_WAIT_SECONDS = 30.0


def first_paint(application: QApplication, folder: Path, since: float | None) -> Facts:
    """Open the window on no host and close it once it is painted. Raises PartFailedError.

    ``since`` is when the process was started, in seconds since 1970, by whoever measures it.
    """
    return _with_window(application, Profile(folder), partial(_painted, since))


def open_and_close(application: QApplication, folder: Path) -> Facts:
    """Everything a person does once, with the profile in ``folder``. Raises PartFailedError."""
    profile = Profile(folder)
    facts = _with_window(application, profile, _go_through)
    return {**facts, "journal entries": _journalled(profile)}


Visit = Callable[[MainWindow, Session], Awaitable[Facts]]


def _with_window(application: QApplication, profile: Profile, visit: Visit) -> Facts:
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(asyncio.wait_for(_opened(application, profile, visit), LONGEST_SECONDS))


async def _opened(application: QApplication, profile: Profile, visit: Visit) -> Facts:
    """Open the window as the program does, let ``visit`` use it, and close it again."""
    hosts = KnownHosts(profile, Practice(OS_BUILD))
    state = WindowState(profile.window_state)
    tasks = Tasks()
    failures: list[BaseException] = []
    tasks.failed.connect(failures.append)
    session = Session(tasks)
    window = MainWindow(session, tasks, make_appearance(application, state), state, hosts)
    try:
        facts = await visit(window, session)
    finally:
        await window.say_goodbye()
        await hosts.close()
    if failures:
        raise PartFailedError("\n".join(f"{type(one).__name__}: {one}" for one in failures))
    if window.isVisible():
        raise PartFailedError("the window did not close")
    return facts


async def _painted(since: float | None, window: MainWindow, _session: Session) -> Facts:
    watcher = _PaintWatcher(window)
    window.show()
    try:
        moment = await asyncio.wait_for(watcher.painted, LONGEST_WAIT_SECONDS)
    except TimeoutError:
        raise PartFailedError("the window was never painted") from None
    return {} if since is None else {"seconds from the start": round(moment - since, 3)}


class _PaintWatcher(QObject):
    """``painted`` becomes the time of the first paint of ``widget``, in seconds since 1970."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.painted: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.painted.done():
            self.painted.set_result(time.time())
        return False


async def _go_through(window: MainWindow, session: Session) -> Facts:
    window.show()
    await window.open_host(Practice(OS_BUILD).choice_id)
    seen = "the practice host is seen"
    await _until(session, lambda: session.connected and session.snapshot is not None, seen)
    for page in PAGES:
        await loaded(page.module)
        window.page(page.id)
        await asyncio.sleep(0)
    await _change(session)
    return {"pages": len(PAGES)}


async def _change(session: Session) -> None:
    """Create a network and remove it, each as a plan, and see both on the host."""
    service = session.service
    if service is None:
        raise PartFailedError("the practice host was let go")
    spec = NetworkSpec(name=NETWORK, driver="nat")
    created = Plan(title=N_("SelfTest", "Create a network"), steps=(CreateNetwork(spec=spec),))
    removal = RemoveNetwork(network=NETWORK, name=NETWORK)
    removed = Plan(title=N_("SelfTest", "Remove a network"), steps=(removal,))
    for plan in (created, removed):
        outcome = await service.apply(plan)
        if not outcome.completed:
            raise PartFailedError(f"{plan.title} failed: {outcome.states}")
        if plan is created:
            await _until(session, lambda: NETWORK in _names(session.snapshot), "the network is seen")
    await _until(session, lambda: NETWORK not in _names(session.snapshot), "the network is gone")


def _names(snapshot: Snapshot | None) -> set[str]:
    networks = snapshot.networks.known() if snapshot is not None else None
    return {network.name for network in networks or ()}


async def _until(session: Session, holds: Callable[[], bool], what: str) -> None:
    """Wait until that holds of what the session knows. Raises PartFailedError."""
    changed = asyncio.Event()
    connections = [
        signal.connect(lambda _news: changed.set())
        for signal in (session.snapshotChanged, session.statusChanged)
    ]
    try:
        async with asyncio.timeout(LONGEST_WAIT_SECONDS):
            while not holds():
                changed.clear()
                await changed.wait()
    except TimeoutError:
        raise PartFailedError(f"this did not come about in {LONGEST_WAIT_SECONDS:.0f} s: {what}") from None
    finally:
        for connection in connections:
            QObject.disconnect(connection)


def _journalled(profile: Profile) -> int:
    """How many plans the journal kept, read as the next start reads it. Raises PartFailedError."""
    journal = Journal(profile.journal)
    try:
        entries = journal.entries()
        done = [entry for entry in entries if all(one.state == "done" for one in entry.states)]
        if len(done) != 2 or journal.interrupted():
            raise PartFailedError(f"the journal should have two plans, both done; it has {entries}")
        return len(done)
    finally:
        journal.close()
