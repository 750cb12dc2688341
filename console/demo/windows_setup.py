"""The part of a practice host's state that is about ports, proxies and settings around its engine."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from console.demo.document import Document

DOCKER_CLIENT = r"C:\Program Files\Docker\docker.exe"
_RPC, _TERMINAL, _TIME, _NAMES, _SYSTEM = 912, 1104, 1230, 1390, 4

Protocol = Literal["TCP", "UDP"]


class ProcessRecord(Document):
    """A running program; ``services`` are the names of those it hosts."""

    id: int
    name: str
    threads: int = 12
    services: list[str] = Field(default_factory=list)


class ListenerRecord(Document):
    """A port of the host that a program waits on."""

    protocol: Protocol
    port: int
    process_id: int
    address: str = "0.0.0.0"  # noqa: S104 (nothing is bound to it)


class ConnectionRecord(Document):
    """An established TCP connection: ``adapter`` is the card whose address it has at this end."""

    adapter: str
    port: int
    remote_address: str
    remote_port: int
    process_id: int


class ExclusionRecord(Document):
    """An excluded port range."""

    protocol: Protocol
    first: int
    last: int
    administered: bool = False


class DynamicRecord(Document):
    """A dynamic port range."""

    protocol: Protocol
    first: int = 49152
    count: int = 16384


class PortsRecord(Document):
    """Who holds which ports beside HNS. ``connections`` are local ports of open connections, ``established``
    those whose other end is known.
    """

    programs: list[ProcessRecord] = Field(default_factory=list)
    listeners: list[ListenerRecord] = Field(default_factory=list)
    exclusions: list[ExclusionRecord] = Field(default_factory=list)
    dynamic: list[DynamicRecord] = Field(default_factory=list)
    connections: dict[Protocol, list[int]] = Field(default_factory=dict)
    established: list[ConnectionRecord] = Field(default_factory=list)

    def blocked(self, protocol: str, port: int) -> bool:
        """Whether Windows gives that port to nobody else: a program has it, or its range is excluded."""
        wanted = protocol.upper()
        held = any(one.protocol == wanted and one.port == port for one in self.listeners)
        return held or any(
            one.protocol == wanted and one.first <= port <= one.last for one in self.exclusions
        )


class SetupRecord(Document):
    r"""Proxies and settings. A value of the registry that is not set is not in its dictionary.

    ``environment`` is the machine's, ``service_environment`` that of the service docker, as lines.
    ``daemon`` is daemon.json without what the state has elsewhere. ``container_values`` are the values
    under ``Virtualization\Containers``, ``drive_policies`` those under ``Policies\Microsoft\FVE``.
    ``hns_crashes`` are Unix times.
    """

    environment: dict[str, str] = Field(default_factory=dict)
    service_environment: list[str] = Field(default_factory=list)
    daemon: dict[str, Any] = Field(default_factory=dict)
    win_http: str = ""
    win_http_bypass: str = ""
    container_values: dict[str, int] = Field(default_factory=dict)
    drive_policies: dict[str, int] = Field(default_factory=dict)
    event_sources: list[str] = Field(default_factory=lambda: ["docker"])
    docker_clients: list[str] = Field(default_factory=lambda: [DOCKER_CLIENT])
    hns_threads: int = 31
    hns_crashes: list[float] = Field(default_factory=list)


def usual_ports() -> PortsRecord:
    """What every Windows has: RPC, file sharing, Remote Desktop, WinRM, time and name resolution.

    It keeps back 60 ports for itself, which netsh shows as administered.
    """
    programs = [
        ProcessRecord(id=_SYSTEM, name="System", threads=210),
        ProcessRecord(id=_RPC, name="svchost.exe", services=["RpcEptMapper", "RpcSs"]),
        ProcessRecord(id=_TERMINAL, name="svchost.exe", threads=40, services=["TermService"]),
        ProcessRecord(id=_TIME, name="svchost.exe", services=["W32Time"]),
        ProcessRecord(id=_NAMES, name="svchost.exe", services=["Dnscache"]),
    ]
    held: tuple[tuple[Protocol, int, int], ...] = (
        ("TCP", 135, _RPC),
        ("TCP", 445, _SYSTEM),
        ("TCP", 3389, _TERMINAL),
        ("TCP", 5985, _SYSTEM),
        ("UDP", 123, _TIME),
        ("UDP", 5353, _NAMES),
    )
    return PortsRecord(
        programs=programs,
        listeners=[
            ListenerRecord(protocol=protocol, port=port, process_id=process_id)
            for protocol, port, process_id in held
        ],
        exclusions=[ExclusionRecord(protocol="TCP", first=50000, last=50059, administered=True)],
        established=[
            ConnectionRecord(
                adapter="Ethernet",
                port=3389,
                remote_address="192.168.1.50",
                remote_port=51544,
                process_id=_TERMINAL,
            )
        ],
        dynamic=[DynamicRecord(protocol="TCP"), DynamicRecord(protocol="UDP")],
    )
