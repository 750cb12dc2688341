"""Who holds a port of the host, and which one is free: for publishing a container's port.

HNS answers ``0x20`` (the file is used by another process) for a port that a process waits on or that
lies in an excluded range, administered ones too (reference, 4.2; peers, 2f: docker/for-win issue 3171),
and ``0x803b0013`` for one that another endpoint holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from console.domain.addressing import parse_any_address
from console.domain.host_ports import Listener
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.relations import Relations
from console.domain.snapshot import Section, Snapshot
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "PortFinder"

LAST_PORT: Final = 65535
FIRST_OFFERED: Final = 1024
"""Below this are the well-known ports, which are never offered by themselves."""

SUGGESTED: Final = 5
PROTOCOLS: Final = ("tcp", "udp")


class HoldKind(StrEnum):
    """By whom or what a port is held."""

    PUBLISHED = "published"
    SERVICE = "service"
    NAT_MAPPING = "nat-mapping"
    LISTENER = "listener"
    EXCLUDED = "excluded"
    ADMINISTERED = "administered"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Hold:
    """Ports from ``first`` to ``last`` that are held. ``verdict`` is whether they can be published all the
    same: no, or depends (``words`` say on what). ``holder`` is a name, "" where there is none.
    """

    kind: HoldKind
    protocol: str
    first: int
    last: int
    verdict: Verdict
    holder: str
    words: Text
    process_id: int = 0
    ref: ObjectRef | None = None


@dataclass(frozen=True, slots=True)
class PortAnswer:
    """Whether a port is free, who holds it, and the next ones that are. ``skipped`` are the holds that
    stand between the port and the first suggestion.
    """

    port: int
    protocol: str
    free: Verdict
    reason: Text
    holds: tuple[Hold, ...]
    suggestions: tuple[int, ...]
    skipped: tuple[Hold, ...]


class PortTable:
    """All holds of one host, ready to be asked about any port."""

    def __init__(self, relations: Relations) -> None:
        self.snapshot = relations.snapshot
        self.holds: tuple[Hold, ...] = tuple(
            sorted(set(_holds(relations)), key=lambda one: (one.first, one.last, one.protocol, one.kind))
        )
        self._by_protocol = {
            protocol: _Spans([one for one in self.holds if one.protocol == protocol])
            for protocol in PROTOCOLS
        }

    @property
    def unread(self) -> tuple[str, ...]:
        """The parts of the host that could not be read and may hold ports, by their section's name."""
        facts = self.snapshot.facts
        parts: dict[str, Section[Any]] = {
            "containers": self.snapshot.containers,
            "listeners": facts.listeners,
            "port_exclusions": facts.port_exclusions,
            "nat_mappings": facts.nat_mappings,
        }
        engine = self.snapshot.engine.known()
        if engine is not None and not engine.is_windows:
            del parts["port_exclusions"], parts["nat_mappings"]
        return tuple(name for name, section in parts.items() if section.known() is None)

    def ask(self, port: int, protocol: str) -> PortAnswer:
        """What is known of one port."""
        held = self._by_protocol[protocol].at(port)
        free, reason = self._verdict(held)
        suggestions = tuple(self._free_after(port, protocol))
        first = suggestions[0] if suggestions else port
        span = self._by_protocol[protocol].between(port + 1, first - 1) if first > port else ()
        return PortAnswer(port, protocol, free, reason, held, suggestions, span)

    def _verdict(self, held: Sequence[Hold]) -> tuple[Verdict, Text]:
        taken = [one for one in held if one.verdict is Verdict.NO]
        if taken:
            return Verdict.NO, taken[0].words
        if held:
            return Verdict.DEPENDS, held[0].words
        if self.unread:
            words = N_(CONTEXT, "Nothing is known to hold it, but not everything could be read.")
            return Verdict.DEPENDS, words
        return Verdict.YES, N_(CONTEXT, "No process, container, mapping or excluded range holds it.")

    def _free_after(self, port: int, protocol: str) -> Iterator[int]:
        """The next ports that nothing holds at all, from the one above on, then from the lowest offered."""
        spans = self._by_protocol[protocol]
        found = 0
        start = max(port + 1, FIRST_OFFERED)
        for first, last in ((start, LAST_PORT), (FIRST_OFFERED, min(start - 1, LAST_PORT))):
            for free in spans.gaps(first, last):
                for number in free:
                    if number != port:
                        yield number
                        found += 1
                    if found == SUGGESTED:
                        return


class _Spans:
    """Holds of one protocol, by their ports."""

    def __init__(self, holds: list[Hold]) -> None:
        self._holds = sorted(holds, key=lambda one: one.first)
        self._firsts = [one.first for one in self._holds]
        self._longest = max((one.last - one.first for one in self._holds), default=0)

    def at(self, port: int) -> tuple[Hold, ...]:
        """What holds a port: what keeps it first."""
        found = self.between(port, port)
        return tuple(sorted(found, key=lambda one: one.verdict is not Verdict.NO))

    def between(self, first: int, last: int) -> tuple[Hold, ...]:
        """The holds that have a port from ``first`` to ``last``."""
        begin = bisect_left(self._firsts, first - self._longest)
        end = bisect_left(self._firsts, last + 1)
        return tuple(one for one in self._holds[begin:end] if one.last >= first)

    def gaps(self, first: int, last: int) -> Iterator[range]:
        """The runs of ports from ``first`` to ``last`` that nothing holds."""
        position = first
        for hold in self.between(first, last):
            if hold.first > position:
                yield range(position, min(hold.first, last + 1))
            position = max(position, hold.last + 1)
        if position <= last:
            yield range(position, last + 1)


