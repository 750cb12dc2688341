"""The activity page: what was done, what came of it, taking it back, and what was interrupted."""

import asyncio
import csv
import json
import sqlite3

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout

from console.backend.journal import Journal
from console.domain.host_actions import create_vswitch
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork, StepState
from console.domain.snapshot import HostIdentity, VSwitchKind
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.ui.models.activity import ACTIVITY_COLUMNS
from console.ui.pages.activity import ENTRIES_AT_ONCE, ActivityPage
from tests.person import Person, Role

ALPHA = CreateNetwork(spec=NetworkSpec(name="alpha"))


@pytest.fixture
def page(lab, tasks, desk):
    shown = ActivityPage(lab.session, tasks, desk)
    QVBoxLayout(desk).addWidget(shown)
    return shown


def results(at_desk):
    return [(row["What"], row["Result"], row["Undo"]) for row in at_desk.rows("Activity")]


def test_that_what_was_done_can_be_read_and_taken_back(lab, page, at_desk):
    lab.do(ALPHA)
    at_desk.wait(lambda: results(at_desk) == [("Behind the person's back", "Done", "Can be undone")])
    (row,) = at_desk.rows("Activity")
    assert row["Kind of host"] == "Practice"
    at_desk.click_row("Activity", row["When"])
    at_desk.click(Role.PageTab, "Commands")
    assert "docker network create" in at_desk.reads("Commands")

    at_desk.click(Role.Button, "Undo…")
    at_desk.waits_for(Role.Button, "Undo")
    assert at_desk.sees("Undo: Behind the person's back")
    at_desk.click(Role.Button, "Undo")
    lab.wait(lambda: "alpha" not in lab.networks())
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    at_desk.click(Role.Button, "Close")
    at_desk.wait(lambda: ("Behind the person's back", "Done", "Undone") in results(at_desk))
    at_desk.wait(lambda: at_desk.sees("It was already undone."))
    assert not at_desk.can(Role.Button, "Undo…")


def test_that_a_refusal_is_explained_and_there_is_nothing_to_undo(lab, page, at_desk):
    lab.do(CreateNetwork(spec=NetworkSpec(name="frontend")), ALPHA)
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Failed"])
    at_desk.click_row("Activity", at_desk.rows("Activity")[0]["When"])
    at_desk.wait(lambda: at_desk.sees("None of its steps was done, so there is nothing to undo."))
    at_desk.press_button("Show details")
    assert "network with name frontend already exists" in at_desk.reads("Original message")


def test_that_a_step_without_an_inverse_is_named_as_the_reason(lab, page, at_desk):
    network = lab.network("unused")
    lab.do(RemoveNetwork(network=network.id, name="unused", spec=None))
    at_desk.wait(lambda: [row["Undo"] for row in at_desk.rows("Activity")] == ["Can't be undone"])
    at_desk.click_row("Activity", at_desk.rows("Activity")[0]["When"])
    at_desk.wait(lambda: at_desk.sees("This can't be undone: Remove the network unused."))


def test_that_an_empty_journal_says_what_will_be_here(lab, page, at_desk):
    table = at_desk.find(Role.Table, "Activity").object()
    assert table.accessibleDescription()
    at_desk.wait(lambda: "Nothing has been done to this host yet." in table.accessibleDescription())
    assert not at_desk.sees("Select an entry")
    assert not at_desk.can(Role.Button, "Export as CSV…")
    assert not at_desk.can(Role.Button, "Export as JSON…")
    lab.do(ALPHA)
    at_desk.wait(lambda: at_desk.can(Role.Button, "Export as CSV…"))
    assert at_desk.sees("Select an entry")


def test_that_the_search_narrows_the_list(lab, page, at_desk):
    lab.do(ALPHA)
    lab.do(CreateNetwork(spec=NetworkSpec(name="frontend")))
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Failed", "Done"])
    at_desk.type("Search activity", "failed")
    assert [row["Result"] for row in at_desk.rows("Activity")] == ["Failed"]
    assert at_desk.sees("1 of 2 entries")


@pytest.fixture
def killed(lab, run):
    """A console that ended while it was creating "alpha", the network being there already."""

    def end_in_the_middle(*, done: bool) -> None:
        if done:
            lab.do(ALPHA)
        identity = lab.session.service.identity
        run(asyncio.to_thread(_die, lab.journal_path, identity))
        run(lab.session.close())
        lab.open()

    return end_in_the_middle


