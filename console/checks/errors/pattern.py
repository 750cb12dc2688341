"""The shape of one explained error: :class:`ErrorPattern`. Adding an explanation is adding one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from console.domain.field import Field
from console.domain.problem import Origin
from console.domain.text import Text

CONTEXT = "Errors"


@dataclass(frozen=True)
class ErrorPattern:
    """One kind of error and what it means.

    ``codes`` are normalised codes (:func:`~console.checks.errors.codes.code_of`); a text with a code
    is matched by nothing else, because Windows' sentences are localized (reference, 0.6).
    ``regex`` is searched in texts without a code; its named groups fill the placeholders of
    ``what``, ``why`` and ``do``. ``examples`` are literal errors of this kind. ``source`` names the
    document and section of the facts.

    ``rank`` settles texts in which one error reports another: of several patterns only those of the
    highest rank count. -1 is for a sentence that says little beside its cause, 1 for one that says
    more than its cause's code.

    ``pasted`` is whether it also explains what people paste: that is about networks, and what is said of
    containers and images alone is told only where the console itself has asked for it.
    """

    id: str
    what: Text
    why: Text
    do: tuple[Text, ...]
    source: str
    codes: tuple[str, ...] = ()
    regex: str = ""
    examples: tuple[str, ...] = ()
    origin: Origin = Origin.ENGINE
    field: Field | None = None
    rank: int = 0
    pasted: bool = True

    @cached_property
    def _compiled(self) -> re.Pattern[str] | None:
        return re.compile(self.regex, re.IGNORECASE) if self.regex else None

    def match(self, raw: str, code: str) -> dict[str, str] | None:
        """The values ``raw`` gives to the placeholders, or None where it is another error.

        ``code`` is what :func:`~console.checks.errors.codes.code_of` finds in it.
        """
        if code and code in self.codes:
            return {}
        # A code that is explained elsewhere says more than the sentence around it.
        if code and self.rank <= 0:
            return None
        found = self._compiled.search(raw) if self._compiled else None
        if found is None:
            return None
        return {name: value or "" for name, value in found.groupdict().items()}
