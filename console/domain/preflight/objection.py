"""What a single rule answers with; :mod:`console.domain.preflight.check` adds who said it."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.field import Field
from console.domain.severity import Severity
from console.domain.text import Text


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing to say about one field; the attributes are those of ``Violation``."""

    field: Field
    severity: Severity
    message: Text
    why: Text
    suggestion: str = ""
    position: int = 0


def error(field: Field, message: Text, why: Text, suggestion: str = "", position: int = 0) -> Objection:
    """Windows or the engine refuses it, or it can't work."""
    return Objection(field, Severity.ERROR, message, why, suggestion, position)


def warning(field: Field, message: Text, why: Text, suggestion: str = "", position: int = 0) -> Objection:
    """Accepted, but not what is probably meant."""
    return Objection(field, Severity.WARNING, message, why, suggestion, position)


def note(field: Field, message: Text, why: Text, suggestion: str = "", position: int = 0) -> Objection:
    """Worth knowing."""
    return Objection(field, Severity.NOTE, message, why, suggestion, position)
