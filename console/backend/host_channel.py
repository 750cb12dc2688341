"""The second channel to a host: what the engine does not tell (adapters, vSwitches, WinNAT)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from console.backend.threads import DaemonThreads
from console.domain.failure import Failure, FailureKind
from console.domain.host_failure import reason, remedy
from console.domain.plan import Plan, RunScript
from console.domain.probes.connection import Tried
from console.domain.scripts import GET_HOST_INVENTORY, GET_WATCHDOG, SCRIPT_BY_ID, TEST_HOST_CONNECTION
from console.domain.sections import unknown_facts
from console.domain.snapshot import EngineInfo, HostFacts
from console.domain.text import N_
from console.domain.watch_report import WatchReport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pydantic import SecretStr

    from console.backend.powershell.runner import ScriptRunner

# What runs PowerShell is imported where it is used first: the window paints before.

CONTEXT = "HostChannel"


class HostChannel(Protocol):
    """Reads the Windows side of a host. Never raises for what can't be read: its section says why."""

    async def observe(self, engine: EngineInfo) -> HostFacts:
        """What is known of the host on which ``engine`` runs."""

    async def close(self) -> None:
        """Let go of what is held open."""


@runtime_checkable
class ReadsByItself(Protocol):
    """A host channel that needs no engine: it is read beside it, also while it does not run."""

    async def read(self) -> HostFacts:
        """What is known of the host. Never raises for what can't be read."""


@runtime_checkable
class RunsScripts(Protocol):
    """A host channel that carries out the steps of a plan that are scripts."""

    def applying(self, plan: Plan) -> AbstractAsyncContextManager[None]:
        """Within this, the plan's scripts can be run. Entering asks for elevation, once, where needed.

        Raises HostError on entering where that is declined or fails: then nothing may be begun.
        """

    async def run_step(self, step: RunScript) -> str:
        """The JSON document the step's script answers with. Raises HostError."""


@runtime_checkable
class TriesConnections(Protocol):
    """A host channel that can try from the host itself whether something answers."""

    async def try_connection(self, address: str, port: int) -> Tried:
        """Connect to a TCP port, or ping where it is 0. Raises HostError."""


@runtime_checkable
class ReadsWatchdogs(Protocol):
    """A host channel that can say how a watchdog stands."""

    async def watchdog(self, watch_id: str) -> WatchReport:
        """How the host's watchdog of this id stands. Raises HostError."""


@runtime_checkable
class SignsIn(Protocol):
    """A host channel that an account signs in to. While a sign-in is refused, only a person has it tried
    again: with the same wrong password Windows locks the account after a few attempts.
    """

    @property
    def account(self) -> str:
        """Whose password it takes; empty where it takes none."""

    @property
    def signed_out(self) -> bool:
        """Whether nobody has signed in, so that the host is not asked anything."""

    @property
    def sign_in_refused(self) -> bool:
        """Whether the host refused the account, and has answered no script since."""

    async def sign_in(self, password: SecretStr) -> None:
        """Use this password from now on, until the host is closed."""


#: Starts a helper that may run exactly the scripts of these steps; its runner. Raises HostError.
Elevate = Callable[[tuple[RunScript, ...]], Awaitable["ScriptRunner"]]


