"""Which kept password belongs to a host: :class:`HostPasswords`. All methods block."""

from __future__ import annotations

from pydantic import SecretStr

from console.backend.hosts.credentials import NOT_READ, Credentials
from console.backend.hosts.stored import StoredHost
from console.domain.text import Text


class HostPasswords:
    """Passwords of hosts. Each is filed under the very computer, port and user it was given for.

    So none is sent to an address that was changed since, be it in the form or by an imported file.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def of(self, host: StoredHost) -> SecretStr | None:
        """The password kept for a host; None where there is none, or it needs none."""
        return self._credentials.password(host.account) if host.account else None

    def of_kept(self, host: StoredHost) -> SecretStr | None:
        """The same for a host as it stands in the file of hosts: also what an earlier console kept for it.

        That was filed by user alone, which says nothing of where to. It is filed anew here.
        """
        if host.account:
            self._credentials.move(host.former_account, host.account)
        return self.of(host)

    @property
    def unreadable_because(self) -> Text | None:
        """Why no password could be looked up the last time; None where it could."""
        return NOT_READ if self._credentials.unreadable else None

    def learn(self, password: SecretStr) -> None:
        """Have no log repeat a password that is used and not kept."""
        self._credentials.learn(password)

    def keep(self, host: StoredHost, password: SecretStr) -> Text | None:
        """Keep a host's password; says so where it could be kept in memory only."""
        return self._credentials.keep(host.account, password)

    def forget(self, host: StoredHost) -> Text | None:
        """Remove a host's password; says so where it may still be there."""
        if not host.account:
            return None
        told = [self._credentials.forget(account) for account in (host.account, host.former_account)]
        return told[0] or told[1]
