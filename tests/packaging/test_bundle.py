"""The packed program of this system, as ``dev.py package`` has just made it."""

import json
import os
import re
import subprocess
import sys

import pytest
from packaging.utils import canonicalize_name

from console.version import __version__
from shipping import product
from shipping.figures import SLOWEST, bundle_lines, first_paint, from_source
from shipping.freeze import BILL, LICENCES, complaints_about
from tests.packaging.conftest import waited_for

pytestmark = [pytest.mark.packages, pytest.mark.skipif(sys.platform != "linux", reason="the Linux bundle")]

BUNDLE = product.OUTPUT / "linux" / "bundle"


@pytest.fixture(scope="module", autouse=True)
def built():
    assert BUNDLE.is_dir(), "python3 dev.py package makes it"


def packed(program, *words, tmp_path, **environment):
    """Run a packed program where nothing of the source tree can help it."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    return subprocess.run(
        [BUNDLE / program, *words],
        cwd=tmp_path,
        env={**plain, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize("program", list(product.PROGRAMS))
def test_that_each_program_proves_itself_whole(program, tmp_path):
    ran = packed(program, "--self-test", "--json", tmp_path=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    document = json.loads(ran.stdout)
    assert document["frozen"]
    assert document["version"] == __version__
    own = next(part["facts"]["own"] for part in document["parts"] if part["part"] == "modules")
    modules = [path for path in (product.ROOT / "console").rglob("*.py") if path.name != "__init__.py"]
    folders = list((product.ROOT / "console").rglob("__init__.py"))
    assert own == len(modules) + len(folders) - 1  # the package itself is not counted


def test_that_the_terminal_works_as_from_source(tmp_path):
    listed = packed("wcn", "doctor", "--list-checks", "--json", tmp_path=tmp_path)
    source = subprocess.run(
        [sys.executable, "-m", "console.cli", "doctor", "--list-checks", "--json"],
        cwd=product.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(listed.stdout) == json.loads(source.stdout)
    told = packed("wcn", "map", "--demo", "crowded", tmp_path=tmp_path)
    assert told.stdout.startswith("Practice host"), told.stderr


def test_that_the_window_starts_on_a_screen_and_ends_quietly_when_asked(screen, tmp_path, figure):
    profile = tmp_path / "profile"
    process = subprocess.Popen(
        [BUNDLE / "wcn-console", "--practice", "--profile", profile],
        env={**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb", "DISPLAY": screen.name},
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        waited_for(lambda: process.poll() is not None or (profile / "journal.sqlite").exists())
        waited_for(lambda: process.poll() is not None or screen.shows_something())
        assert process.poll() is None, process.stderr.read()
        figure(f"picture of the packed window: {screen.picture(product.OUTPUT / 'linux' / 'window.png')}")
        process.terminate()
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in told
    assert (profile / "window.json").is_file()


def test_that_nothing_is_in_the_bundle_that_may_not_be(figure):
    assert not list(complaints_about(BUNDLE, "linux"))
    for line in bundle_lines(BUNDLE, "linux"):
        figure(line)


def test_that_the_packed_window_paints_about_as_soon_as_from_source(figure):
    packed_seconds, source_seconds = first_paint([[BUNDLE / "wcn-console"], from_source()])
    figure(f"first paint: packed {packed_seconds * 1000:.0f} ms, from source {source_seconds * 1000:.0f} ms")
    assert packed_seconds < source_seconds * SLOWEST


def test_that_the_bill_of_materials_names_what_is_packed():
    document = json.loads((BUNDLE / BILL).read_text(encoding="utf-8"))
    named = {component["name"]: component["version"] for component in document["components"]}
    for folder in (BUNDLE / "_internal").glob("*.dist-info"):
        name, version = folder.name.removesuffix(".dist-info").split("-")
        assert named[canonicalize_name(name)] == version
    licences = (BUNDLE / LICENCES).read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licences
    sections = re.findall(r"^={78}\n(\S+) (\S+)\n", licences, re.MULTILINE)
    assert {(canonicalize_name(name), version) for name, version in sections} == set(named.items())
