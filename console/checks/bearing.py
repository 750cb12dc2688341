"""What is found on a host that stands in the way of a network not made yet: :func:`bearing_on`."""

from __future__ import annotations

from collections.abc import Iterable

from console.checks.check import Finding
from console.domain.severity import Severity
from console.domain.text import N_
from console.domain.violation import Violation

CONTEXT = "Checks"


def bearing_on(findings: Iterable[Finding], driver: str) -> tuple[Violation, ...]:
    """The findings that concern a new network of ``driver``, each beside the field it concerns.

    None is an error of the form: what is wrong on the host can be repaired before or after.
    """
    return tuple(
        Violation(
            rule=finding.check.id,
            field=finding.check.field,
            severity=Severity.NOTE if finding.check.severity is Severity.NOTE else Severity.WARNING,
            message=N_(CONTEXT, "On this host: {title}", title=finding.check.title),
            why=finding.evidence[0] if finding.evidence else finding.check.reason,
            source=finding.check.source,
        )
        for finding in findings
        if driver in finding.check.drivers
    )
