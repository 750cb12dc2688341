"""The tables of the Compose page: networks, services, problems and variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.compose.tree import YamlMapping, YamlSequence
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.models.records import Column
from console.ui.texts import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from console.domain.compose.interpolation import Use
    from console.domain.compose.model import (
        ComposeNetwork,
        ComposeProblem,
        ComposeService,
        Project,
    )
    from console.domain.compose.standing import NetworkStanding
    from console.domain.compose.tree import Place, YamlNode
    from console.domain.snapshot import Snapshot

CONTEXT = "Compose page"

_MARKS = {"error": (Icon.ERROR, "error"), "warning": (Icon.WARNING, "warning"), "note": (Icon.INFO, "accent")}
_ORDER = ("error", "warning", "note")


def severity_words(severity: str) -> str:
    """The word for how bad a problem is."""
    words = {
        "error": QCoreApplication.translate(CONTEXT, "Error"),
        "warning": QCoreApplication.translate(CONTEXT, "Warning"),
        "note": QCoreApplication.translate(CONTEXT, "Note"),
    }
    return words[severity]


def standing_words(standing: NetworkStanding) -> str:
    """Where a network stands on the host."""
    words = {
        "exists": QCoreApplication.translate(CONTEXT, "exists"),
        "to-be-made": QCoreApplication.translate(CONTEXT, "would be created"),
        "missing": QCoreApplication.translate(CONTEXT, "missing"),
        "foreign": QCoreApplication.translate(CONTEXT, "exists, not this project's"),
        "unused": QCoreApplication.translate(CONTEXT, "not used"),
        "unknown": QCoreApplication.translate(CONTEXT, "not known"),
    }
    return words[standing.standing.value]


_STANDING_MARKS = {
    "exists": (Icon.OK, "ok"),
    "to-be-made": (Icon.NETWORK_NEW, "accent"),
    "missing": (Icon.ERROR, "error"),
    "foreign": (Icon.ERROR, "error"),
    "unused": (Icon.SKIPPED, "muted"),
    "unknown": (Icon.PENDING, "muted"),
}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of one of the tables. ``place`` is where it stands in the files, None for nowhere."""

    key: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class NetworkRow(ProjectRow):
    """A network of the project."""

    network: ComposeNetwork
    standing: NetworkStanding
    problems: tuple[ComposeProblem, ...]

    @property
    def subnets(self) -> tuple[str, ...]:
        """The subnets asked for, or those of the network that is used."""
        if self.network.spec is not None and self.network.spec.subnets:
            return tuple(pool.subnet for pool in self.network.spec.subnets)
        there = self.standing.there
        return tuple(pool.subnet for pool in there.pools) if there is not None else ()

    @property
    def driver(self) -> str:
        """The driver asked for, or that of the network that is used."""
        there = self.standing.there
        if there is not None:
            return there.driver
        return self.network.spec.driver if self.network.spec is not None else ""


@dataclass(frozen=True, slots=True)
class ServiceRow(ProjectRow):
    """A service of the project."""

    service: ComposeService
    problems: tuple[ComposeProblem, ...]

    @property
    def attached(self) -> tuple[str, ...]:
        """The networks with fixed addresses, or the network mode."""
        if self.service.network_mode:
            return (self.service.network_mode,)
        return tuple(
            f"{one.network} ({one.address})" if one.address else one.network
            for one in self.service.attachments
        )


@dataclass(frozen=True, slots=True)
class ProblemRow(ProjectRow):
    """One thing that is wrong, or will not work on Windows."""

    problem: ComposeProblem


@dataclass(frozen=True, slots=True)
class VariableRow(ProjectRow):
    """A variable of the files and what was put in its place first."""

    use: Use
    count: int


def _worst(row: NetworkRow | ServiceRow) -> tuple[Icon, str] | None:
    found = {problem.severity.value for problem in row.problems}
    worst = next((severity for severity in _ORDER if severity in found), None)
    return _MARKS[worst] if worst is not None else None


def _counted_words(severity: str, count: int) -> str:
    one, several = {
        "error": (N_(CONTEXT, "1 error"), N_(CONTEXT, "{count} errors", count=count)),
        "warning": (N_(CONTEXT, "1 warning"), N_(CONTEXT, "{count} warnings", count=count)),
        "note": (N_(CONTEXT, "1 note"), N_(CONTEXT, "{count} notes", count=count)),
    }[severity]
    return shown(one if count == 1 else several)


def _count(row: NetworkRow | ServiceRow) -> str:
    """How many problems of each kind, the worst first: the icon is that one's, never colour alone."""
    found = [problem.severity.value for problem in row.problems]
    return ", ".join(
        _counted_words(severity, found.count(severity)) for severity in _ORDER if severity in found
    )


