"""The real Windows packages, installed and used under Wine: what ``dev.py package --windows`` built.

What Wine can't tell (how it looks, UAC, DPI, HNS, Windows PowerShell) packaging/VERIFICATION.md lists.
"""

import json
import os
import time
from functools import partial

import pytest

from console.version import __version__
from shipping import product
from shipping.build import NEWER, WINDOWS_PYTHON
from shipping.figures import bundle_lines
from shipping.freeze import BILL, LICENCES, complaints_about
from shipping.installers import Staged, make_msi
from shipping.windows_python import WindowsPython
from shipping.windows_suite import run_parts, where_windows_differs
from shipping.wine import windows_path
from tests.packaging.conftest import waited_for

BUILT = product.OUTPUT / "windows"
BUNDLE = BUILT / "bundle"
STEM = f"{product.IDENTIFIER}-{__version__}-x64"
PIPE = r"\\.\pipe\wcn-practice-engine"
PIPE_URL = "npipe:////./pipe/wcn-practice-engine"

pytestmark = [
    pytest.mark.packages,
    pytest.mark.skipif(
        os.environ.get("WCN_PROVE_WINDOWS") != "1",
        reason="python3 dev.py package --windows builds what this looks at",
    ),
]


@pytest.fixture(scope="module")
def python(wine):
    return WindowsPython(WINDOWS_PYTHON, wine)


def self_test(wine, folder, program, report):
    """Run a program's self-test; returns its exit code and report."""
    words = ["--self-test", "--report", windows_path(report)]
    ran = wine.run(folder / f"{program}.exe", *words, timeout=300, QT_QPA_PLATFORM="offscreen")
    assert report.is_file(), ran.output
    return ran, json.loads(report.read_text(encoding="utf-8"))


def test_that_nothing_is_in_the_bundle_that_may_not_be(figure):
    assert not list(complaints_about(BUNDLE, "win32"))
    for line in bundle_lines(BUNDLE, "win32"):
        figure(line)
    document = json.loads((BUNDLE / BILL).read_text(encoding="utf-8"))
    assert {"pywin32", "pyside6-essentials"} <= {component["name"] for component in document["components"]}
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (BUNDLE / LICENCES).read_text(encoding="utf-8")


@pytest.mark.parametrize("program", list(product.PROGRAMS))
def test_that_each_program_says_who_it_is_and_asks_for_no_rights(program):
    data = (BUNDLE / f"{program}.exe").read_bytes()
    for words in (product.PUBLISHER, product.PROGRAMS[program], f"{program}.exe", __version__):
        assert words.encode("utf-16-le") in data
    for words in (
        b'level="asInvoker"',
        b"PerMonitorV2",
        b">UTF-8</activeCodePage>",
        b">true</longPathAware>",
    ):
        assert words in data
    # The subsystem stands 0x5c after the PE header: 2 has windows, 3 a terminal.
    header = int.from_bytes(data[0x3C:0x40], "little")
    assert data[header + 0x5C] == (3 if program == product.TERMINAL_PROGRAM else 2)


@pytest.fixture(scope="module")
def installed(wine):
    """The folder that the set-up installed to, for this account."""
    started = time.monotonic()
    ran = wine.run(BUILT / f"{STEM}-setup.exe", "/S", "/CurrentUser", timeout=600)
    assert ran.code == 0, ran.output
    folder = wine.home / "AppData" / "Local" / "Programs" / product.NAME
    print(f"\n  set-up: installed in {time.monotonic() - started:.1f} s")
    yield folder
    assert wine.run(folder / "uninstall.exe", "/S", "/Scope=user").code == 0
    waited_for(lambda: not folder.exists())


@pytest.mark.parametrize("program", list(product.PROGRAMS))
def test_that_the_installed_programs_prove_themselves_whole(wine, installed, program, tmp_path, figure):
    ran, report = self_test(wine, installed, program, tmp_path / "report.json")
    assert ran.code == 0, report
    assert (report["frozen"], report["platform"], report["version"]) == (True, "win32", __version__)
    facts = {part["part"]: part["facts"] for part in report["parts"]}
    assert facts["engine"]["transport"] == "npipe"
    assert facts["credentials"]["store"] == "keyring.backends.Windows"
    assert facts["window"]["journal entries"] == 2
    if program == product.TERMINAL_PROGRAM:
        assert ran.output.splitlines()[-1].startswith("Passed in ")
    figure(f"{program}.exe --self-test under Wine: {report['seconds']:.1f} s")


