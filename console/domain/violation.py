"""What a preflight rule has to say about a spec."""

from __future__ import annotations

from console.domain.field import Field
from console.domain.record import Record
from console.domain.severity import Severity
from console.domain.text import Text


class Violation(Record):
    """One rule broken by one field.

    ``position`` counts entries where the field has several (subnets; 0-based). ``suggestion`` is
    the value for ``field`` that would work, "" where none can be worked out. ``source`` names the
    document and section the rule comes from.
    """

    rule: str
    field: Field
    severity: Severity
    message: Text
    why: Text
    suggestion: str = ""
    position: int = 0
    source: str = ""