def _joined(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _message(row: ProblemRow) -> str:
    return shown(row.problem.message)


def _remedy(row: ProblemRow) -> str:
    return shown(row.problem.remedy) if row.problem.remedy is not None else ""


def _line(row: ProjectRow) -> int | None:
    return row.place.line if row.place is not None else None


def _optional(value: int | None) -> str:
    return "" if value is None else str(value)


NETWORK_COLUMNS: tuple[Column[NetworkRow], ...] = (
    Column("network", N_(CONTEXT, "Network"), lambda row: row.network.key, width=15),
    Column(
        "standing", N_(CONTEXT, "On the host"), lambda row: standing_words(row.standing), width=17,
        mark=lambda row: _STANDING_MARKS[row.standing.standing.value],
    ),
    Column("driver", N_(CONTEXT, "Driver"), lambda row: row.driver, width=11),
    Column("problems", N_(CONTEXT, "Problems"), _count, width=20, mark=_worst),
    Column("name", N_(CONTEXT, "Name"), lambda row: row.network.name, width=22),
    Column("subnets", N_(CONTEXT, "Subnets"), lambda row: row.subnets, text=_joined, width=18),
    Column("users", N_(CONTEXT, "Used by"), lambda row: row.network.users, text=_joined, width=20),
)  # fmt: skip

SERVICE_COLUMNS: tuple[Column[ServiceRow], ...] = (
    Column("service", N_(CONTEXT, "Service"), lambda row: row.service.key, width=15),
    Column("networks", N_(CONTEXT, "Networks"), lambda row: row.attached, text=_joined, width=24),
    Column(
        "ports", N_(CONTEXT, "Ports"), lambda row: tuple(port.describe() for port in row.service.ports),
        text=_joined, width=20,
    ),
    Column("problems", N_(CONTEXT, "Problems"), _count, width=20, mark=_worst),
    Column("image", N_(CONTEXT, "Image"), lambda row: row.service.image, width=22),
    Column("profiles", N_(CONTEXT, "Profiles"), lambda row: row.service.profiles, text=_joined, width=14),
    Column(
        "active", N_(CONTEXT, "Active"),
        lambda row: QCoreApplication.translate(CONTEXT, "yes" if row.service.active else "no"), width=11,
    ),
)  # fmt: skip

PROBLEM_COLUMNS: tuple[Column[ProblemRow], ...] = (
    Column(
        "severity", N_(CONTEXT, "Severity"), lambda row: severity_words(row.problem.severity.value),
        width=10, sort=lambda word: word, mark=lambda row: _MARKS[row.problem.severity.value],
    ),
    Column("line", N_(CONTEXT, "Line"), _line, text=_optional, width=6, numeric=True),
    Column("what", N_(CONTEXT, "Problem"), _message, width=52, tip=_message),
    Column(
        "do", N_(CONTEXT, "What to do"), _remedy, width=40, tip=_remedy,
    ),
    Column("subject", N_(CONTEXT, "About"), lambda row: row.problem.subject, width=14),
    Column("file", N_(CONTEXT, "File"), lambda row: row.place.file if row.place else "", width=20),
)  # fmt: skip


def _source_words(row: VariableRow) -> str:
    words = {
        "set": QCoreApplication.translate(CONTEXT, "set (system or .env)"),
        "default": QCoreApplication.translate(CONTEXT, "default in the file"),
        "missing": QCoreApplication.translate(CONTEXT, "not set"),
    }
    return words[row.use.source]


VARIABLE_COLUMNS: tuple[Column[VariableRow], ...] = (
    Column("name", N_(CONTEXT, "Variable"), lambda row: row.use.name, width=20),
    Column("value", N_(CONTEXT, "Value"), lambda row: row.use.value, width=24),
    Column(
        "source", N_(CONTEXT, "Source"), _source_words, width=20,
        mark=lambda row: _MARKS["warning"] if row.use.source == "missing" else None,
    ),
    Column("count", N_(CONTEXT, "Uses"), lambda row: row.count, width=7, numeric=True),
    Column("line", N_(CONTEXT, "Line"), _line, text=_optional, width=6, numeric=True),
)  # fmt: skip


def row_key(row: ProjectRow) -> str:
    """What identifies a row over readings."""
    return row.key


@dataclass(frozen=True, slots=True)
class ProjectRows:
    """All rows of one reading of a project, made off the UI thread."""

    networks: Sequence[NetworkRow] = ()
    services: Sequence[ServiceRow] = ()
    problems: Sequence[ProblemRow] = ()
    variables: Sequence[VariableRow] = ()


def project_rows(project: Project, snapshot: Snapshot | None) -> ProjectRows:
    """The rows of ``project`` on that host. Touches no widget: it runs on a worker thread."""
    from console.checks.compose.judge import compose_problems
    from console.domain.compose.standing import standing_of

    problems = compose_problems(project, snapshot)
    owners = _owners(project)
    by_subject: dict[str, list[ComposeProblem]] = {}
    for problem in problems:
        place = problem.place
        # A mistake of the file names no subject; it is that of the part it stands in.
        owner = owners.get((place.file, place.line), "") if place is not None else ""
        by_subject.setdefault(problem.subject or owner, []).append(problem)
    networks = [
        NetworkRow(
            one.key, one.place, one, standing_of(one, project, snapshot), tuple(by_subject.get(one.key, ()))
        )
        for one in project.networks
    ]
    services = [
        ServiceRow(one.key, one.place, one, tuple(by_subject.get(one.key, ()))) for one in project.services
    ]
    numbered = [ProblemRow(f"{at}", one.place, one) for at, one in enumerate(problems)]
    return ProjectRows(networks, services, numbered, _variables(project.uses))


def _owners(project: Project) -> dict[tuple[str, int], str]:
    """The service or network that each line of the files belongs to, where it belongs to one."""
    owners: dict[tuple[str, int], str] = {}
    for part in ("services", "networks"):
        mapping = project.tree.get(part) if project.tree is not None else None
        entries = mapping.entries if isinstance(mapping, YamlMapping) else {}
        for key, node in entries.items():
            owners |= {(place.file, place.line): key for place in _places(node)}
    return owners


def _places(node: YamlNode) -> Iterator[Place]:
    yield node.place
    if isinstance(node, YamlMapping):
        yield from node.key_places.values()
        for value in node.entries.values():
            yield from _places(value)
    elif isinstance(node, YamlSequence):
        for item in node.items:
            yield from _places(item)


def _variables(uses: Iterable[Use]) -> list[VariableRow]:
    first: dict[str, Use] = {}
    counts: dict[str, int] = {}
    for use in uses:
        first.setdefault(use.name, use)
        counts[use.name] = counts.get(use.name, 0) + 1
    return [VariableRow(name, use.place, use, counts[name]) for name, use in first.items()]
