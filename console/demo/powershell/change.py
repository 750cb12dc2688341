"""The answer of a script that changes the host."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from console.demo.powershell.errors import PowerShellError
from console.demo.powershell.writing import text_of

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

State = Mapping[str, Any] | None


@dataclass(slots=True)
class Change:
    """One run of a change script. ``made`` is set where the script would begin to change the host."""

    host: PracticeHost
    parameters: Mapping[str, Any]
    made: bool = False
    notes: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A text parameter; "" for one that was not given."""
        return str(self.parameters.get(name, ""))

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A flag parameter."""
        return bool(self.parameters.get(name, default))


Run = Callable[[Change], tuple[State, State]]


def answer(change: Change, run: Run) -> str:
    """What the script prints: before and after, or the error it ended in."""
    try:
        before, after = run(change)
    except PowerShellError as error:
        failed = {"ok": False, "error": error.document()}
        return text_of({**failed, "schema": 1, "changed": change.made})
    done = {"ok": True, "before": before, "after": after, "notes": change.notes}
    return text_of({**done, "schema": 1, "changed": change.made})
