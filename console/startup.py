"""The composition root: which journal, which engine and which host side make one running host."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.text import N_
from console.ui.hosts import Consent, HostChoice, Lesson, PracticeRelease

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import SecretStr

    from console.backend.connection import Connection
    from console.backend.host_channel import HostChannel, ScriptHostChannel
    from console.backend.hosts.book import HostBook
    from console.backend.hosts.directory import HostDirectory
    from console.backend.hosts.passwords import HostPasswords
    from console.backend.hosts.stored import StoredHost
    from console.backend.journal import Journal
    from console.backend.service import HostService
    from console.demo.host import PracticeHost
    from console.demo.scenarios.scenario import Scenario
    from console.demo.server import PracticeServer
    from console.domain.plan import RunScript
    from console.paths import Profile

    Learn = Callable[[SecretStr], None]

# docker, aiohttp and the practice host are imported where they are used first: the window paints
# before any of them is loaded.

PRACTICE = "practice"
USUAL_BUILD = 20348
BY_WINDOWS = N_("Hosts", "Practice by Windows release")
BY_SITUATION = N_("Hosts", "Practice by situation")
AFRESH = ":afresh"
"""After a practice host's id: the same host, from its beginning."""

NO_CONSENT = Consent()

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Practice:
    """One practice host that is offered: a Windows build and what it looks like at the start."""

    os_build: int
    scenario: str = "default"

    @property
    def choice_id(self) -> str:
        """The id by which it is chosen and remembered."""
        return f"{PRACTICE}:{self.os_build}:{self.scenario}"


def usual_build(scenario: str) -> int:
    """The Windows build a scenario is about. Raises ValueError where there is no such scenario."""
    if scenario == "default":
        return USUAL_BUILD  # without loading the practice host
    from console.demo.scenarios.registry import scenario as find

    return find(scenario).os_build


def practice_hosts(first: Practice) -> tuple[Practice, ...]:
    """``first``, then one practice host for each Windows, then one for each situation.

    The very large host is for the bench: in one program with its own engine it teaches nothing.
    """
    from console.demo.builds import BUILDS
    from console.demo.scenarios.registry import scenarios

    builds = [Practice(build) for build in sorted(BUILDS, reverse=True)]
    situations = [
        Practice(one.os_build, one.id) for one in scenarios().values() if one.id not in {"default", "large"}
    ]
    return (first, *(other for other in (*builds, *situations) if other != first))


def practised(scenario: Scenario) -> tuple[Practice, ...]:
    """The practice hosts of one scenario: on the Windows it is about, then on the others, newest first."""
    from console.demo.builds import BUILDS

    others = sorted(set(BUILDS) - {scenario.os_build}, reverse=True)
    return tuple(Practice(build, scenario.id) for build in (scenario.os_build, *others))


def lessons() -> tuple[Lesson, ...]:
    """The scenarios that have the name of a check (blocks)."""
    from console.checks.registry import checks
    from console.demo.scenarios.registry import scenarios

    known = checks()
    return tuple(
        Lesson(
            known[one.id],
            one.title,
            one.description,
            one.symptom,
            tuple(_release(practice) for practice in practised(one)),
        )
        for one in scenarios().values()
        if one.id in known and one.symptom is not None
    )


def _release(practice: Practice) -> PracticeRelease:
    from console.demo.builds import windows_build
    from console.domain.windows_releases import release_name

    build = practice.os_build
    name = release_name(build, server=windows_build(build).server) or "Windows"
    return PracticeRelease(f"{name} ({build})", practice.choice_id, practice.choice_id + AFRESH)


def _choice(practice: Practice) -> HostChoice:
    from console.demo.builds import windows_build
    from console.demo.scenarios.registry import scenario
    from console.domain.windows_releases import release_name

    name = release_name(practice.os_build, server=windows_build(practice.os_build).server)
    chosen = scenario(practice.scenario)
    usual = practice.scenario == "default"
    return HostChoice(
        practice.choice_id,
        name if usual else str(chosen.title),
        str(chosen.description),
        practice=True,
        group=BY_WINDOWS if usual else BY_SITUATION,
    )


