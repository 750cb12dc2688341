"""Publishing ports: docker's notation, and which ports of the host are taken or kept from use.

Taken are those that processes listen on, WinNAT maps and containers publish. Kept from use are the ranges
that somebody or Windows itself excluded (reference, 4.2: 0x20).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from console.domain.container_spec import PublishSpec
from console.domain.per_snapshot import once_per_snapshot
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text

CONTEXT = "Ports"

HIGHEST = 65535
PROTOCOLS = ("tcp", "udp")
_ONE = re.compile(
    r"(?:(?:(?P<address>\[[0-9A-Fa-f:.]+\]|[0-9.]+):)?(?P<host>\d*):)?(?P<port>\d+)(?:/(?P<protocol>\w+))?"
)


class PortsError(ValueError):
    """A text that is no list of ports; :attr:`text` says what is wrong with which part."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def parse_ports(text: str) -> tuple[PublishSpec, ...]:
    """``8080:80, 53:53/udp`` as ports to publish. Raises :class:`PortsError`."""
    return tuple(_port(part.strip()) for part in re.split(r"[,;\s]+", text.strip()) if part.strip())


def _port(text: str) -> PublishSpec:
    found = _ONE.fullmatch(text)
    if found is None:
        raise PortsError(
            N_(
                CONTEXT,
                "{part} is not a port to publish. Write host port, colon, container port: 8080:80 or "
                "53:53/udp.",
                part=text,
            )
        )
    numbers = [int(found[name]) for name in ("host", "port") if found[name]]
    if any(not 1 <= number <= HIGHEST for number in numbers):
        raise PortsError(N_(CONTEXT, "{part}: ports are numbers from 1 to {last}.", part=text, last=HIGHEST))
    return PublishSpec(
        container_port=int(found["port"]),
        protocol=(found["protocol"] or "tcp").lower(),
        host_port=int(found["host"]) if found["host"] else None,
        host_address=(found["address"] or "").strip("[]"),
    )


@once_per_snapshot
def host_ports(snapshot: Snapshot) -> Mapping[tuple[str, int], Text]:
    """The host's ports that are in use, by protocol and number: who has them."""
    return dict(_held(snapshot))


def _held(snapshot: Snapshot) -> Iterator[tuple[tuple[str, int], Text]]:
    """Later ones are more telling: a container's port is also listened on by a part of Windows."""
    for listener in snapshot.facts.listeners.known() or ():
        process = listener.process or N_(CONTEXT, "a process")
        yield (
            (listener.protocol.lower(), listener.port),
            N_(CONTEXT, "{process} listens on it", process=process),
        )
    for mapping in snapshot.facts.nat_mappings.known() or ():
        key = (mapping.protocol.lower(), mapping.external_port)
        yield key, N_(CONTEXT, "WinNAT maps it to {address}", address=mapping.internal_address)
    for container in snapshot.containers.known() or ():
        for port in container.ports:
            if port.host_port is not None:
                yield (
                    (port.protocol, port.host_port),
                    N_(CONTEXT, "the container {name} publishes it", name=container.name),
                )


def taken_because(port: PublishSpec, snapshot: Snapshot) -> Text | None:
    """Who has the host's side of ``port``, or keeps it back; None where nobody is known to."""
    if port.host_port is None:
        return None
    held = host_ports(snapshot).get((port.protocol, port.host_port))
    return held or _excluded_because(port.protocol, port.host_port, snapshot)


def _excluded_because(protocol: str, number: int, snapshot: Snapshot) -> Text | None:
    for one in snapshot.facts.port_exclusions.known() or ():
        if one.protocol.lower() == protocol and number in one:
            if one.administered:
                return N_(
                    CONTEXT,
                    "an administered port exclusion (netsh, excludedportrange) reserves {first} to {last}",
                    first=one.first,
                    last=one.last,
                )
            return N_(
                CONTEXT,
                "Windows reserves {first} to {last} for WinNAT or Hyper-V until it restarts",
                first=one.first,
                last=one.last,
            )
    return None


def free_port(
    near: int, protocol: str, snapshot: Snapshot, besides: frozenset[int] = frozenset()
) -> int | None:
    """The next port from ``near`` on that nobody is known to have; None where there is none."""
    held = host_ports(snapshot)
    for number in range(near, HIGHEST + 1):
        if (protocol, number) in held or number in besides:
            continue
        if _excluded_because(protocol, number, snapshot) is None:
            return number
    return None
