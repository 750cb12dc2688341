"""The console's memory of networks: a SQLite file beside the journal, and what keeps it up to date."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from console.backend.database import DatabaseError, open_database
from console.backend.rest import IdleWork, Rest, rest_after
from console.backend.threads import DaemonThreads
from console.domain.memory import RememberedNetwork, reconcile, remembers
from console.domain.snapshot import Snapshot
from console.domain.text import N_, reason_of

CONTEXT = "Memory"
#: A few milliseconds' work: there is no rest within, another console may wait to write, and records
#: take memory until they are written.
WRITTEN_AT_ONCE = 25

_MIGRATIONS = (
    """
CREATE TABLE networks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    host_id TEXT NOT NULL,
    platform TEXT NOT NULL,                -- windows or linux: Docker Desktop can be switched
    network TEXT NOT NULL,                 -- the id the engine knew it by last
    record TEXT NOT NULL,                  -- RememberedNetwork as JSON
    UNIQUE (host_id, platform, network)    -- two consoles that see it first make one record of it
);
""",
)
SCHEMA = len(_MIGRATIONS)


class MemoryUnusableError(DatabaseError):
    """The memory can't be used; :attr:`reason` says why to a person."""


@dataclass(frozen=True, slots=True)
class KeptNetwork:
    """A record as it is written, with what is asked of each at every look.

    Of thousands the records themselves would be thirty megabytes, and a look is interested in few.
    """

    id: int
    network: str
    platform: str
    name: str
    there: bool
    text: bytes

    @classmethod
    def of(cls, number: int, record: RememberedNetwork, text: str) -> KeptNetwork:
        """The record of this number, written as ``text``."""
        return cls(
            number, record.network, sys.intern(record.platform), record.name, record.there, text.encode()
        )

    @property
    def record(self) -> RememberedNetwork:
        """The whole record."""
        return RememberedNetwork.model_validate_json(self.text).model_copy(update={"id": self.id})


