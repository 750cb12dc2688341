"""All that can be said against a Compose project: :func:`compose_problems`."""

from __future__ import annotations

from console.checks.compose.addresses import address_problems
from console.checks.compose.networks import network_problems
from console.checks.compose.ports import port_problems
from console.checks.compose.services import service_problems
from console.checks.plain_host import ASSUMED_BUILD, plain_host
from console.domain.compose.model import ComposeProblem, Project
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def compose_problems(project: Project, snapshot: Snapshot | None) -> tuple[ComposeProblem, ...]:
    """The project's own mistakes and what the host makes of it, in the order of the files' lines.

    Without a snapshot it is judged as for Windows Server 2022. Services that no active profile has are
    judged like the others, but for the addresses and ports they would take.
    """
    host = plain_host(ASSUMED_BUILD) if snapshot is None else snapshot
    engine = host.engine.known()
    windows = engine is None or engine.is_windows
    found = list(project.problems)
    if windows:
        found += [problem for service in project.services for problem in service_problems(service)]
    found += network_problems(project, host, windows=windows)
    found += address_problems(project, host)
    found += port_problems(project, host, windows=windows)
    return tuple(sorted(found, key=_place))


def _place(problem: ComposeProblem) -> tuple[str, int, int, int]:
    place = problem.place
    if place is None:
        return ("", 0, 0, _ORDER[problem.severity])
    return (place.file, place.line, place.column, _ORDER[problem.severity])
