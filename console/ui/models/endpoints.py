"""The endpoints of one network as rows: which container, which address, which ports."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from console.domain.removal import Attachment
from console.domain.snapshot import PortMapping
from console.domain.text import N_
from console.ui.models.records import Column

CONTEXT = "EndpointColumn"


def endpoint_key(row: Attachment) -> str:
    """What stays the same over refreshes: one container has one endpoint per network."""
    return row.container.id


def address_key(address: str) -> tuple[int, int]:
    """Sorts addresses by their number (10.0.0.9 before 10.0.0.10)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return (9, 0)
    return (parsed.version, int(parsed))


def ports_text(ports: Iterable[PortMapping]) -> str:
    """Port mappings in docker's own notation, ``8080→80/tcp``; exposed ones without a host port."""
    return ", ".join(port_text(port) for port in ports)


def port_text(port: PortMapping) -> str:
    """One port mapping: ``8080→80/tcp``."""
    inside = f"{port.container_port}/{port.protocol}"
    if port.host_port is None:
        return inside
    everywhere = port.host_address in {"", "0.0.0.0", "::"}  # noqa: S104 (compared, not listened on)
    host = "" if everywhere else f"{port.host_address}:"
    return f"{host}{port.host_port}→{inside}"


def state_text(state: str) -> str:
    """A container's state in a person's words; an unknown one as the engine says it."""
    words = {
        "running": QCoreApplication.translate(CONTEXT, "Running"),
        "exited": QCoreApplication.translate(CONTEXT, "Stopped"),
        "created": QCoreApplication.translate(CONTEXT, "Not started yet"),
        "paused": QCoreApplication.translate(CONTEXT, "Paused"),
        "restarting": QCoreApplication.translate(CONTEXT, "Restarting"),
        "removing": QCoreApplication.translate(CONTEXT, "Being removed"),
        "dead": QCoreApplication.translate(CONTEXT, "Dead"),
    }
    return words.get(state, state)


def shown_address(row: Attachment) -> str:
    """The address in use, else the one asked for, else nothing."""
    return row.endpoint.address or row.endpoint.configured_address


def _spoken_address(row: Attachment) -> str:
    return shown_address(row) or QCoreApplication.translate(CONTEXT, "address unknown to the engine")


def _prefix_tip(_row: Attachment) -> str:
    return QCoreApplication.translate(
        CONTEXT,
        "As the engine reports it. On local Windows drivers this is the classful default mask of the "
        "address, not the subnet's.",
    )


ENDPOINT_COLUMNS: tuple[Column[Attachment], ...] = (
    Column("container", N_(CONTEXT, "Container"), lambda row: row.container.name, width=20),
    Column(
        "address",
        N_(CONTEXT, "Address"),
        shown_address,
        sort=address_key,
        spoken=_spoken_address,
        width=15,
    ),
    Column(
        "prefix",
        N_(CONTEXT, "Prefix length"),
        lambda row: row.endpoint.prefix_length or None,
        text=lambda length: "" if length is None else f"/{length}",
        tip=_prefix_tip,
        width=8,
        shown=False,
        numeric=True,
    ),
    Column("state", N_(CONTEXT, "State"), lambda row: row.container.state, text=state_text, width=15),
    Column(
        "ports",
        N_(CONTEXT, "Published ports"),
        lambda row: row.container.ports,
        text=ports_text,
        width=28,
    ),
    Column("gateway", N_(CONTEXT, "Gateway"), lambda row: row.endpoint.gateway, sort=address_key, width=15),
    Column("mac", N_(CONTEXT, "MAC address"), lambda row: row.endpoint.mac_address, width=22),
    Column("aliases", N_(CONTEXT, "Aliases"), lambda row: row.endpoint.aliases, text=", ".join, width=20),
    Column("image", N_(CONTEXT, "Image"), lambda row: row.container.image, width=24, shown=False),
)
