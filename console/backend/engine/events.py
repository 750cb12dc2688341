"""The engine's event stream, read in a daemon thread of its own.

It has no read time-out, because an idle host is silent for hours; whether the engine still lives is
asked by the service's heartbeat. It ends when its socket is closed, from whichever side.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from console.backend.engine.changes import NOTHING, Changes, changes_of
from console.backend.engine.characters import whole_characters
from console.backend.engine.exchange import READING, Answer, Request, refusal_of, send
from console.backend.failures import EngineError, MalformedAnswerError, failure_of, transport_errors
from console.domain.failure import Failure, FailureKind

_CHUNK = 65536
_LONGEST_EVENT = 1024 * 1024
#: After news the next events are left to gather for so long. A busy host tells a thousand in a
#: second: each told to the window's thread by itself would be most of what that thread does.
_GATHER_SECONDS = 0.02
#: Nodes and services are told of by managers of a swarm alone.
_FILTERS = json.dumps({"type": ["network", "container", "daemon", "node", "service"]})


class EventStream:
    """One subscription to the engine's events.

    ``on_event`` is called in the reading thread with what may have changed of what is shown, once for
    all events that come together;
    ``on_end`` once, when the stream is over, with the failure or None where we closed it.
    """

    def __init__(
        self,
        client: Any,
        prefix: str,
        on_event: Callable[[Changes], None],
        on_end: Callable[[Failure | None], None],
    ) -> None:
        self._client = client
        self._request = Request("GET", f"{prefix}/events", params={"filters": _FILTERS})
        self._on_event = on_event
        self._on_end = on_end
        self._response: Any = None
        self._closed = threading.Event()
        self._lock = threading.Lock()

    def open(self) -> None:
        """Subscribe; once it returns, no later event is missed. Raises EngineError. Blocks."""
        try:
            response = send(self._client, self._request, idle=READING.idle)
            self._check(response)
            _without_read_timeout(response)
        except transport_errors() as error:
            raise EngineError(failure_of(error, proxied=bool(self._client.proxies))) from error
        with self._lock:
            self._response = response
        if self._closed.is_set():
            self._hang_up()
            return
        threading.Thread(target=self._read, name="engine-events", daemon=True).start()

    def close(self) -> None:
        """End the stream, from any thread; the reading thread ends by itself."""
        self._closed.set()
        self._hang_up()

    def _hang_up(self) -> None:
        with self._lock:
            response = self._response
        # The socket may be gone already: then there is nothing left to hang up.
        with suppress(*transport_errors()):
            if response is not None:
                response.raw.shutdown()

    @staticmethod
    def _check(response: Any) -> None:
        if response.status_code >= 300:
            body = response.raw.read1(_CHUNK, decode_content=True)
            response.close()
            answer = Answer(response.status_code, response.headers.get("Content-Type", ""), body)
            raise EngineError(refusal_of(answer))

    def _read(self) -> None:
        failure: Failure | None = Failure(kind=FailureKind.CONNECTION_LOST, raw="the event stream ended")
        try:
            for events in self._events():
                changes = changes_of(events)
                if changes != NOTHING:
                    self._on_event(changes)
                    time.sleep(_GATHER_SECONDS)
        except transport_errors() as error:
            failure = failure_of(error)
        finally:
            with suppress(*transport_errors()):
                self._response.close()
            self._on_end(None if self._closed.is_set() else failure)

    def _events(self) -> Iterator[list[Any]]:
        """The events as they arrive, those that came together in one list; a newline ends each."""
        rest = b""
        while part := self._response.raw.read1(_CHUNK, decode_content=True):
            *lines, rest = (rest + part).split(b"\n")
            if len(rest) > _LONGEST_EVENT:
                raise MalformedAnswerError("an event without end")
            yield [whole_characters(json.loads(line), line) for line in lines if line.strip()]


def _without_read_timeout(response: Any) -> None:
    """The head of the answer had to come in time; events may take as long as they like."""
    connection = response.raw.connection
    if connection is not None and connection.sock is not None:
        connection.sock.settimeout(None)