class MemoryFile:
    """The memory in one file; opened on first use. Every method blocks, and raises MemoryUnusableError
    where the file can't be used. Safe to call from any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._mutex = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._closed = False

    def networks(self, host_id: str, between: Callable[[], object] = lambda: None) -> tuple[KeptNetwork, ...]:
        """All that is remembered of one host, in the order it was first seen.

        ``between`` is called after each record: who has other work to do does it there.
        """
        with self._database() as database:
            rows = database.execute(
                "SELECT id, record FROM networks WHERE host_id = ? ORDER BY id", (host_id,)
            ).fetchall()
        found = []
        with self._told():
            for number, text in rows:
                found.append(KeptNetwork.of(number, RememberedNetwork.model_validate_json(text), text))
                between()
        return tuple(found)

    def write(self, host_id: str, records: Sequence[RememberedNetwork]) -> tuple[KeptNetwork, ...]:
        """Write new and changed records down, all or none; they come back with their numbers."""
        with self._database() as database:
            texts = [one.model_dump_json(exclude={"id"}) for one in records]
            database.execute("BEGIN IMMEDIATE")
            try:
                numbers = [
                    self._write_one(database, host_id, one, text)
                    for one, text in zip(records, texts, strict=True)
                ]
                database.commit()
            except BaseException:
                database.rollback()
                raise
        written = zip(numbers, records, texts, strict=True)
        return tuple(KeptNetwork.of(*one) for one in written)

    @staticmethod
    def _write_one(
        database: sqlite3.Connection, host_id: str, record: RememberedNetwork, document: str
    ) -> int:
        values = (host_id, record.platform, record.network)
        if record.id:
            # Another console may have made a record of the network's new id meanwhile: this one is older.
            database.execute(
                "DELETE FROM networks WHERE host_id = ? AND platform = ? AND network = ? AND id != ?",
                (*values, record.id),
            )
            database.execute(
                "UPDATE networks SET network = ?, record = ? WHERE id = ? AND host_id = ?",
                (record.network, document, record.id, host_id),
            )
            return record.id
        database.execute(
            "INSERT INTO networks (host_id, platform, network, record) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (host_id, platform, network) DO UPDATE SET record = excluded.record",
            (*values, document),
        )
        # Not lastrowid: it is none of this row's where the row was there already.
        row = database.execute(
            "SELECT id FROM networks WHERE host_id = ? AND platform = ? AND network = ?", values
        ).fetchone()
        return int(row[0])

    def forget(self, host_id: str, ids: Sequence[int]) -> None:
        """Forget some networks."""
        with self._database() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                database.executemany(
                    "DELETE FROM networks WHERE id = ? AND host_id = ?", ((one, host_id) for one in ids)
                )
                database.commit()
            except BaseException:
                database.rollback()
                raise

    def forget_host(self, host_id: str) -> None:
        """Forget all of one host: it begins anew."""
        with self._database() as database:
            database.execute("DELETE FROM networks WHERE host_id = ?", (host_id,))

    def close(self) -> None:
        """Close the file for good: what comes later finds it unusable."""
        with self._mutex:
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._closed:
            raise sqlite3.ProgrammingError("it is closed")
        if self._connection is None:
            self._connection = open_database(self._path, _MIGRATIONS, _refuse_newer)
        return self._connection

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with self._mutex, self._told():
            yield self._opened()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a person what is wrong with the file."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError) as error:
            reason = N_(
                CONTEXT,
                "What the console remembers of networks ({path}) can't be used: {error}",
                path=self._path,
                error=reason_of(error),
            )
            raise MemoryUnusableError(reason) from error


def _refuse_newer(path: Path, version: int) -> MemoryUnusableError:
    return MemoryUnusableError(
        N_(
            CONTEXT,
            "What the console remembers of networks ({path}) was written by a newer version of the console "
            "(format {version}, this one knows {known}). It was left unchanged. Update the console to use "
            "it.",
            path=path,
            version=version,
            known=SCHEMA,
        )
    )


class NetworkMemory:
    """Follows one host's snapshots. Everything is compared and written in a thread, one after the other,
    and only where networks or containers are other objects than before.
    """

    def __init__(self, file: MemoryFile, host_id: str) -> None:
        self._file = file
        self._host_id = host_id
        self._threads = DaemonThreads("memory", limit=8)
        self._latest: Snapshot | None = None
        self._noted: Snapshot | None = None
        self._known: dict[int, KeptNetwork] | None = None
        self._task: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self.failure: MemoryUnusableError | None = None

    def note(self, snapshot: Snapshot) -> None:
        """Remember what ``snapshot`` shows, soon; a newer one overtakes it."""
        noted = self._noted
        if not remembers(snapshot):
            return
        if noted and noted.networks is snapshot.networks and noted.containers is snapshot.containers:
            return
        self._latest = snapshot
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._follow())

    async def networks(self) -> tuple[RememberedNetwork, ...]:
        """What is remembered, with all that was noted so far. Raises MemoryUnusableError."""
        while self._task is not None and not self._task.done():
            self._hurry.set()
            await asyncio.wait({self._task}, timeout=0.05)
        if self.failure is not None:
            raise self.failure
        return await self._threads.run(self._records)

    async def forget(self, ids: Sequence[int]) -> None:
        """Forget some networks. One that is still there is remembered anew at the next change."""
        self._noted = None
        await self._threads.run(lambda: self._forget(ids))

    def _forget(self, ids: Sequence[int]) -> None:
        self._file.forget(self._host_id, ids)
        self._known = None

    def close(self) -> None:
        """Let go of the file once what is being written is written."""
        if self._task is not None:
            self._task.cancel()
        self._threads.submit(partial(self._end, self._latest))
        self._threads.close()

    def _end(self, latest: Snapshot | None) -> None:
        """Note what is newest, which may have come while it rested, and let go of the file."""
        try:
            if latest is not None:
                self._reconcile(latest)
        finally:
            self._file.close()

    async def _follow(self) -> None:
        while self._latest is not None:
            snapshot, self._latest = self._latest, None
            try:
                worked = await self._threads.run(partial(self._reconcile, snapshot))
            except MemoryUnusableError as error:
                self.failure = error
                return
            self._noted, self.failure = snapshot, None
            # On a large host it takes its time, and nothing is lost: what is newest by then is noted.
            await self._wait(rest_after(worked))

    def _records(self) -> tuple[RememberedNetwork, ...]:
        rest = Rest()
        records = []
        for one in self._remembered(rest).values():
            records.append(one.record)
            rest()
        return tuple(records)

    def _remembered(self, rest: Callable[[], object]) -> dict[int, KeptNetwork]:
        """Read once, and again after something was forgotten: thousands of records take their time."""
        if self._known is None:
            self._known = {one.id: one for one in self._file.networks(self._host_id, rest)}
        return self._known

    async def _wait(self, seconds: float) -> None:
        """Rest, unless somebody asks for what is remembered."""
        self._hurry.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), seconds)

    def _reconcile(self, snapshot: Snapshot) -> float:
        """Compare and write; the processor time it took, in seconds."""
        begun = time.thread_time()
        with IdleWork() as rest:
            self._note_all(snapshot, rest)
        return time.thread_time() - begun

    def _note_all(self, snapshot: Snapshot, rest: IdleWork) -> None:
        known = dict(self._remembered(rest))  # a copy: another thread may be reading what is known
        changed = reconcile(tuple(known.values()), snapshot, self._noted, rest)
        self._known = None  # until it is written, nothing is known for sure
        while records := tuple(islice(changed, WRITTEN_AT_ONCE)):
            # No rest while it is written: who rests waits for a turn, and others wait for the file.
            known |= {one.id: one for one in self._file.write(self._host_id, records)}
        self._known = known
