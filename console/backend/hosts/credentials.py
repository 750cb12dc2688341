"""Passwords of hosts, in the system's credential store and nowhere else.

On Windows that is the Credential Manager, elsewhere the Secret Service or the keychain (``keyring``).
Where there is none, or it fails, a password is kept in memory until the console ends, and the person is
told so: nothing else of the console depends on a store.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from pydantic import SecretStr

from console.domain.text import N_, Text

LOG = logging.getLogger(__name__)
T = TypeVar("T")

CONTEXT = "Credentials"
SERVICE = "Container Network Console"
NOT_KEPT = N_(
    CONTEXT,
    "This computer has no credential store that the console can use. The password is kept in memory until "
    "the console ends, and asked for again after that.",
)
NOT_READ = N_(
    CONTEXT,
    "This computer has no credential store that the console can use: if a password is kept there, it could "
    "not be read.",
)
NOT_REMOVED = N_(
    CONTEXT,
    "The credential store of this computer did not answer, so that a password may still be in it. On "
    "Windows, look in Credential Manager for entries of “{service}”, and remove them there.",
    service=SERVICE,
)


class _StoreFailedError(Exception):
    """The store did not do what it was asked for; ``absent`` is whether there is none at all."""

    def __init__(self, *, absent: bool) -> None:
        super().__init__()
        self.absent = absent


class Credentials:
    """Passwords by account. ``learn`` is told every password, so that no log repeats it; who uses one that
    is not kept tells it so too. Blocks, but for ``learn``.
    """

    def __init__(self, learn: Callable[[SecretStr], None]) -> None:
        self.learn = learn
        self._mutex = threading.Lock()
        self._in_memory: dict[str, SecretStr] = {}
        self._logged: set[str] = set()
        #: Whether the store failed when it was last asked for a password.
        self.unreadable = False

    def password(self, account: str) -> SecretStr | None:
        """The password of an account; None where there is none, or none can be read."""
        with self._mutex:
            if account in self._in_memory:
                return self._in_memory[account]
        try:
            found = self._ask(lambda: _stored(account))
        except _StoreFailedError:
            self.unreadable = True
            return None
        self.unreadable = False
        if found is None:
            return None
        secret = SecretStr(found)
        self.learn(secret)
        return secret

    def keep(self, account: str, password: SecretStr) -> Text | None:
        """Keep a password; says so where it could be kept in memory only."""
        self.learn(password)
        with self._mutex:
            self._in_memory.pop(account, None)
        try:
            self._ask(lambda: _store(account, password))
        except _StoreFailedError:
            with self._mutex:
                self._in_memory[account] = password
            return NOT_KEPT
        return None

    def forget(self, account: str) -> Text | None:
        """Remove the password of an account, if there is one; says so where it may still be there."""
        with self._mutex:
            self._in_memory.pop(account, None)
        try:
            self._ask(lambda: _remove(account))
        except _StoreFailedError as error:
            return None if error.absent else NOT_REMOVED
        return None

    def move(self, former: str, account: str) -> None:
        """File under ``account`` what stands under ``former``, unless there is a password already."""
        if self.password(account) is not None:
            return
        password = self.password(former)
        if password is not None and self.keep(account, password) is None:
            self.forget(former)

    def _ask(self, deed: Callable[[], T]) -> T:
        """What the store answers. Raises _StoreFailedError for whatever goes wrong in it.

        Stores raise more than keyring's own errors: Windows' passes on ``pywintypes.error``, for example
        1312 where the session has no credentials, as in a service or over WinRM.
        """
        from keyring.errors import NoKeyringError

        try:
            return deed()
        except Exception as error:
            self._log(error)
            raise _StoreFailedError(absent=isinstance(error, NoKeyringError)) from error

    def _log(self, error: Exception) -> None:
        words = f"{type(error).__name__}: {error}"
        with self._mutex:
            known = words in self._logged
            self._logged.add(words)
        if not known:  # it is asked for each host, each time they are listed
            LOG.warning("the credential store can't be used: %s", words)


def _stored(account: str) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, account)


def _store(account: str, password: SecretStr) -> None:
    import keyring

    keyring.set_password(SERVICE, account, password.get_secret_value())


def _remove(account: str) -> None:
    import keyring

    if keyring.get_password(SERVICE, account) is not None:
        keyring.delete_password(SERVICE, account)
