"""The helper's end: takes the one plan it was started for, and runs its scripts as it is told."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any

from console.backend.elevated.handover import ElevatedRun, Handover
from console.backend.elevated.wire import Messages, Wire
from console.backend.powershell.runner import HostError, ScriptRunner, host_error
from console.domain.failure import FailureKind
from console.domain.scripts import SCRIPT_BY_ID

LOG = logging.getLogger(__name__)

#: Exit codes: done; the other end is not who started us; its plan is not the one consented to.
DONE, WRONG_PEER, WRONG_PLAN = 0, 3, 4
#: How long the console may take to hand over its plan, in seconds.
HANDOVER_SECONDS = 30.0


async def serve(wire: Wire, *, parent: int, digest: str, runner: ScriptRunner) -> int:
    """Serve one console until it goes; returns the exit code.

    ``parent`` is the process that started us and ``digest`` its plan's, both from our command line,
    which nobody but that process could set.
    """
    if wire.peer_process() != parent:
        wire.close()
        return WRONG_PEER
    messages = Messages(wire)
    try:
        async with asyncio.timeout(HANDOVER_SECONDS):
            first = await messages.receive()
        handover = Handover.accepted(first or {}, digest)
        await asyncio.to_thread(messages.send, {"ready": handover.proof})
        await _Runs(messages, handover, runner).serve()
    except (ValueError, TimeoutError) as error:
        LOG.warning("refused: %s", error)
        return WRONG_PLAN
    except OSError:
        return DONE  # the console is gone
    finally:
        await runner.close()
        messages.close()
    return DONE


class _Runs:
    """Runs the plan's scripts, each once and in order; one at a time."""

    def __init__(self, messages: Messages, handover: Handover, runner: ScriptRunner) -> None:
        self._messages = messages
        self._runs = handover.plan.runs
        self._runner = runner
        self._next = 0
        self._busy = False

    async def serve(self) -> None:
        """Until the other end is gone or asks for what it may not; then what runs is ended."""
        running: asyncio.Task[None] | None = None
        while (message := await self._messages.receive()) is not None:
            index = message.get("run")
            if self._busy or type(index) is not int or not self._next <= index < len(self._runs):
                LOG.warning("ended: asked for %r", index)
                break
            self._next, self._busy = index + 1, True
            running = asyncio.ensure_future(self._run(self._runs[index]))
        if running is not None:
            running.cancel()
            await asyncio.wait({running})

    async def _run(self, run: ElevatedRun) -> None:
        script = SCRIPT_BY_ID[run.script]
        answer: dict[str, Any]
        try:
            text = await self._runner.run(script, run.parameters, on_progress=self._tell_progress)
            answer = {"answer": text}
        except HostError as error:
            answer = {"failure": error.failure.model_dump(mode="json")}
        except (OSError, ValueError, RuntimeError) as error:
            failure = host_error(script, FailureKind.INTERNAL, str(error)).failure
            answer = {"failure": failure.model_dump(mode="json")}
        self._busy = False  # the console may ask for the next as soon as it has the answer
        with suppress(OSError):  # it is gone: receiving tells that too
            await asyncio.to_thread(self._messages.send, answer)

    def _tell_progress(self, words: str) -> None:
        with suppress(OSError):
            self._messages.send({"progress": words})
