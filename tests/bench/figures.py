"""What was measured, beside what it may cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number. ``budget`` None: told for information only."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    basis: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is within its budget."""
        return self.budget is None or self.value <= self.budget


def table(figures: Sequence[Figure]) -> str:
    """The figures as text, one a line, budgets beside them."""
    rows = [("figure", "measured", "budget", "", "basis")]
    for figure in figures:
        budget = "" if figure.budget is None else f"{figure.budget:,.1f} {figure.unit}"
        verdict = "" if figure.budget is None else ("ok" if figure.kept else "MISSED")
        rows.append((figure.name, f"{figure.value:,.1f} {figure.unit}", budget, verdict, figure.basis))
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    numbers = (1, 2)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at in numbers else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
