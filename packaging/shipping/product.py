"""What the product is called wherever a package has to say it; each thing is declared here only."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from pathlib import Path

from console.version import __version__

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
OUTPUT = ROOT / ".build" / "package"

NAME = "Container Network Console"
IDENTIFIER = "ContainerNetworkConsole"
"""In registry keys and file names."""
DISTRIBUTION = "container-network-console"
PUBLISHER = "The Container Network Console developers"
COPYRIGHT = "Copyright (c) 2026 The Container Network Console developers. MIT licence."
SUMMARY = "See, build and repair Windows container networking by pointing and clicking."
WINGET_IDENTIFIER = f"{IDENTIFIER}.{IDENTIFIER}"

WINDOW_PROGRAM = "wcn-console"
TERMINAL_PROGRAM = "wcn"
PROGRAMS = {
    WINDOW_PROGRAM: NAME,
    TERMINAL_PROGRAM: f"{NAME}: the terminal's commands",
}
"""Each program of the one folder, with what Windows shows as its description."""

OLDEST_BUILD = 17763
"""The oldest build of Windows that the programs start on: Qt's (doc.qt.io, "Qt for Windows" of 6.11). Before
15063 there is no icuuc.dll either, which Qt6Core.dll imports."""
OLDEST_WINDOWS = "64-bit Windows 10 version 1809, Windows Server 2019"

SETUP_FOLDER = "SetupInstallDir"
MSI_FOLDER = "MsiInstallDir"
"""The registry values below ``Software\\IDENTIFIER`` by which each of the two packages is known: the folder
it was installed to. For all accounts there can be one of them only: they would share that folder."""

VERSION = __version__

UPGRADE_CODE = uuid.UUID("6b1c1a54-9e0e-4d9b-8e0b-6a7e3c5b1f10")
"""By which Windows Installer knows every version of this product as one. It never changes."""


def numbers(version: str = VERSION) -> tuple[int, int, int]:
    """The three numbers of a version, as version resources and Windows Installer want them.

    Windows Installer compares no more than three, the first two below 256 and the third below 65536
    (ProductVersion property); the third is one less here, so that each has a next one. Raises ValueError
    for a version that it could not compare.
    """
    release = version.split("+", 1)[0].split("-", 1)[0]
    parts = [int(_digits(part)) for part in release.split(".")]
    if len(parts) > 3 or any(part > most for part, most in zip(parts, (255, 255, 65534), strict=False)):
        raise ValueError(f"Windows Installer can't compare the version {version}")
    major, minor, patch = (*parts, 0, 0)[:3]
    return major, minor, patch


def _digits(part: str) -> str:
    """What ``part`` begins with: a pre-release's "0rc1" is its release's number."""
    rest = part.lstrip("0123456789")
    return part[: len(part) - len(rest)]


def dotted(version: str = VERSION) -> str:
    """The three numbers with dots."""
    return ".".join(map(str, numbers(version)))


def dotted_next(version: str = VERSION) -> str:
    """The smallest three numbers above those of ``version``, with dots."""
    major, minor, patch = numbers(version)
    return f"{major}.{minor}.{patch + 1}"


def source_time() -> int:
    """The time the packages carry, in seconds since 1970: ``SOURCE_DATE_EPOCH``, else the commit's.

    Two builds of one commit then carry the same times. Where there is no repository, or no git, it is the
    newest change of the version's file.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    git = shutil.which("git")
    if git is not None:
        asked = subprocess.run(
            [git, "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and asked.stdout.strip():
            return int(asked.stdout)
    return int((ROOT / "console" / "version.py").stat().st_mtime)
