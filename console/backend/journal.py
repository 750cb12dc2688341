"""The journal: what was done to which host, written before and after each step.

It is a SQLite file, so that a kill at any moment leaves either the old or the new state of a row, and
so that two running consoles can share it. :meth:`Journal.interrupted` says what was cut off, by a crash
or here. All methods but :meth:`Journal.abandon` block: async code calls them in a thread.
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
from console.backend.journal_entry import (
    CONTEXT,
    PLAN_FORMAT,
    EntryRow,
    JournalEntry,
    entry_of,
    undo_plan,
)
from console.backend.process_lock import ProcessLock, holder_lives
from console.domain.plan import Plan, StepState
from console.domain.snapshot import HostIdentity
from console.domain.text import N_, reason_of

__all__ = ["PLAN_FORMAT", "SCHEMA", "Journal", "JournalEntry", "JournalError", "undo_plan"]

_MIGRATIONS = (
    """
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
""",
    # of which format plan, host and states are: journal_entry.PLAN_FORMAT
    """
ALTER TABLE entries ADD COLUMN plan_format INTEGER NOT NULL DEFAULT 1;
""",
)
SCHEMA = len(_MIGRATIONS)


class JournalError(DatabaseError):
    """The journal can't be used; :attr:`reason` says why to a person."""


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
        self._live: set[int] = set()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    def open(self) -> None:
        """Open the file now, to learn whether it can be used."""
        with self._database():
            pass

    def begin(self, host: HostIdentity, plan: Plan, *, undoes: int | None = None) -> int:
        """Write down that ``plan`` is about to be applied; the id of the new entry.

        It counts as under way here until :meth:`end` or :meth:`abandon`.
        """
        with self._transaction() as database:
            if self._lock is None:
                self._lock = ProcessLock(self._locks)
            cursor = database.execute(
                "INSERT INTO entries (host_id, host, plan, plan_format, owner, started_at, undoes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    host.id,
                    host.model_dump_json(),
                    plan.model_dump_json(),
                    PLAN_FORMAT,
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
            self._live.add(entry_id)
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
            entry = _read_one(database, entry_id)
            database.execute(
                "UPDATE entries SET ended_at = ?, completed = ? WHERE id = ?",
                (self._clock().isoformat(), entry is not None and entry.completed, entry_id),
            )
        self._live.discard(entry_id)

    def abandon(self, entry_id: int) -> None:
        """Nobody here carries this entry out any more; where its end was not written, it is interrupted.

        Does not touch the file and never waits; nothing happens for an entry that has ended.
        """
        self._live.discard(entry_id)

    def settle(self, entry_id: int) -> None:
        """Close an interrupted entry as it stands: begun steps unknown, the others skipped.

        The steps of one that can't be read stay as they are.
        """
        settled = {"pending": "skipped", "running": "unknown"}
        with self._transaction() as database:
            entry = _read_one(database, entry_id)
            for state in entry.states if entry is not None else ():
                if state.state in settled:
                    self.step_changed(entry_id, state.model_copy(update={"state": settled[state.state]}))
            self.end(entry_id)

    def entries(self, *, host_id: str | None = None, limit: int = 500) -> tuple[JournalEntry, ...]:
        """The newest entries first, of one host or of all; also those that this version can't read."""
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
            return _read_one(database, entry_id)

    def interrupted(self) -> tuple[JournalEntry, ...]:
        """Entries that were not ended and that nobody carries out any more, oldest first."""
        with self._database() as database:
            rows = database.execute(
                "SELECT id, owner FROM entries WHERE ended_at IS NULL ORDER BY id"
            ).fetchall()
            ids = [entry_id for entry_id, owner in rows if not self._lives(entry_id, str(owner))]
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
            self._live.clear()

    def _lives(self, entry_id: int, owner: str) -> bool:
        """Whether somebody still carries the entry out."""
        if self._lock is not None and owner == self._lock.token:
            return entry_id in self._live
        return holder_lives(self._locks, owner)

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
                    self._connection = open_database(self._path, _MIGRATIONS, _refuse_newer)
                yield self._connection
            except (sqlite3.Error, OSError, ValueError) as error:
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


def _read_one(database: sqlite3.Connection, entry_id: int) -> JournalEntry | None:
    return next(iter(_read(database, "WHERE id = ?", (entry_id,))), None)


def _read(
    database: sqlite3.Connection, selection: str, values: tuple[object, ...]
) -> tuple[JournalEntry, ...]:
    """The selected entries with their steps, in three queries however many there are."""
    columns = ", ".join(EntryRow._fields)
    # ``selection`` is one of this module's own literals; values always travel apart from it.
    selected = database.execute(f"SELECT {columns} FROM entries {selection}", values)  # noqa: S608
    rows = [EntryRow(*row) for row in selected]
    ids = [row.id for row in rows]
    states, undone = _states(database, ids), _undone(database, ids)
    return tuple(entry_of(row, states.get(row.id, ()), undone.get(row.id)) for row in rows)


def _states(database: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[str, ...]]:
    """The documents of the steps of each entry, in their order."""
    rows = database.execute(
        "SELECT entry_id, state FROM steps WHERE entry_id IN (SELECT value FROM json_each(?))"
        " ORDER BY entry_id, position",
        (json.dumps(ids),),
    )
    found: dict[int, list[str]] = {}
    for entry_id, state in rows:
        found.setdefault(entry_id, []).append(state)
    return {entry_id: tuple(states) for entry_id, states in found.items()}


def _undone(database: sqlite3.Connection, ids: list[int]) -> dict[int, int]:
    """Which entries were taken back completely, and by which other one."""
    rows = database.execute(
        "SELECT undoes, id FROM entries WHERE completed AND undoes IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return {int(undone): int(by) for undone, by in rows}
