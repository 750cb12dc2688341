"""Windows programs on Linux: a Wine prefix of our own, never the person's.

Wine 8 is good for files, registry, pipes and installers. It can't tell how a window looks on Windows, nor
anything of DPI, UAC, HNS and Windows PowerShell.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

LIBRARIES = "mscoree=;mshtml=;mscms=n,b;winedbg.exe=d"
"""No .NET and no browser engine (Wine would offer to fetch them), our mscms, no debugger that waits."""
SECONDS = 180.0
LEFT_SECONDS = 2.0
"""For what a program has printed when it ends to come through its pipe."""
NOISE = re.compile(r"wine32 is missing|multiarch needs|dpkg --add-arch|apt-get install wine32")
VALUE = re.compile(r"^ {4}(?P<name>.*?) {4}REG_(?P<kind>\w+) {4}(?P<value>.*)$")


class WineError(Exception):
    """Wine could not be set up; the message says what failed."""


@dataclass(frozen=True)
class Ran:
    """How a program ended. ``output`` is both of its streams."""

    code: int
    output: str


class Wine:
    """One prefix: a Windows installation in a folder.

    ``display`` is the X display its windows are shown on; without one they are shown nowhere.
    """

    def __init__(self, prefix: Path, display: str = "") -> None:
        self.prefix = prefix
        self.display = display
        self.drive = prefix / "drive_c"

    @classmethod
    def make(cls, prefix: Path, display: str = "") -> Wine:
        """A new prefix that says it is Windows 10; one that is there already is used. Raises WineError.

        Its services stay up until :meth:`end`.
        """
        wine = cls(prefix, display)
        new = not (prefix / "system.reg").exists()
        prefix.mkdir(parents=True, exist_ok=True)
        wine._quietly(["wineserver", "-p"])
        if new:
            wine._quietly(["wineboot", "-i"])
            wine._quietly(["wine", "winecfg", "/v", "win10"])
        # Services are started by the first program and inherit its output: it may be no pipe of ours.
        wine._quietly(["wine", "cmd", "/c", "exit"])
        if not wine.drive.is_dir():
            raise WineError(f"Wine made no drive in {prefix}")
        return wine

    @property
    def home(self) -> Path:
        """The folder of the one account that is not Public."""
        return next(path for path in (self.drive / "users").iterdir() if path.name != "Public")

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """What every program gets. Qt's variables reach Windows programs only with Wine's prefix."""
        passed = {f"WINE{name}" if name.startswith("QT_") else name: value for name, value in more.items()}
        own = {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": LIBRARIES,
            "DISPLAY": self.display,
        }
        return {**os.environ, **own, **passed}

    def run(self, *command: str | Path, timeout: float = SECONDS, **environment: str) -> Ran:
        """Run a program to its end. Raises TimeoutExpired."""
        # Standard input must not be inherited and the output must be a pipe, or Python for Windows
        # ends with "init_sys_streams: WinError 6".
        process = subprocess.Popen(
            ["wine", *map(str, command)],
            env=self.environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output: list[bytes] = []
        reader = threading.Thread(target=_drain, args=(process.stdout, output), daemon=True)
        reader.start()
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise subprocess.TimeoutExpired(error.cmd, timeout, b"".join(output)) from None
        # Not until the pipe's end: a service of Wine that the program started may hold it open.
        reader.join(LEFT_SECONDS)
        return Ran(code, _clean(b"".join(output)))

    def start(self, *command: str | Path, **environment: str) -> subprocess.Popen[bytes]:
        """Start a program and leave it running; its output is thrown away."""
        return subprocess.Popen(
            ["wine", *map(str, command)],
            env=self.environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def registry(self, key: str) -> dict[str, str] | None:
        """The values of a registry key, the default one as ""; None where there is no such key."""
        ran = self.run("reg", "query", key)
        return None if ran.code else dict(_values(ran.output))

    def wait(self) -> None:
        """Wait until every program in this prefix has ended, those too that outlived who started them."""
        self._quietly(["wineserver", "-w"])

    def end(self) -> None:
        """End every program in this prefix."""
        self._quietly(["wineserver", "-k"])

    def _quietly(self, command: list[str]) -> None:
        subprocess.run(
            command,
            env=self.environment({}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )


def _drain(pipe: IO[bytes] | None, output: list[bytes]) -> None:
    if pipe is not None:
        output.extend(iter(partial(os.read, pipe.fileno(), 65536), b""))


def windows_path(path: Path) -> str:
    """How a Windows program calls a file of this machine: Wine's drive Z: is the root."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def _clean(output: bytes) -> str:
    lines = output.decode("utf-8", errors="replace").replace("\r\n", "\n").splitlines()
    return "\n".join(line for line in lines if not NOISE.search(line))


def _values(output: str) -> Iterator[tuple[str, str]]:
    for line in output.splitlines():
        if found := VALUE.match(line):
            name = found["name"]
            yield "" if name.startswith("(") else name, found["value"].strip()
