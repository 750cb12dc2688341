"""One entry of the journal, and how it is read out of its row: also one that this version can't read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from pydantic import ValidationError

from console.backend.objection import first_objection
from console.domain.container_steps import CreateContainer, RemoveContainer
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork, Step, StepState
from console.domain.record import Record
from console.domain.snapshot import HostIdentity
from console.domain.text import N_, Text

CONTEXT = "Journal"

PLAN_FORMAT = 1
"""The format of the documents in a row: host, plan and the steps' states. It is raised where an older
console could not read them any more, or would understand them wrongly.
"""


class Unreadable(Record):
    """Why an entry can't be read, and its text as it is in the journal ("" in a support bundle)."""

    reason: Text
    raw: str


class JournalEntry(Record):
    """One plan that was applied, or is being applied while ``ended_at`` is None.

    ``undo`` is the plan that takes back what was done; None where nothing was, where a step can't
    be taken back, or where it was already (``undone_by`` is then that entry). ``undoes`` is the
    entry that this one was to take back. ``unreadable``: another version wrote what this one can't
    read, so that nothing is known of its steps; ``plan`` has none and says so in its title.
    """

    id: int
    host: HostIdentity
    plan: Plan
    states: tuple[StepState, ...]
    started_at: datetime
    ended_at: datetime | None = None
    undo: Plan | None = None
    undone_by: int | None = None
    undoes: int | None = None
    unreadable: Unreadable | None = None

    @property
    def under_way(self) -> bool:
        """Whether its end was not written yet."""
        return self.ended_at is None

    @property
    def completed(self) -> bool:
        """Whether every step is known to be done."""
        return self.unreadable is None and all(state.state == "done" for state in self.states)

    def without_raw_text(self) -> JournalEntry:
        """The entry to hand on: what nobody can read, nobody can free of credentials and names."""
        if self.unreadable is None:
            return self
        return self.model_copy(update={"unreadable": self.unreadable.model_copy(update={"raw": ""})})


class EntryRow(NamedTuple):
    """The columns of one entry as they are in the file: texts are JSON, times ISO 8601."""

    id: int
    host_id: str
    host: str
    plan: str
    plan_format: int
    started_at: str
    ended_at: str | None
    undoes: int | None


def entry_of(row: EntryRow, states: tuple[str, ...], undone_by: int | None) -> JournalEntry:
    """The entry in a row. ``states`` are its steps' documents, ``undone_by`` the entry that took it back.

    One that can't be read is an entry too: it must hide neither itself nor the others.
    """
    try:
        if row.plan_format > PLAN_FORMAT:
            return _unreadable(row, states, _newer(row.plan_format))
        return _readable(row, states, undone_by)
    # A file that was damaged or written by hand may hold any type in any column.
    except (ValueError, TypeError) as error:
        return _unreadable(row, states, _objection(error))


def undo_plan(plan: Plan, states: Iterable[StepState]) -> Plan | None:
    """What takes back the steps that were done, last one first; None where that can't be.

    What was created is removed by the id it got, so that no other of the same name is. A step that
    found its work done already leaves nothing to take back.
    """
    done = [state for state in states if state.state == "done" and not state.unchanged]
    inverses = [_inverse(plan.steps[state.index], state) for state in done]
    steps = tuple(step for step in reversed(inverses) if step is not None)
    if not steps or len(steps) < len(inverses):
        return None
    return Plan(title=N_(CONTEXT, "Undo: {title}", title=plan.title), steps=steps)


def _inverse(step: Step, state: StepState) -> Step | None:
    if isinstance(step, CreateNetwork) and state.result:
        return RemoveNetwork(network=state.result, name=step.spec.name, spec=step.spec)
    if isinstance(step, CreateContainer) and state.result:
        return RemoveContainer(container=state.result, container_name=step.spec.name)
    return step.inverse()


def _readable(row: EntryRow, documents: tuple[str, ...], undone_by: int | None) -> JournalEntry:
    plan = Plan.model_validate_json(row.plan)
    states = tuple(StepState.model_validate_json(document) for document in documents)
    if any(not 0 <= state.index < len(plan.steps) for state in states):
        raise ValueError("it tells of a step that its plan does not have")
    return JournalEntry(
        id=row.id,
        host=HostIdentity.model_validate_json(row.host),
        plan=plan,
        states=states,
        started_at=datetime.fromisoformat(row.started_at),
        ended_at=datetime.fromisoformat(row.ended_at) if row.ended_at else None,
        undo=undo_plan(plan, states) if row.ended_at and undone_by is None else None,
        undone_by=undone_by,
        undoes=row.undoes,
    )


def _unreadable(row: EntryRow, states: tuple[str, ...], reason: Text) -> JournalEntry:
    raw = "\n".join(map(str, (row.host, row.plan, *states)))
    title = N_(CONTEXT, "Written by another version; its raw text is kept")
    started_at = _time(row.started_at)
    return JournalEntry(
        id=row.id,
        host=_host(row),
        plan=Plan(title=title, steps=()),
        states=(),
        started_at=started_at,
        ended_at=None if row.ended_at is None else max(started_at, _time(row.ended_at)),
        unreadable=Unreadable(reason=reason, raw=raw),
    )


def _host(row: EntryRow) -> HostIdentity:
    try:
        return HostIdentity.model_validate_json(row.host)
    except ValueError:  # the column beside it says as much as is needed to list the entry there
        return HostIdentity(id=str(row.host_id), name=str(row.host_id))


def _time(text: str) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except (ValueError, TypeError):  # an impossible time rather than one that looks true
        return datetime.fromtimestamp(0, UTC)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _newer(plan_format: int) -> Text:
    return N_(
        CONTEXT,
        "A newer version of the console wrote it (format {version}, this one knows {known}). Update the "
        "console to read it.",
        version=plan_format,
        known=PLAN_FORMAT,
    )


def _objection(error: Exception) -> Text:
    words = first_objection(error) if isinstance(error, ValidationError) else str(error)
    return N_(
        CONTEXT,
        "This version of the console can't read it ({error}). The version that wrote it can; if that is a "
        "newer one, update the console.",
        error=words,
    )