def test_that_the_installed_window_opens_on_the_practice_host_and_is_seen(
    wine, installed, screen, tmp_path, figure
):
    profile = tmp_path / "profile"
    running = wine.start(installed / "wcn-console.exe", "--practice", "--profile", windows_path(profile))
    try:
        waited_for(lambda: running.poll() is not None or (profile / "journal.sqlite").exists(), seconds=120)
        waited_for(lambda: running.poll() is not None or screen.shows_something(), seconds=120)
        assert running.poll() is None, "it ended by itself"
        figure(f"picture of the installed window: {screen.picture(BUILT / 'window.png')}")
        # While it runs, nothing replaces it.
        assert wine.run(BUILT / f"{STEM}-setup.exe", "/S").code == 3
    finally:
        running.kill()
        running.wait()


def test_that_an_upgrade_in_place_leaves_a_whole_program(wine, installed, tmp_path):
    stale = installed / "_internal" / "console" / "resources" / "icons" / "application.svg"
    stale.write_text("an older version's")
    assert wine.run(BUILT / f"{STEM}-setup.exe", "/S", timeout=600).code == 0
    assert "svg" in stale.read_text(encoding="utf-8")
    ran, report = self_test(wine, installed, product.TERMINAL_PROGRAM, tmp_path / "report.json")
    assert ran.code == 0, report


@pytest.fixture
def engine(python, tmp_path):
    """A practice engine at a named pipe."""
    mark = tmp_path / "listens"
    server = python.start("-m", "tests.packaging.pipe_engine", PIPE, windows_path(mark))
    waited_for(lambda: mark.exists() or server.poll() is not None, seconds=120)
    yield PIPE_URL
    server.kill()
    server.wait()


def test_that_the_docker_sdk_works_over_a_named_pipe(python, engine, figure):
    ran = python.run("-m", "tests.packaging.pipe_client", engine, timeout=120)
    assert ran.code == 0, ran.output
    told = json.loads(ran.output.splitlines()[-1])
    assert {"frontend", "nat"} <= set(told["networks"])
    assert told["event"] == "create"
    assert told["refusal"] == 409
    assert told["left"] is False
    figure(f"docker SDK over a named pipe: networks.list in {told['milliseconds']} ms")


def test_that_the_installed_terminal_reads_an_engine_over_a_named_pipe(wine, installed, engine):
    ran = wine.run(installed / "wcn.exe", "map", "--host", engine, timeout=120)
    assert ran.code == 0, ran.output
    assert "Network frontend." in ran.output
    assert "Container printer-gateway." in ran.output


def test_that_windows_installer_installs_upgrades_and_takes_away_the_real_program(
    wine, icon, tmp_path, figure
):
    folder = wine.drive / "Program Files" / product.NAME
    package = BUILT / f"{STEM}.msi"
    started = time.monotonic()
    assert wine.run("msiexec", "/i", package, "/qn", timeout=600).code == 0
    figure(f"Windows Installer package: installed in {time.monotonic() - started:.1f} s")
    assert len(list(folder.rglob("*"))) == len(list(BUNDLE.rglob("*")))
    newer = make_msi(Staged(BUNDLE, NEWER), BUILT / "newer" / "newer.msi", icon=icon)
    assert wine.run("msiexec", "/i", newer, "/qn", timeout=600).code == 0
    ran, report = self_test(wine, folder, product.TERMINAL_PROGRAM, tmp_path / "report.json")
    assert ran.code == 0, report
    assert wine.run("msiexec", "/x", newer, "/qn", timeout=600).code == 0
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_that_the_test_suite_passes_in_the_windows_python(python):
    """The whole of it is run by ``dev.py test --windows``. What failed is printed when its part has ended."""
    assert run_parts(python, tuple(where_windows_differs()), (), partial(print, flush=True))
