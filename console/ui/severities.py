"""How a severity looks and what it is called: a sign and a word, never the colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from console.domain.severity import Severity
from console.ui.icons import Icon

CONTEXT = "Severity"

SIGNS: dict[Severity, tuple[Icon, str]] = {
    Severity.ERROR: (Icon.ERROR, "error"),
    Severity.WARNING: (Icon.WARNING, "warning"),
    Severity.NOTE: (Icon.INFO, "accent"),
}
"""The icon of each severity and the meaning (:class:`console.ui.theme.Roles`) whose colour it has."""

RANKS = {severity: rank for rank, severity in enumerate(SIGNS)}
"""The worst first."""


def severity_word(severity: Severity) -> str:
    """The word for one thing of that severity."""
    say = QCoreApplication.translate
    words = {
        Severity.ERROR: say(CONTEXT, "Error"),
        Severity.WARNING: say(CONTEXT, "Warning"),
        Severity.NOTE: say(CONTEXT, "Note"),
    }
    return words[severity]


def counted(severity: Severity, count: int) -> str:
    """So many things of that severity: "2 errors"."""
    say = QCoreApplication.translate
    words = {
        Severity.ERROR: say(CONTEXT, "%n error(s)", "", count),
        Severity.WARNING: say(CONTEXT, "%n warning(s)", "", count),
        Severity.NOTE: say(CONTEXT, "%n note(s)", "", count),
    }
    # Without a translation loaded Qt leaves "(s)" for the programmer to see.
    return words[severity].replace("(s)", "" if count == 1 else "s")


def tally(severities: Iterable[Severity]) -> str:
    """How many there are of each severity, the worst first: "1 error, 2 notes"; empty for none."""
    counts = Counter(severities)
    return ", ".join(counted(severity, counts[severity]) for severity in RANKS if counts[severity])
