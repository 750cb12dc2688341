"""Programs of this computer, found where a person has put them on the PATH and nowhere else.

Windows looks into the current folder before the PATH: whoever can write there, such as into a folder
of downloads, could put a program of that name into our way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def program_on_path(name: str) -> str | None:
    """The path of a program; None where no folder of the PATH has it."""
    if sys.platform != "win32":
        return shutil.which(name)
    folders = (Path(folder.strip('"')) for folder in os.get_exec_path())
    found = (folder / f"{name}.exe" for folder in folders if folder.is_absolute())
    return next((str(path) for path in found if path.is_file()), None)


def without_window() -> dict[str, Any]:
    """What a program in a terminal is started with: from a window, Windows would open a terminal for it."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {}
