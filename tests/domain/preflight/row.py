"""One line of the table of rules."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec
from tests.domain.hosts import host

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True)
class Row:
    """A spec to which a rule objects on ``where``, with its suggestion, and one to which it doesn't."""

    rule: str
    severity: Severity
    objected: NetworkSpec
    suggestion: str
    silent: NetworkSpec
    where: Snapshot | None = None
    silent_where: Snapshot | None = None

    @property
    def host(self) -> Snapshot:
        return self.where or host()

    @property
    def silent_host(self) -> Snapshot:
        return self.silent_where or self.host