@dataclass(frozen=True)
class RealHost:
    """A service that nothing was started for: on a real engine, or out of a support bundle."""

    service: HostService

    async def close(self) -> None:
        """Let go of the engine."""
        await self.service.close()


@dataclass(frozen=True)
class PracticeSession:
    """A practice host that is being served, and the service that talks to it over HTTP."""

    service: HostService
    server: PracticeServer
    state_file: Path | None = None

    async def close(self) -> None:
        """End the service first, so that it does not see its engine go away; then keep its state."""
        await self.service.close()
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self.server.stop()
        if self.state_file is None:
            return
        try:
            self.server.host.save(self.state_file)
        except OSError as error:  # the next time it begins anew, which no real host suffers from
            LOG.warning("the practice host's state was not kept: %s", error)


def practice_session(
    journal: Journal,
    *,
    os_build: int | None = None,
    scenario: str = "default",
    seed: int = 1,
    state_file: Path | None = None,
    learn: Learn | None = None,
) -> PracticeSession:
    """Serve a practice host on loopback and make a service for it (blocks until it listens).

    ``os_build`` None: the Windows that the scenario is about.

    With ``state_file`` it goes on where it was left, also by a kill, so that what the journal tells of it
    stays true; a file that can't be read is left as it is, and the host begins anew without one.
    """
    from console.backend.connection import Connection
    from console.backend.service import HostService
    from console.demo.host import PracticeHost
    from console.demo.scenarios.registry import scenario as find_scenario
    from console.demo.server import PracticeServer
    from console.demo.state_file import StateFileError

    host = None
    if state_file is not None and state_file.exists():
        try:
            host = PracticeHost.load(state_file)
        except StateFileError as error:
            LOG.warning("the practice host begins anew: %s", error)
            state_file = None
    if host is None:
        host = PracticeHost.create(os_build=os_build, scenario=scenario, seed=seed)
    if state_file is not None and _can_be_kept(state_file):
        host.keep_in(state_file)
    server = PracticeServer(host)
    server.start()
    choice = Practice(host.state.os_build, scenario)
    connection = Connection(
        id=choice.choice_id,
        name=host.name,
        url=server.url,
        practice=True,
        source="practice",
        situation=None if scenario == "default" else find_scenario(scenario).title,
    )
    service = HostService(connection, journal, practice_channel(host), learn=learn)
    return PracticeSession(service, server, state_file)


def _can_be_kept(state_file: Path) -> bool:
    try:
        state_file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:  # the next time it begins anew, which no real host suffers from
        LOG.warning("the practice host's state is not kept: %s", error)
        return False
    return True


def practice_channel(host: PracticeHost) -> ScriptHostChannel:
    """The Windows side of a practice host: its own scripts, elevation that is always granted, a restart."""
    from console.backend.host_channel import ScriptHostChannel
    from console.backend.powershell.faults import checked_answer
    from console.demo.powershell.runner import PracticeRunner

    async def elevate(_steps: tuple[RunScript, ...]) -> PracticeRunner:
        return PracticeRunner(host, checked_answer, administrator=True)

    return ScriptHostChannel(PracticeRunner(host, checked_answer), elevate, host.reboot)


def real_host(connection: Connection, journal: Journal, learn: Learn | None = None) -> RealHost:
    """A service for a real engine, and for the Windows side of this computer where that is its host."""
    from console.backend.service import HostService

    return RealHost(HostService(connection, journal, _host_channel(connection), learn=learn))


def bundle_host(path: Path, journal: Journal) -> RealHost:
    """The host in a support bundle, as it was (blocks). Raises BundleError."""
    from console.backend.bundle import read_bundle
    from console.backend.bundle.service import BundleService

    return RealHost(BundleService(read_bundle(path), path, journal))


