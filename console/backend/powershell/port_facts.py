"""Listeners, excluded and dynamic ports of a host as domain records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from console.backend.powershell.documents import (
    ConnectionDocument,
    DynamicPortsDocument,
    ExclusionsDocument,
    ListenerDocument,
    PortsInUseDocument,
    ProcessDocument,
    ServiceProcessDocument,
)
from console.domain.host_ports import Connection, DynamicPorts, Listener, PortExclusion, free_blocks

#: A row of netsh's table in whatever language: two numbers, and a star where somebody administers it.
_EXCLUSION = re.compile(r"\s*(\d{1,5})\s+(\d{1,5})\s*(\*?)\s*")
_PROGRAM_SUFFIX = re.compile(r"\.exe$", re.IGNORECASE)


class Processes:
    """Which program and which services a process is."""

    def __init__(
        self, processes: Iterable[ProcessDocument], services: Iterable[ServiceProcessDocument]
    ) -> None:
        self._processes = {one.id: one for one in processes}
        self._services: dict[int | None, list[str]] = {}
        for service in services:
            self._services.setdefault(service.process_id, []).append(service.name)

    def program(self, process_id: int | None) -> str:
        """A program's name without its suffix, as Get-Process tells it; "" for one that is not known."""
        known = self._processes.get(process_id)
        return _PROGRAM_SUFFIX.sub("", known.name) if known else ""

    def threads(self, process_id: int | None) -> int | None:
        """How many threads a process has."""
        known = self._processes.get(process_id)
        return known.threads if known else None

    def services(self, process_id: int | None) -> tuple[str, ...]:
        """The services a process hosts, by name."""
        return tuple(sorted(self._services.get(process_id, ()), key=str.casefold))

    def of_service(self, name: str) -> int:
        """The process of a running service; 0 for one that does not run."""
        for process_id, services in self._services.items():
            if any(one.casefold() == name.casefold() for one in services):
                return process_id or 0
        return 0


def listener_of(document: ListenerDocument, protocol: str, processes: Processes) -> Listener:
    """One listener with what is known of its process."""
    return Listener(
        protocol=protocol,
        address=document.address,
        port=document.port,
        process_id=document.process_id or 0,
        process=processes.program(document.process_id),
        services=processes.services(document.process_id),
    )


def connection_of(document: ConnectionDocument, processes: Processes) -> Connection:
    """One connection with what is known of its process."""
    return Connection(
        address=document.address,
        port=document.port,
        remote_address=document.remote_address,
        remote_port=document.remote_port,
        process_id=document.process_id or 0,
        process=processes.program(document.process_id),
        services=processes.services(document.process_id),
    )


def exclusions_of(documents: Iterable[ExclusionsDocument]) -> Iterator[PortExclusion]:
    """The ranges in what netsh printed."""
    for document in documents:
        for line in document.lines:
            row = _EXCLUSION.fullmatch(line)
            if row is not None:
                yield PortExclusion(
                    protocol=document.protocol,
                    first=int(row[1]),
                    last=int(row[2]),
                    administered=bool(row[3]),
                )


def dynamic_ports_of(
    document: DynamicPortsDocument,
    exclusions: Iterable[PortExclusion] | None,
    used: Mapping[str, PortsInUseDocument],
) -> DynamicPorts:
    """A dynamic range, and how much of it is left where exclusions and ports in use are known.

    Raises ValueError where there is no range.
    """
    first, count, protocol = document.first, document.count, document.protocol
    if first is None or count is None:
        raise ValueError(f"no dynamic ports of {protocol}")
    blocks = None
    if exclusions is not None and protocol in used:
        own = [one for one in exclusions if one.protocol == protocol]
        blocks = free_blocks(first, count, own, used[protocol].ports)
    return DynamicPorts(protocol=protocol, first=first, count=count, free_blocks=blocks)