class ScriptHostChannel:
    """The Windows side of a host through named scripts, whichever way they get there.

    ``elevate`` is None where the scripts have an administrator's rights already, or can't get them.
    ``restart`` restarts the host's Windows (blocks); None where the console does not do that, as on every
    host but one to practise on.
    """

    def __init__(
        self,
        runner: ScriptRunner,
        elevate: Elevate | None = None,
        restart: Callable[[], None] | None = None,
    ) -> None:
        self.restart = restart
        self._runner = runner
        self._elevate = elevate
        self._elevated: ScriptRunner | None = None
        self._threads = DaemonThreads("inventory", limit=4)

    async def observe(self, engine: EngineInfo) -> HostFacts:  # noqa: ARG002 (read without it)
        """All that one script call tells."""
        return await self.read()

    async def read(self) -> HostFacts:
        """All that one script call tells; where it fails, every section says why and what would help."""
        from console.backend.powershell.inventory import facts_of
        from console.backend.powershell.runner import HostError

        try:
            text = await self._runner.run(GET_HOST_INVENTORY, {})
            return await self._threads.run(lambda: facts_of(text))
        except HostError as error:
            failure = error.failure
        except ValueError as error:
            failure = Failure(kind=FailureKind.MALFORMED_ANSWER, raw=str(error), script=GET_HOST_INVENTORY.id)
        return self.unread(failure)

    def unread(self, failure: Failure) -> HostFacts:
        """What is known where the script failed: nothing, why, and what would help."""
        return unknown_facts(reason(failure), remedy(failure))

    @asynccontextmanager
    async def applying(self, plan: Plan) -> AsyncIterator[None]:
        """See :class:`RunsScripts`. The helper ends with the plan."""
        steps = tuple(step for step in plan.steps if isinstance(step, RunScript) and step.elevated)
        if steps and self._elevate is not None:
            self._elevated = await self._elevate(steps)
        try:
            yield
        finally:
            elevated, self._elevated = self._elevated, None
            if elevated is not None:
                await elevated.close()

    async def run_step(self, step: RunScript) -> str:
        """See :class:`RunsScripts`."""
        from console.backend.powershell.runner import HostError

        script = SCRIPT_BY_ID.get(step.script)
        if script is None:
            raise HostError(
                Failure(
                    kind=FailureKind.UNSUPPORTED, raw=f"There is no script {step.script}.", script=step.script
                )
            )
        runner = self._elevated if step.elevated and self._elevated is not None else self._runner
        parameters: Mapping[str, Any] = step.parameters
        return await runner.run(script, parameters)

    async def try_connection(self, address: str, port: int) -> Tried:
        """See :class:`TriesConnections`."""
        from console.backend.powershell.documents import trial_of
        from console.backend.powershell.runner import HostError

        text = await self._runner.run(TEST_HOST_CONNECTION, {"Address": address, "Port": port})
        try:
            return trial_of(text)
        except ValueError as error:
            script = TEST_HOST_CONNECTION.id
            raise HostError(
                Failure(kind=FailureKind.MALFORMED_ANSWER, raw=str(error), script=script)
            ) from error

    async def watchdog(self, watch_id: str) -> WatchReport:
        """See :class:`ReadsWatchdogs`."""
        from console.backend.powershell.documents import watch_answer_of
        from console.backend.powershell.runner import HostError

        text = await self._runner.run(GET_WATCHDOG, {"WatchId": watch_id})
        try:
            return watch_answer_of(text)
        except ValueError as error:
            failure = Failure(kind=FailureKind.MALFORMED_ANSWER, raw=str(error), script=GET_WATCHDOG.id)
            raise HostError(failure) from error

    async def close(self) -> None:
        """End what runs."""
        await self._runner.close()
        self._threads.close()


class UnreadHostChannel:
    """The channel of a host whose Windows side can't be read, with the honest reason."""

    async def observe(self, engine: EngineInfo) -> HostFacts:
        """Nothing, and why."""
        if not engine.is_windows:
            return unknown_facts(
                N_(
                    CONTEXT,
                    "This engine runs Linux containers: adapters and vSwitches exist on Windows only.",
                )
            )
        return unknown_facts(
            N_(CONTEXT, "Only the Docker Engine of this host can be reached, not its Windows side."),
            N_(
                CONTEXT,
                "On the page Hosts, set up the host's Windows side over WinRM; or run Get-NetAdapter, "
                "Get-VMSwitch and Get-NetNat in PowerShell on it.",
            ),
        )

    async def close(self) -> None:
        """Nothing is held open."""
