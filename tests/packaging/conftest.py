"""What tests of packages get. Those that need a build are skipped, unless ``dev.py package`` runs them."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from shipping import product
from shipping.installers import Staged
from shipping.windows_python import add_stand_ins
from shipping.wine import Wine

TOOLS = (
    "makensis",
    "wixl",
    "wine",
    "wineserver",
    "x86_64-w64-mingw32-gcc",
    "osslsigncode",
    "Xvfb",
    "msiinfo",
)
STAND_IN_PROGRAM = """
#include <stdlib.h>
#include <windows.h>
int main(int count, char **words) { if (count > 1) Sleep(1000 * atoi(words[1])); return 0; }
"""


def pytest_runtest_setup(item):
    if item.get_closest_marker("packages") is None:
        return
    if sys.platform != "linux":
        pytest.skip("on Windows the workflow installs the real thing (packaging/Test-Packages.ps1)")
    if os.environ.get("WCN_REQUIRE_PACKAGES") != "1":
        pytest.skip("python3 dev.py package builds what this looks at")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.fail(f"not installed: {', '.join(missing)}")


def waited_for(holds, seconds=60.0):
    """Wait for another process: what it does can only be looked at again."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def icon(tmp_path_factory):
    from shipping.icon import write_icon

    path = tmp_path_factory.mktemp("icon") / "console.ico"
    write_icon(path)
    return path


@pytest.fixture(scope="session")
def staged(tmp_path_factory):
    """Make a small folder with the programs' names, for an installer: ``staged(version, files)``."""
    work = tmp_path_factory.mktemp("staged")
    source = work / "program.c"
    source.write_text(STAND_IN_PROGRAM)
    compiled = work / "program.exe"
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", "-s", "-o", compiled, source], check=True)

    def make(version, files):
        folder = work / version / "app"
        for program in product.PROGRAMS:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(compiled, folder / f"{program}.exe")
        for name, words in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words, encoding="utf-8")
        return Staged(folder, version)

    return make


class Screen:
    """An X server without hardware."""

    def __init__(self, number):
        self.name = f":{number}"

    def picture(self, path):
        """Keep what is on it in a PNG file; returns the file."""
        program = (
            "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]); "
            "sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))"
        )
        environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": self.name}
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-c", program, path], env=environment, check=True)
        return path

    def shows_something(self):
        """Whether more than a window's bare ground is on it."""
        with tempfile.TemporaryDirectory() as folder:
            image = QImage(str(self.picture(Path(folder) / "screen.png")))
        return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 800, 5)}) > 20


@pytest.fixture(scope="session")
def screen():
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with open(reading) as told:
        number = told.readline().strip()
    yield Screen(number)
    server.terminate()
    server.wait()


@pytest.fixture(scope="session")
def wine(screen, tmp_path_factory):
    """A Windows installation of its own, as Windows 10 is: with the libraries that Wine lacks."""
    wine = Wine.make(tmp_path_factory.mktemp("wine") / "prefix", screen.name)
    add_stand_ins(wine)
    yield wine
    wine.end()
