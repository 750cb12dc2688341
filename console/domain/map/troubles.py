"""What is wrong with the objects of a map, in sentences that are drawn on them.

Nothing is judged here: what is wrong on a host is what the checks find (:mod:`console.checks.troubles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from console.domain.object_ref import ObjectRef
from console.domain.severity import Severity
from console.domain.text import Text


class Trouble(NamedTuple):
    """One thing that is wrong, or worth knowing, as it is drawn."""

    text: Text
    severity: Severity


Found = Mapping[ObjectRef, tuple[Trouble, ...]]
"""What was found of each object, the most serious first."""
NOTHING: Found = MappingProxyType({})


class Troubles:
    """What is wrong with one host's objects, as it was ``found``."""

    def __init__(self, found: Found = NOTHING) -> None:
        self._found = found

    def of(self, ref: ObjectRef) -> tuple[Trouble, ...]:
        """What is wrong with an object, most serious first; none where nothing was found."""
        return self._found.get(ref, ())

    def has_problem(self, ref: ObjectRef) -> bool:
        """Whether more than notes were found of an object."""
        return any(trouble.severity is not Severity.NOTE for trouble in self.of(ref))
