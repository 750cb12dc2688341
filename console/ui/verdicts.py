"""How the three answers of a prediction look and sound: icon, colour's meaning, and word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.domain.verdict import Agreement, Verdict
from console.ui.icons import Icon

CONTEXT = "Verdict"

MARKS = {
    Verdict.YES: (Icon.OK, "ok"),
    Verdict.NO: (Icon.STOP, "error"),
    Verdict.DEPENDS: (Icon.HELP, "warning"),
}

DISAGREEMENT_MARKS = {
    Agreement.DIFFERS: (Icon.WARNING, "warning"),
    Agreement.SETTLED: (Icon.INFO, "accent"),
}


def found_mark(agreement: Agreement, found: tuple[Icon, str]) -> tuple[Icon, str]:
    """The sign beside what a live test ``found``: that of the outcome itself, as the prediction beside it
    has that of its verdict; where the two don't go together, the one that says so.
    """
    return found if agreement is Agreement.AGREES else DISAGREEMENT_MARKS[agreement]


def verdict_text(verdict: Verdict) -> str:
    """The word for a verdict."""
    words = {
        Verdict.YES: QCoreApplication.translate(CONTEXT, "Yes"),
        Verdict.NO: QCoreApplication.translate(CONTEXT, "No"),
        Verdict.DEPENDS: QCoreApplication.translate(CONTEXT, "Depends"),
    }
    return words[verdict]
