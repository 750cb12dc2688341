"""For every check, hosts on which it must find something and hosts on which it must not.

Each module is a family of checks and has its own ``CASES``.
"""

from __future__ import annotations

import importlib
import pkgutil

from tests.checks.cases.case import Case

CASES: dict[str, Case] = {}
for _module in pkgutil.iter_modules(__path__):
    _cases: dict[str, Case] = getattr(importlib.import_module(f"{__name__}.{_module.name}"), "CASES", {})
    assert not CASES.keys() & _cases.keys(), f"{_module.name} repeats cases of another family"
    CASES.update(_cases)
