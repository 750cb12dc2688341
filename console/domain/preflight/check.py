"""Preflight: all rules asked about one spec on one host.

Pure and quick: it runs at every keystroke of the wizard.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Final

from console.domain.preflight import families
from console.domain.preflight.case import Case
from console.domain.preflight.rule import Rule
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec
from console.domain.violation import Violation

_ORDER: Final = {severity: place for place, severity in enumerate(Severity)}


def _rules_of(module: ModuleType) -> tuple[Rule, ...]:
    return tuple(value for value in vars(module).values() if isinstance(value, Rule))


RULES: Final[tuple[Rule, ...]] = tuple(found for family in families.FAMILIES for found in _rules_of(family))
"""Every rule, in the order of its family and of its file."""


def preflight(
    spec: NetworkSpec, snapshot: Snapshot, *, rules: Iterable[Rule] = RULES
) -> tuple[Violation, ...]:
    """What speaks against making ``spec`` on the host of ``snapshot``; errors come first.

    ``rules`` are those that are asked.

    Sections of the snapshot that can't be read are not guessed at: the rules that need them are
    silent, or say in a note that they could not look.
    """
    case = Case(spec, snapshot)
    violations = [
        Violation(
            rule=rule.id,
            field=objection.field,
            severity=objection.severity,
            message=objection.message,
            why=objection.why,
            suggestion=objection.suggestion,
            position=objection.position,
            source=rule.source,
        )
        for rule in rules
        if rule.concerns(windows=case.windows)
        for objection in rule.judge(case)
    ]
    return tuple(sorted(violations, key=lambda violation: _ORDER[violation.severity]))
