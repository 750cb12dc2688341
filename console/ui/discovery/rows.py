"""The tables of the service discovery page: names, drivers, and containers without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.discovery.capability import Answer, Cell, DriverDiscovery, capabilities
from console.domain.discovery.names import (
    KnownName,
    NameKind,
    NetworkNames,
    address_of,
    known_names,
    without_names,
)
from console.domain.relations import Relations
from console.domain.snapshot import Container
from console.domain.text import N_
from console.domain.verdict import Verdict
from console.ui.icons import Icon
from console.ui.models.endpoints import address_key
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.verdicts import MARKS, verdict_text

if TYPE_CHECKING:
    from console.domain.snapshot import Snapshot

CONTEXT = "Discovery"


@dataclass(frozen=True, slots=True)
class NamelessRow:
    """A container on a network where nobody answers for names."""

    container: Container
    address: str
    names: NetworkNames


@dataclass(frozen=True)
class DiscoveryRows:
    """All that the page shows of one snapshot."""

    relations: Relations
    names: tuple[KnownName, ...]
    drivers: tuple[DriverDiscovery, ...]
    nameless: tuple[NamelessRow, ...]


def discovery_rows(snapshot: Snapshot) -> DiscoveryRows:
    """The rows of a snapshot. Touches no widget."""
    relations = Relations(snapshot)
    return DiscoveryRows(
        relations=relations,
        names=known_names(relations),
        drivers=capabilities(snapshot),
        nameless=tuple(
            NamelessRow(container, address_of(container, endpoint, relations), names)
            for container, endpoint, names in without_names(relations)
        ),
    )


def name_key(row: KnownName) -> tuple[str, str]:
    """One name of one network."""
    return (row.network.id, row.name.casefold())


def driver_key(row: DriverDiscovery) -> str:
    """One driver."""
    return row.driver


def nameless_key(row: NamelessRow) -> tuple[str, str]:
    """One attachment."""
    return (row.container.id, row.names.network.id)


def kind_text(kind: NameKind) -> str:
    """What a name is, in a person's words."""
    say = QCoreApplication.translate
    words = {
        NameKind.CONTAINER: say(CONTEXT, "Container"),
        NameKind.ALIAS: say(CONTEXT, "Alias"),
        NameKind.COMPOSE_SERVICE: say(CONTEXT, "Compose service"),
        NameKind.SWARM_SERVICE: say(CONTEXT, "Swarm service"),
        NameKind.SWARM_TASKS: say(CONTEXT, "Tasks of a service"),
        NameKind.SHORT_ID: say(CONTEXT, "Short id"),
    }
    return words[kind]


def answer_text(answer: Answer | None) -> str:
    """One cell of the drivers' table."""
    say = QCoreApplication.translate
    words = {
        Answer.YES: say(CONTEXT, "Yes"),
        Answer.NO: say(CONTEXT, "No"),
        Answer.DEPENDS: say(CONTEXT, "Not everywhere"),
        Answer.NOT_APPLICABLE: say(CONTEXT, "Not applicable"),
        None: say(CONTEXT, "Not listed"),
    }
    return words[answer]


_ANSWER_MARKS = {
    Answer.YES: (Icon.OK, "ok"),
    Answer.NO: (Icon.STOP, "muted"),
    Answer.DEPENDS: (Icon.HELP, "warning"),
    Answer.NOT_APPLICABLE: (Icon.SKIPPED, "muted"),
}


def _clash(row: KnownName) -> str:
    return shown(row.clash) if row.clash is not None else ""


def _clash_mark(row: KnownName) -> tuple[Icon, str] | None:
    return (Icon.WARNING, "warning") if row.clash is not None else None


def _askers(row: KnownName) -> tuple[str, ...]:
    """Whose lookups may find it: nobody's where nothing answers."""
    return () if row.answers is Verdict.NO else row.asker_names


def _few(names: tuple[str, ...]) -> str:
    """The first names, and how many more: a network can have a thousand containers."""
    if len(names) <= 4:
        return ", ".join(names)
    more = QCoreApplication.translate(CONTEXT, "{names} and {count} more")
    return more.format(names=", ".join(names[:3]), count=len(names) - 3)


NAME_COLUMNS: tuple[Column[KnownName], ...] = (
    Column("name", N_(CONTEXT, "Name"), lambda row: row.name, width=20),
    Column(
        "answers", N_(CONTEXT, "Resolves"), lambda row: row.answers, text=verdict_text, width=9,
        mark=lambda row: MARKS[row.answers],
    ),
    Column("network", N_(CONTEXT, "On network"), lambda row: row.network.name, width=14),
    Column(
        "addresses", N_(CONTEXT, "Addresses"), lambda row: row.addresses, text=", ".join,
        sort=lambda addresses: address_key(addresses[0]), width=16,
    ),
    Column("owners", N_(CONTEXT, "Stands for"), lambda row: row.owner_names, text=_few, width=18),
    Column("kind", N_(CONTEXT, "Kind"), lambda row: row.kind, text=kind_text, width=15),
    Column("askers", N_(CONTEXT, "Can be looked up from"), _askers, text=_few, width=24),
    Column("clash", N_(CONTEXT, "Clash"), _clash, width=24, mark=_clash_mark),
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.network.driver, width=11, shown=False),
    Column("reason", N_(CONTEXT, "Why"), lambda row: shown(row.reason), width=40, shown=False),
)  # fmt: skip


def _mark_of(cell: Cell) -> tuple[Icon, str]:
    return _ANSWER_MARKS[cell.answer]


DRIVER_COLUMNS: tuple[Column[DriverDiscovery], ...] = (
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.driver, width=14),
    Column(
        "local", N_(CONTEXT, "On this host"), lambda row: row.local.answer, text=answer_text, width=16,
        mark=lambda row: _mark_of(row.local),
    ),
    Column(
        "across", N_(CONTEXT, "Across hosts"), lambda row: row.across.answer, text=answer_text, width=16,
        mark=lambda row: _mark_of(row.across),
    ),
    Column("networks", N_(CONTEXT, "Networks here"), lambda row: row.networks, numeric=True, width=9),
    Column(
        "seed-local", N_(CONTEXT, "Docs 2017: one host"), lambda row: row.seed_local, text=answer_text,
        sort=answer_text, width=13,
    ),
    Column(
        "seed-across", N_(CONTEXT, "Docs 2017: across"), lambda row: row.seed_across, text=answer_text,
        sort=answer_text, width=13,
    ),
    Column("why", N_(CONTEXT, "Why"), lambda row: shown(row.local.reason), width=40),
    Column("why-across", N_(CONTEXT, "Why across hosts"), lambda row: shown(row.across.reason), width=30,
           shown=False),
    Column("changed", N_(CONTEXT, "What changed"),
           lambda row: shown(row.changed) if row.changed is not None else "", width=40, shown=False),
)  # fmt: skip

NAMELESS_COLUMNS: tuple[Column[NamelessRow], ...] = (
    Column("container", N_(CONTEXT, "Container"), lambda row: row.container.name, width=20),
    Column("network", N_(CONTEXT, "Network"), lambda row: row.names.network.name, width=16),
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.names.network.driver, width=12),
    Column("address", N_(CONTEXT, "Address"), lambda row: row.address, sort=address_key, width=15),
    Column("reason", N_(CONTEXT, "Why"), lambda row: shown(row.names.reason), width=50),
)
