"""One console to a profile: the second start raises the first one's window and ends.

Whether another console holds the profile is told by a lock file (which a crash leaves behind, but not
locked); what the second wants of the first goes through a local socket that only this user can open.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, Signal

logger = logging.getLogger(__name__)

LARGEST = 4096
"""Bytes of a request."""

ANSWER = b"ok\n"


def socket_name(folder: Path) -> str:
    """The local socket of the console whose profile is ``folder``."""
    return f"wcn-console-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


class Instance(QObject):
    """The hold on one profile. ``asked(dict)`` carries what another start of the console wants."""

    asked = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock: QLockFile | None = None
        self._server: QObject | None = None

    def claim(self) -> bool:
        """Take the profile. False where another console that lives has it.

        A folder in which nothing can be written is held by nobody: the console then runs without.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(self._folder / "console.lock"))
        lock.setStaleLockTime(0)  # never by age: only a dead process loses its lock
        if lock.tryLock(0):
            self._lock = lock
            return True
        if lock.error() == QLockFile.LockError.LockFailedError:
            return False
        logger.warning("The profile %s can't be locked", self._folder)
        return True

    def listen(self) -> None:
        """Hear what further starts want; called once the window is painted."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(socket_name(self._folder))  # what a crash left behind: the lock is ours
        if not server.listen(socket_name(self._folder)):
            logger.warning("Other starts of the console are not heard: %s", server.errorString())
            return
        server.newConnection.connect(self._greet)
        self._server = server
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
        if isinstance(request, dict):
            logger.info("another start of the console came")
            socket.write(ANSWER)
            self.asked.emit(request)
        socket.disconnectFromServer()


def ask_other(folder: Path, request: Mapping[str, Any], wait_ms: int = 3000) -> bool:
    """Tell the console that holds the profile what is wanted; whether it heard. Blocks, needs no loop."""
    from PySide6.QtNetwork import QLocalSocket

    _let_it_come_to_the_front()
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    if not socket.waitForConnected(wait_ms):
        return False
    socket.write(json.dumps(request).encode() + b"\n")
    socket.flush()
    heard = socket.waitForReadyRead(wait_ms) and bytes(socket.readLine().data()) == ANSWER
    socket.abort()
    return heard


def _let_it_come_to_the_front() -> None:
    """On Windows only the program in front may bring another one there."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
