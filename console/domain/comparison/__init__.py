"""Two snapshots compared: what appeared, what went, what is different."""

from console.domain.comparison.compare import (
    Change,
    ChangedObject,
    Comparison,
    NotCompared,
    PartComparison,
    compare,
)
from console.domain.comparison.differences import Difference, differences
from console.domain.comparison.document import as_document, as_text

__all__ = [
    "Change",
    "ChangedObject",
    "Comparison",
    "Difference",
    "NotCompared",
    "PartComparison",
    "as_document",
    "as_text",
    "compare",
    "differences",
]
