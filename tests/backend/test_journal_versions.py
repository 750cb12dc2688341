"""Journals of other versions: older files are brought up to date, and no row that can't be read hides
the others.
"""

import asyncio
import hashlib
import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.backend.bundle import bundle_of, read_bundle, write_bundle
from console.backend.journal import PLAN_FORMAT, SCHEMA, Journal, JournalError
from console.backend.service import HostService
from console.domain.plan import Plan, StepState
from console.domain.snapshot import HostIdentity
from console.startup import practice_session
from tests.backend.journal_writer import HOST, PLAN

OLD_FILES = sorted((Path(__file__).parents[1] / "data" / "journal").glob("*.sqlite"))
SECRET_OF_NOBODY = "what-a-later-version-put-there"
PLAN_SHAPES = {1: "54415ccb9144"}
"""What the documents of a row look like, by their format; see the test that reads it."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path):
    made = Journal(path)
    yield made
    made.close()


def changed(path, statement, *values):
    with sqlite3.connect(path) as database:
        assert database.execute(statement, values).rowcount == 1
    database.close()


def of_the_future(path, entry_id):
    """Make an entry one of a version with a kind of step that this one does not know."""
    with sqlite3.connect(path) as database:
        (plan,) = database.execute("SELECT plan FROM entries WHERE id = ?", (entry_id,)).fetchone()
    database.close()
    document = json.loads(plan)
    document["steps"][0] = {"kind": "teleport-network", "to": SECRET_OF_NOBODY}
    changed(path, "UPDATE entries SET plan = ? WHERE id = ?", json.dumps(document), entry_id)


def three_of_which_the_second_is_unreadable(journal, host=HOST):
    entries = []
    for _ in range(3):
        entries.append(journal.begin(host, PLAN))
        for index in range(len(PLAN.steps)):
            journal.step_changed(entries[-1], StepState(index=index, state="done", result=f"id-{index}"))
        journal.end(entries[-1])
    of_the_future(journal.path, entries[1])
    return entries


@pytest.mark.parametrize("file", OLD_FILES, ids=lambda file: file.stem)
def test_that_the_journal_of_an_older_version_is_read_and_goes_on(file, path, journal):
    shutil.copy(file, path)
    entries = {entry.id: entry for entry in journal.entries()}
    assert [entry.unreadable for entry in entries.values()] == [None] * len(entries)
    first, containers, windows, undo, left = (entries[number] for number in range(1, 6))
    assert (first.undone_by, undo.undoes) == (undo.id, first.id)
    assert (first.host.name, left.host.practice) == ("SERVER-01", True)
    assert first.started_at == datetime(2026, 11, 27, 12, 0, 1, tzinfo=UTC)
    assert [state.state for state in windows.states] == ["done", "unknown", "skipped", "skipped"]
    assert containers.states[-1].failure.status == 409
    assert {step.kind for step in containers.plan.steps} >= {"create-container", "restart-container"}
    assert [entry.id for entry in journal.interrupted()] == [left.id]
    assert journal.before(left.id, 0) == ("x", "y")
    journal.settle(left.id)
    following = journal.begin(HOST, PLAN)
    journal.end(following)
    assert following == 6
    assert [entry.id for entry in journal.entries()] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("file", OLD_FILES, ids=lambda file: file.stem)
def test_that_an_older_file_is_afterwards_what_a_new_one_is(file, path, tmp_path, journal):
    def shape(of):
        with sqlite3.connect(of) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            tables = {table: database.execute(f"PRAGMA table_info({table})").fetchall()
                      for table in ("entries", "steps")}  # fmt: skip
        database.close()
        return version, {table: {row[1:5] for row in rows} for table, rows in tables.items()}

    shutil.copy(file, path)
    journal.open()
    new = Journal(tmp_path / "new.sqlite")
    new.open()
    new.close()
    assert shape(path) == shape(tmp_path / "new.sqlite")
    assert shape(path)[0] == SCHEMA


def test_that_a_migration_that_fails_leaves_the_older_file_as_it_was(path):
    shutil.copy(OLD_FILES[0], path)
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE entries ADD COLUMN plan_format")  # in the way of the migration
        before = database.execute("PRAGMA user_version").fetchone()
    database.close()
    with pytest.raises(JournalError):
        Journal(path).open()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == before
        assert database.execute("SELECT count(*) FROM entries").fetchone() == (5,)
    database.close()


def test_that_one_unreadable_entry_hides_no_other(journal):
    first, second, third = three_of_which_the_second_is_unreadable(journal)
    assert [entry.id for entry in journal.entries()] == [third, second, first]
    strange = journal.entry(second)
    assert strange.host == HOST
    assert str(strange.plan.title) == "Written by another version; its raw text is kept"
    assert (strange.plan.steps, strange.states, strange.undo) == ((), (), None)
    assert "teleport-network" in str(strange.unreadable.reason)
    assert SECRET_OF_NOBODY in strange.unreadable.raw
    assert journal.entry(first).undo is not None


@pytest.mark.parametrize(
    ("column", "value"),
    [("plan", "{"), ("plan", b"\xff\x00"), ("plan", "null"), ("host", "[]"), ("started_at", "noon"),
     ("ended_at", "later"), ("plan_format", "two")],
)  # fmt: skip
def test_that_damage_anywhere_in_a_row_is_told_of_that_row_alone(journal, column, value):
    first = journal.begin(HOST, PLAN)
    journal.end(first)
    second = journal.begin(HOST, PLAN)
    journal.end(second)
    changed(journal.path, f"UPDATE entries SET {column} = ? WHERE id = ?", value, first)
    assert [entry.unreadable is None for entry in journal.entries()] == [True, False]


@pytest.mark.parametrize(
    "document", ["{", '{"index": 9, "state": "done"}', '{"index": 0, "state": "melted"}']
)
def test_that_a_step_that_can_not_be_read_is_told_too(journal, document):
    entry = journal.begin(HOST, PLAN)
    journal.end(entry)
    changed(journal.path, "UPDATE steps SET state = ? WHERE entry_id = ? AND position = 0", document, entry)
    assert journal.entry(entry).unreadable is not None


def test_that_a_row_of_a_newer_format_is_not_believed_even_where_it_can_be_read(journal):
    entry = journal.begin(HOST, PLAN)
    journal.end(entry)
    changed(journal.path, "UPDATE entries SET plan_format = ? WHERE id = ?", PLAN_FORMAT + 1, entry)
    reason = str(journal.entry(entry).unreadable.reason)
    assert "newer version" in reason
    assert str(PLAN_FORMAT + 1) in reason


def test_that_settling_an_unreadable_entry_only_closes_it(path, journal):
    entry = journal.begin(HOST, PLAN)
    journal.close()  # as the end of that console would
    of_the_future(path, entry)

    def steps():
        with sqlite3.connect(path) as database:
            found = database.execute("SELECT state FROM steps").fetchall()
        database.close()
        return found

    before = steps()
    assert [one.id for one in journal.interrupted()] == [entry]
    journal.settle(entry)
    assert journal.interrupted() == ()
    assert not journal.entry(entry).under_way
    assert steps() == before


def test_that_a_host_settles_an_unreadable_entry_without_asking_its_engine(path, journal):
    async def scenario():
        practice = await asyncio.to_thread(practice_session, journal)
        service: HostService = practice.service
        entry = journal.begin(service.identity, PLAN)
        journal.abandon(entry)
        of_the_future(path, entry)
        practice.server.stop()
        try:
            interrupted = await service.interrupted()
            settled = await service.settle(entry)
            return interrupted, settled, await service.interrupted()
        finally:
            await practice.close()

    (interrupted,), settled, left = asyncio.run(scenario())
    assert interrupted.unreadable is not None
    assert not settled.under_way
    assert left == ()


def test_that_a_bundle_has_the_entry_without_the_text_nobody_could_clean(journal, tmp_path):
    async def looked():
        practice = await asyncio.to_thread(practice_session, journal)
        try:
            three_of_which_the_second_is_unreadable(journal, practice.service.identity)
            return await practice.service.observe(), await practice.service.journal_entries()
        finally:
            await practice.close()

    snapshot, entries = asyncio.run(looked())
    for key in (None, b"k" * 32):
        made = tmp_path / "made.zip"
        write_bundle(made, bundle_of(snapshot, entries, findings=lambda _: {}, pseudonym_key=key))
        found = read_bundle(made).journal
        assert [entry.unreadable is not None for entry in found] == [False, True, False]
        assert found[1].unreadable.raw == ""
        assert "teleport-network" in str(found[1].unreadable.reason)
        assert SECRET_OF_NOBODY not in found[1].model_dump_json()


def test_that_documents_of_another_shape_get_another_format():
    """Fails where plan, host or states are written in another way than before: an older console can't read
    that. Raise ``PLAN_FORMAT`` and add the new shape here; where the format was in no version that was
    given out yet, replacing its shape is enough.
    """
    shapes = [one.model_json_schema(mode="serialization") for one in (HostIdentity, Plan, StepState)]
    text = json.dumps(without_words(shapes), sort_keys=True)
    shape = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert shape == PLAN_SHAPES[PLAN_FORMAT], "raise PLAN_FORMAT and add the new shape to PLAN_SHAPES"


def without_words(schema):
    if isinstance(schema, dict):
        return {
            key: without_words(value)
            for key, value in schema.items()
            if not (key in {"description", "title"} and isinstance(value, str))
        }
    return [without_words(one) for one in schema] if isinstance(schema, list) else schema
