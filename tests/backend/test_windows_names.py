"""What the console takes from pywin32 is there: the type checker knows nothing of it."""

import ast
import importlib
import sys
from pathlib import Path

import pytest

import console

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="pywin32 is installed on Windows only")

MODULES = {
    name: name
    for name in (
        *("pywintypes", "win32api", "win32con", "win32event", "win32file", "win32job", "win32pipe"),
        *("win32process", "win32security", "winerror"),
    )
} | {"shell": "win32com.shell.shell", "shellcon": "win32com.shell.shellcon"}


def used_names():
    """Each ``module.name``, in the files that import that module."""
    for path in Path(console.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if isinstance(node, ast.Import) or node.module == "win32com.shell"
        }
        known = imported & MODULES.keys()
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id=module), attr=name) if module in known:
                    yield module, name


def test_that_every_name_that_is_used_is_there():
    used = set(used_names())
    assert len(used) > 40
    missing = [
        f"{module}.{name}"
        for module, name in sorted(used)
        if not hasattr(importlib.import_module(MODULES[module]), name)
    ]
    assert not missing
