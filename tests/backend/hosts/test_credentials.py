"""Passwords in the system's store, and the honest word where there is none."""

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest
from pydantic import SecretStr

from console.backend.hosts.credentials import NOT_KEPT, NOT_REMOVED, SERVICE, Credentials


class Store(keyring.backend.KeyringBackend):
    """A credential store as the library asks for one."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Locked(keyring.backend.KeyringBackend):
    """A store that the person does not unlock."""

    priority = 1

    def get_password(self, service, username):
        raise keyring.errors.KeyringLocked

    def set_password(self, service, username, password):
        raise keyring.errors.PasswordSetError

    def delete_password(self, service, username):
        raise keyring.errors.PasswordDeleteError


class NoSession(keyring.backend.KeyringBackend):
    """Windows' store in a session without credentials: it raises what is no error of keyring."""

    priority = 1

    def get_password(self, service, username):
        raise OSError(1312, "CredRead", "A specified logon session does not exist.")

    set_password = delete_password = get_password


@pytest.fixture
def use():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_that_a_password_goes_into_the_store_and_is_learned_for_the_log(use):
    store, learned = Store(), []
    use(store)
    credentials = Credentials(learned.append)
    assert credentials.password("host-1:admin") is None
    assert credentials.keep("host-1:admin", SecretStr("s3cret")) is None
    assert store.kept == {(SERVICE, "host-1:admin"): "s3cret"}
    assert Credentials(learned.append).password("host-1:admin").get_secret_value() == "s3cret"
    assert [one.get_secret_value() for one in learned] == ["s3cret", "s3cret"]
    credentials.forget("host-1:admin")
    assert store.kept == {}
    credentials.forget("host-1:admin")


@pytest.mark.parametrize("store", [Locked, NoSession, keyring.backends.fail.Keyring])
def test_that_without_a_store_it_is_kept_in_memory_and_said_so(use, store, caplog):
    use(store())
    credentials = Credentials(lambda _secret: None)
    assert credentials.password("a") is None
    assert credentials.password("b") is None
    assert credentials.unreadable
    assert len(caplog.records) == 1  # not for each host again
    assert credentials.keep("a", SecretStr("s3cret")) is NOT_KEPT
    assert credentials.password("a").get_secret_value() == "s3cret"
    assert Credentials(lambda _secret: None).password("a") is None
    assert credentials.forget("a") is (None if store is keyring.backends.fail.Keyring else NOT_REMOVED)
    assert credentials.password("a") is None
    assert "s3cret" not in caplog.text


def test_that_what_is_filed_under_a_former_name_is_filed_anew(use):
    store = Store()
    use(store)
    credentials = Credentials(lambda _secret: None)
    store.kept = {(SERVICE, "old"): "s3cret"}
    credentials.move("old", "new")
    assert store.kept == {(SERVICE, "new"): "s3cret"}
    store.kept[SERVICE, "old"] = "older"
    credentials.move("old", "new")
    assert credentials.password("new").get_secret_value() == "s3cret"


def test_that_nothing_is_lost_where_it_can_not_be_filed_anew(use, monkeypatch):
    store = Store()
    use(store)
    store.kept = {(SERVICE, "old"): "s3cret"}
    monkeypatch.setattr(store, "set_password", Locked().set_password)
    credentials = Credentials(lambda _secret: None)
    credentials.move("old", "new")
    assert store.kept == {(SERVICE, "old"): "s3cret"}
    assert credentials.password("new").get_secret_value() == "s3cret"
