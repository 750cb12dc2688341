"""Listeners, processes and port ranges, as the inventory script tells them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from console.demo.powershell.switches import shared_with_host
from console.demo.powershell.writing import text_of
from console.demo.windows_setup import ListenerRecord, ProcessRecord, Protocol

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_ENGINE_PROCESS, _HNS_PROCESS = 3040, 2204
#: The programs of services that have a process of their own, or share one with others of their kind.
_SERVICE_PROGRAMS = {
    "docker": (_ENGINE_PROCESS, "dockerd.exe"),
    "hns": (_HNS_PROCESS, "svchost.exe"),
    "vmcompute": (2304, "vmcompute.exe"),
    "vmms": (2710, "vmms.exe"),
    "mpssvc": (1580, "svchost.exe"),
    "BFE": (1580, "svchost.exe"),
    "SharedAccess": (1710, "svchost.exe"),
    "nvagent": (1808, "svchost.exe"),
}
#: Networks whose published ports the engine holds itself (reference, 1.4).
_HELD_BY_ENGINE = frozenset({"l2bridge", "l2tunnel", "overlay"})
_HEADINGS = {
    "en-US": ("Protocol {protocol} Port Exclusion Ranges", "Start Port    End Port      "),
    "de-DE": ("Portausschlussbereiche fuer das Protokoll {protocol}", "Startport   Endport      "),
}
_ADMINISTERED = "* - Administered port exclusions."


def tcp_listener_items(host: PracticeHost) -> list[str]:
    """The items of ``tcpListeners``."""
    return [_listener(one) for one in _listeners(host) if one.protocol == "TCP"]


def tcp_connection_items(host: PracticeHost) -> list[str]:
    """The items of ``tcpConnections``: a connection lives as long as the host has its address."""
    return [
        text_of(
            {
                "address": address,
                "port": one.port,
                "remoteAddress": one.remote_address,
                "remotePort": one.remote_port,
                "processId": one.process_id,
            }
        )
        for one in host.state.windows.ports.established
        if (address := address_of_card(host, one.adapter))
    ]


def udp_listener_items(host: PracticeHost) -> list[str]:
    """The items of ``udpListeners``."""
    return [_listener(one) for one in _listeners(host) if one.protocol == "UDP"]


def process_items(host: PracticeHost) -> list[str]:
    """The items of ``processes``."""
    found = {one.id: one for one in _processes(host)}
    return [text_of({"id": one.id, "name": one.name, "threads": one.threads}) for one in found.values()]


def service_process_items(host: PracticeHost) -> list[str]:
    """The items of ``serviceProcesses``."""
    return [text_of({"name": name, "processId": one.id}) for one in _processes(host) for name in one.services]


def exclusion_items(host: PracticeHost) -> list[str]:
    """The items of ``portExclusions``: netsh's table in the host's language."""
    return [text_of({"protocol": protocol, "lines": _table(host, protocol)}) for protocol in ("TCP", "UDP")]


def dynamic_items(host: PracticeHost) -> list[str]:
    """The items of ``dynamicPorts``."""
    return [
        text_of({"protocol": one.protocol, "first": one.first, "count": one.count})
        for one in host.state.windows.ports.dynamic
    ]


def in_use_items(host: PracticeHost) -> list[str]:
    """The items of ``portsInUse``."""
    connections = host.state.windows.ports.connections
    listeners = list(_listeners(host))
    return [
        text_of(
            {
                "protocol": protocol,
                "ports": sorted(
                    {one.port for one in listeners if one.protocol == protocol}
                    | set(connections.get(protocol, []))
                ),
            }
        )
        for protocol in ("TCP", "UDP")
    ]


def address_of_card(host: PracticeHost, name: str) -> str:
    """The host's own address over a card, which its vSwitch's vNIC has taken over; "" without one."""
    card = next((one for one in host.state.adapters if one.name == name), None)
    if card is None or not card.addresses:
        return ""
    switch = host.state.switches.get(card.switch_id) if card.switch_id else None
    if switch is not None and not shared_with_host(switch):
        return ""
    return card.addresses[0].split("/")[0]


def _listener(record: ListenerRecord) -> str:
    return text_of({"address": record.address, "port": record.port, "processId": record.process_id})


def _listeners(host: PracticeHost) -> Iterator[ListenerRecord]:
    yield from host.state.windows.ports.listeners
    yield from _swarm_listeners(host)
    for network in host.networks.all():
        if network.driver not in _HELD_BY_ENGINE:
            continue
        endpoints = (one.endpoints.get(network.name) for one in network.members.values())
        for port in (port for endpoint in endpoints if endpoint for port in endpoint.ports):
            protocol: Protocol = "UDP" if port.protocol == "udp" else "TCP"
            yield ListenerRecord(protocol=protocol, port=port.host_port, process_id=_ENGINE_PROCESS)


def _swarm_listeners(host: PracticeHost) -> Iterator[ListenerRecord]:
    """What the engine waits on as a member of a swarm (reference, 2.7); VXLAN's port is VFP's."""
    if host.swarm.active:
        held: tuple[tuple[Protocol, int], ...] = (("TCP", 2377), ("TCP", 7946), ("UDP", 7946))
        for protocol, port in held if host.state.swarm.manager else held[1:]:
            yield ListenerRecord(protocol=protocol, port=port, process_id=_ENGINE_PROCESS)


def _processes(host: PracticeHost) -> Iterator[ProcessRecord]:
    yield from host.state.windows.ports.programs
    for name, (process_id, program) in _SERVICE_PROGRAMS.items():
        if host.services.running(name):
            threads = host.state.windows.setup.hns_threads if process_id == _HNS_PROCESS else 20
            yield ProcessRecord(id=process_id, name=program, threads=threads, services=[name])


def _table(host: PracticeHost, protocol: str) -> list[str]:
    title, heading = _HEADINGS.get(host.state.language, _HEADINGS["en-US"])
    rows = [
        f"{one.first:>10}  {one.last:>10}      {'*' if one.administered else ''}".rstrip()
        for one in host.state.windows.ports.exclusions
        if one.protocol == protocol
    ]
    begin = ["", title.format(protocol=protocol.lower()), "", heading, "----------    --------      "]
    return [*begin, *rows, "", _ADMINISTERED, ""]
