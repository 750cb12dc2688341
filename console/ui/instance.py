"""One console to a profile: the second start raises the first one's window and ends.

A first one that is just ending is waited for: then the second is the first.

Whether another console holds the profile is told by a lock file (which a crash leaves behind, but not
locked); what the second wants of the first goes through a local socket that only this user can open.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from collections.abc import Callable, Mapping
from enum import Enum, auto
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal

logger = logging.getLogger(__name__)

LARGEST = 4096
"""Bytes of a request."""

HEARD, LEAVING = b"ok\n", b"leaving\n"
"""The answers: the window comes to the front; it is being closed."""

STARTING_SECONDS = 10.0
"""How long a console that holds the profile may take until it listens, or answers."""

LEAVING_SECONDS = 30.0
"""How long one that said that it is leaving may take: a step under way ends first, as do its threads."""

PAUSE_SECONDS = 0.05


class Meeting(Enum):
    """What a start of the console finds: nobody, one that heard what is wanted, one that says nothing."""

    FIRST = auto()
    HEARD = auto()
    SILENT = auto()


def socket_name(folder: Path) -> str:
    """The local socket of the console whose profile is ``folder``."""
    return f"wcn-console-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


class Instance(QObject):
    """The hold on one profile. ``asked(dict)`` carries what another start of the console wants."""

    asked = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._leaving: Callable[[], bool] = lambda: False
        self._lock: QLockFile | None = None
        self._server: QObject | None = None

    def claim(self) -> bool:
        """Take the profile. False where another console that lives has it.

        A folder that can't be made, or in which nothing can be written, is held by nobody: the console
        then runs without.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            logger.warning("The profile %s can't be made: %s", self.folder, error)
            return True
        lock = QLockFile(str(self.folder / "console.lock"))
        lock.setStaleLockTime(0)  # never by age: only a dead process loses its lock
        if lock.tryLock(0):
            self._lock = lock
            return True
        if lock.error() == QLockFile.LockError.LockFailedError:
            return False
        logger.warning("The profile %s can't be locked", self.folder)
        return True

    def listen(self, leaving: Callable[[], bool]) -> None:
        """Hear what further starts want; called once the window is painted.

        While ``leaving()`` they are told that this console is ending, and nothing is asked of it.
        """
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(socket_name(self.folder))  # what a crash left behind: the lock is ours
        if not server.listen(socket_name(self.folder)):
            logger.warning("Other starts of the console are not heard: %s", server.errorString())
            return
        server.newConnection.connect(self._greet)
        self._server, self._leaving = server, leaving
        logger.info("listening for further starts")

    def release(self) -> None:
        """Let the profile go."""
        from PySide6.QtNetwork import QLocalServer

        if isinstance(self._server, QLocalServer):
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _greet(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        assert isinstance(self._server, QLocalServer)  # noqa: S101 - only its signal leads here
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            self._hear(socket)

    def _hear(self, socket: Any) -> None:
        if socket.bytesAvailable() > LARGEST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        try:
            request = json.loads(bytes(socket.readLine(LARGEST).data()))
        except ValueError:
            request = None
        if isinstance(request, dict) and self._leaving():
            socket.write(LEAVING)
        elif isinstance(request, dict):
            logger.info("another start of the console came")
            socket.write(HEARD)
            self.asked.emit(request)
        socket.disconnectFromServer()


def meet(instance: Instance, request: Mapping[str, Any], pause: Callable[[float], None] = sleep) -> Meeting:
    """Take the profile, or tell the console that has it what is wanted. Blocks, needs no loop.

    That console is given time: one that is starting does not listen yet, and one that is ending lets the
    profile go soon. ``pause`` waits between two attempts, in seconds.
    """
    _let_it_come_to_the_front()
    begun, patience = monotonic(), STARTING_SECONDS
    while not instance.claim():
        left = begun + patience - monotonic()
        if left <= 0:
            return Meeting.SILENT
        answer = _ask(instance.folder, request, left)
        if answer == HEARD:
            return Meeting.HEARD
        if answer == LEAVING:
            patience = LEAVING_SECONDS
        pause(PAUSE_SECONDS)
    return Meeting.FIRST


def _ask(folder: Path, request: Mapping[str, Any], seconds: float) -> bytes:
    """What the console that holds the profile answers; b"" where it does not listen or says nothing."""
    from PySide6.QtNetwork import QLocalSocket

    wait_ms = int(seconds * 1000)
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    if not socket.waitForConnected(wait_ms):
        return b""
    socket.write(json.dumps(request).encode() + b"\n")
    socket.flush()
    socket.waitForReadyRead(wait_ms)
    answer = bytes(socket.readLine().data())
    socket.abort()
    return answer


def _let_it_come_to_the_front() -> None:
    """On Windows only the program in front may bring another one there."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