def _die(path, identity: HostIdentity) -> None:
    journal = Journal(path)
    steps = (ALPHA, CreateNetwork(spec=NetworkSpec(name="beta")))
    entry = journal.begin(identity, Plan(title=N_("Test", "Create two networks"), steps=steps))
    journal.step_changed(entry, StepState(index=0, state="running"))
    journal.close()


def test_when_a_console_ended_in_the_middle_the_next_one_says_so_and_finds_out(lab, killed, page, at_desk):
    killed(done=True)
    at_desk.wait(lambda: at_desk.sees("“Create two networks” was interrupted ("))
    assert at_desk.sees("This one was in progress: Create the nat network alpha.")
    at_desk.wait(lambda: "Interrupted" in [row["Result"] for row in at_desk.rows("Activity")])
    at_desk.click(Role.Button, "Check how it ended")
    at_desk.wait(lambda: "Check how it ended" not in at_desk.names(Role.Button))
    at_desk.wait(lambda: ("Create two networks", "Stopped", "Can be undone") in results(at_desk))


def test_when_what_was_interrupted_shall_be_undone_its_end_is_found_out_first(lab, killed, page, at_desk):
    killed(done=True)
    at_desk.waits_for(Role.Button, "Check and undo…")
    at_desk.click(Role.Button, "Check and undo…")
    at_desk.waits_for(Role.Button, "Undo")
    at_desk.click(Role.Button, "Undo")
    lab.wait(lambda: "alpha" not in lab.networks())
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    at_desk.click(Role.Button, "Close")
    at_desk.wait(lambda: ("Create two networks", "Stopped", "Undone") in results(at_desk))


def test_when_nothing_had_happened_there_is_nothing_to_undo_and_it_says_so(lab, killed, page, at_desk):
    killed(done=False)
    at_desk.waits_for(Role.Button, "Check and undo…")
    at_desk.click(Role.Button, "Check and undo…")
    at_desk.wait(lambda: at_desk.sees("There is nothing to undo."))


@pytest.fixture
def unreadable(lab, run):
    """Make an entry one of a later version; with ``ended=False`` one that was cut off."""

    def write(path, identity, *, ended):
        journal = Journal(path)
        entry = journal.begin(identity, Plan(title=N_("Test", "Of the future"), steps=(ALPHA,)))
        if ended:
            journal.end(entry)
        journal.close()
        with sqlite3.connect(path) as database:
            database.execute(
                "UPDATE entries SET plan = replace(plan, 'create-network', 'teleport-network'),"
                " started_at = ? WHERE id = ?",
                ("2026-01-01T12:00:00+00:00", entry),  # rows are told apart by their time
            )
        database.close()

    def make(*, ended=True):
        identity = lab.session.service.identity
        run(asyncio.to_thread(write, lab.journal_path, identity, ended=ended))

    return make


UNREADABLE = "Written by another version; its raw text is kept"


def test_that_an_entry_of_another_version_hides_no_other_and_shows_its_text(lab, page, at_desk, unreadable):
    unreadable()
    lab.do(ALPHA)
    at_desk.wait(lambda: len(at_desk.rows("Activity")) == 2)
    (row,) = (row for row in at_desk.rows("Activity") if row["What"] == UNREADABLE)
    assert (row["Result"], row["Undo"]) == ("Can't be read", "Can't be undone")
    at_desk.click_row("Activity", row["When"])
    at_desk.wait(lambda: "teleport-network" in at_desk.reads("Raw text"))
    assert at_desk.sees("This version of the console can't read it")
    assert at_desk.sees("Use that version to undo it.")
    assert not at_desk.can(Role.Button, "Undo…")
    at_desk.click_row("Activity", at_desk.rows("Activity")[0]["When"])
    at_desk.wait(lambda: at_desk.can(Role.Button, "Undo…"))
    assert not at_desk.all(Role.EditableText, "Raw text")
    at_desk.click(Role.PageTab, "Commands")
    assert "docker network create" in at_desk.reads("Commands")


def test_that_an_interrupted_entry_of_another_version_can_only_be_closed(lab, page, at_desk, unreadable, run):
    unreadable(ended=False)
    run(lab.session.close())
    lab.open()
    at_desk.waits_for(Role.Button, "Close this entry")
    assert at_desk.sees("A change by another version of the console was interrupted (")
    assert at_desk.sees("this one can't tell how far it got")
    assert "Check and undo…" not in at_desk.names(Role.Button)
    at_desk.wait(lambda: at_desk.rows("Activity"))
    at_desk.click_row("Activity", at_desk.rows("Activity")[0]["When"])
    assert at_desk.sees("It can only be closed here.")
    at_desk.click(Role.Button, "Close this entry")
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Can't be read"])
    at_desk.wait(lambda: "Close this entry" not in at_desk.names(Role.Button))


