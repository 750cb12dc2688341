"""What a check is: a question to a snapshot, and what can be done where its answer is bad.

Checks are pure. Each is one file of :mod:`console.checks.catalog`; its id is the file's name with
hyphens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from console.domain.field import Field
from console.domain.object_ref import ObjectRef
from console.domain.plan import Plan
from console.domain.relations import Relations
from console.domain.severity import Severity
from console.domain.snapshot import Network, Section, Snapshot
from console.domain.text import N_, Text

__all__ = ["AppliesTo", "Check", "Crashed", "Finding", "Host", "NotKnown", "Remedy", "Severity", "Symptom"]

T = TypeVar("T")

_OBJECTS_BETWEEN_PAUSES = 100
ENGINES_SECTIONS = frozenset({"engine", "images", "networks", "containers", "run_options"})


class Host:
    """A snapshot as the checks look at it; what several of them ask is worked out once."""

    def __init__(self, snapshot: Snapshot, between: Callable[[], object] = lambda: None) -> None:
        self.snapshot = snapshot
        self._between = between

    def each(self, objects: Iterable[T]) -> Iterator[T]:
        """The objects one by one, with pauses: for checks that look at all networks or containers."""
        for at, one in enumerate(objects):
            if at % _OBJECTS_BETWEEN_PAUSES == 0:
                self._between()
            yield one

    @cached_property
    def relations(self) -> Relations:
        """How the host's objects hang together. It takes time on a big host: ask it last."""
        return Relations(self.snapshot)

    def networks_of(self, *drivers: str) -> tuple[Network, ...]:
        """Docker's networks that have one of these drivers, in the order in which the engine tells them.

        Most checks are about few of thousands of networks: they need not look at all of them.
        """
        groups = [self._by_driver[driver] for driver in drivers if driver in self._by_driver]
        if len(groups) == 1:
            return tuple(groups[0].values())
        placed = {place: network for group in groups for place, network in group.items()}
        return tuple(placed[place] for place in sorted(placed))

    @cached_property
    def _by_driver(self) -> dict[str, dict[int, Network]]:
        """The networks by their driver and their place."""
        found: dict[str, dict[int, Network]] = {}
        for place, network in enumerate(self.snapshot.networks.known() or ()):
            found.setdefault(network.driver, {})[place] = network
        return found

    def section(self, name: str) -> Section[object]:
        """One section by its name, be it the engine's or the Windows side's.

        Raises AttributeError where there is none of that name.
        """
        owner = self.snapshot if name in ENGINES_SECTIONS else self.snapshot.facts
        section: Section[object] = getattr(owner, name)
        return section


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way out: a ``plan`` that the console carries out, or ``steps`` that a person does by hand.

    ``interrupts`` says what stops meanwhile; a plan's steps say it themselves as well. In a step,
    the value called ``command`` is what is typed: it is offered to be copied. ``restart_needed`` is
    whether Windows has to be restarted before the check can see that it helped, ``works_around``
    whether what was found stays as it is and is only kept from doing harm.
    """

    title: Text
    plan: Plan | None = None
    steps: tuple[Text, ...] = ()
    interrupts: tuple[Text, ...] = ()
    restart_needed: bool = False
    works_around: bool = False


@dataclass(frozen=True, slots=True)
class Symptom:
    """What a check found: the object it concerns (None: the host itself) and the facts it rests on."""

    subject: ObjectRef | None
    evidence: tuple[Text, ...]


class AppliesTo(StrEnum):
    """The engines a check is about. One that could not be asked counts as one for Windows containers."""

    WINDOWS = "windows"
    LINUX = "linux"


@dataclass(frozen=True, slots=True)
class Check:
    """A question to a snapshot.

    ``needs`` are the names of the sections it can't do without. ``find`` gives the symptoms, and is
    asked on hosts whose engine it ``applies_to``. ``remedies`` are ranked, least disruptive first.
    ``source`` names the document and section that the check comes from. ``drivers`` are those whose
    new networks it stands in the way of: there it is told beside ``field`` of the form.
    ``compares_sides``: it holds the engine's word against Windows', which are read one after the other; what
    it newly finds between the two readings may only be that one of them is older.
    """

    id: str
    severity: Severity
    title: Text
    reason: Text
    needs: tuple[str, ...]
    find: Callable[[Host], Iterable[Symptom]]
    remedies: Callable[[Host, ObjectRef | None], tuple[Remedy, ...]]
    source: str
    drivers: frozenset[str] = frozenset()
    field: Field = Field.DRIVER
    applies_to: AppliesTo = AppliesTo.WINDOWS
    compares_sides: bool = False

    @property
    def help_id(self) -> str:
        """The help page of the check."""
        return f"checks/{self.id}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A symptom with the check that found it; ask ``check.remedies(host, subject)`` what to do."""

    check: Check
    subject: ObjectRef | None
    evidence: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A check that could not be asked: the ``section`` it needs was not read, ``reason`` why.

    ``remedy`` is how to make it known, where something would.
    """

    check: Check
    section: str
    reason: Text | None
    remedy: Text | None

    def describe(self) -> Text:
        """Why nothing is known, in words."""
        return self.reason or N_(
            "Checks", "The part {section} of the host was not read.", section=self.section
        )


@dataclass(frozen=True, slots=True)
class Crashed:
    """A check that failed itself: a mistake of the console, and nothing is known of the host by it."""

    check: Check
    error: str
