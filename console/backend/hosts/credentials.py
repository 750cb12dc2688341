"""Passwords of hosts, in the system's credential store and nowhere else.

On Windows that is the Credential Manager, elsewhere the Secret Service or the keychain (``keyring``).
Where there is none a password is kept in memory until the console ends, and the person is told so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pydantic import SecretStr

from console.domain.text import N_, Text

CONTEXT = "Credentials"
SERVICE = "Container Network Console"
NOT_KEPT = N_(
    CONTEXT,
    "This computer has no credential store that the console can use. The password is kept in memory until "
    "the console ends, and asked for again after that.",
)


class Credentials:
    """Passwords by account. ``learn`` is told every password, so that no log repeats it; who uses one that
    is not kept tells it so too. Blocks, but for ``learn``.
    """

    def __init__(self, learn: Callable[[SecretStr], None]) -> None:
        self.learn = learn
        self._mutex = threading.Lock()
        self._in_memory: dict[str, SecretStr] = {}

    def password(self, account: str) -> SecretStr | None:
        """The password of an account; None where there is none, or none can be read."""
        with self._mutex:
            if account in self._in_memory:
                return self._in_memory[account]
        found = _stored(account)
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
        if _store(account, password):
            return None
        with self._mutex:
            self._in_memory[account] = password
        return NOT_KEPT

    def forget(self, account: str) -> None:
        """Remove the password of an account, if there is one."""
        import keyring
        from keyring.errors import KeyringError

        with self._mutex:
            self._in_memory.pop(account, None)
        try:
            if keyring.get_password(SERVICE, account) is not None:
                keyring.delete_password(SERVICE, account)
        except KeyringError:
            return  # nothing can be kept where nothing can be removed


def _stored(account: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        found: str | None = keyring.get_password(SERVICE, account)
    except KeyringError:
        return None
    return found


def _store(account: str, password: SecretStr) -> bool:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, account, password.get_secret_value())
    except KeyringError:
        return False
    return True
