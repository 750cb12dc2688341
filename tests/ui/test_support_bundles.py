"""Support bundles as a person saves, opens and compares them."""

import asyncio
import zipfile

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from console.backend.bundle import bundle_of, read_bundle, write_bundle
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from console.startup import KnownHosts, Practice
from console.ui.dialogs.save_bundle import SaveBundleDialog
from console.ui.tasks import Tasks
from tests.person import Person, Role


@pytest.fixture
def known(profile, run):
    made = KnownHosts(profile, Practice(20348))
    yield made
    run(made.close())


@pytest.fixture
def at_host(known, practice, session, make_window, qtbot, run):
    person = Person(qtbot, make_window(known))
    run(session.open(practice(scenario="crowded").service))
    person.wait(lambda: session.connected and bool(session.network_rows))
    yield person
    run(session.close())


@pytest.fixture
def saved(at_host, session, run, tmp_path):
    """The host shown as a bundle."""
    path = tmp_path / "before.wcnbundle.zip"
    run(asyncio.to_thread(lambda: write_bundle(path, bundle_of(session.snapshot, (), findings=lambda _: {}))))
    return path


def give_file(person, path):
    person.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    person.type("File name:", str(path))
    person.press("Return")
    person.wait(lambda: not isinstance(QApplication.activeModalWidget(), QFileDialog))
    person.in_front.activateWindow()  # as a window manager does when a dialog is gone


def create(session, run, name):
    step = CreateNetwork(spec=NetworkSpec(name=name, driver="nat"))
    run(session.service.apply(Plan(title=step.describe(), steps=(step,))))


def ask_to_save(person, path):
    person.choose("Host", "Save support bundle…")
    person.waits_for(Role.EditableText, "File of the bundle")
    person.type("File of the bundle", str(path))


def test_that_the_host_is_saved_with_its_journal_and_findings(at_host, session, run, tmp_path):
    create(session, run, "shop")
    ask_to_save(at_host, tmp_path / "host")
    assert at_host.sees("Passwords, tokens and keys are never in it.")
    at_host.press_button("Save")
    at_host.wait(lambda: at_host.reads("State of the bundle").startswith("Saved as"))
    at_host.press_button("Close")
    bundle = run(asyncio.to_thread(read_bundle, tmp_path / "host.wcnbundle.zip"))
    assert "shop" in {network.name for network in bundle.snapshot.networks.known()}
    assert len(bundle.journal) == 1
    assert bundle.findings["findings"]
    assert not bundle.pseudonymised


def test_that_made_up_names_leave_the_hosts_name_out_of_the_file_and_its_name(
    at_host, session, run, tmp_path
):
    name = session.service.identity.name
    at_host.choose("Host", "Save support bundle…")
    at_host.waits_for(Role.EditableText, "File of the bundle")
    assert name in at_host.reads("File of the bundle")
    at_host.click(Role.CheckBox, "Replace names and addresses with made-up ones")
    at_host.wait(lambda: name not in at_host.reads("File of the bundle"))
    path = tmp_path / "renamed.wcnbundle.zip"
    at_host.type("File of the bundle", str(path))
    at_host.press_button("Save")
    at_host.wait(lambda: at_host.reads("State of the bundle").startswith("Saved as"))
    at_host.press_button("Close")
    bundle = run(asyncio.to_thread(read_bundle, path))
    assert bundle.pseudonymised
    assert name not in run(asyncio.to_thread(lambda: zipfile.ZipFile(path).read("snapshot.json").decode()))


def test_that_a_file_that_is_there_is_replaced_only_after_a_word_of_agreement(at_host, run, tmp_path):
    path = tmp_path / "notes.zip"
    path.write_text("notes")
    ask_to_save(at_host, path)
    at_host.press_button("Save")
    at_host.waits_for(Role.Button, "Replace file")
    assert path.read_text() == "notes"
    at_host.press_button("Replace file")
    at_host.wait(lambda: at_host.reads("State of the bundle").startswith("Saved as"))
    at_host.press_button("Close")
    assert run(asyncio.to_thread(read_bundle, path)).snapshot


def test_that_a_failed_save_says_why_and_keeps_what_was_typed(at_host, tmp_path):
    ask_to_save(at_host, tmp_path / "no such folder" / "host.zip")
    at_host.press_button("Save")
    at_host.wait(lambda: at_host.sees("The support bundle could not be saved."))
    assert at_host.reads("File of the bundle") == str(tmp_path / "no such folder" / "host.zip")
    at_host.type("File of the bundle", str(tmp_path / "host.zip"))
    at_host.press_button("Save")
    at_host.wait(lambda: at_host.reads("State of the bundle").startswith("Saved as"))
    assert not at_host.sees("The support bundle could not be saved.")
    at_host.press_button("Close")


def test_that_an_error_nobody_thought_of_leaves_the_dialog_for_another_try(
    at_host, session, run, tmp_path, monkeypatch
):
    def fail(*_arguments):
        raise ZeroDivisionError("nobody thought of it")

    failed, tasks = [], Tasks()  # of its own: the window's would show the error over the dialog
    tasks.failed.connect(failed.append)
    SaveBundleDialog(session.service, session, tasks, at_host.in_front).open()
    at_host.waits_for(Role.EditableText, "File of the bundle")
    at_host.type("File of the bundle", str(tmp_path / "host.zip"))
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", fail)
        at_host.press_button("Save")
        at_host.wait(lambda: [str(one) for one in failed] == ["nobody thought of it"])
    assert at_host.can(Role.Button, "Cancel")
    assert list(tmp_path.glob("*.zip")) == []
    at_host.press_button("Save")
    at_host.wait(lambda: at_host.reads("State of the bundle").startswith("Saved as"))
    at_host.press_button("Close")
    run(tasks.close())


