"""Makes the fake PowerShell into a program that can be run, and reads what it saw."""

import json
from pathlib import Path

from tests.programs import make_program

SOURCE = Path(__file__).with_name("fake_powershell.py")


class FakePowerShell:
    """One executable in a folder of its own."""

    def __init__(self, folder: Path, behaviour: str = "answer", name: str = "powershell"):
        self.folder = folder
        self.program = make_program(folder, name, SOURCE.read_text(encoding="utf-8"), "-IS")
        self.behave(behaviour)

    @property
    def path(self) -> str:
        return str(self.program)

    def behave(self, behaviour: str) -> None:
        (self.folder / "behaviour").write_text(behaviour)

    def tell(self, document) -> None:
        """What the behaviours ``file`` and ``file-when-told`` answer."""
        (self.folder / "answer.json").write_text(json.dumps(document))

    @property
    def seen(self):
        return json.loads((self.folder / "seen.json").read_text())

    @property
    def pids(self) -> list[int]:
        file = self.folder / "pids"
        return [int(pid) for pid in file.read_text().split()] if file.exists() else []
