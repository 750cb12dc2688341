"""What UI tests get: an event loop that runs for the whole test, and watchers that fail a test which
blocks the UI thread or leaves something behind.
"""

import asyncio
import contextlib
import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# shiboken's import hook collides with pydantic's lazy imports when PySide6 is imported first.
import console.domain.snapshot  # noqa: F401, I001
import pytest
import qasync
from blockbuster import BlockBuster
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from console.backend.journal import Journal
from console.startup import practice_session
from console.ui.application import make_application
from console.ui.session import Session
from console.ui.tasks import Tasks
from console.ui.theme import Appearance, Theme
from console.ui.window import MainWindow
from console.ui.window_state import WindowState
from tests.person import Person
from tests.ui.practice_host import Practice

OFF_UI = "off-ui"
THREADS_END_MS = 15_000


@pytest.fixture(scope="session")
def qapp_cls():
    def make(arguments):
        return make_application(["tests"])

    make.instance = QApplication.instance
    return make


@pytest.fixture(scope="session")
def appearance(qapp):
    # As with a screen reader: else Qt does not keep the accessible tree of a table up to date.
    QAccessible.setActive(True)
    return Appearance(qapp, Theme.LIGHT)


@pytest.fixture(scope="session")
def qt_loop(qapp):
    # Never stopped: QCoreApplication.exit() outside exec() would end every later inner loop at once.
    loop = qasync.QEventLoop(qapp, already_running=True)
    loop.set_default_executor(ThreadPoolExecutor(2, OFF_UI))
    asyncio._set_running_loop(None)
    return loop


@pytest.fixture
def loop(qt_loop, qtbot):
    """The running loop: coroutines move along whenever qtbot lets Qt's events through."""
    errors = []
    qt_loop.set_exception_handler(lambda _loop, context: errors.append(context))
    asyncio._set_running_loop(qt_loop)
    yield qt_loop
    left = asyncio.all_tasks(qt_loop)
    for task in left:
        task.cancel()
    qtbot.waitUntil(lambda: all(task.done() for task in left))
    asyncio._set_running_loop(None)
    assert not errors, errors


@pytest.fixture(autouse=True)
def ui_thread_never_blocks(loop):
    detector = BlockBuster(scanned_modules=["console"])
    for function in detector.functions.values():
        # shiboken reads the source of each module that imports Qt, to see whether it wants snake_case.
        function.can_block_in("inspect.py", {"findsource", "getsourcefile", "getmodule"})
        function.can_block_in("linecache.py", {"updatecache", "checkcache"})
    detector.activate()
    yield
    detector.deactivate()


@pytest.fixture(scope="session", autouse=True)
def old_objects_are_not_looked_at():
    """What is there before the first window stays: each test collects what came since, not all of that."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def nothing_is_left_behind(qapp, qtbot):
    threads = _threads()
    windows = set(qapp.topLevelWidgets())
    yield

    def ended():
        left = [thread.name for thread in _threads() - threads]
        assert not left, f"threads that did not end: {left}"

    qtbot.waitUntil(ended, timeout=THREADS_END_MS)
    gc.collect()
    left = [one for one in qapp.topLevelWidgets() if one not in windows and one.isVisible()]
    assert not left, f"windows left open: {left}"


def _threads():
    return {
        thread
        for thread in threading.enumerate()
        if not thread.name.startswith((OFF_UI, "Dummy")) and thread.is_alive()
    }


@pytest.fixture
def run(loop, qtbot):
    """Run a coroutine to its end while Qt's events go on, and give its result."""

    def until_done(coro, timeout=30_000):
        task = loop.create_task(coro)
        qtbot.waitUntil(task.done, timeout=timeout)
        return task.result()

    return until_done


@pytest.fixture
def tasks(loop, qtbot, run):
    made = Tasks()
    failures = []
    made.failed.connect(failures.append)
    yield made
    run(made.close())
    assert not failures, failures


@pytest.fixture
def session(tasks, run):
    made = Session(tasks)
    yield made
    run(made.close())


@pytest.fixture
def state():
    return WindowState(None)


@pytest.fixture
def make_window(session, tasks, appearance, state, qtbot, run):
    """Open the real window on ``session`` and wait until it is in front."""
    made = []

    def make(hosts=None, size=(1280, 800)):
        window = MainWindow(session, tasks, appearance, state, hosts)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
        qtbot.waitUntil(lambda: window.findChild(QStackedWidget).count())  # the first page follows its frame
        made.append(window)
        return window

    yield make
    for window in made:
        with contextlib.suppress(RuntimeError):
            run(window.say_goodbye(2.0))
            window.deleteLater()


@pytest.fixture
def person(make_window, qtbot):
    return Person(qtbot, make_window())


@pytest.fixture
def journal(profile, run):
    made = Journal(profile.journal)
    yield made
    run(asyncio.to_thread(made.close))


@pytest.fixture
def practice(journal, run, loop):
    """Open practice hosts: ``practice(scenario="empty")`` gives what serves one."""
    opened = []

    def make(**how):
        made = run(asyncio.to_thread(practice_session, journal, **how))
        opened.append(made)
        return made

    yield make
    for one in opened:
        run(one.close())


@pytest.fixture
def before_host(practice, session, person, run):
    """Show a practice host in the window: ``before_host(scenario="crowded")`` gives the person before it."""

    def make(**how):
        run(session.open(practice(**how).service))
        person.wait(lambda: session.connected and bool(session.network_rows))
        return person

    return make


@pytest.fixture
def at_practice_host(before_host):
    """A person before the window, which shows a practice host's networks."""
    person = before_host()
    person.wait(lambda: bool(person.rows("Networks")))
    return person


@pytest.fixture
def lab(practice, session, run, qtbot, journal, profile):
    """A session without a window, on a practice host with networks and a container of its own."""
    made = Practice(practice(scenario="empty"), session, run, qtbot, journal, profile.journal)
    run(asyncio.to_thread(made.prepare))
    made.open()
    yield made
    run(session.close())


@pytest.fixture
def desk(qtbot, appearance):
    """A window for what is tested to stand in or in front of."""
    window = QWidget()
    window.resize(1000, 700)
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def at_desk(desk, qtbot):
    return Person(qtbot, desk)
