import multiprocessing
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from console.backend.journal import SCHEMA, Journal, JournalError, undo_plan
from console.backend.live_entry import LiveEntry
from console.domain.failure import Failure, FailureKind
from console.domain.plan import (
    ConnectContainer,
    CreateNetwork,
    DisconnectContainer,
    Plan,
    RemoveNetwork,
    StepState,
)
from console.domain.snapshot import HostIdentity
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_, verbatim
from tests.backend.journal_writer import HOST, PLAN, STEPS, write_until_killed

# Where processes can be forked, one that has everything loaded makes the others in milliseconds.
FORKS = "forkserver" in multiprocessing.get_all_start_methods()
STARTS = multiprocessing.get_context("forkserver" if FORKS else "spawn")
if FORKS:
    STARTS.set_forkserver_preload(["tests.backend.journal_writer"])
KILLS = 100 if FORKS else 12

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SPEC = NetworkSpec(
    name="q'\"\n;--漢🙂", driver="nat", subnets=(SubnetSpec(subnet="10.0.0.0/24"),), labels={"'": '"'}
)
CREATE = CreateNetwork(spec=SPEC)
WHERE = {"network": "n", "network_name": "net", "container": "c", "container_name": "box"}


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "folder" / "journal.sqlite", clock=lambda: NOON)
    yield journal
    journal.close()


def done(index, result=""):
    return StepState(index=index, state="done", result=result)


def plan(*steps):
    return Plan(title=N_("Test", "Do {what}", what="{braces}"), steps=steps)


def record(journal, the_plan, *states, host=HOST, undoes=None):
    entry = journal.begin(host, the_plan, undoes=undoes)
    for state in states:
        journal.step_changed(entry, state)
    journal.end(entry)
    return entry


def test_that_an_entry_comes_back_word_for_word(journal):
    failure = Failure(kind=FailureKind.REFUSED, raw="no\n'", status=409)
    states = (done(0, "the-id"), StepState(index=1, state="failed", failure=failure))
    entry_id = record(journal, plan(CREATE, CREATE), *states)
    (entry,) = journal.entries()
    assert (entry.id, entry.host, entry.plan, entry.states) == (entry_id, HOST, plan(CREATE, CREATE), states)
    assert (entry.started_at, entry.ended_at, entry.under_way) == (NOON, NOON, False)
    assert journal.entry(entry_id) == entry


def test_that_an_entry_nobody_made_is_none(journal):
    assert journal.entry(1) is None
    assert journal.entries() == ()
    assert journal.interrupted() == ()


def test_that_the_newest_come_first_and_hosts_are_kept_apart(journal):
    other = HostIdentity(id="other", name="other", practice=True)
    first, second, third = (record(journal, plan(CREATE), host=host) for host in (HOST, other, HOST))
    assert [entry.id for entry in journal.entries()] == [third, second, first]
    assert [entry.id for entry in journal.entries(host_id="host")] == [third, first]
    assert [entry.id for entry in journal.entries(limit=2)] == [third, second]
    assert journal.entries(host_id="other")[0].host.practice


def test_that_a_create_is_undone_by_the_id_it_got():
    undo = undo_plan(plan(CREATE), [done(0, "the-id")])
    assert undo.steps == (RemoveNetwork(network="the-id", name=SPEC.name, spec=SPEC),)


def test_that_undo_goes_backwards_over_what_was_done_only():
    connect = ConnectContainer(**WHERE, address="10.0.0.9", aliases=("db",))
    states = [
        done(0, "the-id"),
        done(1),
        StepState(index=2, state="failed"),
        StepState(index=3, state="skipped"),
    ]
    undo = undo_plan(plan(CREATE, connect, CREATE, CREATE), states)
    assert undo.steps == (
        DisconnectContainer(**WHERE, address="10.0.0.9", aliases=("db",)),
        RemoveNetwork(network="the-id", name=SPEC.name, spec=SPEC),
    )


def test_that_a_removal_is_undone_by_the_same_settings():
    remove = RemoveNetwork(network="id", name=SPEC.name, spec=SPEC)
    assert undo_plan(plan(remove), [done(0)]).steps == (CREATE,)


def test_that_what_cant_be_taken_back_completely_is_not_offered():
    blind = RemoveNetwork(network="id", name="gone")
    assert undo_plan(plan(CREATE, blind), [done(0, "the-id"), done(1)]) is None
    assert undo_plan(plan(CREATE), [StepState(index=0, state="unknown")]) is None
    assert undo_plan(plan(CREATE), [StepState(index=0, state="failed")]) is None


