"""The PowerShell end: runspace pools, and pipelines whose commands a Python callable plays."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import psrpcore
from psrpcore import types

#: What plays PowerShell: (script text, parameters, pipeline to write to).
Commands = Callable[[str, dict[str, Any], "Pipeline"], None]
FRAGMENT_BYTES = 32768


class PipelineStoppedError(Exception):
    """The client stopped the pipeline; raised in the callable at its next write."""


class Pipeline:
    """What a command writes to, while the client may be reading or stopping it."""

    def __init__(self, shell: Shell, server: psrpcore.ServerPipeline) -> None:
        self._shell = shell
        self.server = server
        self.stopped = threading.Event()

    def output(self, value: Any) -> None:
        self._write("write_output", value)

    def progress(self, activity: str, percent: int, status: str) -> None:
        self._write("write_progress", activity, 1, status, percent_complete=percent)

    def error(self, record: types.ErrorRecord) -> None:
        """A non-terminating error: the pipeline goes on."""
        self._write(
            "write_error",
            record.Exception,
            category_info=record.CategoryInfo,
            fully_qualified_error_id=record.FullyQualifiedErrorId,
        )

    def _write(self, method: str, *values: Any, **named: Any) -> None:
        with self._shell.changed:
            if self.stopped.is_set():
                raise PipelineStoppedError
            getattr(self.server, method)(*values, **named)
            self._shell.pump()


class TerminatingError(Exception):
    """What a command raises to end its pipeline as ``throw`` does."""

    def __init__(self, message: str, error_id: str = "RuntimeException", category: Any = None) -> None:
        super().__init__(message)
        self.record = error_record(message, error_id, category)


def error_record(message: str, error_id: str, category: Any = None) -> types.ErrorRecord:
    return types.ErrorRecord(
        Exception=types.NETException(Message=message, HResult=-2146233087),
        CategoryInfo=types.ErrorCategoryInfo(
            Category=category or types.ErrorCategory.NotSpecified, Reason="RuntimeException"
        ),
        FullyQualifiedErrorId=error_id,
    )


class Shell:
    """One runspace pool and its pipelines; each pipeline runs in a thread of its own."""

    def __init__(self, commands: Commands, shell_id: str) -> None:
        self.id = shell_id
        self.changed = threading.Condition()
        self._commands = commands
        self._pool = psrpcore.ServerRunspacePool()
        self._waiting: dict[uuid.UUID | None, list[bytes]] = {}
        self._pipelines: dict[uuid.UUID, Pipeline] = {}
        self._ended: set[uuid.UUID] = set()

    def begin_pipeline(self, pipeline_id: uuid.UUID, data: bytes) -> None:
        """Start the pipeline a client asked for; psrpcore must know its id before the first fragment."""
        with self.changed:
            psrpcore.ServerPipeline(self._pool, pipeline_id)
        self.feed(data, pipeline_id)

    def feed(self, data: bytes, pipeline_id: uuid.UUID | None = None) -> None:
        """Take a fragment; start what became whole with it."""
        with self.changed:
            self._pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, pipeline_id))
            while (event := self._pool.next_event()) is not None:
                if isinstance(event, psrpcore.CreatePipelineEvent):
                    self._start(event)
            self.pump()

    def stop(self, pipeline_id: uuid.UUID) -> None:
        """End a pipeline that still runs."""
        with self.changed:
            pipeline = self._pipelines.get(pipeline_id)
            if pipeline is not None and pipeline_id not in self._ended:
                pipeline.stopped.set()
                pipeline.server.stop()
                self._end(pipeline_id)

    def receive(self, pipeline_id: uuid.UUID | None, seconds: float) -> tuple[list[bytes], bool]:
        """What is to be sent, waited for at most so long, and whether that is all there will be."""
        end = time.monotonic() + seconds
        with self.changed:
            while not self._waiting.get(pipeline_id) and pipeline_id not in self._ended:
                if (left := end - time.monotonic()) <= 0:
                    break
                self.changed.wait(left)
            return self._waiting.pop(pipeline_id, []), pipeline_id in self._ended

    def pump(self) -> None:
        """Put aside what psrpcore has to send. The lock is held."""
        while (data := self._pool.data_to_send(FRAGMENT_BYTES)) is not None:
            self._waiting.setdefault(data.pipeline_id, []).append(data.data)
        self.changed.notify_all()

    def _start(self, event: psrpcore.CreatePipelineEvent) -> None:
        server = self._pool.pipeline_table[event.pipeline_id]
        server.start()
        pipeline = self._pipelines[event.pipeline_id] = Pipeline(self, server)
        threading.Thread(target=self._run, args=(pipeline, event.pipeline.commands), daemon=True).start()

    def _run(self, pipeline: Pipeline, commands: Any) -> None:
        try:
            for command in commands:
                parameters = {
                    name or position: value for position, (name, value) in enumerate(command.parameters)
                }
                self._commands(command.command_text, parameters, pipeline)
        except PipelineStoppedError:
            return
        except TerminatingError as error:
            with self.changed:
                # psrpcore has no public way to fail a pipeline, only to complete or stop it.
                pipeline.server._change_state(types.PSInvocationState.Failed, error=error.record)
                self._end(pipeline.server.pipeline_id)
            return
        with self.changed:
            if not pipeline.stopped.is_set():
                pipeline.server.complete()
                self._end(pipeline.server.pipeline_id)

    def _end(self, pipeline_id: uuid.UUID) -> None:
        self._ended.add(pipeline_id)
        self.pump()
