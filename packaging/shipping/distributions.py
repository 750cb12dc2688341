"""Which installed libraries the console runs with, told by their own metadata."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, distribution, packages_distributions
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from shipping.product import DISTRIBUTION, ROOT


@cache
def runtime() -> tuple[Distribution, ...]:
    """All that the console needs on this platform, by name; no tools for developers.

    Raises PackageNotFoundError where one is not installed.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [_Wanted(name, extra) for line in project["dependencies"] for name, extra in _wanted(line, "")]
    found: dict[_Wanted, Distribution] = {}
    while waiting:
        wanted = waiting.pop()
        if wanted not in found:
            found[wanted] = distribution(wanted.name)
            lines = found[wanted].requires or ()
            waiting += [_Wanted(*one) for line in lines for one in _wanted(line, wanted.extra)]
    by_name = {wanted.name: one for wanted, one in found.items()}
    return tuple(by_name[name] for name in sorted(by_name))


class _Wanted(NamedTuple):
    """A distribution with one of its extras, "" for what it needs in any case."""

    name: str
    extra: str


def _wanted(line: str, extra: str) -> Iterator[tuple[str, str]]:
    """What one line of requirements asks for on this platform, where ``extra`` is asked of its owner."""
    requirement = Requirement(line)
    if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
        name = canonicalize_name(requirement.name)
        yield from ((name, one) for one in ("", *sorted(requirement.extras)))


def foreign_packages() -> tuple[str, ...]:
    """The importable names of everything else that is installed here: never to be packed."""
    ours = {DISTRIBUTION, *(canonicalize_name(one.metadata["Name"]) for one in runtime())}
    return tuple(
        sorted(
            name
            for name, owners in packages_distributions().items()
            if not ours & {canonicalize_name(owner) for owner in owners}
        )
    )
