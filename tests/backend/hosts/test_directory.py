"""Added hosts with their passwords: none goes to an address it was not given for, none is left behind."""

import asyncio

import keyring
import pytest
from pydantic import SecretStr

from console.backend.hosts.book import HostBook
from console.backend.hosts.credentials import SERVICE, Credentials
from console.backend.hosts.directory import PASSWORD_FORGOTTEN, HostDirectory
from console.backend.hosts.passwords import HostPasswords
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from tests.backend.hosts.test_credentials import NoSession, Store

HOST = StoredHost(name="build", engine_url="ssh://build", winrm=WinRmEndpoint(host="Build", username="alice"))


@pytest.fixture
def store():
    before, store = keyring.get_keyring(), Store()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


@pytest.fixture
def passwords():
    return HostPasswords(Credentials(lambda _secret: None))


@pytest.fixture
def directory(tmp_path, passwords):
    return HostDirectory(HostBook(tmp_path / "hosts.json"), passwords)


def put(directory, host, password=None):
    return asyncio.run(directory.put(host, SecretStr(password) if password else None))


def windows_side(**changes):
    return HOST.model_copy(update={"winrm": HOST.winrm.model_copy(update=changes)})


def kept(passwords, host):
    password = passwords.of_kept(host)
    return password.get_secret_value() if password else None


@pytest.mark.parametrize(
    "changes", [{"host": "evil.example"}, {"port": 5999}, {"tls": False}, {"username": "bob"}]
)
def test_that_a_password_stays_behind_where_it_would_go_elsewhere(directory, passwords, store, changes):
    assert put(directory, HOST, "pw1") is None
    changed = windows_side(**changes)
    assert put(directory, changed) is PASSWORD_FORGOTTEN
    assert kept(passwords, changed) is None
    assert not store.kept
    assert put(directory, changed, "pw2") is None
    assert list(store.kept.values()) == ["pw2"]


@pytest.mark.parametrize(
    "changed",
    [
        windows_side(port=5986),
        windows_side(host="BUILD"),
        HOST.model_copy(update={"name": "b", "read_only": True}),
    ],
)
def test_that_a_password_stays_with_a_host_that_is_reached_as_before(directory, passwords, store, changed):
    put(directory, HOST, "pw1")
    assert put(directory, changed) is None
    assert kept(passwords, changed) == "pw1"


def test_that_a_host_without_a_windows_side_leaves_no_password_behind(directory, store):
    put(directory, HOST, "pw1")
    assert put(directory, HOST.model_copy(update={"winrm": None})) is None
    assert not store.kept


def test_that_a_forgotten_host_leaves_no_password_behind(directory, passwords, store):
    put(directory, HOST, "pw1")
    put(directory, windows_side(username="bob"), "pw2")
    assert asyncio.run(directory.remove(HOST)) is None  # as another console still sees it
    assert not store.kept


def test_that_a_password_of_an_earlier_console_is_found_for_the_host_it_was_given_for(
    directory, passwords, store
):
    store.kept = {(SERVICE, f"{HOST.id}:alice"): "pw1"}
    directory._book.put(HOST)
    assert kept(passwords, HOST) == "pw1"
    assert list(store.kept) == [(SERVICE, HOST.account)]


def test_that_a_password_of_an_earlier_console_goes_nowhere_else(directory, passwords, store):
    store.kept = {(SERVICE, f"{HOST.id}:alice"): "pw1"}
    directory._book.put(HOST)
    evil = windows_side(host="evil.example")
    assert passwords.of(evil) is None  # tried out in the form before it is kept
    assert put(directory, evil) is PASSWORD_FORGOTTEN
    assert kept(passwords, evil) is None
    assert not store.kept


def test_that_the_computer_of_the_engine_counts_where_none_is_given():
    assert windows_side(host="").account == HOST.account
    other = HOST.model_copy(update={"engine_url": "ssh://other", "winrm": windows_side(host="").winrm})
    assert other.account != HOST.account


def test_that_a_broken_store_takes_no_host_away(directory, passwords, store):
    keyring.set_keyring(NoSession())
    assert put(directory, HOST, "pw1") is not None
    assert kept(passwords, HOST) == "pw1"  # in memory
    assert asyncio.run(directory.remove(HOST)) is not None
    assert asyncio.run(directory.hosts()) == ()
