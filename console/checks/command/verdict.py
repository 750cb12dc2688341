"""What is said about one command: :class:`Verdict`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from console.domain.severity import Severity
from console.domain.spec import NetworkSpec
from console.domain.text import Text

_REPLACED = "--driver"
"""A driver that Windows does not have is not left out: another one is put in its place."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with a command; ``flag`` is "" where no single one is meant."""

    id: str
    severity: Severity
    message: Text
    alternative: Text | None = None
    flag: str = ""

    def document(self) -> dict[str, Any]:
        """The JSON form, in English."""
        return {
            "id": self.id,
            "severity": self.severity.value,
            "flag": self.flag or None,
            "message": str(self.message),
            "alternative": str(self.alternative) if self.alternative else None,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """One command of a paste and what Windows makes of it.

    ``unsupported`` are the flags that do nothing or fail on Windows. ``rewritten`` is a command that
    works, None where the right one can't be known. ``spec`` is the network it asks for, repaired where
    that is known; None for what asks for no network, or for nothing that can be read.
    """

    kind: str
    driver: str | None = None
    name: str | None = None
    subnets: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    supported: bool = True
    unsupported: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    rewritten: str | None = None
    spec: NetworkSpec | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """The flags that ``rewritten`` does without: they ask for what Windows does not have.

        What they were meant for is not had by it either, which has to be said beside it.
        """
        if self.rewritten is None:
            return ()
        flags = (flag for flag in self.unsupported if not flag.startswith(_REPLACED))
        return tuple(flag for flag in flags if flag.split()[-1] not in self.rewritten)

    def document(self) -> dict[str, Any]:
        """The JSON form of the issue, in English."""
        return {
            "kind": self.kind,
            "driver": self.driver,
            "name": self.name,
            "subnets": list(self.subnets),
            "gateways": list(self.gateways),
            "options": dict(self.options),
            "supported_on_windows": self.supported,
            "unsupported": list(self.unsupported),
            "problems": [trouble.document() for trouble in self.troubles],
            "rewritten": self.rewritten,
            "left_out": list(self.left_out),
        }
