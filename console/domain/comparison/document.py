"""A comparison for a terminal and for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.domain.comparison.compare import Change, Comparison, PartComparison
from console.domain.comparison.differences import differences, plain


def as_document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as one JSON document. ``schema`` counts its incompatible versions."""
    return {
        "schema": 1,
        "before": {"name": comparison.before.name, "practice": comparison.before.practice},
        "after": {"name": comparison.after.name, "practice": comparison.after.practice},
        "same": comparison.same,
        "parts": {part.part: _part(part) for part in comparison.parts},
        "not_compared": [{"part": one.part, "reason": str(one.reason)} for one in comparison.not_compared],
    }


def _part(part: PartComparison) -> dict[str, Any]:
    return {
        "appeared": list(part.appeared),
        "gone": list(part.gone),
        "changed": [
            {
                "name": one.name,
                "changes": [
                    {"field": each.field, "before": plain(each.before), "after": plain(each.after)}
                    for each in one.changes
                ],
            }
            for one in part.changed
        ],
    }


def as_text(comparison: Comparison) -> str:
    """The comparison in lines, as ``diff`` marks them: + appeared, - went, ~ is different."""
    lines = [f"{comparison.before.name} -> {comparison.after.name}"]
    for part in comparison.parts:
        lines.append(part.part.replace("_", " "))
        lines += [f"  + {name}" for name in part.appeared]
        lines += [f"  - {name}" for name in part.gone]
        for one in part.changed:
            lines.append(f"  ~ {one.name}")
            lines += [line for change in one.changes for line in _change_lines(change)]
    lines += [f"{one.part.replace('_', ' ')}: not compared. {one.reason}" for one in comparison.not_compared]
    if comparison.same:
        lines.append("No differences.")
    return "\n".join(lines) + "\n"


def _change_lines(change: Change) -> Iterator[str]:
    for one in differences(change):
        if one.reordered:
            yield f"      {one.field}: in another order"
        elif one.after is None:
            yield f"      {one.field}: - {one.before}"
        elif one.before is None:
            yield f"      {one.field}: + {one.after}"
        else:
            yield f"      {one.field}: {one.before} -> {one.after}"
