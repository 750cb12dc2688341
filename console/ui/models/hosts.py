"""The columns of the table of hosts that a person added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.connection_risk import ConnectionRisk
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.models.records import Column

if TYPE_CHECKING:
    from console.backend.hosts.stored import StoredHost

CONTEXT = "HostsTable"


@dataclass(frozen=True)
class HostRow:
    """One added host, and whether it is open in this console now."""

    host: StoredHost
    open: bool


def host_key(row: HostRow) -> str:
    """What identifies a row over refreshes."""
    return row.host.id


def _windows_side(row: HostRow) -> str:
    side = row.host.windows_side
    if side is None:
        return QCoreApplication.translate(CONTEXT, "not set up")
    way = "HTTPS" if side.tls else QCoreApplication.translate(CONTEXT, "HTTP, encrypted")
    if side.port is not None:
        way = QCoreApplication.translate(CONTEXT, "{way}, port {port}").format(way=way, port=side.port)
    return f"{side.host} ({way})"


def _engine(row: HostRow) -> str:
    return row.host.engine_url


def _protection(row: HostRow) -> str:
    connection = row.host.connection
    say = QCoreApplication.translate
    if connection.risk is ConnectionRisk.UNENCRYPTED:
        return say(CONTEXT, "Unprotected")
    if connection.uses_tls and connection.tls is not None and not connection.tls.verify:
        return say(CONTEXT, "TLS, engine not checked")
    return {"ssh": "SSH", "npipe": say(CONTEXT, "Local"), "unix": say(CONTEXT, "Local")}.get(
        connection.scheme, "TLS" if connection.uses_tls else "TCP"
    )


def _protection_mark(row: HostRow) -> tuple[Icon, str] | None:
    return (Icon.WARNING, "warning") if row.host.connection.risk is not None else None


def _mode(row: HostRow) -> str:
    say = QCoreApplication.translate
    return say(CONTEXT, "Read-only") if row.host.read_only else say(CONTEXT, "Can be changed")


def _state(row: HostRow) -> str:
    return QCoreApplication.translate(CONTEXT, "Open") if row.open else ""


def _tags(row: HostRow) -> tuple[str, ...]:
    return row.host.tags


HOST_COLUMNS: tuple[Column[HostRow], ...] = (
    Column("name", N_(CONTEXT, "Name"), lambda row: row.host.name, width=16),
    Column("state", N_(CONTEXT, "State"), _state, width=7),
    Column("engine", N_(CONTEXT, "Engine"), _engine, width=26),
    Column("protection", N_(CONTEXT, "Protection"), _protection, width=14, mark=_protection_mark),
    Column("windows-side", N_(CONTEXT, "Windows side"), _windows_side, width=27),
    Column("mode", N_(CONTEXT, "Mode"), _mode, width=13),
    Column("tags", N_(CONTEXT, "Tags"), _tags, text=", ".join, width=14),
)
