"""Signing in to the Windows side of an added host: when it is opened, or later from where it is missing."""

import asyncio

import pytest

from console.backend.hosts.book import HostBook
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.domain.scripts import GET_HOST_INVENTORY
from console.startup import KnownHosts, Practice
from tests.person import Person, Role
from tests.winrm_peer.server import Peer

PASSWORD = "correct horse battery"
ACCOUNT = "HOST\\admin"
FIELD = f"Password of {ACCOUNT}"


@pytest.fixture
def peer(tmp_path, monkeypatch):
    file = tmp_path / "accounts"
    file.write_text(f"HOST:admin:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(file))

    def commands(_text, _parameters, pipeline):  # in a thread of the peer: making a host reads files
        scripts = PracticeScripts(PracticeHost.create(os_build=20348, seed=1), administrator=True)
        pipeline.output(scripts.answer(GET_HOST_INVENTORY.id, {}))

    with Peer(commands) as peer:
        yield peer


@pytest.fixture
def person(peer, practice, profile, run, make_window, qtbot):
    winrm = WinRmEndpoint(host="127.0.0.1", port=peer.port, tls=False, username=ACCOUNT)
    host = StoredHost(name="build", engine_url=practice().service.connection.url, winrm=winrm)
    run(asyncio.to_thread(HostBook(profile.hosts).put, host))
    known = KnownHosts(profile, Practice(20348))
    person = Person(qtbot, make_window(known))
    person.go_to("Hosts")
    person.waits_for(Role.Table, "Hosts")
    person.wait(lambda: [row["Name"] for row in person.rows("Hosts")] == ["build"])
    person.double_click_row("Hosts", "build")
    person.waits_for(Role.EditableText, FIELD)
    yield person
    run(known.close())


def adapters(person):
    return [row["Name"] for row in person.rows("Adapters")]


def test_that_engine_only_asks_the_windows_side_nothing_until_somebody_signs_in(person, peer, session):
    person.press_button("Engine only")
    person.wait(lambda: session.connected)
    person.go_to("Adapters")
    person.wait(lambda: person.sees("Nobody is signed in to the Windows side of this host"))
    assert not peer.bodies
    person.press_button("Sign in…")
    person.waits_for(Role.EditableText, FIELD)
    person.type(FIELD, PASSWORD)
    person.press_button("Sign in")
    person.waits_for(Role.Table, "Adapters")
    person.wait(lambda: adapters(person))
    person.wait(lambda: not session.sign_in_wanted)


def test_that_a_refused_password_is_told_with_the_way_to_give_another(person):
    person.type(FIELD, "wrong")
    person.press_button("Sign in")
    person.go_to("Adapters")
    person.wait(lambda: person.sees("does not try again by itself, so that the account is not locked"))
    person.choose("Host", "Sign in…")
    person.waits_for(Role.EditableText, FIELD)
    person.type(FIELD, PASSWORD)
    person.press_button("Sign in")
    person.waits_for(Role.Table, "Adapters")
    person.wait(lambda: adapters(person))
