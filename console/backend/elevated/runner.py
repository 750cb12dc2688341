"""The console's end: starts the helper, hands it the plan, and has it run one script after the other."""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from console.backend.elevated.handover import ElevatedPlan, Handover
from console.backend.elevated.wire import Messages, Wire
from console.backend.powershell.runner import HostError, Progress, host_error
from console.backend.threads import DaemonThreads
from console.domain.failure import Failure, FailureKind
from console.domain.plan import RunScript
from console.domain.scripts import SCRIPT_BY_ID, Script

#: How long the helper may take to connect after it was allowed, and to accept the plan, in seconds.
START_SECONDS = 30.0


class ElevationDeclinedError(Exception):
    """A person, or a policy in their place, said no."""


class Listener(Protocol):
    """A place the helper connects to, open to nobody else where the system can see to that.

    All calls block; they raise OSError.
    """

    @property
    def address(self) -> str:
        """What the helper connects to; it has a name that nobody could know before."""

    def start_helper(self, arguments: list[str]) -> int:
        """Start the same program elevated as ``wcn elevated-helper`` with these arguments; its process id.

        Asks the person, where the system wants it. Raises ElevationDeclinedError.
        """

    def accept(self, process: int, seconds: float) -> Wire:
        """The wire to that process; whoever else connects is turned away. Raises TimeoutError."""

    def close(self) -> None:
        """Take no more connections."""


class ElevatedRunner:
    """Runs the scripts of one plan through its helper (a ``ScriptRunner``), each once and in order."""

    def __init__(self, messages: Messages, plan: ElevatedPlan, threads: DaemonThreads) -> None:
        self._messages = messages
        self._plan = plan
        self._threads = threads
        self._next = 0

    async def run(
        self, script: Script, parameters: Mapping[str, Any], *, on_progress: Progress | None = None
    ) -> str:
        """See ``ScriptRunner.run``. What is not the next of the plan is refused."""
        index = self._index(script, parameters)
        self._next = index + 1
        try:
            await self._threads.run(partial(self._messages.send, {"run": index}))
            return await self._answer(script, on_progress)
        except OSError as error:
            raise host_error(script, FailureKind.CONNECTION_LOST, str(error)) from error
        except asyncio.CancelledError:
            self._messages.close()  # the helper ends the script, and itself
            raise

    async def close(self) -> None:
        """Let the helper end."""
        self._messages.close()
        self._threads.close()

    def _index(self, script: Script, parameters: Mapping[str, Any]) -> int:
        for index, run in enumerate(self._plan.runs):
            if index >= self._next and run.script == script.id and run.parameters == dict(parameters):
                return index
        raise host_error(script, FailureKind.INTERNAL, "this step is not of the plan that was consented to")

    async def _answer(self, script: Script, on_progress: Progress | None) -> str:
        while (message := await self._messages.receive()) is not None:
            if "progress" in message:
                if on_progress is not None:
                    on_progress(str(message["progress"]))
            elif "failure" in message:
                raise HostError(Failure.model_validate(message["failure"]))
            else:
                return str(message.get("answer", ""))
        raise host_error(script, FailureKind.CONNECTION_LOST, "The elevated helper ended.")


async def elevate(steps: tuple[RunScript, ...], listen: Callable[[], Listener]) -> ElevatedRunner:
    """Start a helper for exactly these steps (an ``Elevate``).

    Raises HostError: ELEVATION_DECLINED where the person said no, else what went wrong; nothing was
    changed then.
    """
    script = SCRIPT_BY_ID[steps[0].script]
    handover = Handover.new(ElevatedPlan.of(steps))
    threads = DaemonThreads("elevation", limit=4)
    try:
        messages = await _started(listen, handover, threads)
    except ElevationDeclinedError as error:
        raise _not_begun(script.id, FailureKind.ELEVATION_DECLINED, str(error)) from error
    except TimeoutError as error:
        raise _not_begun(script.id, FailureKind.TIMED_OUT, "The elevated helper did not answer.") from error
    except OSError as error:
        raise _not_begun(script.id, FailureKind.INTERNAL, f"The elevated helper: {error}") from error
    return ElevatedRunner(messages, handover.plan, threads)


async def _started(listen: Callable[[], Listener], handover: Handover, threads: DaemonThreads) -> Messages:
    """A helper that has accepted the plan; where there is none, no thread is left either."""
    try:
        messages = Messages(await threads.run(partial(_connected, listen, handover)))
        try:
            await _handed_over(messages, handover, threads)
        except BaseException:
            messages.close()
            raise
    except BaseException:
        threads.close()
        raise
    return messages


def _connected(listen: Callable[[], Listener], handover: Handover) -> Wire:
    listener = listen()
    try:
        process = listener.start_helper([listener.address, str(os.getpid()), handover.digest])
        return listener.accept(process, START_SECONDS)
    finally:
        listener.close()


async def _handed_over(messages: Messages, handover: Handover, threads: DaemonThreads) -> None:
    await threads.run(partial(messages.send, handover.message()))
    async with asyncio.timeout(START_SECONDS):
        answer = await messages.receive()
    if answer is None or not hmac.compare_digest(str(answer.get("ready", "")), handover.proof):
        raise ConnectionError("it did not accept the plan")


def _not_begun(script: str, kind: FailureKind, raw: str) -> HostError:
    return HostError(Failure(kind=kind, raw=raw, script=script))
