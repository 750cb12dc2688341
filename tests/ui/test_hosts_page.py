"""The page of added hosts: added, tried, opened, edited, taken elsewhere, forgotten; as a person does."""

import asyncio
import socket

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGroupBox, QSpinBox

from console.backend.connection import TlsFiles
from console.backend.hosts.book import HostBook
from console.backend.hosts.stored import StoredHost
from console.demo.powershell.scripts import PracticeScripts
from console.domain.connection_risk import ConnectionRisk
from console.domain.scripts import GET_HOST_INVENTORY
from console.startup import KnownHosts, Practice
from tests.backend.hosts.test_credentials import Store
from tests.person import Person, Role
from tests.winrm_peer.security import Certificate
from tests.winrm_peer.server import Peer


@pytest.fixture
def known(profile, run):
    made = KnownHosts(profile, Practice(20348))
    yield made
    run(made.close())


@pytest.fixture
def at_hosts(known, make_window, qtbot):
    person = Person(qtbot, make_window(known))
    person.go_to("Hosts")
    person.waits_for(Role.Button, "Add host…")
    return person


def listed(person):
    return {row["Name"]: row for row in person.rows("Hosts")}


def add(person, name, address, way=2):
    person.press_button("Add host")
    person.waits_for(Role.EditableText, "Engine address")
    person.type("Name", name)
    person.find(Role.ComboBox, "Connection to the engine").object().setCurrentIndex(way)
    person.type("Engine address", address)


def test_that_a_host_is_added_tried_and_opened_beside_the_others(at_hosts, practice, profile, session, run):
    opened = practice()
    add(at_hosts, "lab & co", opened.service.connection.url)
    at_hosts.press_button("Test connection")
    at_hosts.wait(lambda: at_hosts.sees("The engine works: Docker Engine"))
    at_hosts.type("Tags", "lab, berlin")
    at_hosts.press_button("Add host")
    at_hosts.wait(lambda: "lab & co" in listed(at_hosts))
    assert listed(at_hosts)["lab & co"]["Tags"] == "lab, berlin"
    (host,) = run(asyncio.to_thread(HostBook(profile.hosts).hosts))
    at_hosts.click_row("Hosts", "lab & co")
    at_hosts.press_button("Open host")
    at_hosts.wait(lambda: session.connected)
    assert session.service.connection.id == host.id
    at_hosts.wait(lambda: listed(at_hosts)["lab & co"]["State"] == "Open")


def test_that_what_is_missing_is_said_and_nothing_typed_is_lost_by_a_failed_test(at_hosts):
    at_hosts.press_button("Add host")
    at_hosts.wait(lambda: at_hosts.reads("Why the host can't be saved yet") == "Give the host a name.")
    at_hosts.type("Name", "x")
    at_hosts.wait(lambda: "where its engine is" in at_hosts.reads("Why the host can't be saved yet"))
    at_hosts.type("Engine address", "tcp://127.0.0.1:1")
    assert at_hosts.can(Role.Button, "Add host")
    at_hosts.press_button("Test connection")
    at_hosts.wait(lambda: at_hosts.sees("The engine does not work."))
    assert at_hosts.reads("Engine address") == "tcp://127.0.0.1:1"
    at_hosts.press_button("Cancel")


PASSWORD = "correct horse battery"


