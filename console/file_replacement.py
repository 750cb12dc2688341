"""A file put into another's place, also where Windows lets nobody have that place for a moment."""

from __future__ import annotations

import os
import time
from pathlib import Path

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
