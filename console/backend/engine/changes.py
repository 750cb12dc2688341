"""What the engine's events say has changed: by their ids, so that a small change is a small look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from console.backend.engine.members import text_in
from console.backend.failures import MalformedAnswerError

#: Container events that change nothing the console shows. A health check alone makes three of
#: them every few seconds for each container. What is not listed leads to a refresh.
_WITHOUT_EFFECT = (
    *("exec_", "health_status", "top", "attach", "detach", "resize"),
    *("archive-path", "extract-to-dir", "export", "copy", "commit"),
)
#: What these change stands in the list of containers alone.
_OF_A_CONTAINER = ("connect", "disconnect")


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids of ``networks`` and ``containers`` that came, went or changed.

    ``elsewhere``: something changed that has no id there (a swarm, the engine itself, many at once), so
    that all have to be listed again.
    """

    networks: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    elsewhere: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.networks | other.networks,
            self.containers | other.containers,
            self.elsewhere or other.elsewhere,
        )


NOTHING = Changes()
ANYTHING = Changes(elsewhere=True)


def changes_of(events: Iterable[Any]) -> Changes:
    """What some events may have changed. Raises MalformedAnswerError for what is no event."""
    # A list first: each is looked at, for all must be events.
    return reduce(Changes.__or__, [_change_of(event) for event in events], NOTHING)


def _change_of(event: Any) -> Changes:
    if not isinstance(event, dict):
        raise MalformedAnswerError(f"not an event: {str(event)[:80]!r}")
    action = text_in(event, "Action") or text_in(event, "status")
    if action.startswith(_WITHOUT_EFFECT):
        return NOTHING
    actor = event.get("Actor")
    actor = actor if isinstance(actor, dict) else {}
    of = text_in(actor, "ID")
    kind = text_in(event, "Type")
    if kind == "container" and of:
        return Changes(containers=frozenset({of}))
    if kind == "network" and of:
        return _of_network(of, action, actor.get("Attributes"))
    return ANYTHING


def _of_network(network: str, action: str, attributes: Any) -> Changes:
    container = text_in(attributes, "container") if isinstance(attributes, dict) else ""
    containers = frozenset({container} if container else ())
    if action in _OF_A_CONTAINER and container:
        return Changes(containers=containers)
    return Changes(frozenset({network}), containers)