def _holds(relations: Relations) -> Iterator[Hold]:
    snapshot = relations.snapshot
    yield from _published(snapshot, relations)
    yield from _services(snapshot)
    yield from _mappings(snapshot)
    yield from _listeners(snapshot)
    yield from _ranges(snapshot)


def _published(snapshot: Snapshot, relations: Relations) -> Iterator[Hold]:
    for container in snapshot.containers.known() or ():
        for mapping in container.ports:
            if mapping.host_port is None or mapping.protocol not in PROTOCOLS:
                continue
            port = mapping.host_port
            words = N_(
                CONTEXT, "{container} publishes its port {inside} there.",
                container=container.name, inside=mapping.container_port,
            )  # fmt: skip
            yield Hold(
                HoldKind.PUBLISHED, mapping.protocol, port, port, Verdict.NO, container.name, words,
                ref=ref_of(container) if relations.find(ref_of(container)) is not None else None,
            )  # fmt: skip


def _services(snapshot: Snapshot) -> Iterator[Hold]:
    for service in snapshot.swarm.services.known() or ():
        for one in service.ports:
            if one.published is not None and one.mode == "ingress" and one.protocol in PROTOCOLS:
                words = N_(
                    CONTEXT, "The swarm service {service} publishes it on every node.", service=service.name
                )
                yield Hold(
                    HoldKind.SERVICE,
                    one.protocol,
                    one.published,
                    one.published,
                    Verdict.NO,
                    service.name,
                    words,
                )


def _mappings(snapshot: Snapshot) -> Iterator[Hold]:
    for one in snapshot.facts.nat_mappings.known() or ():
        protocol = one.protocol.lower()
        if protocol in PROTOCOLS:
            words = N_(
                CONTEXT, "A static mapping of WinNAT ({nat}) sends it to {address}:{port}.",
                nat=one.nat, address=one.internal_address, port=one.internal_port,
            )  # fmt: skip
            port = one.external_port
            yield Hold(
                HoldKind.NAT_MAPPING, protocol, port, port, Verdict.NO, one.nat, words, ref=ref_of(one)
            )  # fmt: skip


def _listeners(snapshot: Snapshot) -> Iterator[Hold]:
    for one in snapshot.facts.listeners.known() or ():
        protocol = one.protocol.lower()
        if protocol not in PROTOCOLS:
            continue
        holder = one.process or N_(CONTEXT, "process {id}", id=one.process_id)
        verdict = Verdict.NO
        words = N_(
            CONTEXT, "{process} listens on it ({address}).", process=holder, address=one.address or "*"
        )
        if one.services:
            words = N_(
                CONTEXT,
                "{process} listens on it ({services}).",
                process=holder,
                services=", ".join(one.services),
            )
        if _on_loopback(one):
            verdict = Verdict.DEPENDS
            words = N_(
                CONTEXT,
                "{process} listens on it at {address} only: whether Windows lets others have it too "
                "depends on how the program opened it.",
                process=holder,
                address=one.address,
            )
        yield Hold(
            HoldKind.LISTENER, protocol, one.port, one.port, verdict, one.process, words, one.process_id
        )  # fmt: skip


def _on_loopback(listener: Listener) -> bool:
    address = parse_any_address(listener.address)
    return address is not None and address.is_loopback


def _ranges(snapshot: Snapshot) -> Iterator[Hold]:
    for one in snapshot.facts.port_exclusions.known() or ():
        protocol = one.protocol.lower()
        if protocol not in PROTOCOLS:
            continue
        if one.administered:
            words = N_(
                CONTEXT,
                "An administered port exclusion reserves {first} to {last}, so containers can't have them "
                "either. netsh int ipv4 delete excludedportrange releases them.",
                first=one.first,
                last=one.last,
            )
            kind = HoldKind.ADMINISTERED
        else:
            words = N_(
                CONTEXT,
                "Windows has reserved {first} to {last} since its last start, for Hyper-V or WinNAT; after "
                "the next start the range may be another.",
                first=one.first,
                last=one.last,
            )
            kind = HoldKind.EXCLUDED
        yield Hold(kind, protocol, one.first, one.last, Verdict.NO, "", words)
    for dynamic in snapshot.facts.dynamic_ports.known() or ():
        protocol = dynamic.protocol.lower()
        if protocol in PROTOCOLS and dynamic.count > 0:
            words = N_(
                CONTEXT,
                "It is free now, but one of the dynamic ports {first} to {last}: Windows may assign it to "
                "any program.",
                first=dynamic.first,
                last=dynamic.last,
            )
            yield Hold(
                HoldKind.DYNAMIC,
                protocol,
                dynamic.first,
                min(dynamic.last, LAST_PORT),
                Verdict.DEPENDS,
                "",
                words,
            )
