"""A file put into another's place, also where Windows lets nobody have that place for a moment."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

SECONDS = 2.0
"""How long it is tried again: on Windows a virus scanner or an indexer may hold the old file for a moment."""


def replace_file(written: str | Path, target: str | Path) -> None:
    """Rename ``written`` to ``target``, which is one of both at any time. Blocks; raises OSError."""
    last = time.monotonic() + SECONDS
    while True:
        try:
            os.replace(written, target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > last:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def written_anew(target: Path) -> Iterator[BinaryIO]:
    """A file beside ``target`` to write into; left without an error it is safely on the disk, in its place.

    Blocks; raises OSError. Whatever is raised inside of it leaves ``target`` as it was.
    """
    # mkstemp: for the owner's eyes only, under a name that nobody can have prepared.
    descriptor, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        replace_file(beside, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise
