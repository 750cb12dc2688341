"""A sign of life that no crash leaves behind: a file locked for as long as its process lives.

The system lets go of such a lock however the process ends, so that "is whoever wrote this still at
work?" has an exact answer. Process ids are used again and clocks are set back; locks are neither.
"""

from __future__ import annotations

import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path


class ProcessLock:
    """One sign of life, named by a fresh :attr:`token`; taken until :meth:`release`."""

    def __init__(self, folder: Path) -> None:
        self.token = uuid.uuid4().hex
        self._path = folder / self.token
        folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if not _lock(self._file):
            raise OSError(f"{self._path} can't be locked")

    def release(self) -> None:
        """Let go; for others this token is dead from now on."""
        os.close(self._file)
        with suppress(OSError):  # left behind it does no harm: nobody holds it
            self._path.unlink()


def holder_lives(folder: Path, token: str) -> bool:
    """Whether the process that took this token still lives."""
    try:
        file = os.open(folder / token, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _lock(file)
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
