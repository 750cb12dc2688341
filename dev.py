#!/usr/bin/env python3
"""Everything a developer does with this project, in one file that needs only Python.

    python3 dev.py demo     set up all that is needed and open the console on the practice host
    python3 dev.py test     the same set-up, then the tests (--windows on Linux: in a Windows Python,
                            under Wine)
    python3 dev.py run      the console on this computer's engine
    python3 dev.py setup    only the set-up (--engine: also a Docker Engine for the tests, on Debian as root)
    python3 dev.py lint     ruff, mypy --strict, the import contracts
    python3 dev.py bench    speed and memory, against their budgets
    python3 dev.py package  build and prove the packages that this system can make (--windows on Linux: the
                            Windows ones too, under Wine; --no-proof: only build; --newer: pack again what
                            was built, as a version to try an upgrade with)

Words after the command are handed on: ``dev.py test -k wizard``, ``dev.py demo --scenario crowded``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")
SUPPORTED = ((3, 11), (3, 12), (3, 13))

# What Qt's wheels expect of a Linux desktop, and a bare Debian lacks. Fonts: without any, every
# text is drawn as boxes.
QT_LIBRARIES = (
    "libegl1", "libgl1", "libxkbcommon0", "libxkbcommon-x11-0", "libdbus-1-3", "libfontconfig1",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0",
    "libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1", "fonts-dejavu-core",
)  # fmt: skip
# busybox-static: one file without libraries, which the tests make an image of.
ENGINE_PACKAGES = ("docker.io", "iptables", "busybox-static")
# The installers' compilers, and Wine to try what they make: wine64 alone, which 64-bit installers need.
PACKAGING_PACKAGES = (
    "binutils", "gcc-mingw-w64-x86-64", "msitools", "nsis", "osslsigncode", "wine", "wine64", "wixl", "xvfb",
)  # fmt: skip


def say(*words: object) -> None:
    """Tell the person what is going on, at once even where output is a pipe."""
    print(*words, flush=True)


def call(command: Sequence[object], **environment: str) -> int:
    """Run a command in the project's folder and return its exit code."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def must(command: Sequence[object], **environment: str) -> None:
    """Run a command that the rest depends on."""
    if code := call(command, **environment):
        sys.exit(f"dev.py: this failed with exit code {code}: {' '.join(str(word) for word in command)}")


# ---------------------------------------------------------------- set-up


def debian_packages(names: Sequence[str]) -> None:
    """Install what is missing of ``names``: on Debian and Ubuntu, as root; elsewhere say so."""
    if WINDOWS or not shutil.which("dpkg-query"):
        return
    missing = [name for name in names if not _debian_has(name)]
    if not missing:
        return
    if os.geteuid() != 0:
        say("These system packages are missing; install them if the window does not open:")
        say("    sudo apt-get install", *missing)
        return
    say("Installing system packages:", *missing)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    must(["apt-get", "update", "-qq"], **quiet)
    must(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], **quiet)


def _debian_has(name: str) -> bool:
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status}", name], capture_output=True, text=True, check=False
    )
    return asked.returncode == 0 and asked.stdout == "installed"


def interpreter() -> str:
    """A Python that the project supports: the running one, else one on the PATH."""
    if sys.version_info[:2] in SUPPORTED:
        return sys.executable
    for major, minor in reversed(SUPPORTED):
        if found := shutil.which(f"python{major}.{minor}"):
            return found
    wanted = ", ".join(f"{major}.{minor}" for major, minor in SUPPORTED)
    sys.exit(f"dev.py: this is Python {sys.version.split()[0]}; the console needs one of {wanted}.")


def create_environment() -> None:
    """Make the virtual environment, with Debian's venv module where that is a package of its own."""
    if PYTHON.exists():
        return
    say("Creating the virtual environment in", ENVIRONMENT.name)
    python = interpreter()
    command = [python, "-m", "venv", ENVIRONMENT]
    if call(command) == 0:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    debian_packages(["python3-venv"])
    must(command)