def added_host(host: StoredHost, journal: Journal, consent: Consent, learn: Learn | None = None) -> RealHost:
    """A service for a host that a person added; its Windows side is reached over WinRM, if at all."""
    from console.backend.powershell.sign_in import SignedInRunner
    from console.backend.private_names import names_of_connection
    from console.backend.remote_host_channel import RemoteHostChannel
    from console.backend.service import HostService

    connection = host.connection.model_copy(update={"accepted_risk": consent.risk})
    channel: HostChannel = _host_channel(connection)
    windows_side = None
    if host.windows_side is not None:
        windows_side = host.windows_side.way
        channel = RemoteHostChannel(SignedInRunner(host.windows_side, consent.password))
    names = names_of_connection(connection, host.windows_side)
    service = HostService(
        connection,
        journal,
        channel,
        read_only=host.read_only,
        private_names=names,
        learn=learn,
        windows_side=windows_side,
    )
    return RealHost(service)


def _host_channel(connection: Connection) -> HostChannel:
    from console.backend.host_channel import UnreadHostChannel

    # A named pipe on this computer (npipe:////./pipe/…) may also be the way into Docker Desktop's Linux
    # machine; the Windows side is this computer's all the same.
    if sys.platform == "win32" and connection.url.lower().startswith("npipe:////./"):
        from console.backend.elevated.start import local_host_channel

        return local_host_channel()
    return UnreadHostChannel()


