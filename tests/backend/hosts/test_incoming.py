"""What a file of hosts may change here: nothing unasked, and never to something less careful."""

import asyncio

import pytest
from pydantic import SecretStr

from console.backend.connection import WINDOWS_PIPE, TlsFiles, connection_id
from console.backend.hosts.book import HostBook
from console.backend.hosts.incoming import OF_HOST, OF_TLS, OF_WINDOWS_SIDE, Standing, incoming_hosts
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from tests.backend.hosts import test_directory

store, passwords, directory = test_directory.store, test_directory.passwords, test_directory.directory

MINE = StoredHost(
    name="prod", engine_url="tcp://prod:2376", tls=TlsFiles(ca="C:/ca.pem"), tags=("berlin",), read_only=True,
    winrm=WinRmEndpoint(host="prod", username="alice"),
)  # fmt: skip


def changed(**changes):
    return MINE.model_copy(update=changes)


def incoming(found, *there):
    (host,) = incoming_hosts([found], there)
    return host


def told(host):
    return {str(one.what): (str(one.here), str(one.in_file)) for one in host.changes}


def test_that_hosts_are_new_changed_or_the_same():
    assert incoming(MINE).standing is Standing.NEW
    assert incoming(MINE, MINE).standing is Standing.SAME
    assert incoming(changed(name="b"), MINE).standing is Standing.CHANGED
    assert not incoming(MINE).changes


def test_that_every_change_is_told():
    evil = changed(
        engine_url="tcp://evil:2376", tls=TlsFiles(), tags=(),
        winrm=WinRmEndpoint(host="evil.example", username="alice", tls=False, port=80),
    )  # fmt: skip
    assert told(incoming(evil, MINE)) == {
        "Engine address": ("tcp://prod:2376", "tcp://evil:2376"),
        "Tags": ("berlin", "none"),
        "CA certificate of the engine": ("C:/ca.pem", "none"),
        "Computer of the Windows side": ("prod", "evil.example"),
        "WinRM port": ("none", "80"),
        "WinRM over HTTPS": ("yes", "no"),
    }
    assert any("password" in str(note) for note in incoming(evil, MINE).notes)


def test_that_parts_that_come_or_go_are_told_by_what_was_set_in_them():
    without = changed(tls=None, winrm=None)
    assert told(incoming(without, MINE)) == {
        "CA certificate of the engine": ("C:/ca.pem", "none"),
        "Computer of the Windows side": ("prod", "none"),
        "Account": ("alice", "none"),
    }
    assert set(told(incoming(MINE, without))) == set(told(incoming(without, MINE)))


@pytest.mark.parametrize(
    ("labels", "record", "untold"),
    [
        (OF_HOST, StoredHost, {"id", "tls", "winrm"}),
        (OF_TLS, TlsFiles, set()),
        (OF_WINDOWS_SIDE, WinRmEndpoint, {"password"}),
    ],
)
def test_that_nobody_decides_on_a_field_that_is_not_told(labels, record, untold):
    assert set(labels) == set(record.model_fields) - untold


def test_that_a_host_stays_read_only_and_its_certificate_checked():
    careless = changed(read_only=False, tls=TlsFiles(ca="C:/ca.pem", verify=False))
    taken = incoming(careless, MINE)
    assert taken.host == MINE
    assert taken.standing is Standing.SAME
    assert len(taken.notes) == 2


def test_that_the_certificate_of_a_new_host_is_checked():
    taken = incoming(changed(tls=TlsFiles(verify=False)))
    assert taken.host.tls.verify
    assert "It will be checked" in str(taken.notes[0])


def test_that_what_is_not_checked_here_is_not_changed_by_the_same_word_in_a_file():
    unchecked = changed(tls=TlsFiles(verify=False))
    assert incoming(unchecked, unchecked).standing is Standing.SAME
    assert incoming(MINE, unchecked).host.tls.verify


def test_that_an_unprotected_host_says_so():
    taken = incoming(changed(engine_url="tcp://prod:2375", tls=None))
    assert "Nothing protects" in str(taken.notes[0])


def test_that_a_host_of_a_file_takes_no_place_but_its_own():
    theirs = connection_id("platform", "default", WINDOWS_PIPE)
    taken = incoming(changed(id=theirs), MINE)
    assert taken.host.id not in {theirs, MINE.id}
    assert taken.standing is Standing.NEW


def test_that_a_copy_stands_beside_what_is_here():
    copy = incoming(changed(engine_url="tcp://other:2376"), MINE).copy("prod (imported)")
    assert copy.id != MINE.id
    assert (copy.name, copy.engine_url) == ("prod (imported)", "tcp://other:2376")


def test_that_nothing_is_taken_over_by_reading_and_no_kept_password_goes_along(
    directory, passwords, store, tmp_path
):
    asyncio.run(directory.put(MINE, SecretStr("pw1")))
    evil = changed(winrm=WinRmEndpoint(host="evil.example", username="alice", tls=False), read_only=False)
    HostBook(tmp_path / "elsewhere.json").export(tmp_path / "out.json", [evil])
    (found,) = asyncio.run(directory.incoming(tmp_path / "out.json"))
    assert asyncio.run(directory.hosts()) == (MINE,)
    assert asyncio.run(directory.take_in([found.host])) is None
    (kept,) = asyncio.run(directory.hosts())
    assert kept.winrm.host == "evil.example"
    assert kept.read_only
    assert passwords.of_kept(kept) is None
    assert not store.kept
