"""What is wrong with the objects of a map, in sentences that are drawn on them.

Nothing is judged here: what is wrong on a host is what the checks find (:mod:`console.checks.troubles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from console.domain.object_ref import ObjectRef
from console.domain.text import Text

Found = Mapping[ObjectRef, tuple[Text, ...]]
NOTHING: Found = MappingProxyType({})


class Troubles:
    """The problems of one host's objects, as they were ``found``."""

    def __init__(self, found: Found = NOTHING) -> None:
        self._found = found

    def of(self, ref: ObjectRef) -> tuple[Text, ...]:
        """What is wrong with an object, most serious first; none where nothing was found."""
        return self._found.get(ref, ())
