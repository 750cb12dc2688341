"""The journal: what was done to which host, written before and after each step.

It is a SQLite file, so that a kill at any moment leaves either the old or the new state of a row, and
so that two running consoles can share it. After a crash :meth:`Journal.interrupted` says what was
under way. All methods block: async code calls them in a thread.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from console.backend.database import DatabaseError, open_database
from console.backend.process_lock import ProcessLock, holder_lives
from console.domain.container_steps import CreateContainer, RemoveContainer
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork, Step, StepState
from console.domain.record import Record
from console.domain.snapshot import HostIdentity
from console.domain.text import N_, reason_of

CONTEXT = "Journal"
SCHEMA = 1

_TABLES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again, so that "undoes" stays true
    host_id TEXT NOT NULL,
    host TEXT NOT NULL,                    -- HostIdentity as JSON
    plan TEXT NOT NULL,                    -- Plan as JSON
    owner TEXT NOT NULL,                   -- token of the writing process' lock
    started_at TEXT NOT NULL,              -- ISO 8601, UTC
    ended_at TEXT,                         -- NULL while under way
    completed INTEGER NOT NULL DEFAULT 0,  -- every step done
    undoes INTEGER REFERENCES entries(id)
);
CREATE INDEX entries_of_host ON entries(host_id, id);
CREATE INDEX entries_that_undo ON entries(undoes) WHERE undoes IS NOT NULL;
CREATE INDEX entries_under_way ON entries(id) WHERE ended_at IS NULL;
CREATE TABLE steps (
    entry_id INTEGER NOT NULL REFERENCES entries(id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL,                   -- StepState as JSON
    before TEXT NOT NULL DEFAULT '[]',     -- what was before the step, by which to tell its doing
    PRIMARY KEY (entry_id, position)
) WITHOUT ROWID;
"""


class JournalError(DatabaseError):
    """The journal can't be used; :attr:`reason` says why to a person."""


class JournalEntry(Record):
    """One plan that was applied, or is being applied while ``ended_at`` is None.

    ``undo`` is the plan that takes back what was done; None where nothing was, where a step can't
    be taken back, or where it was already (``undone_by`` is then that entry). ``undoes`` is the
    entry that this one was to take back.
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

    @property
    def under_way(self) -> bool:
        """Whether its end was not written yet."""
        return self.ended_at is None


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


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """The journal in one file; opened on first use, so that making one costs nothing.

    Every method raises JournalError where the file can't be used, e.g. one of a newer console,
    which is left as it is. Safe to call from any thread.
    """

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = _now) -> None:
        self._path = Path(path)
        self._clock = clock
        self._mutex = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._lock: ProcessLock | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    def open(self) -> None:
        """Open the file now, to learn whether it can be used."""
        with self._database():
            pass

    def begin(self, host: HostIdentity, plan: Plan, *, undoes: int | None = None) -> int:
        """Write down that ``plan`` is about to be applied; the id of the new entry."""
        with self._transaction() as database:
            if self._lock is None:
                self._lock = ProcessLock(self._locks)
            cursor = database.execute(
                "INSERT INTO entries (host_id, host, plan, owner, started_at, undoes)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    host.id,
                    host.model_dump_json(),
                    plan.model_dump_json(),
                    self._lock.token,
                    self._clock().isoformat(),
                    undoes,
                ),
            )
            entry_id = int(cursor.lastrowid or 0)
            states = (StepState(index=index, state="pending") for index in range(len(plan.steps)))
            database.executemany(
                "INSERT INTO steps (entry_id, position, state) VALUES (?, ?, ?)",
                ((entry_id, state.index, state.model_dump_json()) for state in states),
            )
        return entry_id

    def step_changed(self, entry_id: int, state: StepState, before: Iterable[str] = ()) -> None:
        """Write down how a step stands. ``before``: what is there before it begins (ids, start times)."""
        with self._transaction() as database:
            database.execute(
                "UPDATE steps SET state = ?, before = CASE WHEN ? THEN ? ELSE before END"
                " WHERE entry_id = ? AND position = ?",
                (
                    state.model_dump_json(),
                    state.state == "running",
                    json.dumps(list(before)),
                    entry_id,
                    state.index,
                ),
            )

    def end(self, entry_id: int) -> None:
        """Write down that nothing more of this entry will be done."""
        with self._transaction() as database:
            states = _states(database, [entry_id]).get(entry_id, ())
            completed = all(state.state == "done" for state in states)
            database.execute(
                "UPDATE entries SET ended_at = ?, completed = ? WHERE id = ?",
                (self._clock().isoformat(), completed, entry_id),
            )

    def settle(self, entry_id: int) -> None:
        """Close an interrupted entry as it stands: begun steps unknown, the others skipped."""
        settled = {"pending": "skipped", "running": "unknown"}
        with self._transaction() as database:
            for state in _states(database, [entry_id]).get(entry_id, ()):
                if state.state in settled:
                    self.step_changed(entry_id, state.model_copy(update={"state": settled[state.state]}))
            self.end(entry_id)

    def entries(self, *, host_id: str | None = None, limit: int = 500) -> tuple[JournalEntry, ...]:
        """The newest entries first, of one host or of all."""
        condition, values = ("host_id = ?", (host_id,)) if host_id is not None else ("1", ())
        with self._database() as database:
            return _read(database, f"WHERE {condition} ORDER BY id DESC LIMIT ?", (*values, limit))

    def count(self, *, host_id: str | None = None) -> int:
        """How many entries there are, of one host or of all."""
        condition, values = ("host_id = ?", (host_id,)) if host_id is not None else ("1", ())
        with self._database() as database:
            # ``condition`` is one of the two literals above.
            query = f"SELECT COUNT(*) FROM entries WHERE {condition}"  # noqa: S608
            return int(database.execute(query, values).fetchone()[0])

    def entry(self, entry_id: int) -> JournalEntry | None:
        """One entry; None where there is none of this id."""
        with self._database() as database:
            return next(iter(_read(database, "WHERE id = ?", (entry_id,))), None)

    def interrupted(self) -> tuple[JournalEntry, ...]:
        """Entries whose process ended before they did, oldest first."""
        with self._database() as database:
            rows = database.execute(
                "SELECT id, owner FROM entries WHERE ended_at IS NULL ORDER BY id"
            ).fetchall()
            mine = self._lock.token if self._lock else None
            ids = [
                entry_id
                for entry_id, owner in rows
                if owner != mine and not holder_lives(self._locks, str(owner))
            ]
            marks = ", ".join("?" * len(ids))
            return _read(database, f"WHERE id IN ({marks}) ORDER BY id", tuple(ids))

    def before(self, entry_id: int, index: int) -> tuple[str, ...]:
        """What was there before a step began; see :meth:`step_changed`."""
        with self._database() as database:
            row = database.execute(
                "SELECT before FROM steps WHERE entry_id = ? AND position = ?", (entry_id, index)
            ).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def close(self) -> None:
        """Close the file; what is still under way counts as interrupted from now on."""
        with self._mutex:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    @property
    def _locks(self) -> Path:
        return self._path.with_name(f"{self._path.name}-processes")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction over all that is written inside; inner ones become part of it."""
        with self._database() as database:
            if database.in_transaction:
                yield database
                return
            # IMMEDIATE: wait for the other console now, not in the middle.
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.rollback()
                raise
            database.commit()

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with self._mutex:
            try:
                if self._connection is None:
                    self._connection = open_database(self._path, SCHEMA, _TABLES, _refuse_newer)
                yield self._connection
            except (sqlite3.Error, OSError) as error:
                reason = N_(
                    CONTEXT,
                    "The journal {path} can't be used: {error}",
                    path=self._path,
                    error=reason_of(error),
                )
                raise JournalError(reason) from error


