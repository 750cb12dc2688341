"""The window's program: its command line, its parts put together, its start and its end."""

from __future__ import annotations

import argparse
import asyncio
import faulthandler
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication, QMessageBox

from console.log_file import LogFile
from console.paths import Profile
from console.redaction import Redaction
from console.self_test.command import add_self_test
from console.startup import KnownHosts, Practice, added_host_names, known_connections, usual_build
from console.ui import application as ui
from console.ui.collection import IdleCollection
from console.ui.crashes import Crashes
from console.ui.instance import Instance, Meeting, meet
from console.ui.log_menu import LogMenu
from console.ui.log_settings import LogSettings
from console.ui.session import Session
from console.ui.tasks import Tasks, ask
from console.ui.widgets.log_notices import LogNotices
from console.ui.window import MainWindow
from console.ui.window_state import WindowState
from console.version import __version__

LOG = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0001
"""How long a thread may keep Python's lock while the window wants it. Python's own 5 ms are waited for
each time Qt calls back into Python, several times for one event: with data arriving in other threads
the window's turns were 17 to 25 ms late at the 99th percentile, and are 11 to 14 ms so.
"""

PAINT_SECONDS = 1.0
"""How long the first host waits for the window's first paint."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; returns the process' exit code."""
    options = parse(argv)
    if sys.stderr is not None:  # a windowed program on Windows has none
        faulthandler.enable()
    sys.setswitchinterval(SWITCH_SECONDS)
    profile = Profile(options.profile) if options.profile else Profile.standard()
    log = LogFile(profile.log, Redaction())
    try:
        return _in_window(options, profile, log)
    except Exception as error:  # noqa: BLE001 - whatever it is, without a terminal nobody else would tell it
        from console.last_words import say_the_end

        say_the_end(error, profile.crash_reports, log)
        return 1


def _in_window(options: argparse.Namespace, profile: Profile, log: LogFile) -> int:
    """Run the window, or have the console that is there come to the front; the exit code."""
    application = ui.make_application()
    instance = Instance(profile.folder)
    try:
        met = meet(instance, _wish(options))
        if met is Meeting.HEARD:
            return 0
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
            first = met is Meeting.FIRST
            running = run(options, application, profile, instance, log) if first else _say_held(profile)
            return runner.run(running)
    finally:
        instance.release()


def _wish(options: argparse.Namespace) -> dict[str, object]:
    """What this start would have shown, for the console that is there already."""
    return {"host": options.host, "practice": options.practice}


async def _say_held(profile: Profile) -> int:
    """Tell that another console has the profile and does not answer."""
    box = QMessageBox()
    box.setWindowTitle(ui.NAME)
    box.setText(box.tr("Another console that does not answer is using this profile."))
    box.setInformativeText(
        box.tr("End it in Task Manager, or start with --profile and another folder.\n{folder}").format(
            folder=profile.folder
        )
    )
    await ask(box)
    return 1


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command line. Ends the program where it can't be understood."""
    parser = argparse.ArgumentParser(
        prog="wcn-console", description="Windows container networking in a window."
    )
    parser.add_argument("--version", action="version", version=f"wcn-console {__version__}")
    add_self_test(parser)
    host = parser.add_mutually_exclusive_group()
    host.add_argument("--practice", action="store_true", help="open the practice host")
    host.add_argument(
        "--host", metavar="NAME|URL", help="open a docker context, an added host, or the engine at a URL"
    )
    parser.add_argument("--os", type=int, metavar="BUILD", help="the practice host's Windows build")
    parser.add_argument(
        "--scenario", metavar="NAME", default="default", help="what the practice host looks like"
    )
    parser.add_argument("--profile", type=Path, metavar="FOLDER", help="keep journal and window state there")
    options = parser.parse_args(argv)
    if options.host and "://" in options.host:
        _refuse_wrong_address(parser, options.host)
    elif options.host:
        profile = Profile(options.profile) if options.profile else Profile.standard()
        known = [*(connection.name for connection in known_connections()), *added_host_names(profile)]
        if options.host not in known:
            parser.error(f"no host is named {options.host!r}; there are: {', '.join(known)}")
    if options.os is None:
        try:
            options.os = usual_build(options.scenario)
        except ValueError as error:
            parser.error(str(error))
    return options


def _refuse_wrong_address(parser: argparse.ArgumentParser, url: str) -> None:
    from console.backend.connection import connection_at

    try:
        connection_at(url)
    except ValueError as error:
        parser.error(f"the address of --host can't be used: {error}")


async def run(
    options: argparse.Namespace,
    application: QApplication,
    profile: Profile,
    instance: Instance,
    log: LogFile,
) -> int:
    """Show the window, then open its host, then wait for its end; the exit code."""
    window: MainWindow | None = None
    tasks = Tasks()
    # Before the window: what fails in its making would be seen nowhere.
    crashes = Crashes(profile.crash_reports, log, lambda: window)
    crashes.install(asyncio.get_running_loop())
    tasks.failed.connect(crashes.take)
    try:
        state = WindowState(profile.window_state)
        look = ui.make_appearance(application, state)
        hosts = KnownHosts(profile, Practice(options.os, options.scenario), options.host, log.redaction.learn)
        session = Session(tasks)
        log_settings = LogSettings(log, profile.settings, tasks)
        window = MainWindow(session, tasks, look, state, hosts, LogMenu(log_settings))
        window.show()
        collection = IdleCollection(application, session)
        _close_on_signals(window)
        instance.asked.connect(_answer_to_others(window, tasks, hosts))
        tasks.start(_start(window, hosts, log_settings, instance, options), owner=window)
        await window.close_requested.wait()
        await window.say_goodbye()
        collection.stop()
        await hosts.close()
    finally:
        crashes.remove()
        await asyncio.to_thread(log.close)
    return 0


async def _start(
    window: MainWindow,
    hosts: KnownHosts,
    log_settings: LogSettings,
    instance: Instance,
    options: argparse.Namespace,
) -> None:
    """All that can wait for the first paint: the log's file, further starts, the first host.

    What a host needs is loaded in other threads, which take Python's lock from the paint.
    """
    with suppress(TimeoutError):  # a window that starts minimized is not painted
        await asyncio.wait_for(window.painted.wait(), PAINT_SECONDS)
    await log_settings.start()
    LOG.info("Container Network Console %s started", __version__)
    window.add_notice(LogNotices(log_settings))
    instance.listen(window.close_requested.is_set)
    choices = await hosts.choices()
    await window.open_host(next(one.id for one in choices if one.practice or not options.practice))


def _answer_to_others(
    window: MainWindow, tasks: Tasks, hosts: KnownHosts
) -> Callable[[dict[str, object]], None]:
    """Come to the front when the console is started again, with the host that was wanted then."""

    async def open_wanted(request: dict[str, object]) -> None:
        wanted = await hosts.wanted(request.get("host"), practice=bool(request.get("practice")))
        if wanted is not None:
            await window.open_host(wanted)

    def answer(request: dict[str, object]) -> None:
        window.come_to_front()
        tasks.start(open_wanted(request), owner=window)

    return answer


def _close_on_signals(window: MainWindow) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows' loops have no signal handlers
            loop.add_signal_handler(number, window.close)
