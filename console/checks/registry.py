"""All checks by id: a file of :mod:`console.checks.catalog` is a check, its name the id with hyphens."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import console.checks.catalog as package
from console.checks.check import Check


@cache
def checks() -> dict[str, Check]:
    """Every check by id, in the order of their ids."""
    found = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        check: Check = importlib.import_module(f"{package.__name__}.{module.name}").CHECK
        found[check.id] = check
    return found