def test_that_what_was_undone_is_not_offered_again(journal):
    first = record(journal, plan(CREATE), done(0, "the-id"))
    undo = journal.entry(first).undo
    failed = record(journal, undo, StepState(index=0, state="failed"), undoes=first)
    assert journal.entry(first).undo == undo, "an undo that failed has undone nothing"
    second = record(journal, undo, done(0), undoes=first)
    entry = journal.entry(first)
    assert (entry.undone_by, entry.undo) == (second, None)
    assert [entry.undoes for entry in journal.entries()] == [first, first, None]
    assert failed != second


def test_that_what_is_under_way_here_is_not_called_interrupted(journal):
    entry = journal.begin(HOST, PLAN)
    assert journal.interrupted() == ()
    assert journal.entry(entry).under_way
    assert journal.entry(entry).undo is None


def test_that_what_nobody_carries_out_here_any_more_is_interrupted(journal):
    abandoned, live = journal.begin(HOST, PLAN), journal.begin(HOST, PLAN)
    journal.step_changed(abandoned, StepState(index=0, state="running"))
    journal.abandon(abandoned)
    assert [entry.id for entry in journal.interrupted()] == [abandoned]
    journal.settle(abandoned)
    journal.end(live)
    journal.abandon(live)
    assert journal.interrupted() == ()


def test_that_an_entry_begun_after_its_plan_was_cancelled_is_interrupted(journal):
    with LiveEntry(journal) as live:
        pass  # cancelled before the thread that begins it came to it
    entry = live.begin(HOST, PLAN)
    assert [one.id for one in journal.interrupted()] == [entry]


def test_that_what_a_console_left_is_interrupted_until_it_is_settled(journal, tmp_path):
    entry = journal.begin(HOST, PLAN)
    journal.step_changed(entry, done(0, "a"))
    journal.step_changed(entry, StepState(index=1, state="running"), before=["x", "y"])
    other = Journal(tmp_path / "folder" / "journal.sqlite", clock=lambda: NOON)
    assert other.interrupted() == (), "the other console still lives"
    journal.close()
    (left,) = other.interrupted()
    assert [state.state for state in left.states] == ["done", "running", "pending"]
    assert other.before(entry, 1) == ("x", "y")
    other.settle(entry)
    assert other.interrupted() == ()
    settled = other.entry(entry)
    assert [state.state for state in settled.states] == ["done", "unknown", "skipped"]
    assert [step.network for step in settled.undo.steps] == ["a"]
    other.close()


def test_that_the_journal_of_a_newer_console_is_left_untouched(tmp_path):
    path = tmp_path / "journal.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE future (x)")
        database.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(JournalError) as caught:
        Journal(path).open()
    assert "newer version" in str(caught.value.reason)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["journal.sqlite"]


@pytest.mark.parametrize(
    "content", [b"this is no database at all, whatever its name", b"SQLite format 3\0" + b"x" * 200]
)
def test_that_a_broken_file_is_refused_with_a_reason_and_kept(tmp_path, content):
    path = tmp_path / "journal.sqlite"
    path.write_bytes(content)
    with pytest.raises(JournalError) as caught:
        Journal(path).entries()
    assert str(path) in str(caught.value.reason)
    assert path.read_bytes() == content


def test_that_a_folder_in_the_way_is_a_journal_error(tmp_path):
    with pytest.raises(JournalError):
        Journal(tmp_path).begin(HOST, PLAN)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes")
def test_that_nobody_else_can_read_it(journal, tmp_path):
    journal.open()
    assert (tmp_path / "folder" / "journal.sqlite").stat().st_mode & 0o077 == 0


