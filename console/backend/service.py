"""The one facade of a host: connect, observe, watch, apply, close. Knows no Qt.

It publishes through plain functions, called on the event loop's thread. It works under any asyncio
loop: the window's and the terminal's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from console.backend.connection import Connection
from console.backend.engine.changes import ANYTHING, NOTHING, Changes
from console.backend.engine.channel import EngineChannel
from console.backend.executor import Executor, Sleep, StopRequest, no_scripts
from console.backend.failures import EngineError
from console.backend.host_channel import (
    HostChannel,
    ReadsWatchdogs,
    RunsScripts,
    ScriptHostChannel,
    SignsIn,
    TriesConnections,
)
from console.backend.host_watch import HostWatch
from console.backend.journal import Journal, JournalEntry, JournalError
from console.backend.live_entry import LiveEntry
from console.backend.local_trial import trial_from_here, try_from_here
from console.backend.name_lookup import Ways
from console.backend.network_memory import MemoryFile, NetworkMemory
from console.backend.observer import Observer, first_snapshot, stale_snapshot, untold_facts
from console.backend.private_names import names_of_connection
from console.backend.run_options import MOST, RunOptionsReader
from console.backend.threads import DaemonThreads
from console.backend.turns import Looks, Plans
from console.domain.connection_loss.way import Way
from console.domain.container_details import ContainerDetails, ExecResult, Image
from console.domain.failure import Failure, FailureKind
from console.domain.memory import RememberedNetwork
from console.domain.plan import Plan, RunScript, StepState, Watchdog
from console.domain.probes.connection import Tried
from console.domain.probes.origin import HostTrial
from console.domain.pseudonyms import PrivateNames
from console.domain.secret import secrets_in
from console.domain.snapshot import HostFacts, HostIdentity, SectionState, Snapshot
from console.domain.text import N_
from console.domain.watch_report import WatchReport
from console.domain.watchdog import disarming, left_armed, watch_id_of

if TYPE_CHECKING:
    from pydantic import SecretStr

    from console.backend.inside import InsideReport

__all__ = ["ConnectionState", "HostService", "Outcome", "Status", "StopRequest"]

CONTEXT = "HostService"
LOG = logging.getLogger(__name__)
T = TypeVar("T")

FIRST_RETRY_SECONDS = 0.5
LONGEST_RETRY_SECONDS = 15.0
#: Events come in bursts (a compose project makes dozens): one refresh for all of them.
GATHER_SECONDS = 0.05
#: With so many networks and containers all tables and findings are made anew at most once a second.
MANY, GATHER_MANY_SECONDS = 2_000, 1.0
#: How often a silent engine is asked for a sign of life.
HEARTBEAT_SECONDS = 10.0
#: How many heartbeats until all is read again, also what no event tells (adapters, swarm).
HEARTBEATS_PER_FULL_LOOK = 6
#: What a program inside of a container may take and write, where the caller does not say.
EXEC_SECONDS = 20.0
EXEC_BYTES = 256 * 1024
#: The file beside the journal that holds what is remembered of networks.
MEMORY_NAME = "networks.sqlite"
#: How long closing waits for the step under way; after that the journal has it as interrupted.
GOODBYE_SECONDS = 5.0


class ConnectionState(StrEnum):
    """Where the connection to a host stands."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    LOST = "lost"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Status:
    """The connection's state. ``failure``: why it was lost, also while it is being tried again.

    ``retry_in_seconds`` counts from the moment of this status; None where no retry is waited for.
    """

    state: ConnectionState
    failure: Failure | None = None
    retry_in_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a plan ended. ``entry`` is its journal entry; ``stopped``: a person stopped it early.

    ``still_armed``: the step that the plan's watchdog guards was not done, and why the watchdog could
    not be disarmed; None where it needed not, or was.
    """

    entry: int
    states: tuple[StepState, ...]
    stopped: bool
    still_armed: Failure | None = None

    @property
    def completed(self) -> bool:
        """Whether every step was done."""
        return all(state.state == "done" for state in self.states)


def retry_delays() -> Callable[[], float]:
    """The pauses between attempts, in seconds: each twice the one before, up to the longest."""
    upcoming = FIRST_RETRY_SECONDS

    def next_delay() -> float:
        nonlocal upcoming
        delay, upcoming = upcoming, min(upcoming * 2, LONGEST_RETRY_SECONDS)
        return delay

    return next_delay


def _now() -> datetime:
    return datetime.now(UTC)


class HostService:
    """One host.

    :meth:`run` keeps it connected and observed until it is closed; :meth:`observe`, :meth:`apply`
    and :meth:`inspect_network` also work without it, which is how the terminal uses it.
    ``read_only``: the host is only looked at, every plan is refused; see :meth:`set_read_only`.
    ``clock`` gives aware UTC times; ``sleep`` waits between attempts to reach a lost engine. ``engine``
    is the way to the engine, by default the one that ``connection`` tells. ``remember``: what networks
    it had is kept in a file beside the journal while :meth:`run` runs. ``private_names`` are those by which
    the host and the account there are known, by default what ``connection`` tells. ``learn`` is told every
    secret of a plan, and every password, before it is used, so that no log repeats it. ``windows_side`` is
    where the Windows side is reached, None where that does not leave this computer, or where none is.
    """

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        host_channel: HostChannel,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = _now,
        sleep: Sleep = asyncio.sleep,
        engine: EngineChannel | None = None,
        remember: bool = True,
        private_names: PrivateNames | None = None,
        learn: Callable[[SecretStr], None] | None = None,
        windows_side: Way | None = None,
    ) -> None:
        self.connection = connection
        self.private_names = private_names or names_of_connection(connection)
        self._read_only = read_only
        self.identity = HostIdentity(id=connection.id, name=connection.name, practice=connection.practice)
        self.snapshot: Snapshot | None = None
        self.status = Status(ConnectionState.CONNECTING)
        self._learn = learn
        self._journal = journal
        self._clock = clock
        self._sleep = sleep
        self._host_channel = host_channel
        self._engine = engine or EngineChannel(connection)
        self._observer = Observer(self._engine, host_channel)
        self._threads = DaemonThreads("journal", limit=4)
        self._scripts = host_channel if isinstance(host_channel, RunsScripts) else None
        run_script = self._scripts.run_step if self._scripts else no_scripts
        self._executor = Executor(self._engine, journal, self._threads.run, run_script=run_script)
        self._listeners: list[tuple[Callable[[Snapshot], None], Callable[[Status], None]]] = []
        self._looks = Looks(self._look)
        self._run_options = RunOptionsReader(self._engine)
        self._closer_looks = Looks(self._look_closer)
        self._host_watch = HostWatch(host_channel, self._note_facts)
        self._plans = Plans()
        self._ways = Ways(connection.way, windows_side)
        file = MemoryFile(journal.path.with_name(MEMORY_NAME)) if remember else None
        self._memory = NetworkMemory(file, connection.id) if file is not None else None
        self._lost: asyncio.Future[Failure] | None = None
        self._retry = asyncio.Event()
        self._changes = NOTHING
        self._gathering: asyncio.TimerHandle | None = None
        self._running: asyncio.Task[None] | None = None

    def subscribe(
        self, on_snapshot: Callable[[Snapshot], None], on_status: Callable[[Status], None]
    ) -> Callable[[], None]:
        """Be told of every new snapshot and status from now on; call the result to end that."""
        listener = (on_snapshot, on_status)
        self._listeners.append(listener)

        def forget() -> None:
            with suppress(ValueError):  # forgotten already
                self._listeners.remove(listener)

        return forget

    async def run(self) -> None:
        """Stay connected: connect, observe, follow events, reconnect. Ends by cancel or close."""
        if self._running is not None:
            raise RuntimeError("the service is running already")
        self._running = asyncio.current_task()
        next_delay = retry_delays()
        try:
            while self.status.state is not ConnectionState.CLOSED:
                self._ways.look_up()
                failure = await self._stay_connected()
                if self.status.state is ConnectionState.CONNECTED:
                    next_delay = retry_delays()
                await self._wait_for_retry(failure, next_delay())
        finally:
            self._running = None
            self._stop_gathering()

    @property
    def ways(self) -> tuple[Way, ...]:
        """How the console reaches the host, engine and Windows side; none where it runs on it.

        The addresses of names come a little after :meth:`run` has begun.
        """
        return self._ways.known

    @property
    def facts_are_due(self) -> bool:
        """Whether the Windows side is about to be read again: until then it may not fit to the engine's."""
        return self._host_watch.due

    @property
    def read_only(self) -> bool:
        """Whether the host is only looked at."""
        return self._read_only

    def set_read_only(self, read_only: bool) -> None:
        """Only look at the host from now on, or let it be changed again.

        No step is begun any more, also of a plan that runs: the step under way ends and is written down, as
        cutting it off would leave the host in between; the rest is skipped, and the plan counts as stopped. A
        change that waits to be confirmed still can be (:meth:`keep`): it was made before.
        """
        self._read_only = read_only
        if read_only:
            self._plans.stop()

    def retry_now(self) -> None:
        """Try to reach a lost engine at once instead of when the pause is over."""
        self._retry.set()

    async def observe(self) -> Snapshot:
        """Look at the whole host, engine and Windows side at once. Raises EngineError where the engine
        can't be reached.

        One look at a time: requests that come during one share the next.
        """
        facts = self._host_watch.look()
        snapshot = await self._looks.request(full=True)
        await facts
        return self.snapshot or snapshot

    async def examine(self) -> Snapshot:
        """Look as :meth:`observe` does, also where the engine can't be reached.

        Its sections then carry the failure, and the Windows side is told all the same.
        """
        facts = self._host_watch.look()
        try:
            snapshot = await self._looks.request(full=True)
        except EngineError as error:
            await facts
            told = self._host_watch.facts or untold_facts()
            known = self.snapshot or first_snapshot(self.identity, told, self._clock())
            return stale_snapshot(known, error.failure, with_facts=not self._host_watch.active)
        await facts
        if self.snapshot is not None:
            await self._closer_looks.request(full=True)
        return self.snapshot or snapshot

    async def inspect_network(self, network: str) -> str:
        """The engine's own JSON of one network, indented. Raises EngineError."""
        return await self._engine.inspect_network(network)

    async def container_details(self, container: str) -> ContainerDetails:
        """What only an inspection tells of a container, by id or name. Raises EngineError."""
        return await self._engine.container_details(container)

    async def images(self) -> tuple[Image, ...]:
        """The images in the engine's store, by title. Raises EngineError."""
        return await self._engine.images()

    async def exec_in_container(
        self,
        container: str,
        command: Sequence[str],
        *,
        seconds: float = EXEC_SECONDS,
        limit: int = EXEC_BYTES,
    ) -> ExecResult:
        """Run a program inside of a running container, by id or name, without input.

        ``command`` are the program and its arguments: no shell reads them. Raises EngineError: with
        the kind TIMED_OUT where it did not end in ``seconds``, REFUSED where the container does not
        run; a program that is not there is refused by some engines, while others say so in the output
        and end with code 126 or 127. More than ``limit`` bytes of output are not read. Cancelling
        hangs up. Nothing can end the program then: the engine has no word for it.
        """
        return await self._engine.execute(container, command, seconds=seconds, limit=limit)

    async def look_inside(self, container: str) -> InsideReport:
        """What a running container itself says of its network, by its own programs. Raises EngineError.

        Nothing is changed in it. Cancelling hangs up.
        """
        from console.backend.inside import linux_inside, windows_inside  # most sessions never ask

        def execute(command: Sequence[str]) -> Awaitable[ExecResult]:
            return self.exec_in_container(container, command)

        engine = self.snapshot.engine.known() if self.snapshot else None
        windows = engine is None or engine.is_windows
        return await (windows_inside(execute) if windows else linux_inside(execute))

    async def remembered_networks(self) -> tuple[RememberedNetwork, ...]:
        """Every network this host is known to have had, with all that was seen until now.

        Raises MemoryUnusableError.
        """
        return await self._memory.networks() if self._memory is not None else ()

    async def forget_networks(self, ids: Sequence[int]) -> None:
        """Forget some of them. Raises MemoryUnusableError."""
        if self._memory is not None:
            await self._memory.forget(ids)

    @property
    def restarts_windows(self) -> bool:
        """Whether the console may restart the host's Windows: only on a practice host."""
        return isinstance(self._host_channel, ScriptHostChannel) and self._host_channel.restart is not None

    async def restart_windows(self) -> None:
        """Restart the host's Windows and look for its engine again. Raises EngineError where that is not
        for the console to do.

        The engine goes away meanwhile, which is told as on any host.
        """
        channel = self._host_channel
        if not isinstance(channel, ScriptHostChannel) or channel.restart is None:
            raise EngineError(Failure(kind=FailureKind.UNSUPPORTED, raw="restart of Windows"))
        await self._threads.run(channel.restart)
        self.retry_now()

    @property
    def sign_in_account(self) -> str:
        """Whose password the Windows side waits for; empty where it waits for none."""
        channel = self._host_channel
        if isinstance(channel, SignsIn) and (channel.signed_out or channel.sign_in_refused):
            return channel.account
        return ""

    async def sign_in(self, password: SecretStr) -> None:
        """Sign in to the Windows side until the host is closed, and read it.

        What comes of it stands in the snapshot's facts, as of any reading. Raises EngineError where
        nobody signs in to this host.
        """
        channel = self._host_channel
        if not isinstance(channel, SignsIn):
            raise EngineError(Failure(kind=FailureKind.UNSUPPORTED, raw="sign-in"))
        if self._learn is not None:
            self._learn(password)
        await channel.sign_in(password)
        await self._host_watch.look()

    @property
    def _tries(self) -> TriesConnections | None:
        """What tries connections from the host itself; None where nothing does, or nobody signed in."""
        channel = self._host_channel
        if isinstance(channel, SignsIn) and channel.signed_out:
            return None
        return channel if isinstance(channel, TriesConnections) else None

    @property
    def host_trial(self) -> HostTrial:
        """How the host itself can try a connection, or why it can't."""
        if self._tries is not None:
            return HostTrial.SCRIPT
        engine = self.snapshot.engine.known() if self.snapshot is not None else None
        return trial_from_here(engine, local=self.connection.is_local)

    async def try_from_host(self, address: str, port: int) -> Tried:
        """Try from the host itself whether a TCP port answers, or a ping where it is 0. Raises EngineError.

        Only where :attr:`host_trial` is ``script`` or ``here``; there without a ping.
        """
        if (tries := self._tries) is not None:
            return await tries.try_connection(address, port)
        if self.host_trial is HostTrial.HERE and port:
            return await try_from_here(address, port)
        raise EngineError(Failure(kind=FailureKind.UNSUPPORTED, raw=f"from the host: {self.host_trial}"))

    async def apply(
        self,
        plan: Plan,
        *,
        on_step: Callable[[StepState], None] | None = None,
        stop: StopRequest | None = None,
        undoes: int | None = None,
    ) -> Outcome:
        """Carry out a plan and observe the host again; one plan at a time.

        ``on_step`` is told each step's states. ``undoes`` is the journal entry that this plan takes
        back. Cancelling the caller lets the step under way end and be written down, in its own
        task, and begins no other. Raises EngineError where the host is read-only or the journal can't
        be begun: then nothing was changed.
        """
        if self.read_only:
            raise EngineError(Failure(kind=FailureKind.READ_ONLY, raw=str(plan.title)))
        if self._learn is not None:
            for secret in secrets_in(plan):
                self._learn(secret)
        stop = stop or StopRequest()
        task = self._plans.start(self._apply(plan, on_step, stop, undoes), stop)
        return await _shielded(task, stop)

    async def keep(self, watchdog: Watchdog, plan: Plan) -> Outcome:
        """Let the change of ``plan`` stay that ``watchdog`` guards. Raises EngineError and JournalError.

        Its time is running: this waits for no plan that is under way, and looks at nothing afterwards.
        The one step's ``watch`` says whether it came in time.
        """
        stop = StopRequest()
        keeping = Plan(title=N_(CONTEXT, "Keep: {plan}", plan=plan.title), steps=(watchdog.confirmation,))
        return await _shielded(self._plans.start_at_once(self._run_alone(keeping), stop), stop)

    async def watch_report(self, watchdog: Watchdog) -> WatchReport:
        """How a watchdog on this host stands now. Raises EngineError."""
        if isinstance(self._host_channel, ReadsWatchdogs):
            return await self._host_channel.watchdog(watch_id_of(watchdog))
        raise EngineError(Failure(kind=FailureKind.UNSUPPORTED, raw="the watchdogs of this host"))

    async def journal_entries(self, *, limit: int = 500, all_hosts: bool = False) -> tuple[JournalEntry, ...]:
        """The newest journal entries of this host, or of all hosts. Raises JournalError."""
        host_id = None if all_hosts else self.identity.id
        return await self._threads.run(lambda: self._journal.entries(host_id=host_id, limit=limit))

    async def journal_length(self, *, all_hosts: bool = False) -> int:
        """How many journal entries there are of this host, or of all hosts. Raises JournalError."""
        host_id = None if all_hosts else self.identity.id
        return await self._threads.run(lambda: self._journal.count(host_id=host_id))

    async def journal_entry(self, entry_id: int) -> JournalEntry | None:
        """One journal entry. Raises JournalError."""
        return await self._threads.run(lambda: self._journal.entry(entry_id))

    async def interrupted(self) -> tuple[JournalEntry, ...]:
        """What was cut off on this host, by the end of a console or here. Raises JournalError."""
        entries = await self._threads.run(self._journal.interrupted)
        return tuple(entry for entry in entries if entry.host.id == self.identity.id)

    async def settle(self, entry_id: int) -> JournalEntry | None:
        """Look how an interrupted entry's begun steps ended, write it down and close the entry.

        Raises EngineError where the host can't be asked, and JournalError.
        """
        entry = await self.journal_entry(entry_id)
        if entry is not None:
            await self._executor.settle(entry_id, entry.plan, entry.states)
        return await self.journal_entry(entry_id)

    async def close(self) -> None:
        """Stop plans after their step (waiting a little), let go of the host, tell CLOSED."""
        if self.status.state is ConnectionState.CLOSED:
            return
        await self._plans.end(GOODBYE_SECONDS)
        self._set_status(Status(ConnectionState.CLOSED))
        running = self._running
        if running is not None and running is not asyncio.current_task():
            running.cancel()
            await asyncio.wait({running})
        await asyncio.gather(self._looks.close(), self._closer_looks.close(), self._host_watch.close())
        await self._engine.close()
        await self._host_channel.close()
        if self._memory is not None:
            self._memory.close()
        self._threads.close()
        self._ways.close()

    # Staying connected

    async def _stay_connected(self) -> Failure:
        """Connect and follow the host; how it was lost."""
        self._lost = asyncio.get_running_loop().create_future()
        self._host_watch.look_if_old()  # the Windows side does not wait for the engine
        try:
            await self._engine.connect()
            stream = await self._engine.watch(self._note_event, self._note_end)
            try:
                # After the subscription, so that nothing that happens in between is missed.
                await self._looks.request(full=True)
                self._set_status(Status(ConnectionState.CONNECTED))
                return await self._follow(self._lost)
            finally:
                stream.close()
        except EngineError as error:
            return error.failure

    async def _follow(self, lost: asyncio.Future[Failure]) -> Failure:
        beats = 0
        while True:
            done, _ = await asyncio.wait({lost}, timeout=HEARTBEAT_SECONDS)
            if done:
                return lost.result()
            beats += 1
            self._host_watch.look_if_old()
            whole = beats % HEARTBEATS_PER_FULL_LOOK == 0
            await (self._looks.request(full=True) if whole else self._engine.ping())

    async def _wait_for_retry(self, failure: Failure, delay: float) -> None:
        self._stop_gathering()
        if self.snapshot is not None:
            with_facts = not self._host_watch.active
            self._publish(stale_snapshot(self.snapshot, failure, with_facts=with_facts))
        self._set_status(Status(ConnectionState.LOST, failure, delay))
        self._retry.clear()
        waits = {asyncio.ensure_future(self._sleep(delay)), asyncio.ensure_future(self._retry.wait())}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        self._set_status(Status(ConnectionState.CONNECTING, failure))

    def _note_event(self, changes: Changes) -> None:
        self._changes |= changes
        if self._gathering is None and self._running is not None:
            # A big host's refresh takes its time: never more than half of it goes into refreshes.
            delay = max(self._gather_seconds(), self._looks.last_seconds)
            self._gathering = asyncio.get_running_loop().call_later(delay, self._refresh)

    def _gather_seconds(self) -> float:
        if self.snapshot is None:
            return GATHER_SECONDS
        known = (self.snapshot.networks.known() or (), self.snapshot.containers.known() or ())
        return GATHER_MANY_SECONDS if sum(map(len, known)) >= MANY else GATHER_SECONDS

    def _refresh(self) -> None:
        self._gathering = None
        self._looks.ask(full=False)

    def _stop_gathering(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    def _note_end(self, failure: Failure | None) -> None:
        if failure is not None:
            self._note_loss(failure)

    def _note_loss(self, failure: Failure) -> None:
        if self._lost is not None and not self._lost.done():
            self._lost.set_result(failure)

    # Looking

    async def _look(self, full: bool) -> Snapshot:
        before = self.snapshot
        try:
            changes, self._changes = self._changes, NOTHING
            snapshot = await self._observer.look(
                self.identity, before, self._clock(), None if full else changes
            )
        except EngineError as error:
            self._note_loss(error.failure)
            raise
        self.identity = snapshot.host
        if {snapshot.networks.state, snapshot.containers.state} != {SectionState.FRESH}:
            self._changes |= ANYTHING  # what was named is not known: the next look lists all
        closer = await self._follow_options(snapshot)
        # No wait from here on: what was read meanwhile must not be published over.
        if self._host_watch.facts is not None:
            snapshot = snapshot.model_copy(update={"facts": self._host_watch.facts})
        if before is not None and snapshot.networks is not before.networks:
            self._host_watch.note_change()  # a network may have made a vSwitch
        snapshot = snapshot.model_copy(update={"run_options": self._run_options.section})
        self._publish(snapshot)
        if closer and self._running is not None:
            self._closer_looks.ask(full=True)
        return snapshot

    async def _follow_options(self, snapshot: Snapshot) -> bool:
        """Whether to look closer by itself; of very many containers only where a person asked for it."""
        if len(snapshot.containers.known() or ()) <= MOST:
            return self._missing_options(snapshot)
        if self._run_options.known:  # a person did: forget those that are gone, off the loop's thread
            await asyncio.to_thread(self._missing_options, snapshot)
        return False

    def _missing_options(self, snapshot: Snapshot) -> bool:
        """Whether there are containers to look at closely: what Windows does not do matters there only."""
        engine, containers = snapshot.engine.known(), snapshot.containers.known()
        if engine is None or not engine.is_windows or containers is None:
            return False
        return bool(self._run_options.missing(containers))

    async def _look_closer(self, full: bool) -> None:  # noqa: ARG002 (there are no half readings)
        asked = self.snapshot
        if asked is None or not self._missing_options(asked):
            return
        await self._run_options.read(asked.containers.known() or ())
        section = self._run_options.section
        if self.snapshot is not None and self.snapshot.run_options is not section:
            self._publish(self.snapshot.model_copy(update={"run_options": section}))

    def _note_facts(self, facts: HostFacts) -> None:
        if self.status.state is ConnectionState.CLOSED:
            return
        if self.snapshot is None:
            first = first_snapshot(self.identity, facts, self._clock())
            lost = self.status.failure
            self._publish(stale_snapshot(first, lost, with_facts=False) if lost else first)
        elif facts is not self.snapshot.facts:
            self._publish(self.snapshot.model_copy(update={"facts": facts}))

    def _publish(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        if self._memory is not None and self._running is not None:
            self._memory.note(snapshot)
        for on_snapshot, _ in tuple(self._listeners):
            _tell(on_snapshot, snapshot)

    def _set_status(self, status: Status) -> None:
        if self.status.state is ConnectionState.CLOSED or status == self.status:
            return
        self.status = status
        for _, on_status in tuple(self._listeners):
            _tell(on_status, status)

    # Applying

    async def _apply(
        self, plan: Plan, on_step: Callable[[StepState], None] | None, stop: StopRequest, undoes: int | None
    ) -> Outcome:
        with LiveEntry(self._journal) as live:
            entry = await self._begin(live, plan, undoes)
            states = await self._carry_out(
                entry, plan, lambda state: _tell(on_step, state) if on_step else None, stop
            )
        still_armed = await self._disarm(plan, states)
        with suppress(EngineError):  # then the status tells it: the plan's outcome is known all the same
            await self._looks.request(full=True)
        facts = self._host_watch.look(asked_for=False)
        if any(isinstance(step, RunScript) for step in plan.steps):
            await facts  # what the engine did shows in its own answers, what a script did only here
        stopped = stop.requested and any(state.state == "skipped" for state in states)
        return Outcome(entry, states, stopped=stopped, still_armed=still_armed)

    async def _begin(self, live: LiveEntry, plan: Plan, undoes: int | None = None) -> int:
        try:
            return await self._threads.run(lambda: live.begin(self.identity, plan, undoes=undoes))
        except JournalError as error:
            # Nothing is changed that could not be written down first.
            raise EngineError(Failure(kind=FailureKind.INTERNAL, raw=str(error))) from error

    async def _run_alone(self, plan: Plan) -> Outcome:
        """Carry out a plan that needs no elevation, whatever else is under way."""
        with LiveEntry(self._journal) as live:
            entry = await self._begin(live, plan)
            states = await self._executor.run(entry, plan, lambda _state: None, StopRequest())
        return Outcome(entry, states, stopped=False)

    async def _disarm(self, plan: Plan, states: tuple[StepState, ...]) -> Failure | None:
        """End a watchdog that has nothing to revert; why that failed."""
        if plan.watchdog is None or not left_armed(plan, states):
            return None
        step = disarming(watch_id_of(plan.watchdog))
        title = N_(CONTEXT, "Disarm the watchdog of: {plan}", plan=plan.title)
        try:
            outcome = await self._run_alone(Plan(title=title, steps=(step,)))
        except EngineError as error:
            return error.failure
        except JournalError as error:
            return Failure(kind=FailureKind.INTERNAL, raw=str(error))
        return outcome.states[0].failure

    async def _carry_out(
        self, entry: int, plan: Plan, on_state: Callable[[StepState], None], stop: StopRequest
    ) -> tuple[StepState, ...]:
        async with AsyncExitStack() as ends:
            if self._scripts is not None:
                try:
                    await ends.enter_async_context(self._scripts.applying(plan))
                except EngineError as error:
                    return await self._executor.refuse(entry, plan, error.failure, on_state)
            return await self._executor.run(entry, plan, on_state, stop)


def _tell(listener: Callable[[T], None], news: T) -> None:
    """Tell in a turn of its own: an error in a listener goes to the loop's handler, not to us."""
    asyncio.get_running_loop().call_soon(listener, news)


async def _shielded(task: asyncio.Task[Outcome], stop: StopRequest) -> Outcome:
    """What the task gives. Where the caller is cancelled, it ends after the step under way."""
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        stop.stop()
        task.add_done_callback(_log_failure)  # nobody else waits for it any more
        raise


def _log_failure(task: asyncio.Task[Outcome]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        LOG.warning("a plan ended early: %s", error)
