"""One thing that a step can cut off: :class:`CutOff`, and the sentences that say so before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from console.domain.connection_loss.way import Ours
from console.domain.host_ports import Connection
from console.domain.text import N_, Text
from console.domain.watchdog import Rescue

CONTEXT = "Cut off"
MOST_NAMED = 6
"""Connections that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """What a step can cut off, and what a watchdog can do about it.

    ``what`` says it in a sentence; ``adapter`` is the one whose addresses are meant, "" where it is no
    matter of one. ``connections`` go over it now, ``ours`` says whether the console's own is one of them.
    ``rescue`` with its ``parameters`` would take it back; None where nothing does so by itself.
    """

    what: Text
    adapter: str = ""
    connections: tuple[Connection, ...] = ()
    ours: Ours = Ours.NO
    rescue: Rescue | None = None
    parameters: Mapping[str, JsonValue] = field(default_factory=dict)

    def sentences(self) -> tuple[Text, ...]:
        """What to say before."""
        own, others = self._own(), self._others()
        return tuple(one for one in (self.what, own, others) if one is not None)

    def _own(self) -> Text | None:
        if self.ours is Ours.NO:
            return None
        if not self.adapter:
            return N_(CONTEXT, "The console's own connection to this host may be one of them.")
        if self.ours is Ours.YES:
            return N_(CONTEXT, "The console itself reaches this host over {adapter}.", adapter=self.adapter)
        return N_(CONTEXT, "The console itself may reach this host over {adapter}.", adapter=self.adapter)

    def _others(self) -> Text | None:
        if not self.connections:
            return None
        named = ", ".join(_named(one) for one in self.connections[:MOST_NAMED])
        further = len(self.connections) - MOST_NAMED
        if further <= 0:
            return N_(CONTEXT, "These connections go over it: {named}.", named=named)
        return N_(
            CONTEXT, "These connections go over it: {named} and {further} more.",
            named=named, further=further,
        )  # fmt: skip


def _named(connection: Connection) -> str:
    what = connection.services[0] if len(connection.services) == 1 else connection.process
    return f"{connection.remote_address} ({what})" if what else connection.remote_address
