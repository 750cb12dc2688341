"""The shape of a preflight rule and the decorator that declares one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection

Judgement = Callable[[Case], Iterable[Objection]]


class Engines(StrEnum):
    """On which engines a rule is asked."""

    WINDOWS = "windows"
    LINUX = "linux"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``id`` is its name for people and tests, ``source`` where it is written down."""

    id: str
    source: str
    engines: Engines
    judge: Judgement

    def concerns(self, *, windows: bool) -> bool:
        """Whether the rule is asked on such an engine."""
        if self.engines is Engines.ALL:
            return True
        return (self.engines is Engines.WINDOWS) == windows


def rule(rule_id: str, *, source: str, engines: Engines = Engines.WINDOWS) -> Callable[[Judgement], Rule]:
    """Declare the decorated function, which yields objections, as a rule."""

    def declare(judge: Judgement) -> Rule:
        return Rule(rule_id, source, engines, judge)

    return declare
