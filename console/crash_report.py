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
    """Write a report and remove the oldest other ones; where it is. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _written(folder, at.strftime("%Y%m%d-%H%M%S"), text)
    others = sorted((one for one in folder.glob("crash-*.txt") if one != path), key=_age)
    for old in others[: max(0, len(others) + 1 - KEPT)]:
        with suppress(OSError):  # the next report tries again
            old.unlink()
    return path


def _written(folder: Path, second: str, text: str) -> Path:
    """A new file. Those of one second are numbered; that of one that was removed is not used again."""
    taken = (number for told, number in map(_age, folder.glob("crash-*.txt")) if told == second)
    number = max(taken, default=0) + 1
    while True:
        path = folder / (f"crash-{second}-{number}.txt" if number > 1 else f"crash-{second}.txt")
        try:
            with path.open("x", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except FileExistsError:  # another console was faster
            number += 1
        else:
            return path


def _age(path: Path) -> tuple[str, int]:
    """Second and number in it; as text, the tenth of a second would come before the second."""
    _, day, time, number = (*path.stem.split("-"), "", "", "1")[:4]
    return f"{day}-{time}", int(number) if number.isdecimal() else 1
