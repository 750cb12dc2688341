"""The journal's entries as rows: when, what, where, how it ended, and whether it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.render.errors import InexpressibleError
from console.domain.render.plan import preview, usual_dialect
from console.domain.text import N_
from console.ui.models.records import Column
from console.ui.texts import moment, shown

if TYPE_CHECKING:
    from console.backend.journal import JournalEntry

CONTEXT = "Activity"


class Result(StrEnum):
    """How an entry ended, or that it didn't."""

    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    UNKNOWN = "unknown"
    UNDER_WAY = "under-way"
    INTERRUPTED = "interrupted"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class ActivityRow:
    """One journal entry. ``interrupted``: it was cut off before it was done."""

    entry: JournalEntry
    interrupted: bool = False

    @property
    def result(self) -> Result:
        """The worst of its steps, or where it stands."""
        if self.entry.ended_at is None:
            return Result.INTERRUPTED if self.interrupted else Result.UNDER_WAY
        if self.entry.unreadable is not None:
            return Result.UNREADABLE
        states = {state.state for state in self.entry.states}
        for state, result in (
            ("unknown", Result.UNKNOWN),
            ("failed", Result.FAILED),
            ("skipped", Result.STOPPED),
        ):
            if state in states:
                return result
        return Result.DONE


def activity_key(row: ActivityRow) -> int:
    """What identifies a row over refreshes."""
    return row.entry.id


def result_words(result: Result) -> str:
    """A result in a person's words."""
    say = QCoreApplication.translate
    words = {
        Result.DONE: say(CONTEXT, "Done"),
        Result.FAILED: say(CONTEXT, "Failed"),
        Result.STOPPED: say(CONTEXT, "Stopped"),
        Result.UNKNOWN: say(CONTEXT, "Outcome unknown"),
        Result.UNDER_WAY: say(CONTEXT, "In progress"),
        Result.INTERRUPTED: say(CONTEXT, "Interrupted"),
        Result.UNREADABLE: say(CONTEXT, "Can't be read"),
    }
    return words[result]


def duration_words(seconds: float | None) -> str:
    """A duration as short as it can be told."""
    if seconds is None:
        return ""
    if seconds < 60:
        return QCoreApplication.translate(CONTEXT, "{seconds} s").format(seconds=f"{seconds:.1f}")
    whole = int(seconds)
    return QCoreApplication.translate(CONTEXT, "{minutes} min {seconds} s").format(
        minutes=whole // 60, seconds=whole % 60
    )


def undo_words(row: ActivityRow) -> str:
    """The undo state in the fewest words."""
    say = QCoreApplication.translate
    if row.entry.undone_by is not None:
        return say(CONTEXT, "Undone")
    if row.entry.undoes is not None:
        return say(CONTEXT, "Is an undo")
    if row.entry.undo is not None and row.entry.host.bundle:
        return say(CONTEXT, "On the host only")
    if row.entry.undo is not None:
        return say(CONTEXT, "Can be undone")
    return say(CONTEXT, "Can't be undone")


def not_undoable_because(row: ActivityRow, host_id: str | None) -> str:
    """Why ``row`` can't be undone on the host that is shown now; "" where it can."""
    say = QCoreApplication.translate
    entry = row.entry
    if entry.undone_by is not None:
        return say(CONTEXT, "It was already undone.")
    if entry.ended_at is None:
        if row.interrupted and entry.unreadable is None:
            return say(CONTEXT, "First check how it ended.")
        if row.interrupted:
            return say(CONTEXT, "Another version of the console wrote it. It can only be closed here.")
        return say(CONTEXT, "It is still in progress.")
    if entry.undo is None:
        return _nothing_to_undo_because(entry)
    if entry.host.bundle:
        return say(CONTEXT, "It comes from a support bundle. Open the host itself to undo it.")
    if host_id is None or entry.host.id != host_id:
        return say(CONTEXT, "It was done on {host}. Connect to that host to undo it.").format(
            host=entry.host.name
        )
    return ""


def _nothing_to_undo_because(entry: JournalEntry) -> str:
    say = QCoreApplication.translate
    if entry.unreadable is not None:
        return say(CONTEXT, "Another version of the console wrote it. Use that version to undo it.")
    done = [entry.plan.steps[state.index] for state in entry.states if state.state == "done"]
    if not done:
        return say(CONTEXT, "None of its steps was done, so there is nothing to undo.")
    lasting = next((step for step in done if step.inverse() is None), None)
    if lasting is not None:
        return say(CONTEXT, "This can't be undone: {step}.").format(step=shown(lasting.describe()))
    return say(CONTEXT, "The journal does not contain what would undo it.")


def _duration(row: ActivityRow) -> float | None:
    entry = row.entry
    return None if entry.ended_at is None else (entry.ended_at - entry.started_at).total_seconds()


def _newest_first(when: datetime) -> float:
    return -when.timestamp()


def _kind_of_host(row: ActivityRow) -> str:
    host = row.entry.host
    return "bundle" if host.bundle else "practice" if host.practice else "real"


def _kind_words(kind: object) -> str:
    say = QCoreApplication.translate
    if kind == "bundle":
        return say(CONTEXT, "Bundle")
    return say(CONTEXT, "Practice") if kind == "practice" else say(CONTEXT, "Real")


def _what(row: ActivityRow) -> str:
    return shown(row.entry.plan.title)


def _command(row: ActivityRow) -> str:
    plan = row.entry.plan
    try:
        return preview(plan, usual_dialect(plan)).rstrip("\n")
    except InexpressibleError:  # no shell can carry a value: the details say so
        return ""


def _in_one_line(command: str) -> str:
    """Docker's commands as they run one after the other; cmdlets and comments have lines of their own."""
    lines = command.splitlines()
    return (" && " if all(line.startswith("docker ") for line in lines) else " ⏎ ").join(lines)


ACTIVITY_COLUMNS: tuple[Column[ActivityRow], ...] = (
    Column(
        "started",
        N_(CONTEXT, "When"),
        lambda row: row.entry.started_at,
        text=moment,
        sort=_newest_first,
        width=20,
    ),
    Column("what", N_(CONTEXT, "What"), _what, tip=_what, width=38),
    Column("result", N_(CONTEXT, "Result"), lambda row: row.result, text=result_words, width=18),
    Column("undo", N_(CONTEXT, "Undo"), undo_words, width=18),
    Column("host", N_(CONTEXT, "Host"), lambda row: row.entry.host.name, width=18),
    Column("kind", N_(CONTEXT, "Kind of host"), _kind_of_host, text=_kind_words, width=11),
    Column(
        "duration", N_(CONTEXT, "Duration"), _duration, text=duration_words, width=9, searched=False,
        numeric=True,
    ),
    Column(
        "command", N_(CONTEXT, "Command"), _command, text=_in_one_line, tip=_command, width=40, shown=False
    ),
    Column(
        "entry", N_(CONTEXT, "Entry"), activity_key, width=7, shown=False, searched=False, numeric=True
    ),
)  # fmt: skip
