"""The rooms' imports point one way (the contracts are in pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_that_imports_point_one_way():
    lint = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    checked = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_that_the_domain_loads_without_qt_docker_or_io():
    program = (
        "import pkgutil, sys, console.domain, console.checks\n"
        "for package in (console.domain, console.checks):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        __import__(module.name)\n"
        "heavy = {'PySide6', 'qasync', 'docker', 'aiohttp', 'requests', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert loaded.returncode == 0, loaded.stderr


def test_that_the_first_paint_needs_no_records_no_engine_and_no_database():
    """They take longer to load than the whole window to paint, and are loaded after it, in threads."""
    asked = (
        "import sys, console.program, console.ui.pages.networks\n"
        "late = {'pydantic', 'docker', 'requests', 'aiohttp', 'pypsrp', 'keyring', 'sqlite3', 'ruamel'}\n"
        "print(sorted(late & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
