"""What the checks say about one host, as rows: the findings, and the checks that could say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.checks.check import Crashed, Finding, NotKnown, Severity
from console.domain.object_ref import ObjectRef
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import SECTION_TITLES
from console.ui.models.records import Column
from console.ui.severities import RANKS, SIGNS, severity_word
from console.ui.texts import shown
from console.ui.widgets.related_list import KINDS

if TYPE_CHECKING:
    from console.checks.report import Report

CONTEXT = "Findings"

FindingKey = tuple[str, ObjectRef | None, int]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding. ``number`` tells apart what one check finds of one object more than once.

    ``about`` is what people call the object; the host's name where it is the host itself.
    """

    finding: Finding
    about: Text
    number: int = 0

    @property
    def key(self) -> FindingKey:
        """What identifies it over refreshes."""
        return (self.finding.check.id, self.finding.subject, self.number)


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A check that says nothing: because a part of the host was not read, or because it failed."""

    said: NotKnown | Crashed


def finding_rows(report: Report) -> tuple[FindingRow, ...]:
    """The findings as rows, worst first. It may take as long as the host's relations: off the UI thread."""
    return tuple(_finding_rows(report))


def _finding_rows(report: Report) -> Iterator[FindingRow]:
    seen: Counter[tuple[str, ObjectRef | None]] = Counter()
    for finding in report.findings:
        subject = finding.subject
        about = (
            N_(CONTEXT, "The host {name}", name=report.host.snapshot.host.name)
            if subject is None
            else report.host.relations.title_of(subject)
        )
        same = (finding.check.id, subject)
        yield FindingRow(finding, about, seen[same])
        seen[same] += 1


def silent_rows(report: Report) -> tuple[SilentRow, ...]:
    """What says nothing as rows: first the checks that failed, then those whose facts were not read."""
    said: tuple[NotKnown | Crashed, ...] = (*report.crashed, *report.not_known)
    return tuple(SilentRow(one) for one in said)


def finding_key(row: FindingRow) -> FindingKey:
    """What identifies a row over refreshes."""
    return row.key


def silent_key(row: SilentRow) -> str:
    """What identifies a row over refreshes."""
    return row.said.check.id


def kind_word(ref: ObjectRef | None) -> str:
    """The name of an object's kind."""
    if ref is None:
        return QCoreApplication.translate(CONTEXT, "Host")
    return shown(KINDS[ref.kind][1])


def evidence_words(finding: Finding) -> tuple[str, ...]:
    """The facts a finding rests on, a sentence each."""
    return tuple(shown(fact) for fact in finding.evidence)


def _severity(row: FindingRow) -> Severity:
    return row.finding.check.severity


def _mark(row: FindingRow) -> tuple[Icon, str]:
    return SIGNS[row.finding.check.severity]


def _title(row: FindingRow) -> str:
    return shown(row.finding.check.title)


def _about(row: FindingRow) -> str:
    return shown(row.about)


def _kind(row: FindingRow) -> str:
    return kind_word(row.finding.subject)


def _evidence(row: FindingRow) -> tuple[str, ...]:
    return evidence_words(row.finding)


def _evidence_tip(row: FindingRow) -> str:
    return "\n".join(evidence_words(row.finding))


def _check_id(row: FindingRow) -> str:
    return row.finding.check.id


def _spaced(values: tuple[str, ...]) -> str:
    return " ".join(values)


FINDING_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column(
        "severity", N_(CONTEXT, "Severity"), _severity, text=severity_word, sort=RANKS.__getitem__,
        width=10, mark=_mark,
    ),
    Column("title", N_(CONTEXT, "Finding"), _title, tip=_title, width=44),
    Column("about", N_(CONTEXT, "Object"), _about, tip=_about, width=22),
    Column("kind", N_(CONTEXT, "Kind"), _kind, width=14),
    Column("evidence", N_(CONTEXT, "Evidence"), _evidence, text=_spaced, tip=_evidence_tip, width=40),
    Column("check", N_(CONTEXT, "Check"), _check_id, width=24, shown=False),
)  # fmt: skip


def why_silent(said: NotKnown | Crashed) -> str:
    """Why a check says nothing, in a sentence."""
    if isinstance(said, Crashed):
        return QCoreApplication.translate(
            CONTEXT, "The check itself failed: a fault in the console. It says nothing about the host."
        )
    return shown(said.describe())


def _silent_title(row: SilentRow) -> str:
    return shown(row.said.check.title)


def _state(row: SilentRow) -> str:
    say = QCoreApplication.translate
    return say(CONTEXT, "Failed") if isinstance(row.said, Crashed) else say(CONTEXT, "Not read")


def _state_mark(row: SilentRow) -> tuple[Icon, str]:
    return (Icon.ERROR, "error") if isinstance(row.said, Crashed) else (Icon.SKIPPED, "muted")


def _part(row: SilentRow) -> str:
    if isinstance(row.said, Crashed):
        return ""
    title = SECTION_TITLES.get(row.said.section)
    return row.said.section if title is None else shown(title)


def _why(row: SilentRow) -> str:
    return why_silent(row.said)


def _what_to_do(row: SilentRow) -> str:
    if isinstance(row.said, Crashed) or row.said.remedy is None:
        return ""
    return shown(row.said.remedy)


def _silent_id(row: SilentRow) -> str:
    return row.said.check.id


SILENT_COLUMNS: tuple[Column[SilentRow], ...] = (
    Column("state", N_(CONTEXT, "State"), _state, width=10, mark=_state_mark),
    Column("title", N_(CONTEXT, "Looks for"), _silent_title, tip=_silent_title, width=40),
    Column("part", N_(CONTEXT, "Part of the host"), _part, width=18),
    Column("why", N_(CONTEXT, "Why"), _why, tip=_why, width=40),
    Column("remedy", N_(CONTEXT, "What to do"), _what_to_do, tip=_what_to_do, width=40),
    Column("check", N_(CONTEXT, "Check"), _silent_id, width=24, shown=False),
)
