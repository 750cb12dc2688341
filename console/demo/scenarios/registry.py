"""All scenarios, by id: a file of this package is a scenario, its name the id with hyphens."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import console.demo.scenarios as package
from console.demo.scenarios.scenario import Scenario

_NOT_SCENARIOS = frozenset({"attempts", "registry", "scenario", "steps"})


@cache
def scenarios() -> dict[str, Scenario]:
    """Every scenario by id, in the order of their ids."""
    found = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        if module.name in _NOT_SCENARIOS:
            continue
        scenario: Scenario = importlib.import_module(f"{package.__name__}.{module.name}").SCENARIO
        found[scenario.id] = scenario
    return found


def scenario(identifier: str) -> Scenario:
    """One scenario; ValueError names those there are."""
    try:
        return scenarios()[identifier]
    except KeyError:
        known = ", ".join(scenarios())
        raise ValueError(f"no scenario {identifier!r}; there are {known}") from None
