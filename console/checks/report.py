"""Asking every check about one snapshot: :func:`run_checks`."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace

from console.checks.check import AppliesTo, Check, Crashed, Finding, Host, NotKnown, Severity
from console.checks.registry import checks
from console.domain.object_ref import ObjectRef
from console.domain.snapshot import SectionState, Snapshot

_RANK = {severity: rank for rank, severity in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTE))}


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks say about one host: ``findings`` by severity, worst first, then by check.

    ``not_known`` and ``crashed`` are the checks that say nothing; neither means that all is well.
    ``asked`` is how many checks there were to ask.
    """

    host: Host
    findings: tuple[Finding, ...]
    not_known: tuple[NotKnown, ...]
    crashed: tuple[Crashed, ...]
    asked: int

    @property
    def about_windows(self) -> bool:
        """Whether the checks are about this host: of a Linux engine only whether it is meant is asked."""
        return kind_of(self.host.snapshot) is AppliesTo.WINDOWS


def run_checks(
    snapshot: Snapshot, chosen: Iterable[Check] | None = None, between: Callable[[], object] = lambda: None
) -> Report:
    """Ask all checks, or the ``chosen`` ones, that are about an engine of this kind.

    ``between`` is called after each check, and within those that look at very many objects: who has other
    work to do does it there.
    """
    host = Host(snapshot, between)
    asked = applicable(snapshot, chosen)
    outcomes: list[Finding | NotKnown | Crashed] = []
    for check in asked:
        outcomes += _ask(check, host)
        between()
    findings = [one for one in outcomes if isinstance(one, Finding)]
    return Report(
        host,
        tuple(sorted(findings, key=lambda one: (_RANK[one.check.severity], one.check.id))),
        tuple(one for one in outcomes if isinstance(one, NotKnown)),
        tuple(one for one in outcomes if isinstance(one, Crashed)),
        len(asked),
    )


def settled(report: Report, known: Container[tuple[str, ObjectRef | None]]) -> Report:
    """The report without what only compares two sides that were read at different times.

    ``known`` are check and object of what was found before that: it stays.
    """
    findings = tuple(
        one for one in report.findings if not one.check.compares_sides or (one.check.id, one.subject) in known
    )
    return report if len(findings) == len(report.findings) else replace(report, findings=findings)


def applicable(snapshot: Snapshot, chosen: Iterable[Check] | None = None) -> tuple[Check, ...]:
    """All checks, or those of the ``chosen`` ones, that are about an engine of this kind."""
    kind = kind_of(snapshot)
    return tuple(check for check in chosen or checks().values() if check.applies_to is kind)


def kind_of(snapshot: Snapshot) -> AppliesTo:
    """Which engine's checks are about a host: those of Windows where the engine is not known."""
    engine = snapshot.engine.known()
    return AppliesTo.LINUX if engine is not None and not engine.is_windows else AppliesTo.WINDOWS


def _ask(check: Check, host: Host) -> Iterator[Finding | NotKnown | Crashed]:
    for name in check.needs:
        section = host.section(name)
        if section.state is SectionState.UNAVAILABLE:
            yield NotKnown(check, name, section.reason, section.remedy)
            return
    try:
        symptoms = tuple(check.find(host))
    except Exception:  # noqa: BLE001 # one check that fails must hide no other; it is shown as such
        yield Crashed(check, traceback.format_exc())
        return
    yield from (Finding(check, one.subject, one.evidence) for one in symptoms)
