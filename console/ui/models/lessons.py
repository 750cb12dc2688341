"""The columns of the table of practice scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.severity import Severity
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.models.records import Column
from console.ui.practice_progress import Standing
from console.ui.severities import RANKS, SIGNS, severity_word
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.ui.hosts import Lesson, PracticeRelease

CONTEXT = "Lessons"


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One scenario, the Windows chosen for it, and where that practice host stands."""

    lesson: Lesson
    release: PracticeRelease
    standing: Standing


def lesson_key(row: LessonRow) -> str:
    """What identifies a row over refreshes."""
    return row.lesson.check.id


def standing_word(standing: Standing) -> str:
    """The word for a standing; "" for a host that was not opened yet."""
    say = QCoreApplication.translate
    words = {
        Standing.UNTRIED: "",
        Standing.BROKEN: say(CONTEXT, "Broken"),
        Standing.FIXED: say(CONTEXT, "Fixed"),
    }
    return words[standing]


STANDING_SIGNS = {Standing.BROKEN: (Icon.ERROR, "error"), Standing.FIXED: (Icon.OK, "ok")}


def _severity(row: LessonRow) -> Severity:
    return row.lesson.check.severity


def _severity_mark(row: LessonRow) -> tuple[Icon, str]:
    return SIGNS[row.lesson.check.severity]


def _standing(row: LessonRow) -> str:
    return standing_word(row.standing)


def _standing_mark(row: LessonRow) -> tuple[Icon, str] | None:
    return STANDING_SIGNS.get(row.standing)


def _title(row: LessonRow) -> str:
    return shown(row.lesson.title)


def _seen(row: LessonRow) -> str:
    return shown(row.lesson.symptom.seen)


def _error(row: LessonRow) -> str:
    attempt = row.lesson.symptom.attempt
    return "" if attempt is None else attempt.words


def _check(row: LessonRow) -> str:
    return row.lesson.check.id


LESSON_COLUMNS: tuple[Column[LessonRow], ...] = (
    Column(
        "severity", N_(CONTEXT, "Severity"), _severity, text=severity_word, sort=RANKS.__getitem__,
        width=10, mark=_severity_mark,
    ),
    Column("title", N_(CONTEXT, "Scenario"), _title, tip=_title, width=34),
    Column("standing", N_(CONTEXT, "State"), _standing, width=9, mark=_standing_mark),
    Column("seen", N_(CONTEXT, "Symptom"), _seen, tip=_seen, width=44),
    Column("error", N_(CONTEXT, "Error text"), _error, tip=_error, width=36),
    Column("check", N_(CONTEXT, "Check"), _check, width=24, shown=False),
)  # fmt: skip
