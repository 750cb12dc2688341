"""The engine's event stream: the last 256 events, and everyone who listens (``docker events``)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

KEPT = 256


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``time_ns`` is Unix time in nanoseconds."""

    type: str
    action: str
    actor: str
    attributes: Mapping[str, str]
    time_ns: int
    scope: str = "local"

    def document(self, *, legacy: bool) -> dict[str, object]:
        """The event as the API tells it; ``legacy`` adds what clients below API 1.52 get."""
        told: dict[str, object] = {}
        if legacy and self.type in ("container", "image"):
            told |= {"status": self.action, "id": self.actor}
            if self.type == "container":
                told["from"] = self.attributes.get("image", "")
        return told | {
            "Type": self.type,
            "Action": self.action,
            "Actor": {"ID": self.actor, "Attributes": dict(self.attributes)},
            "scope": self.scope,
            "time": self.time_ns // 1_000_000_000,
            "timeNano": self.time_ns,
        }


Listener = Callable[[Event], None]


class EventLog:
    """Keeps recent events and tells listeners, on the thread where the event happens."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: deque[Event] = deque(maxlen=KEPT)
        self._listeners: list[Listener] = []

    def record(
        self, kind: str, action: str, actor: str, attributes: Mapping[str, str], *, scope: str = "local"
    ) -> None:
        """Something happened just now."""
        event = Event(kind, action, actor, attributes, int(self._clock() * 1_000_000_000), scope)
        with self._lock:
            self._kept.append(event)
            listeners = tuple(self._listeners)
        for tell in listeners:
            tell(event)

    def listen(self, listener: Listener) -> tuple[tuple[Event, ...], Callable[[], None]]:
        """Be told of every event from now on; gives those kept so far and the way to stop."""
        with self._lock:
            self._listeners.append(listener)
            kept = tuple(self._kept)

        def stop() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return kept, stop

    @property
    def listeners(self) -> int:
        """How many listen now (``NEventsListener`` of ``docker info``)."""
        return len(self._listeners)
