"""Published ports of services on Windows, against each other and against those in use (reference, 1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.compose.model import ComposePort, ComposeProblem, ComposeService, Project
from console.domain.compose.standing import PROJECT_LABEL
from console.domain.container_spec import EVERY_ADDRESS, PublishSpec
from console.domain.containers.ports import free_port, taken_because
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text

CONTEXT = "Compose check"

_PROTOCOLS = frozenset({"tcp", "udp"})


def port_problems(project: Project, snapshot: Snapshot, *, windows: bool) -> Iterator[ComposeProblem]:
    """What is wrong with the ports that active services publish."""
    own = _published_by_its_own(project, snapshot)
    wanted = _wanted(project)
    taken: dict[tuple[int, str], ComposeService] = {}
    for service in project.services:
        for port in service.ports if service.active else ():
            if windows:
                yield from _windows(service, port)
            yield from _clashes(service, port, taken)
            if (port.published or (0, 0), port.protocol) not in own:
                yield from _in_use(service, port, snapshot, wanted)


def _windows(service: ComposeService, port: ComposePort) -> Iterator[ComposeProblem]:
    if port.host_address not in EVERY_ADDRESS:
        yield _problem(
            "port-host-address",
            service,
            port,
            N_(CONTEXT, "Windows publishes a port on all addresses of the host, not on {address} alone.",
               address=port.host_address),
            N_(CONTEXT, "Leave the address out, and restrict the port with Windows Firewall."),
        )  # fmt: skip
    if port.published is not None and port.published[0] != port.published[1]:
        yield _problem(
            "port-range",
            service,
            port,
            N_(CONTEXT, "Windows accepts one host port for a container port, not a range to choose from."),
            N_(CONTEXT, "Name one port, such as {port}.", port=port.published[0]),
        )
    if port.protocol not in _PROTOCOLS:
        yield _problem(
            "port-protocol",
            service,
            port,
            N_(CONTEXT, "Windows publishes TCP and UDP ports only, not {protocol}.", protocol=port.protocol),
            N_(CONTEXT, "Use tcp or udp."),
        )


def _clashes(
    service: ComposeService,
    port: ComposePort,
    taken: dict[tuple[int, str], ComposeService],
) -> Iterator[ComposeProblem]:
    if port.published is None or port.published[0] != port.published[1]:
        return
    key = (port.published[0], port.protocol)
    other = taken.setdefault(key, service)
    shown = f"{key[0]}/{key[1]}"
    if other is not service:
        words = N_(
            CONTEXT,
            "{service} and {other} publish the same port {port}.",
            service=service.key,
            other=other.key,
            port=shown,
        )
        yield _problem("port-twice", service, port, words)


def _in_use(
    service: ComposeService, port: ComposePort, snapshot: Snapshot, wanted: frozenset[int]
) -> Iterator[ComposeProblem]:
    """A port that a process, WinNAT or another container has now, or that Windows keeps back."""
    if port.published is None or port.published[0] != port.published[1]:
        return
    number = port.published[0]
    asked = PublishSpec(container_port=port.target[0], protocol=port.protocol, host_port=number)
    reason = taken_because(asked, snapshot)
    if reason is None:
        return
    free = free_port(number, port.protocol, snapshot, wanted)
    remedy = N_(CONTEXT, "Free it before docker compose up.")
    if free is not None:
        remedy = N_(CONTEXT, "Free it before docker compose up, or use {port}.", port=free)
    shown = f"{number}/{port.protocol}"
    words = N_(CONTEXT, "The port {port} is taken: {reason}.", port=shown, reason=reason)
    yield _problem("port-in-use", service, port, words, remedy, Severity.WARNING)


def _published_by_its_own(project: Project, snapshot: Snapshot) -> frozenset[tuple[tuple[int, int], str]]:
    """The host ports of this project's own containers, which docker compose up replaces."""
    return frozenset(
        ((port.host_port, port.host_port), port.protocol)
        for container in snapshot.containers.known() or ()
        if container.labels.get(PROJECT_LABEL) == project.name
        for port in container.ports
        if port.host_port is not None
    )


def _wanted(project: Project) -> frozenset[int]:
    """All host ports of the project: none of them is to be suggested for another."""
    ports = (port.published for service in project.services for port in service.ports)
    return frozenset(number for span in ports if span is not None for number in span)


def _problem(
    rule: str,
    service: ComposeService,
    port: ComposePort,
    message: Text,
    remedy: Text | None = None,
    severity: Severity = Severity.ERROR,
) -> ComposeProblem:
    return ComposeProblem(rule, severity, message, port.place, remedy=remedy, subject=service.key)
