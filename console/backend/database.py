"""The console's own SQLite files: made for one user, safe against kills, brought up to date where they are
older, left alone where they are newer.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from console.domain.text import Text

_BUSY_SECONDS = 10.0
_RETRY_SECONDS = 0.01

#: The error for a file of a newer format: its path and format number.
Newer = Callable[[Path, int], "DatabaseError"]


class DatabaseError(Exception):
    """One of the console's files can't be used; :attr:`reason` says why to a person."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


def open_database(path: Path, migrations: Sequence[str], newer: Newer) -> sqlite3.Connection:
    """The file at ``path`` in the format this program writes, whose number is that of ``migrations``.

    ``migrations[n]`` makes format n + 1 out of format n, the first one out of an empty file; each
    statement ends its line. All that are wanted are done or none. Blocks. Raises what ``newer`` makes
    for a file of a higher format, which is left as it is, and sqlite3.Error or OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _refuse(path, _version_on_disk(path), len(migrations), newer)
    # Names, options and labels of hosts are no one else's business.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    # One connection for all threads: its owner lets one in at a time.
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _prepare_in_turn(lambda: _prepare(database, path, migrations, newer))
    except BaseException:
        database.close()
        raise
    return database


def _prepare_in_turn(prepare: Callable[[], None]) -> None:
    """Prepare the file, waiting for another console that does the same.

    SQLite's own waiting does not cover a change of the journal mode: of two processes that read the
    same file and both want it exclusively, one is told "database is locked" at once (sqlite.org,
    "Result Codes", SQLITE_BUSY; "sqlite3_busy_handler", on deadlocks).
    """
    last = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            prepare()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _prepare(database: sqlite3.Connection, path: Path, migrations: Sequence[str], newer: Newer) -> None:
    # WAL: one console can read while another writes. FULL: with NORMAL the last commits of a WAL may
    # be lost with the power, and then a step that was begun would not be in the journal.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("BEGIN IMMEDIATE")
    try:
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        _refuse(path, version, len(migrations), newer)
        for migration in migrations[version:]:
            for statement in migration.split(";\n"):
                database.execute(statement)
        if version < len(migrations):
            database.execute(f"PRAGMA user_version = {len(migrations)}")
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _version_on_disk(path: Path) -> int:
    """``user_version`` out of the file's header (SQLite file format, 1.3), without touching it."""
    try:
        with path.open("rb") as file:
            return int.from_bytes(file.read(64)[60:64], "big")
    except FileNotFoundError:
        return 0


def _refuse(path: Path, version: int, known: int, newer: Newer) -> None:
    if version > known:
        raise newer(path, version)