def test_that_a_journal_that_can_not_be_used_is_told_above_the_pages(lab, make_window, qtbot, run):
    def damage():
        database = sqlite3.connect(lab.journal_path)
        database.execute("DROP TABLE steps")
        database.close()

    lab.do(ALPHA)
    run(asyncio.to_thread(damage))
    person = Person(qtbot, make_window())
    person.wait(lambda: person.sees("The journal can't be used, so this host can only be looked at."))


@pytest.mark.parametrize(("button", "suffix"), [("Export as CSV…", ".csv"), ("Export as JSON…", ".json")])
def test_that_the_list_goes_into_a_file(lab, page, at_desk, tmp_path, button, suffix):
    lab.do(ALPHA)
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Done"])
    at_desk.click(Role.Button, button)
    at_desk.waits_for(Role.EditableText, "File name:")
    path = tmp_path / f"log{suffix}"
    at_desk.type("File name:", str(path))
    at_desk.press("Return")
    lab.wait(lambda: path.exists() and path.read_text())
    if suffix == ".csv":
        (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
        assert (row["What"], row["Result"]) == ("Behind the person's back", "Done")
    else:
        (row,) = json.loads(path.read_text())
        assert (row["what"], row["result"], row["kind"]) == ("Behind the person's back", "done", "practice")


def more_entries(path, count):
    """The newest entry so many times more, each with steps, as years of work leave them."""
    fields = "host_id, host, plan, owner, ended_at, completed"
    with sqlite3.connect(path) as database:
        (newest,) = database.execute("SELECT MAX(id) FROM entries").fetchone()
        for number in range(1, count + 1):
            started = f"2020-01-01T00:00:00.{number:06}+00:00"
            database.execute(
                f"INSERT INTO entries (id, started_at, {fields})"
                f" SELECT ?, ?, {fields} FROM entries WHERE id = ?",
                (newest + number, started, newest),
            )
        database.execute(
            "INSERT INTO steps SELECT e.id, s.position, s.state, s.before FROM entries e, steps s"
            " WHERE s.entry_id = ? AND e.id > ?",
            (newest, newest),
        )
    database.close()


def test_that_the_list_says_where_it_ends_and_older_entries_are_shown_and_searched_on_request(
    lab, page, at_desk, run
):
    lab.do(CreateNetwork(spec=NetworkSpec(name="oldest")))
    run(asyncio.to_thread(more_entries, lab.journal_path, ENTRIES_AT_ONCE - 1))
    lab.do(ALPHA)
    at_desk.wait(lambda: at_desk.sees(f"newest {ENTRIES_AT_ONCE} of {ENTRIES_AT_ONCE + 1} entries"))
    at_desk.type("Search activity", "network create alpha")
    at_desk.wait(lambda: at_desk.sees(f"1 of the newest {ENTRIES_AT_ONCE} of {ENTRIES_AT_ONCE + 1} entries"))
    at_desk.type("Search activity", "nothing like it")
    table = at_desk.find(Role.Table, "Activity").object()
    at_desk.wait(lambda: "“Show older” reads more" in table.accessibleDescription())
    at_desk.press_button("Show older")
    at_desk.wait(lambda: "Show older" not in at_desk.names(Role.Button))
    at_desk.type("Search activity", "network create oldest")
    at_desk.wait(lambda: at_desk.sees(f"{ENTRIES_AT_ONCE} of {ENTRIES_AT_ONCE + 1} entries"))


def exported(at_desk, lab, button, path):
    at_desk.click(Role.Button, button)
    at_desk.waits_for(Role.EditableText, "File name:")
    at_desk.type("File name:", str(path))
    at_desk.press("Return")
    lab.wait(lambda: path.exists() and path.read_text())
    return path.read_text("utf-8-sig")


(SWITCH,) = create_vswitch("lab", VSwitchKind.INTERNAL).steps


def test_that_an_export_has_the_cmdlets_of_scripts_and_every_steps_result(lab, page, at_desk, tmp_path):
    lab.do(ALPHA, SWITCH)
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Done"])
    (row,) = json.loads(exported(at_desk, lab, "Export as JSON…", tmp_path / "log.json"))
    assert {column.id for column in ACTIVITY_COLUMNS} <= row.keys()
    assert "New-VMSwitch" in row["command"]
    assert "rem " not in row["command"]
    first, second = row["steps"]
    assert (first["what"], first["state"]) == ("Create the nat network alpha", "done")
    assert first["command"].startswith("docker network create")
    assert len(first["result"]) == 64
    assert (second["state"], second["failure"]) == ("done", None)
    assert "New-VMSwitch" in second["command"]
    (line,) = csv.DictReader(exported(at_desk, lab, "Export as CSV…", tmp_path / "log.csv").splitlines())
    assert "New-VMSwitch" in line["Command"]
    at_desk.click_row("Activity", at_desk.rows("Activity")[0]["When"])
    at_desk.click(Role.PageTab, "Commands")
    assert "New-VMSwitch" in at_desk.reads("Commands")


def test_that_an_export_tells_why_a_step_failed_and_no_credentials(lab, page, at_desk, tmp_path):
    taken = NetworkSpec(name="frontend", labels={"registry_password": "hunter2"})
    lab.do(CreateNetwork(spec=taken))
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Failed"])
    text = exported(at_desk, lab, "Export as JSON…", tmp_path / "log.json")
    (row,) = json.loads(text)
    assert "already exists" in row["steps"][0]["failure"]["raw"]
    assert "hunter2" not in text
    assert "hunter2" not in exported(at_desk, lab, "Export as CSV…", tmp_path / "log.csv")


def test_that_the_window_itself_says_what_was_interrupted_and_leads_there(
    lab,
    killed,
    make_window,
    qtbot,
):
    killed(done=True)
    person = Person(qtbot, make_window())
    notice = "“Create two networks” was interrupted before it was done."
    person.wait(lambda: person.sees(notice))
    person.click(Role.Button, "Show activity")
    person.waits_for(Role.Button, "Check how it ended")
    person.click(Role.Button, "Check how it ended")
    person.wait(lambda: not person.sees(notice))


def test_that_what_was_done_to_other_hosts_is_shown_on_request_with_its_command(lab, page, at_desk, run):
    other = HostIdentity(id="elsewhere", name="ELSEWHERE")

    def record():
        journal = Journal(lab.journal_path)
        entry = journal.begin(other, Plan(title=N_("Test", "Done elsewhere"), steps=(ALPHA,)))
        journal.step_changed(entry, StepState(index=0, state="done", result="1"))
        journal.end(entry)
        journal.close()

    lab.do(ALPHA)
    run(asyncio.to_thread(record))
    at_desk.wait(lambda: [row["Result"] for row in at_desk.rows("Activity")] == ["Done"])
    at_desk.click(Role.CheckBox, "All hosts")
    at_desk.wait(lambda: len(at_desk.rows("Activity")) == 2)
    rows = {row["Host"]: row for row in at_desk.rows("Activity")}
    assert rows["ELSEWHERE"]["What"] == "Done elsewhere"
    command = next(column for column in ACTIVITY_COLUMNS if column.id == "command")
    (record,) = [one for one in page.model.records() if one.entry.host.name == "ELSEWHERE"]
    assert command.cell(record).startswith("docker network create")
    at_desk.click(Role.CheckBox, "All hosts")
    at_desk.wait(lambda: len(at_desk.rows("Activity")) == 1)


def test_that_entries_are_copied_from_the_menu_of_the_window(at_practice_host, session, run):
    person = at_practice_host
    person.go_to("Activity")
    person.wait(lambda: person.all(Role.Table, "Activity"))
    person.click(Role.MenuItem, "Edit")
    person.wait(lambda: QApplication.activePopupWidget() is not None)
    assert not person.entries()["Export as CSV…"]
    person.press("Escape")
    run(session.service.apply(Plan(title=ALPHA.describe(), steps=(ALPHA,))))
    person.wait(lambda: len(person.rows("Activity")) == 1)
    person.click_row("Activity", person.rows("Activity")[0]["When"])
    person.choose("Edit", "Copy rows")
    assert "alpha" in QApplication.clipboard().text()


def test_that_what_was_interrupted_on_a_host_is_not_undone_on_the_one_shown_next(
    lab, killed, page, at_desk, practice, run, tasks
):
    killed(done=True)
    at_desk.waits_for(Role.Button, "Check and undo…")
    here, other = lab.session.service, practice(os_build=14393)
    run(lab.session.open(other.service, other.close))
    lab.session.show(here)
    at_desk.waits_for(Role.Button, "Check and undo…")
    before = set(tasks.under_way)
    at_desk.click(Role.Button, "Check and undo…")
    run(asyncio.sleep(0))
    looking = set(tasks.under_way) - before
    lab.session.show(other.service)
    lab.wait(lambda: looking and all(one.done() for one in looking))
    assert QApplication.activeModalWidget() is None
    assert not at_desk.sees("There is nothing to undo.")
    assert not at_desk.sees("was interrupted (")
