"""A port that a container publishes is taken on the host (reference, 4.2, 0x20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from console.checks.by_hand import quoted
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.host_ports import Listener, PortExclusion
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Container, PortMapping, Snapshot
from console.domain.text import N_, Text, verbatim

CONTEXT = "Check port-in-use"
# Docker's own listeners for containers, and the services that translate addresses for them.
_PUBLISHERS = frozenset({"dockerd", "com.docker.backend", "vpnkit", "wslrelay"})
_TRANSLATORS = frozenset({"hns", "sharedaccess", "winnat"})
_SYSTEM = 4
_FIRST_USUAL, _LAST_PORT = 1024, 65535


@dataclass(frozen=True, slots=True)
class _Clash:
    """A port of the host that a container asks for, and who has it."""

    container: Container
    mapping: PortMapping
    holders: tuple[Listener, ...]
    exclusions: tuple[PortExclusion, ...]


def _clashes(host: Host) -> Iterator[_Clash]:
    snapshot = host.snapshot
    listeners: dict[tuple[str, int], list[Listener]] = {}
    for one in snapshot.facts.listeners.known() or ():
        if not _is_dockers(one):
            listeners.setdefault((one.protocol, one.port), []).append(one)
    exclusions = snapshot.facts.port_exclusions.known() or ()
    for container in snapshot.containers.known() or ():
        # Where a container runs, its port's range may be excluded for this very container.
        for mapping in container.ports if container.running else container.wanted_ports:
            protocol, port = mapping.protocol.upper(), mapping.host_port
            if port is None:
                continue
            holders = tuple(listeners.get((protocol, port), ()))
            kept = () if container.running else tuple(
                one for one in exclusions if one.protocol == protocol and port in one
            )  # fmt: skip
            if holders or kept:
                yield _Clash(container, mapping, holders, kept)


def _is_dockers(listener: Listener) -> bool:
    return listener.process.casefold() in _PUBLISHERS or not _TRANSLATORS.isdisjoint(
        one.casefold() for one in listener.services
    )


def _find(host: Host) -> Iterator[Symptom]:
    facts: dict[ObjectRef, list[Text]] = {}
    for clash in _clashes(host):
        facts.setdefault(ref_of(clash.container), []).extend(_facts(clash))
    for ref, told in facts.items():
        yield Symptom(ref, tuple(dict.fromkeys(told)))


def _facts(clash: _Clash) -> Iterator[Text]:
    port = f"{clash.mapping.host_port}/{clash.mapping.protocol}"
    wants = N_(CONTEXT, "{name} publishes the port {port}.", name=clash.container.name, port=port)
    if not clash.container.running:
        wants = N_(
            CONTEXT, "{name} was created with the port {port} and is not running.",
            name=clash.container.name, port=port,
        )  # fmt: skip
    yield wants
    for one in clash.holders:
        yield N_(CONTEXT, "The port {port} is held by {program}.", port=port, program=_program(one))
    for kept in clash.exclusions:
        yield N_(
            CONTEXT, "The ports {first} to {last} are reserved by Windows.",
            first=kept.first, last=kept.last,
        )  # fmt: skip


def _program(listener: Listener) -> Text:
    name = listener.process or str(listener.process_id)
    if listener.services:
        return N_(
            CONTEXT, "{name} (process {id}: {services})",
            name=name, id=listener.process_id, services=", ".join(listener.services),
        )  # fmt: skip
    return N_(CONTEXT, "{name} (process {id})", name=name, id=listener.process_id)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    clashes = [one for one in _clashes(host) if ref_of(one.container) == subject]
    if not clashes:
        return ()
    return (_other_port(host.snapshot, clashes), *_stop_holders(clashes), *_release(clashes))


def _other_port(snapshot: Snapshot, clashes: list[_Clash]) -> Remedy:
    return Remedy(
        N_(CONTEXT, "Publish another host port"),
        steps=tuple(
            N_(
                CONTEXT, "Recreate the container with a free one, such as {command}",
                command=verbatim(f"-p {_free_port(snapshot, one.mapping)}:{one.mapping.container_port}"),
            )
            for one in clashes
        ),
        interrupts=(N_(CONTEXT, "Clients that use the old port need the new one."),),
    )  # fmt: skip


def _free_port(snapshot: Snapshot, mapping: PortMapping) -> int:
    """The next port of the host that nobody has or asks for."""
    protocol = mapping.protocol.upper()
    taken = {one.port for one in snapshot.facts.listeners.known() or () if one.protocol == protocol}
    for container in snapshot.containers.known() or ():
        taken |= {one.host_port or 0 for one in (*container.ports, *container.wanted_ports)}
    kept = [one for one in snapshot.facts.port_exclusions.known() or () if one.protocol == protocol]
    first = (mapping.host_port or 0) + 1
    for port in chain(range(first, _LAST_PORT + 1), range(_FIRST_USUAL, first)):
        if port not in taken and not any(port in one for one in kept):
            return port
    return first


def _stop_holders(clashes: list[_Clash]) -> Iterator[Remedy]:
    holders = {one.process_id: one for clash in clashes for one in clash.holders}
    for listener in holders.values():
        yield Remedy(
            N_(CONTEXT, "Stop {program}", program=_program(listener)),
            steps=tuple(_stop(listener)),
            interrupts=(N_(CONTEXT, "Anyone using it is cut off."),),
        )


def _stop(listener: Listener) -> Iterator[Text]:
    if listener.process_id == _SYSTEM:
        # http.sys waits in the kernel for whoever registered: IIS, WinRM and others.
        look = "netsh http show servicestate view=requestq"
        yield N_(CONTEXT, "See for which program Windows listens on it: {command}", command=verbatim(look))
        yield N_(CONTEXT, "If it is IIS: {command}", command=verbatim("Stop-Service W3SVC"))
        return
    for service in listener.services:
        command = f"Stop-Service -Name {quoted(service)}"
        yield N_(CONTEXT, "As an administrator: {command}", command=verbatim(command))
    if not listener.services:
        command = f"Stop-Process -Id {listener.process_id}"
        yield N_(CONTEXT, "As an administrator: {command}", command=verbatim(command))


def _release(clashes: list[_Clash]) -> Iterator[Remedy]:
    for kept in dict.fromkeys(one for clash in clashes for one in clash.exclusions):
        if kept.administered:
            command = (
                f"netsh interface ipv4 delete excludedportrange protocol={kept.protocol.lower()} "
                f"startport={kept.first} numberofports={kept.last - kept.first + 1}"
            )
            yield Remedy(
                N_(CONTEXT, "Remove the reservation, if nothing needs it any more"),
                steps=(N_(CONTEXT, "As an administrator: {command}", command=verbatim(command)),),
            )
            continue
        yield Remedy(
            N_(CONTEXT, "Let WinNAT reserve other ports"),
            steps=(
                N_(CONTEXT, "As an administrator: {command}", command=verbatim("net stop winnat")),
                N_(CONTEXT, "Start the container."),
                N_(CONTEXT, "Then: {command}", command=verbatim("net start winnat")),
            ),
            interrupts=(N_(CONTEXT, "Containers on nat networks reach nothing outside meanwhile."),),
        )


CHECK = Check(
    id="port-in-use",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A port that a container publishes is taken"),
    reason=N_(
        CONTEXT,
        "Only one program can use a host port. The container fails to start with 'The process cannot "
        "access the file because it is being used by another process' (0x20) or 'The specified port "
        "already exists' (0x803b0013); if it runs already, one of the two can't be reached.",
    ),
    needs=("engine", "containers", "listeners", "port_exclusions"),
    find=_find,
    remedies=_remedies,
    source="reference, 1.4 and 4.2 (0x20, 0x803b0013)",
)