def test_that_a_bundle_is_opened_beside_the_others_from_the_palette(at_host, saved, session):
    at_host.press("Ctrl+K")
    at_host.waits_for(Role.EditableText, "Command")
    at_host.type("Command", "open support bundle")
    at_host.press("Return")
    give_file(at_host, saved)
    at_host.wait(lambda: session.bundle and bool(at_host.rows("Networks")))
    assert len(session.hosts) == 2
    tab = next(name for name in at_host.names(Role.PageTab) if "support bundle" in name)
    assert "practice host" in tab
    assert "read-only" in tab
    assert str(session.snapshot.taken_at.year) in tab
    at_host.click(Role.PageTab, next(name for name in at_host.names(Role.PageTab) if "connected" in name))
    at_host.wait(lambda: not session.bundle and session.connected)


def test_that_a_damaged_bundle_is_told_and_another_file_can_be_chosen(at_host, saved, session, tmp_path):
    damaged = tmp_path / "damaged.wcnbundle.zip"
    damaged.write_bytes(saved.read_bytes()[:-2000])
    at_host.choose("Host", "Open support bundle…")
    give_file(at_host, damaged)
    at_host.wait(lambda: at_host.sees("The support bundle could not be opened."))
    assert at_host.sees("This is not a support bundle, or only the first part of one")
    assert len(session.hosts) == 1
    at_host.press_button("Choose another file…")
    give_file(at_host, saved)
    at_host.wait(lambda: session.bundle)


def compared(person):
    return [
        (row["Kind"], row["Difference"], row["Object"])
        for row in person.rows("Differences")
        if row["Kind"] == "Network"
    ]


def test_that_a_host_is_compared_with_its_bundle_and_the_two_can_be_swapped(at_host, saved, session, run):
    create(session, run, "shop")
    at_host.choose("Host", "Compare…")
    at_host.wait(lambda: at_host.sees("Choose two to compare"))
    at_host.press_button("Bundle file for “Before”…")
    give_file(at_host, saved)
    at_host.wait(lambda: at_host.all(Role.Table, "Differences") and compared(at_host))
    assert compared(at_host) == [("Network", "Added", "shop")]
    box = at_host.find(Role.ComboBox, "Before").object()
    assert box.currentText().startswith(f"Bundle of {session.snapshot.taken_at.year}")
    at_host.press_button("Swap")
    at_host.wait(lambda: compared(at_host) == [("Network", "Removed", "shop")])
    at_host.wait(lambda: "0 added" in at_host.reads("Summary"))
    at_host.type("Search differences", "nothing such")
    at_host.wait(lambda: at_host.rows("Differences") == [])


def test_that_the_chosen_difference_is_read_in_full(at_host, saved, session, run):
    create(session, run, "shop")
    at_host.go_to("Compare")
    at_host.press_button("Bundle file for “Before”…")
    give_file(at_host, saved)
    at_host.wait(lambda: at_host.all(Role.Table, "Differences") and compared(at_host))
    at_host.type("Search differences", "shop")
    at_host.wait(lambda: all("shop" in str(row) for row in at_host.rows("Differences")))
    at_host.press("Return")  # to the first row that was found
    at_host.wait(lambda: at_host.sees("shop") and at_host.sees("Added"))
    at_host.press("F6")
    assert at_host.keyboard_is_on == "The difference in full"


def test_that_what_is_different_is_copied_and_exported(at_host, saved, session, run, tmp_path):
    create(session, run, "shop")
    at_host.go_to("Compare")
    at_host.press_button("Bundle file for “Before”…")
    give_file(at_host, saved)
    at_host.wait(lambda: at_host.all(Role.Table, "Differences") and compared(at_host))
    at_host.press("F6")
    at_host.choose("Edit", "Export as CSV…")
    file = tmp_path / "out.csv"
    give_file(at_host, file)
    at_host.wait(lambda: file.exists() and "shop" in file.read_text("utf-8"))


def test_that_two_that_are_the_same_are_said_to_be(at_host, saved, session):
    at_host.choose("Host", "Open support bundle…")
    give_file(at_host, saved)
    at_host.wait(lambda: session.bundle)
    at_host.go_to("Compare")
    at_host.press_button("Bundle file for “Before”…")
    give_file(at_host, saved)
    at_host.find(Role.ComboBox, "After").object().setFocus()
    at_host.press("End")
    at_host.wait(lambda: at_host.sees("No differences"))


def test_that_a_file_that_is_no_bundle_leaves_the_comparison_as_it_was(at_host, saved, tmp_path):
    (tmp_path / "notes.zip").write_text("notes")
    at_host.go_to("Compare")
    at_host.press_button("Bundle file for “Before”…")
    give_file(at_host, saved)
    at_host.wait(lambda: not at_host.sees("Choose two to compare"))
    at_host.press_button("Bundle file for “After”…")
    give_file(at_host, tmp_path / "notes.zip")
    at_host.wait(lambda: at_host.sees("The support bundle could not be opened."))
    assert not at_host.sees("Choose two to compare")
