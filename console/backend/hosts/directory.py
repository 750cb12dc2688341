"""What the window asks about the hosts a person added: :class:`HostDirectory`. Knows no Qt."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import SecretStr

from console.backend.hosts.book import HostBook
from console.backend.hosts.incoming import IncomingHost, incoming_hosts
from console.backend.hosts.passwords import HostPasswords
from console.backend.hosts.stored import StoredHost
from console.backend.hosts.trial import HostTrial, try_host
from console.domain.connection_risk import ConnectionRisk
from console.domain.text import N_, Text

CONTEXT = "HostDirectory"
PASSWORD_FORGOTTEN = N_(
    CONTEXT,
    "The computer, port or account of the Windows side is another one now, so the password that was kept has "
    "been removed. You will be asked for the right one when the host is opened.",
)


class HostDirectory:
    """The added hosts and their passwords; what blocks runs in threads.

    Raises DocumentError where the file of hosts, or an exported one, can't be used.
    """

    def __init__(self, book: HostBook, passwords: HostPasswords) -> None:
        self._book = book
        self._passwords = passwords

    async def hosts(self) -> tuple[StoredHost, ...]:
        """All of them, by name."""
        return await asyncio.to_thread(self._book.hosts)

    async def put(self, host: StoredHost, password: SecretStr | None = None) -> Text | None:
        """Add or change a host, and its password where one is given.

        Says so where the password can't be kept for longer than the console runs, and where the one
        that was kept does not belong to the host any more.
        """
        return await asyncio.to_thread(self._put, host, password)

    def _put(self, host: StoredHost, password: SecretStr | None) -> Text | None:
        before = self._book.put(host)
        lost, trouble = self._let_go(before, host) if before is not None else (False, None)
        if password is not None and host.account:
            return self._passwords.keep(host, password) or trouble
        return trouble or (PASSWORD_FORGOTTEN if lost and host.account else None)

    async def remove(self, host: StoredHost) -> Text | None:
        """Forget a host and its password; says so where the password may still be there."""
        return await asyncio.to_thread(self._remove, host)

    def _remove(self, host: StoredHost) -> Text | None:
        # What stands in the file counts: another console may have changed it since it was read here.
        return self._passwords.forget(self._book.remove(host.id) or host)

    async def export(self, path: Path, hosts: Iterable[StoredHost]) -> None:
        """Write hosts to a file for another computer, without any secret."""
        await asyncio.to_thread(self._book.export, path, tuple(hosts))

    async def incoming(self, path: Path) -> tuple[IncomingHost, ...]:
        """The hosts of an exported file beside those that are here; nothing is taken over yet."""
        return await asyncio.to_thread(
            lambda: incoming_hosts(self._book.read_export(path), self._book.hosts())
        )

    async def take_in(self, hosts: Iterable[StoredHost]) -> Text | None:
        """Add hosts, or replace those of their ids, all or none.

        Says so where a password that belongs to none of them any more may still be there.
        """
        return await asyncio.to_thread(self._take_in, tuple(hosts))

    def _take_in(self, hosts: tuple[StoredHost, ...]) -> Text | None:
        new = {one.id: one for one in hosts}
        told = [self._let_go(before, new[before.id])[1] for before in self._book.put_all(hosts)]
        return next((text for text in told if text is not None), None)

    def _let_go(self, before: StoredHost, host: StoredHost) -> tuple[bool, Text | None]:
        """Remove the password that ``host`` has no use for; whether there was one, and what went wrong."""
        if before.account == host.account:
            return False, None
        return self._passwords.of_kept(before) is not None, self._passwords.forget(before)

    async def try_out(
        self,
        host: StoredHost,
        password: SecretStr | None = None,
        accepted_risk: ConnectionRisk | None = None,
    ) -> HostTrial:
        """Try both halves; without ``password`` with the one that is kept."""
        if password is None:
            password = await asyncio.to_thread(self._passwords.of, host)
        else:
            self._passwords.learn(password)
        return await try_host(host, password, os.environ, accepted_risk)