def install(extra: str = "") -> None:
    """Install the console (and ``extra``) from the pins, unless that is already so."""
    pins = ROOT / "constraints.txt"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + pins.read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f"installed-{extra or 'runtime'}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Installing the console's dependencies (the first time, this takes a minute or two)")
    target = f".[{extra}]" if extra else "."
    must([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", pins, "-e", target])
    stamp.write_text(wanted)


def setup(extra: str = "", *, engine: bool = False) -> None:
    """Everything needed to run (and with ``extra="dev"`` to test) the console."""
    debian_packages(QT_LIBRARIES)
    create_environment()
    install(extra)
    if engine:
        debian_packages(ENGINE_PACKAGES)


# ---------------------------------------------------------------- commands


def has_display() -> bool:
    """Whether a window can be shown here."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def demo(words: Sequence[str]) -> int:
    """The console on the practice host; without a display, its pictures."""
    if has_display():
        setup()
        return call([PYTHON, "-m", "console", "--practice", *words])
    setup("dev")
    folder = Path(tempfile.mkdtemp(prefix="console-tour-"))
    say("This machine has no display, so the tour is drawn offscreen: the real window, page by page.")
    # The tour is a test that acts as a person does; what it sees is what a person would see.
    tour = [PYTHON, "-m", "pytest", "-q", "tests/ui/tours", "--pictures", folder, *words]
    code = call(tour, QT_QPA_PLATFORM="offscreen")
    say("The pictures are in", folder)
    return code


def run(words: Sequence[str]) -> int:
    """The console on this computer's engine."""
    setup()
    return call([PYTHON, "-m", "console", *words])


def test(words: Sequence[str]) -> int:
    """The tests. ``WCN_REQUIRE_ENGINE=1`` makes a missing real engine a failure."""
    setup("dev")
    own = [word for word in words if word != "--windows"]
    if WINDOWS or len(own) == len(words):
        return call([PYTHON, "-m", "pytest", *own])
    install("package")
    debian_packages(PACKAGING_PACKAGES)
    return call([PYTHON, "packaging/windows_tests.py", *own])


def lint(words: Sequence[str]) -> int:
    """Style, types and import contracts; all three are always run."""
    setup("dev")
    tools = (
        [PYTHON, "-m", "ruff", "check", *words],
        [PYTHON, "-m", "ruff", "format", "--check"],
        [PYTHON, "-m", "mypy"],
        [ENVIRONMENT / ("Scripts/lint-imports.exe" if WINDOWS else "bin/lint-imports")],
    )
    codes = [call(tool) for tool in tools]
    return next((code for code in codes if code), 0)  # one that a signal ended has a code below 0


def bench(words: Sequence[str]) -> int:
    """Speed and memory, printed beside their budgets; fails where one is missed."""
    setup("dev")
    return call([PYTHON, "-m", "tests.bench", *words])


def package(words: Sequence[str]) -> int:
    """Bundle, installers, bill of materials; then their proof. What can't be made here is said."""
    setup("dev")
    install("package")
    debian_packages(PACKAGING_PACKAGES)
    return call([PYTHON, "packaging", *words])


def setup_only(words: Sequence[str]) -> int:
    """The set-up for all commands."""
    options = argparse.ArgumentParser(prog="dev.py setup")
    options.add_argument("--engine", action="store_true", help="also a Docker Engine for the tests")
    setup("dev", engine=options.parse_args(words).engine)
    return 0


COMMANDS = {
    "demo": demo, "run": run, "test": test, "setup": setup_only, "lint": lint, "bench": bench,
    "package": package,
}  # fmt: skip


def main() -> int:
    """Do what the first word says."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        say(__doc__)
        return 0 if sys.argv[1:] in (["-h"], ["--help"]) else 2
    return COMMANDS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