class KnownHosts:
    """The hosts the window offers: engines found on this computer, added hosts, and practice hosts.

    ``practice`` is the practice host offered first; ``wanted`` a context's name or an engine's URL
    (``--host`` of the command line), which is then offered first of all. ``learn`` is told every
    password and every token that is used, kept or not, so that no log repeats it.
    """

    def __init__(
        self,
        profile: Profile,
        practice: Practice,
        wanted: str | None = None,
        learn: Learn = lambda _secret: None,
    ) -> None:
        self.profile = profile
        self._first = practice
        self._wanted = wanted
        self._learn = learn
        self._journal: Journal | None = None

    @cached_property
    def _passwords(self) -> HostPasswords:
        from console.backend.hosts.credentials import Credentials
        from console.backend.hosts.passwords import HostPasswords

        return HostPasswords(Credentials(self._learn))

    @cached_property
    def _book(self) -> HostBook:
        from console.backend.hosts.book import HostBook

        return HostBook(self.profile.hosts)

    @cached_property
    def directory(self) -> HostDirectory:
        """The hosts that a person added."""
        from console.backend.hosts.directory import HostDirectory

        return HostDirectory(self._book, self._passwords)

    async def choices(self) -> tuple[HostChoice, ...]:
        """Real engines first, in the docker client's order of precedence; then the added ones."""
        return await asyncio.to_thread(self._choices)

    async def lessons(self) -> tuple[Lesson, ...]:
        """The scenarios that have the name of a check."""
        return await asyncio.to_thread(lessons)

    async def wanted(self, host: object, *, practice: bool) -> str | None:
        """The id of what another start of the console asked for; None where it only wanted the window.

        ``host`` is a context's name or an engine's URL, as on the command line. Raises ValueError for a
        URL that can't be one; what was wanted before then stays.
        """
        from console.backend.connection import connection_at

        if isinstance(host, str) and host:
            if "://" in host:
                connection_at(host)
            self._wanted = host
            return (await self.choices())[0].id
        return self._first.choice_id if practice else None

    async def open(self, choice_id: str, consent: Consent = NO_CONSENT) -> RealHost | PracticeSession:
        """Make the service of one choice. Raises KeyError for an id that is not offered."""
        return await asyncio.to_thread(self._open, choice_id, consent)

    async def open_bundle(self, path: Path) -> RealHost:
        """Show the host in a support bundle, read-only. Raises BundleError."""
        return await asyncio.to_thread(lambda: bundle_host(path, self._open_journal()))

    async def close(self) -> None:
        """Close the journal, after all hosts are closed."""
        if self._journal is not None:
            await asyncio.to_thread(self._journal.close)

    def _choices(self) -> tuple[HostChoice, ...]:
        choices = [
            HostChoice(one.id, one.name, one.url, practice=False, risk=one.risk)
            for one in self._connections()
        ]
        choices += [self._added_choice(one) for one in self._added()]
        choices.sort(key=lambda one: one.title != self._wanted)
        for practice in practice_hosts(self._first):
            choice = _choice(practice)
            choices.append(choice)
            if self._state_file(practice).exists():
                title = f"{choice.title} (start over)"
                choices.append(replace(choice, id=practice.choice_id + AFRESH, title=title))
        return tuple(choices)

    def _added(self) -> tuple[StoredHost, ...]:
        from console.backend.json_file import DocumentError

        try:
            return self._book.hosts()
        except DocumentError as error:
            # The page of hosts says it; the others can be chosen all the same.
            LOG.warning("the added hosts are not offered: %s", error)
            return ()

    def _added_choice(self, host: StoredHost) -> HostChoice:
        missing = bool(host.account) and self._passwords.of_kept(host) is None
        return HostChoice(
            host.id, host.name, host.engine_url, practice=False,
            risk=host.connection.risk,
            account=host.winrm.username if missing and host.winrm else "",
            password_note=self._passwords.unreadable_because if missing else None,
        )  # fmt: skip

    def _open(self, choice_id: str, consent: Consent) -> RealHost | PracticeSession:
        from console.demo.scenarios.registry import scenarios

        of_checks = (one for scenario in scenarios().values() for one in practised(scenario))
        by_choice = {one.choice_id: one for one in (*practice_hosts(self._first), *of_checks)}
        practice = by_choice.get(choice_id.removesuffix(AFRESH))
        if practice is None:
            return self._open_real(choice_id, consent)
        state_file = self._state_file(practice)
        if choice_id.endswith(AFRESH):
            state_file.unlink(missing_ok=True)
            self._forget_networks(practice.choice_id)
        return practice_session(
            self._open_journal(),
            os_build=practice.os_build,
            scenario=practice.scenario,
            state_file=state_file,
            learn=self._learn,
        )

    def _open_real(self, choice_id: str, consent: Consent) -> RealHost:
        if consent.password is not None:
            self._learn(consent.password)  # typed for this one opening, so that no store has told it
        added = {one.id: one for one in self._added()}
        if choice_id in added:
            host = added[choice_id]
            if consent.password is None:
                consent = replace(consent, password=self._passwords.of_kept(host))
            return added_host(host, self._open_journal(), consent, self._learn)
        connection = {one.id: one for one in self._connections()}[choice_id]
        agreed = connection.model_copy(update={"accepted_risk": consent.risk})
        return real_host(agreed, self._open_journal(), self._learn)

    def _state_file(self, practice: Practice) -> Path:
        return self.profile.practice / f"{practice.os_build}-{practice.scenario}.json"

    def _forget_networks(self, host_id: str) -> None:
        from console.backend.network_memory import MemoryFile, MemoryUnusableError
        from console.backend.service import MEMORY_NAME

        memory = MemoryFile(self.profile.journal.with_name(MEMORY_NAME))
        try:
            memory.forget_host(host_id)
        except MemoryUnusableError as error:
            LOG.warning("what is remembered of the practice host stays: %s", error)
        finally:
            memory.close()

    def _open_journal(self) -> Journal:
        from console.backend.journal import Journal

        if self._journal is None:
            self._journal = Journal(self.profile.journal)
        return self._journal

    def _connections(self) -> tuple[Connection, ...]:
        from console.backend.connection import connection_at

        found, wanted = known_connections(), self._wanted
        if wanted is None:
            return found
        if "://" in wanted:
            return (connection_at(wanted), *found)
        return tuple(sorted(found, key=lambda connection: connection.name != wanted))


def added_host_names(profile: Profile) -> tuple[str, ...]:
    """The names of the hosts that a person added (blocks); none where their file can't be used."""
    if not profile.hosts.exists():
        return ()
    from console.backend.hosts.book import HostBook
    from console.backend.json_file import DocumentError

    try:
        return tuple(host.name for host in HostBook(profile.hosts).hosts())
    except DocumentError as error:
        LOG.warning("the added hosts are not known: %s", error)
        return ()


def known_connections() -> tuple[Connection, ...]:
    """The engines found on this computer, the one the docker client would take first."""
    from console.backend.connection import discover

    return discover(os.environ, Path.home(), sys.platform)
