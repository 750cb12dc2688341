"""The Windows services below container networking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_actions import service_interruptions
from console.domain.host_inventory import Service, ServiceStatus
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.service_roles import service_role
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, told
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Services"

_NEEDED = frozenset({"docker", "hns", "vmcompute"})
"""Without these no container gets a network (reference, 5.5)."""


@dataclass(frozen=True, slots=True)
class ServiceRow(InventoryRow):
    """One service."""

    service: Service


def rows(relations: Relations) -> Iterator[ServiceRow]:
    """One row per service, those that are not installed too."""
    for service in relations.snapshot.facts.services.known() or ():
        ref = ref_of(service)
        yield ServiceRow(ref.id, ref, service)


def _status(row: ServiceRow) -> str:
    say = QCoreApplication.translate
    words = {
        ServiceStatus.RUNNING: say(CONTEXT, "Running"),
        ServiceStatus.STOPPED: say(CONTEXT, "Stopped"),
        ServiceStatus.START_PENDING: say(CONTEXT, "Starting"),
        ServiceStatus.STOP_PENDING: say(CONTEXT, "Stopping"),
        ServiceStatus.PAUSED: say(CONTEXT, "Paused"),
        ServiceStatus.MISSING: say(CONTEXT, "Not installed"),
    }
    return words[row.service.status]


def _status_mark(row: ServiceRow) -> tuple[Icon, str]:
    if row.service.status is ServiceStatus.RUNNING:
        return (Icon.OK, "ok")
    if warning(row) is not None:
        return (Icon.ERROR, "error")
    return (Icon.SKIPPED, "muted") if row.service.status is ServiceStatus.MISSING else (Icon.STOP, "muted")


def _purpose(row: ServiceRow) -> str:
    role = service_role(row.service.name)
    words = told(role.purpose) if role else ""
    return words[:1].upper() + words[1:]


def _stops(row: ServiceRow) -> tuple[str, ...]:
    role = service_role(row.service.name)
    missing = row.service.status is ServiceStatus.MISSING
    return tuple(shown(text) for text in role.stops) if role and not missing else ()


def _together(sentences: tuple[str, ...]) -> str:
    return " ".join(sentences)


COLUMNS: tuple[Column[ServiceRow], ...] = (
    Column("name", N_(CONTEXT, "Service"), lambda row: row.service.name, width=18),
    Column("status", N_(CONTEXT, "State"), _status, width=14, mark=_status_mark),
    Column("start", N_(CONTEXT, "Start type"), lambda row: row.service.start_type, width=12),
    Column("purpose", N_(CONTEXT, "What it is"), _purpose, tip=_purpose, width=44),
    Column(
        "stops", N_(CONTEXT, "What stops with it"), _stops, text=_together,
        tip=lambda row: _together(_stops(row)), width=44,
    ),
    Column("title", N_(CONTEXT, "Display name"), lambda row: row.service.title, width=30, shown=False),
    Column(
        "dependents", N_(CONTEXT, "Services that depend on it"), lambda row: row.service.dependents,
        text=joined, width=24, shown=False,
    ),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Service")


def facts(row: ServiceRow, relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one service."""
    service = row.service
    runs = service.status is ServiceStatus.RUNNING
    stops = service_interruptions(service, relations.snapshot) if runs else ()
    said = (
        Fact(GENERAL, N_(CONTEXT, "Name"), service.name),
        Fact(GENERAL, N_(CONTEXT, "Display name"), service.title),
        Fact(GENERAL, N_(CONTEXT, "What it is"), _purpose(row)),
        Fact(GENERAL, N_(CONTEXT, "State"), _status(row)),
        Fact(GENERAL, N_(CONTEXT, "Start type"), service.start_type),
        Fact(GENERAL, N_(CONTEXT, "Services that depend on it"), lines(service.dependents)),
        Fact(GENERAL, N_(CONTEXT, "What stops with it"), lines(shown(text) for text in stops)),
    )
    return tuple(fact for fact in said if fact.value)


def warning(row: ServiceRow) -> Text | None:
    """A service containers can't do without does not run."""
    if row.service.name.casefold() not in _NEEDED or row.service.status is not ServiceStatus.STOPPED:
        return None
    return N_(CONTEXT, "The service {name} is not running: containers need it.", name=row.service.name)


SERVICES = InventoryKind(
    id="services",
    title=N_(CONTEXT, "Services"),
    icon=Icon.SERVICE,
    sections=("services", "containers"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "None of the container networking services was found."),
    shows=ObjectKind.SERVICE,
    warning=warning,
    linked=False,
    actions=("service-start", "service-stop", "service-restart"),
)
