"""``--self-test`` as a person runs it, on a whole program and on ones that lack something."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.self_test.modules import late_modules

ROOT = Path(__file__).resolve().parents[2]
PARTS = ["first paint", "modules", "resources", "engine", "credentials", "Qt", "translations", "window"]


def self_test(*command, cwd=ROOT):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def failed(document):
    return {part["part"]: part["failure"] for part in document["parts"] if not part["passed"]}


def test_that_the_source_tree_passes_in_the_terminal():
    ran = self_test("-m", "console.cli", "--self-test")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.splitlines()[-1].startswith("Passed in ")


def test_that_the_windows_program_reports_for_programs(tmp_path):
    report = tmp_path / "report.json"
    ran = self_test("-m", "console", "--self-test", "--json", "--report", str(report))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    document = json.loads(ran.stdout)
    assert document == json.loads(report.read_text(encoding="utf-8"))
    assert document["passed"]
    assert document["program"] == "wcn-console"
    assert not document["frozen"]
    assert [part["part"] for part in document["parts"]] == PARTS
    window = document["parts"][-1]["facts"]
    assert window["pages"] > 10
    assert window["journal entries"] == 2


@pytest.fixture
def copied(tmp_path):
    """The program in a folder of its own, to be broken."""
    for name in ("console", "resources"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__"),
            copy_function=shutil.copyfile,
        )
    return tmp_path


def test_that_each_lack_is_told_and_hides_no_other(copied):
    (copied / "resources" / "icons" / "shield.svg").unlink()
    (copied / "resources" / "powershell" / "New-VSwitch.ps1").write_text("")
    (copied / "console" / "backend" / "engine" / "ssh.py").write_text("import no_such_library\n")
    ran = self_test("-m", "console.cli", "--self-test", "--json", cwd=copied)
    assert ran.returncode == 1, ran.stderr
    told = failed(json.loads(ran.stdout))
    assert "console.backend.engine.ssh: ModuleNotFoundError" in told["modules"]
    assert "shield.svg" in told["resources"]
    assert "New-VSwitch.ps1: it is empty" in told["resources"]
    assert "shield.svg" in told["Qt"]
    assert "engine" not in told


def test_that_a_missing_library_fails_the_parts_that_need_it():
    program = (
        "import sys; sys.modules['PySide6.QtSvg'] = sys.modules['pypsrp.wsman'] = None\n"
        "from console.cli import main; main(['--self-test', '--json'])"
    )
    ran = self_test("-c", program)
    assert ran.returncode == 1, ran.stderr
    told = failed(json.loads(ran.stdout))
    assert "pypsrp.wsman: ModuleNotFoundError" in told["modules"]
    assert "PySide6.QtSvg" in told["window"]
    assert "engine" not in told


def test_that_every_library_imported_late_is_among_those_loaded():
    """An import inside a function is met only in use: a packed program could lack it unseen."""
    late = {name for path in (ROOT / "console").rglob("*.py") for name in _imported_in_functions(path)}
    libraries = {name for name in late if name.split(".")[0] not in {*sys.stdlib_module_names, "console"}}
    loaded = {*late_modules("win32"), *late_modules("linux")}
    covered = {".".join(name.split(".")[:depth]) for name in loaded for depth in range(1, 5)}
    assert libraries <= covered, libraries - covered


def _imported_in_functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.If):
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and not node.level:
                    yield node.module
                elif isinstance(node, ast.Import):
                    yield from (alias.name for alias in node.names)
