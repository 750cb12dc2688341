"""What the window asks about the hosts a person added: :class:`HostDirectory`. Knows no Qt."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import SecretStr

from console.backend.hosts.book import HostBook
from console.backend.hosts.credentials import Credentials
from console.backend.hosts.stored import StoredHost
from console.backend.hosts.trial import HostTrial, try_host
from console.domain.text import Text


class HostDirectory:
    """The added hosts and their passwords; what blocks runs in threads.

    Raises DocumentError where the file of hosts, or an exported one, can't be used.
    """

    def __init__(self, book: HostBook, credentials: Credentials) -> None:
        self._book = book
        self._credentials = credentials

    async def hosts(self) -> tuple[StoredHost, ...]:
        """All of them, by name."""
        return await asyncio.to_thread(self._book.hosts)

    async def put(self, host: StoredHost, password: SecretStr | None = None) -> Text | None:
        """Add or change a host, and its password where one is given.

        Says so where the password can't be kept for longer than the console runs.
        """
        await asyncio.to_thread(self._book.put, host)
        if password is None or not host.account:
            return None
        return await asyncio.to_thread(self._credentials.keep, host.account, password)

    async def remove(self, host: StoredHost) -> None:
        """Forget a host and its password."""
        await asyncio.to_thread(self._book.remove, host.id)
        if host.account:
            await asyncio.to_thread(self._credentials.forget, host.account)

    async def export(self, path: Path, hosts: Iterable[StoredHost]) -> None:
        """Write hosts to a file for another computer, without any secret."""
        await asyncio.to_thread(self._book.export, path, tuple(hosts))

    async def take_in(self, path: Path) -> tuple[StoredHost, ...]:
        """Add the hosts of an exported file; those of the same id are replaced. What was added."""
        hosts = await asyncio.to_thread(self._book.read_export, path)
        await asyncio.to_thread(self._book.put_all, hosts)
        return hosts

    async def has_password(self, host: StoredHost) -> bool:
        """Whether the password that a host needs is known, or none is needed."""
        if not host.account:
            return True
        return await asyncio.to_thread(self._credentials.password, host.account) is not None

    async def try_out(
        self, host: StoredHost, password: SecretStr | None = None, *, unencrypted: bool = False
    ) -> HostTrial:
        """Try both halves; without ``password`` with the one that is kept."""
        if password is not None:
            self._credentials.learn(password)
        elif host.account:
            password = await asyncio.to_thread(self._credentials.password, host.account)
        return await try_host(host, password, os.environ, unencrypted=unencrypted)