def _refuse_newer(path: Path, version: int) -> JournalError:
    return JournalError(
        N_(
            CONTEXT,
            "The journal {path} was written by a newer version of the console (format {version}, this one "
            "knows {known}). It was left unchanged. Update the console to use it.",
            path=path,
            version=version,
            known=SCHEMA,
        )
    )


def _read(
    database: sqlite3.Connection, selection: str, values: tuple[object, ...]
) -> tuple[JournalEntry, ...]:
    """The selected entries with their steps, in three queries however many there are."""
    columns = "id, host, plan, started_at, ended_at, undoes"
    # ``selection`` is one of this module's own literals; values always travel apart from it.
    rows = database.execute(f"SELECT {columns} FROM entries {selection}", values).fetchall()  # noqa: S608
    ids = [int(row[0]) for row in rows]
    states, undone = _states(database, ids), _undone(database, ids)
    return tuple(_entry(row, states.get(row[0], ()), undone.get(row[0])) for row in rows)


_Row = tuple[int, str, str, str, str | None, int | None]


def _entry(row: _Row, states: tuple[StepState, ...], undone_by: int | None) -> JournalEntry:
    plan = Plan.model_validate_json(row[2])
    return JournalEntry(
        id=row[0],
        host=HostIdentity.model_validate_json(row[1]),
        plan=plan,
        states=states,
        started_at=datetime.fromisoformat(row[3]),
        ended_at=datetime.fromisoformat(row[4]) if row[4] else None,
        undo=undo_plan(plan, states) if row[4] and undone_by is None else None,
        undone_by=undone_by,
        undoes=row[5],
    )


def _states(database: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[StepState, ...]]:
    rows = database.execute(
        "SELECT entry_id, state FROM steps WHERE entry_id IN (SELECT value FROM json_each(?))"
        " ORDER BY entry_id, position",
        (json.dumps(ids),),
    )
    found: dict[int, tuple[StepState, ...]] = {}
    for entry_id, state in rows:
        found[entry_id] = (*found.get(entry_id, ()), StepState.model_validate_json(state))
    return found


def _undone(database: sqlite3.Connection, ids: list[int]) -> dict[int, int]:
    """Which entries were taken back completely, and by which other one."""
    rows = database.execute(
        "SELECT undoes, id FROM entries WHERE completed AND undoes IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return {int(undone): int(by) for undone, by in rows}
