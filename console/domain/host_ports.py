"""Which ports of a host are taken, kept back and left: listeners, excluded ranges, dynamic ranges."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.record import Record

#: HNS and WinNAT take dynamic ports in runs of so many (reference, 6.3).
PORTS_OF_A_BLOCK = 64
_NO_MORE_PORTS = 65536


class Listener(Record):
    """A port of the host's own compartment that a process waits on (Get-NetTCPConnection -State Listen,
    Get-NetUDPEndpoint).

    ``process`` is the program's name ("" where it is not known), ``services`` are those it hosts.
    """

    protocol: str
    address: str
    port: int
    process_id: int = 0
    process: str = ""
    services: tuple[str, ...] = ()


class Connection(Record):
    """An established TCP connection of the host's own compartment (Get-NetTCPConnection -State Established).

    ``process`` is the program's name ("" where it is not known), ``services`` are those it hosts.
    """

    address: str
    port: int
    remote_address: str
    remote_port: int
    process_id: int = 0
    process: str = ""
    services: tuple[str, ...] = ()


class PortExclusion(Record):
    """Ports from ``first`` to ``last`` that no program is given (netsh … show excludedportrange).

    ``administered``: somebody keeps them back until it is taken away; else a part of Windows such as
    WinNAT or Hyper-V took them since the last start, and may take others after the next.
    """

    protocol: str
    first: int
    last: int
    administered: bool = False

    def __contains__(self, port: int) -> bool:
        return self.first <= port <= self.last


class DynamicPorts(Record):
    """The range out of which a protocol's ports are given when none is asked for.

    ``free_blocks`` is how many runs of 64 free ports are left in it, None where what is taken is not
    known. It is an estimate (reference, 6.3): ports that are bound and not yet in use are not seen.
    """

    protocol: str
    first: int
    count: int
    free_blocks: int | None = None

    @property
    def last(self) -> int:
        """The highest port of the range."""
        return self.first + self.count - 1


def free_blocks(first: int, count: int, exclusions: Iterable[PortExclusion], used: Iterable[int]) -> int:
    """How many runs of 64 ports of a range are neither excluded nor used (reference, 6.3)."""
    end = min(first + count, _NO_MORE_PORTS)
    taken = sorted([(one.first, one.last) for one in exclusions] + [(port, port) for port in used])
    blocks, position = 0, first
    for low, high in taken:
        if high < position:
            continue
        if low >= end:
            break
        blocks += max(0, low - position) // PORTS_OF_A_BLOCK
        position = high + 1
    return blocks + max(0, end - position) // PORTS_OF_A_BLOCK
