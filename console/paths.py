"""The folders of one user's data: journal, settings, window state, logs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

_APPLICATION = "Container Network Console"


@dataclass(frozen=True)
class Profile:
    """One folder that holds all that the console keeps for one user.

    On Windows it is below ``%LOCALAPPDATA%``: it belongs to this computer's hosts and must not
    roam to another one.
    """

    folder: Path

    @classmethod
    def standard(cls) -> Profile:
        """The profile of the user who runs the program."""
        return cls(platformdirs.user_data_path(_APPLICATION, appauthor=False, roaming=False))

    @property
    def journal(self) -> Path:
        """The journal's SQLite file."""
        return self.folder / "journal.sqlite"

    @property
    def window_state(self) -> Path:
        """Geometry, columns and sort orders; deleting it loses no setting."""
        return self.folder / "window.json"

    @property
    def hosts(self) -> Path:
        """The hosts that were added by hand, without secrets."""
        return self.folder / "hosts.json"

    @property
    def settings(self) -> Path:
        """What a person decided for the whole console."""
        return self.folder / "settings.json"

    @property
    def log(self) -> Path:
        """The newest log file; older ones stand beside it, numbered."""
        return self.folder / "logs" / "console.log"

    @property
    def crash_reports(self) -> Path:
        """One file for each unhandled exception."""
        return self.folder / "crashes"

    @property
    def practice(self) -> Path:
        """The practice hosts as they were left, one file each."""
        return self.folder / "practice"