def test_that_threads_may_share_one(journal):
    threads = [threading.Thread(target=record, args=(journal, PLAN, done(0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal.entries()) == 8
    assert all(
        [state.state for state in entry.states] == ["done", "pending", "pending"]
        for entry in journal.entries()
    )


def writer(path, *rounds):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.backend.journal_writer", str(path), *map(str, rounds)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_that_two_consoles_write_at_once_and_lose_nothing(tmp_path):
    path = tmp_path / "journal.sqlite"
    writers = [writer(path, 15) for _ in range(2)]
    told = [process.communicate(timeout=60)[0] for process in writers]
    assert [process.returncode for process in writers] == [0, 0]
    journal = Journal(path)
    entries = journal.entries()
    ended = {int(line.split()[1]) for text in told for line in text.splitlines() if line.startswith("end")}
    assert {entry.id for entry in entries} == ended
    assert len(ended) == 30
    assert all(state.state == "done" for entry in entries for state in entry.states)
    journal.close()


def test_that_opening_waits_for_another_console_that_is_preparing_the_file(tmp_path, monkeypatch):
    path = tmp_path / "journal.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE being_made (id)")
    other.execute("BEGIN IMMEDIATE")
    waits = []

    def wait(seconds):
        waits.append(seconds)
        other.rollback()

    monkeypatch.setattr("console.backend.database.time.sleep", wait)
    journal = Journal(path)
    journal.open()
    assert waits
    assert journal.entries() == ()
    journal.close()
    other.close()


def test_that_a_kill_at_any_moment_leaves_a_journal_that_says_what_was_under_way(tmp_path, figure):
    path = tmp_path / "journal.sqlite"
    chance = random.Random(20348)
    for _ in range(KILLS):
        check_after_kill(path, killed_writer(path, chance.uniform(0, 0.04)))
    figure.add("kills survived", KILLS, "journal")


def killed_writer(path, seconds):
    """What a process that writes to the journal told until it was killed so long after its beginning."""
    told, line = STARTS.Pipe(duplex=False)
    process = STARTS.Process(target=write_until_killed, args=(path, line), daemon=True)
    process.start()
    line.close()
    lines = [told.recv()]  # it has begun
    time.sleep(seconds)  # any moment is the point here
    process.kill()
    with suppress(EOFError, OSError):  # the last one may be torn by the kill
        while True:
            lines.append(told.recv())
    told.close()
    process.join()
    process.close()
    return lines


def check_after_kill(path, told):
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    journal = Journal(path)
    ended = {int(line.split()[1]) for line in told if line.startswith("end")}
    assert all(not journal.entry(entry).under_way for entry in ended)
    interrupted = journal.interrupted()
    assert len(interrupted) <= 1, "one console does one plan at a time"
    under_way = [entry for entry in journal.entries() if entry.under_way]
    assert list(interrupted) == under_way
    for entry in interrupted:
        check_states(entry, [line.split() for line in told])
        journal.settle(entry.id)
    journal.close()


def check_states(entry, told):
    """What was told is there; at most one write more, which the kill kept from being told."""
    steps = [(int(words[2]), words[3]) for words in told if words[:2] == ["step", str(entry.id)]]
    order = [(index, state) for index in range(STEPS) for state in ("running", "done")]
    found = [state.state for state in entry.states]
    possible = []
    for count in (len(steps), len(steps) + 1):
        states = ["pending"] * STEPS
        for index, state in order[:count]:
            states[index] = state
        possible.append(states)
    assert found in possible


def work_of_reading(path, entries, monkeypatch):
    """How many hundreds of instructions SQLite takes to read the newest of so many entries."""
    journal = Journal(path)
    first = record(journal, PLAN, done(0, "a"))
    journal.close()
    with sqlite3.connect(path) as database:  # copies: ten thousand real commits would take minutes
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO entries (host_id, host, plan, owner, started_at, ended_at)"
            " SELECT host_id, host, plan, owner, started_at, ended_at FROM entries, n",
            (entries - 1,),
        )
        database.execute(
            "INSERT INTO steps SELECT e.id, s.position, s.state, s.before FROM entries e, steps s"
            " WHERE s.entry_id = ? AND e.id <> ?",
            (first, first),
        )
    database.close()
    ticks = []
    connect = sqlite3.connect

    def counted(*words, **options):
        opened = connect(*words, **options)
        opened.set_progress_handler(lambda: ticks.append(1) and None, 100)
        return opened

    with monkeypatch.context() as patched:
        patched.setattr("console.backend.database.sqlite3.connect", counted)
        journal = Journal(path)
        journal.open()
    ticks.clear()
    assert len(journal.entries(host_id="host", limit=200)) == 200
    journal.interrupted()
    journal.close()
    return len(ticks)


def test_that_reading_the_newest_entries_takes_no_longer_with_ten_thousand(tmp_path, monkeypatch):
    few = work_of_reading(tmp_path / "few.sqlite", 1_000, monkeypatch)
    many = work_of_reading(tmp_path / "many.sqlite", 10_000, monkeypatch)
    assert few > 10
    assert many < 1.5 * few


def test_that_a_plan_of_another_title_language_still_reads(journal):
    entry = record(journal, Plan(title=verbatim("{not} a template"), steps=(CREATE,)))
    assert str(journal.entry(entry).plan.title) == "{not} a template"
