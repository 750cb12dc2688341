"""Short ways to make the three states of a :class:`~console.domain.snapshot.Section`."""

from __future__ import annotations

from typing import Any, TypeVar

from console.domain.failure import Failure
from console.domain.snapshot import HostFacts, Section, SectionState, SwarmFacts
from console.domain.text import Text

T = TypeVar("T")


def fresh(value: T) -> Section[T]:
    """A section read just now."""
    return Section[T](state=SectionState.FRESH, value=value)


def stale(section: Section[T], reason: Text, failure: Failure | None = None) -> Section[T]:
    """What was known before, kept while it can't be read again. Unavailable stays unavailable."""
    if section.value is None:
        return section
    return section.model_copy(update={"state": SectionState.STALE, "reason": reason, "failure": failure})


def unavailable(reason: Text, remedy: Text | None = None, failure: Failure | None = None) -> Section[Any]:
    """A section that could not be read, with the reason and what would help."""
    return Section[Any](state=SectionState.UNAVAILABLE, reason=reason, remedy=remedy, failure=failure)


def unknown_facts(reason: Text, remedy: Text | None = None) -> HostFacts:
    """Host facts of which nothing can be read, all for the same reason."""
    section = unavailable(reason, remedy)
    return HostFacts(**dict.fromkeys(HostFacts.model_fields, section))


def unknown_swarm(reason: Text, remedy: Text | None = None) -> SwarmFacts:
    """A swarm of which nothing can be read, all for the same reason."""
    section = unavailable(reason, remedy)
    return SwarmFacts(**dict.fromkeys(SwarmFacts.model_fields, section))
