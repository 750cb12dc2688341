"""Every error pattern there is, in one place: :data:`PATTERNS`."""

from __future__ import annotations

from console.checks.errors import attach, connection, create, daemon, hcn, hcs, swarm, win32
from console.checks.errors.codes import code_of
from console.checks.errors.pattern import ErrorPattern

PATTERNS: tuple[ErrorPattern, ...] = (
    *create.PATTERNS,
    *attach.PATTERNS,
    *daemon.PATTERNS,
    *swarm.PATTERNS,
    *hcn.PATTERNS,
    *win32.PATTERNS,
    *hcs.PATTERNS,
    *connection.PATTERNS,
)


def matching(raw: str) -> tuple[tuple[ErrorPattern, dict[str, str]], ...]:
    """The patterns that ``raw`` is an error of, each with the values it gives to the placeholders."""
    code = code_of(raw)
    found = [(pattern, values) for pattern in PATTERNS if (values := pattern.match(raw, code)) is not None]
    highest = max((pattern.rank for pattern, _ in found), default=0)
    return tuple((pattern, values) for pattern, values in found if pattern.rank == highest)
