"""What is different between two snapshots, part by part: :func:`compare`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.domain.record import Record
from console.domain.snapshot import Container, HostFacts, HostIdentity, Network, Route, Section, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Comparison"

# What is different in every two looks, or after each start of the engine (reference, 0.3), and tells nothing.
_VOLATILE: Final[Mapping[type, frozenset[str]]] = {
    Container: frozenset({"status"}),
    Network: frozenset({"created"}),
    Route: frozenset({"index"}),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is different, by its name in the record. None: it had or has no value."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangedObject:
    """An object that is in both snapshots and not the same in them.

    An object that was removed and made again under its name is one too: ``id`` is among the changes.
    """

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PartComparison:
    """What is different in one part. ``appeared`` and ``gone`` are names of objects."""

    part: str
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[ChangedObject, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing is different."""
        return not (self.appeared or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A part that one of the two snapshots does not know, and why."""

    part: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different between two snapshots, in the order of a snapshot's sections; parts that are the
    same are left out of ``parts``.
    """

    before: HostIdentity
    after: HostIdentity
    parts: tuple[PartComparison, ...]
    not_compared: tuple[NotCompared, ...]

    @property
    def same(self) -> bool:
        """Whether nothing is different in what could be compared."""
        return not self.parts


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """Compare two snapshots, of one host at two times or of two hosts.

    Objects are paired by their ids, and those without a partner by their names, where a name is the
    only one of its kind on both sides: a nat network gets another id with each start of Windows
    (reference, 0.10).
    """
    parts: list[PartComparison] = []
    not_compared: list[NotCompared] = []
    olds, news = dict(_sections(before)), dict(_sections(after))
    for part, old in olds.items():
        new = news[part]
        unknown = next((section for section in (old, new) if section.value is None), None)
        if unknown is not None:
            if old.value is not None or new.value is not None:
                reason = unknown.reason or N_(CONTEXT, "It was not read.")
                not_compared.append(NotCompared(part, reason))
            continue
        found = _compare_part(part, old.value, new.value)
        if not found.same:
            parts.append(found)
    return Comparison(before.host, after.host, tuple(parts), tuple(not_compared))


def _sections(record: Record, path: str = "") -> Iterator[tuple[str, Section[Any]]]:
    """The sections of a snapshot by their names; where a name is not the only one, with its group's."""
    for field in type(record).model_fields:
        value = getattr(record, field)
        if isinstance(value, Section):
            yield f"{path}{field}", value
        elif isinstance(value, HostFacts):
            yield from _sections(value)
        elif isinstance(value, Record):
            yield from _sections(value, f"{field}_")


def _compare_part(part: str, old: Any, new: Any) -> PartComparison:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return _compare_objects(part, old, new)
    if isinstance(old, Record) and isinstance(new, Record):
        changes = _changes(old, new)
    else:
        changes = (Change(part, old, new),) if old != new else ()
    return PartComparison(part, changed=(ChangedObject(part, changes),) if changes else ())


def _compare_objects(part: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> PartComparison:
    olds, news = {_key(one): one for one in old}, {_key(one): one for one in new}
    pairs = [(olds[key], news[key]) for key in olds if key in news]
    gone = [one for key, one in olds.items() if key not in news]
    appeared = [one for key, one in news.items() if key not in olds]
    made_again = _by_only_name(gone, appeared)
    pairs += made_again
    paired = {id(one) for pair in made_again for one in pair}
    changed = [
        ChangedObject(_name(there), changes)
        for here, there in pairs
        if isinstance(here, Record) and (changes := _changes(here, there))
    ]
    return PartComparison(
        part,
        appeared=tuple(sorted(_name(one) for one in appeared if id(one) not in paired)),
        gone=tuple(sorted(_name(one) for one in gone if id(one) not in paired)),
        changed=tuple(sorted(changed, key=lambda one: one.name)),
    )


def _by_only_name(gone: list[Any], appeared: list[Any]) -> list[tuple[Any, Any]]:
    olds, news = _only_ones(gone), _only_ones(appeared)
    return [(olds[name], news[name]) for name in olds if name in news]


def _only_ones(items: Iterable[Any]) -> dict[str, Any]:
    """The records whose name no other one has."""
    by_name: dict[str, list[Any]] = {}
    for item in items:
        if isinstance(item, Record) and (name := getattr(item, "name", "")):
            by_name.setdefault(name, []).append(item)
    return {name: found[0] for name, found in by_name.items() if len(found) == 1}


def _key(item: Any) -> object:
    """What makes an object the same one: its id, else its name, else all of it."""
    if isinstance(item, Record):
        return next((words for field in ("id", "name") if (words := getattr(item, field, ""))), repr(item))
    return item


def _name(item: Any) -> str:
    if not isinstance(item, Record):
        return str(item)
    named = (getattr(item, field, "") for field in ("name", "title", "host_name", "id"))
    return next((str(words) for words in named if words), "") or _in_words(item)


def _in_words(item: Record) -> str:
    """A thing that has no name, by what it has."""
    return ", ".join(f"{field} {value}" for field, value in item if value not in (None, "", ()))


def _changes(old: Record, new: Record) -> tuple[Change, ...]:
    if old == new:
        return ()
    left_out = _VOLATILE.get(type(old), frozenset())
    pairs = ((field, getattr(old, field), getattr(new, field)) for field in type(old).model_fields)
    return tuple(
        Change(field, before, after)
        for field, before, after in pairs
        if field not in left_out and before != after
    )
