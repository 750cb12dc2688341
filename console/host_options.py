"""Which host a command of ``wcn`` is about, and one look at it."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.paths import Profile

if TYPE_CHECKING:
    from console.backend.bundle import Bundle
    from console.backend.connection import Connection
    from console.backend.journal import Journal, JournalEntry
    from console.backend.service import HostService
    from console.domain.pseudonyms import PrivateNames
    from console.domain.snapshot import Snapshot
    from console.startup import PracticeSession, RealHost

    Look = Callable[[HostService], Awaitable[Snapshot]]

# What reaches hosts is imported where it is used first: most commands print their help without it.


class NoHostError(LookupError):
    """There is no such host to look at; the message says why, or which there are."""


@dataclass(frozen=True)
class LookedAt:
    """One look at a host, and what this console did to it before, newest first.

    ``private`` are the names that only the way to it tells; a bundle has none.
    """

    snapshot: Snapshot
    journal: tuple[JournalEntry, ...]
    private: PrivateNames | None = None


def add_host_options(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    """The options that choose a host; the group, for a command's other ways to need none."""
    host = parser.add_mutually_exclusive_group()
    host.add_argument("--host", metavar="NAME|URL", help="a docker context, added host or engine's URL")
    host.add_argument("--demo", metavar="SCENARIO", help="a practice host, e.g. default or ipv6-disabled")
    host.add_argument("--bundle", type=Path, metavar="FILE", help="the host in a support bundle, as it was")
    parser.add_argument("--os", type=int, dest="os_build", metavar="BUILD", help="of --demo")
    return host


async def observed(options: argparse.Namespace) -> Snapshot:
    """One look at the chosen host. Raises EngineError or NoHostError."""
    return (await _looked_at(options, lambda service: service.observe())).snapshot


async def examined(options: argparse.Namespace, *, with_journal: bool = False) -> LookedAt:
    """One look at the chosen host, also where its engine can't be reached.

    The journal is empty where it was not asked for. Raises NoHostError and JournalError.
    """
    return await _looked_at(options, lambda service: service.examine(), with_journal=with_journal)


async def _looked_at(options: argparse.Namespace, look: Look, *, with_journal: bool = False) -> LookedAt:
    if options.bundle is not None:
        bundle = opened_bundle(options.bundle)
        return LookedAt(bundle.snapshot, bundle.journal)
    if options.demo is not None:
        return await _practice_host(options.demo, options.os_build, look)
    return await _real_host(options.host, look, with_journal=with_journal)


def opened_bundle(path: Path) -> Bundle:
    """What a support bundle tells. Raises NoHostError where the file is none."""
    from console.backend.bundle import BundleError, read_bundle

    try:
        return read_bundle(path)
    except BundleError as error:
        raise NoHostError(str(error.reason)) from error


async def _practice_host(scenario: str, os_build: int | None, look: Look) -> LookedAt:
    from console.backend.journal import Journal
    from console.demo.scenarios.registry import scenario as known
    from console.startup import practice_session

    try:
        known(scenario)
    except ValueError as error:
        raise NoHostError(str(error)) from error
    # It is a new host each time: nothing was done to it before.
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.sqlite3")
        try:
            host = practice_session(journal, os_build=os_build, scenario=scenario)
            return await _look(host, look, with_journal=False)
        finally:
            journal.close()


async def _real_host(wanted: str | None, look: Look, *, with_journal: bool) -> LookedAt:
    from console.backend.journal import Journal
    from console.startup import real_host

    profile = Profile.standard()
    with tempfile.TemporaryDirectory() as folder:
        # Looking writes nothing, so where there is no journal none is begun.
        journal = Journal(profile.journal if profile.journal.exists() else Path(folder) / "journal.sqlite3")
        try:
            host = _added_host(wanted, profile, journal) or real_host(_connection(wanted), journal)
            return await _look(host, look, with_journal=with_journal)
        finally:
            journal.close()


def _added_host(wanted: str | None, profile: Profile, journal: Journal) -> RealHost | None:
    """The host of that name that was added in the window, its password from the credential store."""
    if wanted is None or not profile.hosts.exists():
        return None
    from console.backend.hosts.book import HostBook
    from console.backend.hosts.credentials import Credentials
    from console.backend.hosts.passwords import HostPasswords
    from console.backend.json_file import DocumentError
    from console.startup import added_host
    from console.ui.hosts import Consent

    try:
        found = [one for one in HostBook(profile.hosts).hosts() if one.name == wanted]
    except DocumentError as error:
        raise NoHostError(str(error.reason)) from error
    if not found:
        return None
    host = found[0]
    password = HostPasswords(Credentials(lambda _secret: None)).of_kept(host)
    return added_host(host, journal, Consent(password=password))


async def _look(host: RealHost | PracticeSession, look: Look, *, with_journal: bool) -> LookedAt:
    try:
        snapshot = await look(host.service)
        entries = await host.service.journal_entries() if with_journal else ()
        return LookedAt(snapshot, entries, host.service.private_names)
    finally:
        await host.close()


def _connection(wanted: str | None) -> Connection:
    from console.backend.connection import connection_at
    from console.startup import known_connections

    if wanted is not None and "://" in wanted:
        try:
            return connection_at(wanted)
        except ValueError as error:
            raise NoHostError(f"This address can't be used: {error}.") from error
    found = known_connections()
    chosen = next((one for one in found if wanted in (None, one.name)), None)
    if chosen is None:
        names = ", ".join(one.name for one in found) or "none"
        raise NoHostError(f"No docker context or added host is named {wanted}. Contexts: {names}.")
    return chosen
