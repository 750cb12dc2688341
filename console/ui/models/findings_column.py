"""The column that says of each row what the checks found of its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from console.domain.severity import Severity
from console.domain.text import N_
from console.ui.models.records import Column
from console.ui.severities import RANKS, SIGNS, severity_word
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.checks.check import Finding
    from console.domain.object_ref import ObjectRef
    from console.ui.diagnosis import Diagnosis
    from console.ui.icons import Icon

CONTEXT = "FindingsColumn"
COLUMN_ID = "checks"

RefOf = Callable[[Any], "ObjectRef | None"]


def findings_column(diagnosis: Diagnosis, ref: RefOf) -> Column[Any]:
    """The column for rows whose object ``ref`` gives; say :meth:`RecordModel.retell` when it changed.

    It shows the worst finding's sign and word and how many there are; the tip names them all. Exported
    are severity and id of each.
    """

    def findings(row: Any) -> tuple[Finding, ...]:
        return diagnosis.of(ref(row))

    def value(row: Any) -> tuple[str, ...]:
        return tuple(f"{one.check.severity.value}: {one.check.id}" for one in findings(row))

    def mark(row: Any) -> tuple[Icon, str] | None:
        found = findings(row)
        return SIGNS[found[0].check.severity] if found else None

    def tip(row: Any) -> str:
        return "\n".join(shown(finding.check.title) for finding in findings(row))

    def spoken(row: Any) -> str:
        return ", ".join(filter(None, [_worst_word(value(row)), *tip(row).splitlines()]))

    return Column(
        COLUMN_ID, N_(CONTEXT, "Checks"), value, text=_worst_word, spoken=spoken, sort=_rank, tip=tip,
        width=10, searched=False, mark=mark,
    )  # fmt: skip


def _worst(value: tuple[str, ...]) -> Severity:
    return Severity(value[0].partition(":")[0])


def _worst_word(value: tuple[str, ...]) -> str:
    if not value:
        return ""
    word = severity_word(_worst(value))
    if len(value) == 1:
        return word
    return QCoreApplication.translate(CONTEXT, "{word} (+{more})").format(word=word, more=len(value) - 1)


def _rank(value: tuple[str, ...]) -> tuple[int, int]:
    return RANKS[_worst(value)], -len(value)
