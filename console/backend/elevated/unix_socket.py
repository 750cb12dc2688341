"""The helper at a Unix socket. There is no UAC there: the helper runs with the rights of the console.

So it elevates nothing; it is the same protocol between two real processes, where Windows is not.
"""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 (tells the type checker that there are no such sockets)


class SocketWire:
    """A connected Unix socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    @classmethod
    def connect(cls, address: str) -> SocketWire:
        """To a listener's address. Raises OSError."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def read(self, size: int) -> bytes:
        """See ``Wire``."""
        return self._connection.recv(size)

    def write(self, data: bytes) -> None:
        """See ``Wire``."""
        self._connection.sendall(data)

    def peer_process(self) -> int:
        """Who connected, or who listened, as the kernel noted it then."""
        if sys.platform != "linux":
            raise OSError("only Linux tells here which process is at the other end")
        raw = self._connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", raw)[0])

    def close(self) -> None:
        """See ``Wire``."""
        with suppress(OSError):  # the other end was faster
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()


class SocketListener:
    """A socket in a folder that only this account can enter."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="wcn-")  # mode 0700
        self.address = str(Path(self._folder, "elevated"))
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(self.address)
        self._socket.listen(4)

    def start_helper(self, arguments: list[str]) -> int:
        """See ``Listener``. Nobody is asked."""
        command = [sys.executable, "-m", "console.cli", "elevated-helper", *arguments]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 (ourselves)
        threading.Thread(target=process.wait, daemon=True).start()  # so that it leaves no zombie
        return process.pid

    def accept(self, process: int, seconds: float) -> SocketWire:
        """See ``Listener``."""
        end = time.monotonic() + seconds
        while True:
            self._socket.settimeout(max(0.01, end - time.monotonic()))
            connection, _ = self._socket.accept()
            connection.settimeout(None)
            wire = SocketWire(connection)
            if wire.peer_process() == process:
                return wire
            wire.close()

    def close(self) -> None:
        """See ``Listener``."""
        self._socket.close()
        shutil.rmtree(self._folder, ignore_errors=True)