@pytest.fixture
def windows(practice, tmp_path, monkeypatch):
    """A practice engine, and its Windows side over HTTPS with a certificate that issued itself."""
    (tmp_path / "accounts").write_text(f"HOST:admin:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "accounts"))
    opened = practice()
    scripts = PracticeScripts(opened.server.host, administrator=True)
    made = Certificate.make(tmp_path, "host", authority=False)

    def commands(_text, _parameters, pipeline):
        pipeline.output(scripts.answer(GET_HOST_INVENTORY.id, {}))

    with Peer(commands, tls=made.server_context()) as peer:
        yield opened.service.connection.url, peer.port, str(made.certificate)


def test_that_a_certificate_nobody_knows_leads_to_the_field_for_it(at_hosts, windows):
    engine, port, certificate = windows
    add(at_hosts, "lab", engine)
    side = next(one for one in at_hosts.in_front.findChildren(QGroupBox) if one.isCheckable())
    side.setFocus()
    QTest.keyClick(side, Qt.Key.Key_Space)
    at_hosts.type("Account", "HOST\\admin")
    at_hosts.type("Password", PASSWORD)
    # A port where nobody listens, before the field for it is shown: who knows what this computer has on 5986.
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        silent = nobody.getsockname()[1]
    number = next(
        one
        for one in at_hosts.in_front.findChildren(QSpinBox)
        if one.accessibleName() == "Port of WinRM" and not one.isVisible()
    )
    number.setValue(silent)
    at_hosts.press_button("Test connection")
    at_hosts.wait(lambda: at_hosts.sees("The Windows side does not work."))
    at_hosts.waits_for(Role.SpinBox, "Port of WinRM")
    number.setValue(port)
    at_hosts.press_button("Test connection")
    at_hosts.wait(lambda: at_hosts.sees("The encrypted connection to WinRM can't be trusted."))
    at_hosts.type("CA certificate file of WinRM", certificate)
    at_hosts.press_button("Test connection")
    at_hosts.wait(lambda: at_hosts.sees("The Windows side works: Windows Server"))
    at_hosts.press_button("Cancel")


def test_that_a_read_only_host_can_be_looked_at_only(at_hosts, practice, profile, session, run):
    url = practice().service.connection.url
    host = StoredHost(name="watched", engine_url=url, read_only=True)
    run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    at_hosts.go_to("Networks")
    at_hosts.go_to("Hosts")
    at_hosts.wait(lambda: "watched" in listed(at_hosts))
    at_hosts.double_click_row("Hosts", "watched")
    at_hosts.wait(lambda: session.connected)
    at_hosts.go_to("Networks")
    at_hosts.wait(lambda: at_hosts.sees("READ-ONLY") and bool(at_hosts.rows("Networks")))
    assert not at_hosts.can(Role.Button, "New network")
    at_hosts.click_row("Networks", at_hosts.rows("Networks")[0]["Name"])
    assert not at_hosts.can(Role.Button, "Remove")


@pytest.fixture
def open_lab(at_hosts, practice, profile, session, run):
    """An added host that is open, with the page Hosts shown; gives the URL of its engine."""
    url = practice().service.connection.url
    host = StoredHost(name="lab", engine_url=url)
    run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    at_hosts.go_to("Networks")
    at_hosts.go_to("Hosts")
    at_hosts.wait(lambda: "lab" in listed(at_hosts))
    at_hosts.double_click_row("Hosts", "lab")
    at_hosts.wait(lambda: session.connected)
    return url


def edit(person, name="lab"):
    person.click_row("Hosts", name)
    person.press_button("Edit host")
    person.waits_for(Role.EditableText, "Engine address")


def save(person):
    person.press_button("Save host")
    person.wait(lambda: not person.all(Role.EditableText, "Engine address"))


def test_that_a_host_that_is_open_becomes_read_only_at_once_and_can_be_changed_again(
    at_hosts, open_lab, session
):
    service = session.service
    edit(at_hosts)
    at_hosts.click(Role.CheckBox, "Read-only: look, and change nothing")
    save(at_hosts)
    at_hosts.wait(lambda: at_hosts.sees("READ-ONLY"))
    assert session.service is service
    assert service.read_only
    assert not at_hosts.sees("still connected as before")
    at_hosts.go_to("Networks")
    at_hosts.wait(lambda: bool(at_hosts.rows("Networks")))
    assert not at_hosts.can(Role.Button, "New network")
    at_hosts.go_to("Hosts")
    edit(at_hosts)
    at_hosts.click(Role.CheckBox, "Read-only: look, and change nothing")
    save(at_hosts)
    at_hosts.wait(lambda: not at_hosts.sees("READ-ONLY"))
    at_hosts.go_to("Networks")
    at_hosts.wait(lambda: at_hosts.can(Role.Button, "New network"))


def test_that_an_open_host_with_another_address_is_offered_to_be_connected_again(
    at_hosts, open_lab, practice, session
):
    service, moved = session.service, practice(os_build=14393).service.connection.url
    edit(at_hosts)
    at_hosts.type("Tags", "berlin")
    save(at_hosts)
    at_hosts.wait(lambda: listed(at_hosts)["lab"]["Tags"] == "berlin")
    assert not at_hosts.sees("still connected as before")
    edit(at_hosts)
    at_hosts.type("Engine address", moved)
    save(at_hosts)
    at_hosts.wait(lambda: at_hosts.sees("“lab”: still connected as before the change"))
    assert session.service is service
    edit(at_hosts)
    at_hosts.type("Engine address", open_lab)
    save(at_hosts)
    at_hosts.wait(lambda: not at_hosts.sees("still connected as before"))
    edit(at_hosts)
    at_hosts.type("Engine address", moved)
    save(at_hosts)
    at_hosts.press_button("Reconnect now")
    at_hosts.wait(lambda: session.connected and session.service is not service)
    assert service.status.state == "closed"
    assert session.service.connection.url == moved
    at_hosts.wait(lambda: not at_hosts.sees("still connected as before"))


@pytest.fixture
def store():
    """A credential store that keeps passwords for this test alone."""
    before = keyring.get_keyring()
    keyring.set_keyring(Store())
    yield
    keyring.set_keyring(before)


def test_that_a_new_password_is_used_once_the_host_is_connected_again(at_hosts, open_lab, store):
    edit(at_hosts)
    side = next(one for one in at_hosts.in_front.findChildren(QGroupBox) if one.isCheckable())
    side.setFocus()
    QTest.keyClick(side, Qt.Key.Key_Space)
    at_hosts.type("Account", "HOST\\admin")
    save(at_hosts)
    at_hosts.press_button("Reconnect now")
    at_hosts.waits_for(Role.Button, "Engine only")
    at_hosts.press_button("Engine only")
    at_hosts.wait(lambda: not at_hosts.sees("still connected as before"))
    edit(at_hosts)
    at_hosts.type("Password", PASSWORD)
    save(at_hosts)
    at_hosts.wait(lambda: at_hosts.sees("“lab”: still connected as before the change"))


def test_that_a_host_is_edited_exported_forgotten_and_taken_in_again(at_hosts, profile, run, tmp_path):
    host = StoredHost(name="build", engine_url="ssh://admin@build", tags=("lab",))
    run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    at_hosts.go_to("Networks")
    at_hosts.go_to("Hosts")
    at_hosts.wait(lambda: "build" in listed(at_hosts))
    at_hosts.click_row("Hosts", "build")
    at_hosts.press_button("Edit host")
    at_hosts.waits_for(Role.EditableText, "Engine address")
    assert at_hosts.reads("Engine address") == "ssh://admin@build"
    at_hosts.type("Name", "build 2")
    at_hosts.press_button("Save host")
    at_hosts.wait(lambda: "build 2" in listed(at_hosts))
    at_hosts.wait(lambda: at_hosts.selected_rows("Hosts") == ["build 2"])
    at_hosts.press_button("Export hosts")
    at_hosts.waits_for(Role.EditableText, "File name:")
    at_hosts.type("File name:", str(tmp_path / "out.json"))
    at_hosts.press("Return")
    at_hosts.wait(lambda: (tmp_path / "out.json").exists())
    at_hosts.press_button("Forget host")
    at_hosts.waits_for(Role.Button, "Forget")
    at_hosts.press_button("Forget")
    at_hosts.wait(lambda: at_hosts.sees("No host has been added yet"))
    read_import(at_hosts, tmp_path / "out.json")
    at_hosts.wait(lambda: at_hosts.sees("New: ssh://admin@build"))
    at_hosts.press_button("Import")
    at_hosts.wait(lambda: "build 2" in listed(at_hosts))
    read_import(at_hosts, tmp_path / "out.json")
    at_hosts.wait(lambda: at_hosts.sees("There is nothing to import."))
    assert at_hosts.sees("Here already, and the same: build 2")
    assert not at_hosts.can(Role.Button, "Import")
    at_hosts.press_button("Close")


def read_import(person, path):
    person.press_button("Import hosts")
    person.waits_for(Role.EditableText, "File name:")
    person.type("File name:", str(path))
    person.press("Return")


def test_that_a_file_replaces_only_the_hosts_that_a_person_says(at_hosts, profile, run, tmp_path):
    mine = [
        StoredHost(name=name, engine_url=f"ssh://admin@{name}", read_only=True) for name in ("a", "b", "c")
    ]
    book = HostBook(profile.hosts)
    run(asyncio.to_thread(book.put_all, mine))
    theirs = [one.model_copy(update={"engine_url": "ssh://evil", "read_only": False}) for one in mine]
    run(asyncio.to_thread(book.export, tmp_path / "out.json", theirs))
    at_hosts.go_to("Networks")
    at_hosts.go_to("Hosts")
    at_hosts.wait(lambda: "a" in listed(at_hosts))
    read_import(at_hosts, tmp_path / "out.json")
    at_hosts.wait(lambda: at_hosts.sees("Engine address: ssh://admin@a → ssh://evil"))
    assert at_hosts.sees("It stays read-only here")
    assert not at_hosts.can(Role.Button, "Import")  # nothing is replaced unless somebody says so
    for name, deed in (("a", "replace"), ("b", "copy")):
        choice = at_hosts.find(Role.ComboBox, f"What to do with {name}").object()
        choice.setCurrentIndex({"replace": 1, "copy": 2}[deed])
    at_hosts.press_button("Import")
    at_hosts.wait(lambda: "b (imported)" in listed(at_hosts))
    kept = {one.name: one for one in run(asyncio.to_thread(book.hosts))}
    assert {name: one.engine_url for name, one in kept.items()} == {
        "a": "ssh://evil", "b": "ssh://admin@b", "b (imported)": "ssh://evil", "c": "ssh://admin@c",
    }  # fmt: skip
    assert kept["a"].read_only


def test_that_an_unprotected_host_is_opened_only_after_a_word_of_agreement(at_hosts, profile, session, run):
    host = StoredHost(name="open door", engine_url="tcp://192.0.2.1:2375")
    run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    at_hosts.go_to("Networks")
    at_hosts.go_to("Hosts")
    at_hosts.wait(lambda: "open door" in listed(at_hosts))
    assert listed(at_hosts)["open door"]["Protection"] == "Unprotected"
    at_hosts.double_click_row("Hosts", "open door")
    at_hosts.wait(lambda: at_hosts.sees("Nothing protects the connection to “open door”"))
    assert at_hosts.keyboard_is_on == "Cancel"
    at_hosts.press_button("Cancel")
    assert session.hosts == ()
    at_hosts.double_click_row("Hosts", "open door")
    at_hosts.waits_for(Role.Button, "Connect this once")
    at_hosts.press_button("Connect this once")
    at_hosts.wait(lambda: len(session.hosts) == 1)
    assert session.service.connection.accepted_risk is ConnectionRisk.UNENCRYPTED
    assert "accepted_risk" not in session.service.connection.model_dump_json()


def test_that_a_host_whose_certificate_is_not_checked_is_asked_about_until_it_is(
    at_hosts, profile, session, run
):
    host = StoredHost(name="loose", engine_url="tcp://192.0.2.1:2376", tls=TlsFiles(verify=False))
    run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    at_hosts.go_to("Networks")
    at_hosts.go_to("Hosts")
    at_hosts.wait(lambda: "loose" in listed(at_hosts))
    assert listed(at_hosts)["loose"]["Protection"] == "TLS, engine not checked"
    at_hosts.double_click_row("Hosts", "loose")
    at_hosts.wait(lambda: at_hosts.sees("The certificate of “loose” is not checked"))
    assert at_hosts.keyboard_is_on == "Cancel"
    at_hosts.press_button("Cancel")
    assert session.hosts == ()
    at_hosts.press_button("Edit host")
    at_hosts.wait(lambda: at_hosts.sees("Any certificate is accepted"))
    at_hosts.click(Role.CheckBox, "Check the engine's certificate")
    at_hosts.wait(lambda: at_hosts.sees("always checked"))
    at_hosts.press_button("Save host")
    at_hosts.wait(lambda: listed(at_hosts)["loose"]["Protection"] == "TLS")
    (kept,) = run(asyncio.to_thread(HostBook(profile.hosts).hosts))
    assert kept.tls == TlsFiles(verify=True)


def test_that_plain_http_is_not_saved_as_tls(at_hosts):
    add(at_hosts, "x", "http://prod.example:2375", way=0)
    at_hosts.wait(lambda: "http:// is without TLS" in at_hosts.reads("Why the host can't be saved yet"))
    assert not at_hosts.can(Role.Button, "Add host")
    at_hosts.type("Engine address", "https://admin:S3cret@prod.example:2376")
    at_hosts.wait(lambda: "holds no password" in at_hosts.reads("Why the host can't be saved yet"))
    at_hosts.type("Engine address", "https://prod.example:2376")
    at_hosts.wait(lambda: at_hosts.can(Role.Button, "Add host"))
    at_hosts.press_button("Cancel")


def test_that_a_password_without_an_account_is_not_just_dropped(at_hosts):
    add(at_hosts, "x", "ssh://admin@x", way=1)
    at_hosts.find(Role.CheckBox, "Windows side, over WinRM").object().setChecked(True)
    at_hosts.type("Password", "s3cret")
    at_hosts.wait(lambda: "Enter the account" in at_hosts.reads("Why the host can't be saved yet"))
    assert not at_hosts.can(Role.Button, "Add host")
    at_hosts.type("Account", "admin")
    at_hosts.wait(lambda: at_hosts.can(Role.Button, "Add host"))
    at_hosts.press_button("Cancel")


def test_that_a_damaged_file_of_hosts_is_told_with_its_name(known, profile, make_window, qtbot):
    profile.hosts.parent.mkdir(parents=True, exist_ok=True)
    profile.hosts.write_text("{")
    person = Person(qtbot, make_window(known))
    person.go_to("Hosts")
    person.wait(lambda: person.sees("The list of hosts can't be used."))
    assert person.sees("hosts.json is damaged")


def test_that_open_hosts_have_tabs_to_switch_and_close(practice, session, make_window, run, qtbot):
    first, second = practice(), practice(os_build=14393)
    person = Person(qtbot, make_window())
    run(session.open(first.service, first.close))
    run(session.open(second.service, second.close))
    person.wait(lambda: len(person.names(Role.PageTab)) >= 2)
    person.press("Ctrl+Tab")
    person.wait(lambda: session.service is first.service)
    # What is possible is judged a turn after it changed, and no person presses a key within that turn.
    person.wait(person._window._commands["close-host"].isEnabled)
    person.press("Ctrl+W")
    person.wait(lambda: session.hosts == (second.service,))
    assert session.service is second.service
