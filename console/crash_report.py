"""What an unhandled exception leaves behind: one text file that a person can send to the makers."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from console.redaction import Redaction
from console.version import __version__

KEPT = 20
"""Reports. Older ones are removed when a new one is saved."""


def report_text(error: BaseException, lines: Sequence[str], redaction: Redaction, at: datetime) -> str:
    """Versions, the traceback and the log's last lines, with no secret in them."""
    import platform  # not before the first paint

    parts = [
        f"Container Network Console {__version__}",
        f"{at.isoformat(timespec='seconds')}",
        f"Python {sys.version.split()[0]} on {platform.system()} {platform.release()} {platform.machine()}",
        "",
        "".join(traceback.format_exception(error)).rstrip(),
        "",
        "Last lines of the log:",
        *lines,
        "",
    ]
    return redaction.clean("\n".join(parts))


def save_report(folder: Path, text: str, at: datetime) -> Path:
    """Write a report and remove the oldest ones; where it is. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"crash-{at.strftime('%Y%m%d-%H%M%S')}"
    path = folder / f"{stem}.txt"
    number = 1
    while True:
        try:
            with path.open("x", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            break
        except FileExistsError:
            number += 1
            path = folder / f"{stem}-{number}.txt"
    for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
        with suppress(OSError):  # the next report tries again
            old.unlink()
    return path
