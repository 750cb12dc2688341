"""Who asks for whom, and what a prediction is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.domain.object_ref import ObjectRef
from console.domain.text import Text
from console.domain.verdict import Verdict


class PartyKind(StrEnum):
    """The kinds of ends of a path. ``other-host`` is a machine on this host's physical network,
    ``outside`` one behind its router.
    """

    CONTAINER = "container"
    HOST = "host"
    OTHER_HOST = "other-host"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Party:
    """One end. ``container`` is the container's id, "" for the others."""

    kind: PartyKind
    container: str = ""


HOST = Party(PartyKind.HOST)
OTHER_HOST = Party(PartyKind.OTHER_HOST)
OUTSIDE = Party(PartyKind.OUTSIDE)
AROUND = (HOST, OTHER_HOST, OUTSIDE)


class Protocol(StrEnum):
    """What is sent. ``any``: TCP to whatever port there is; ``icmp``: a ping."""

    ANY = "any"
    ICMP = "icmp"
    TCP = "tcp"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to get through. ``port`` is the TCP port asked for, that of the container where it has
    one behind a published port; 0 for the other protocols.
    """

    protocol: Protocol = Protocol.ANY
    port: int = 0


ANY, PING = Ask(), Ask(Protocol.ICMP)


class Layer(StrEnum):
    """Where on its way something is let through or not."""

    COMPARTMENT = "compartment"
    SWITCH = "switch"
    VLAN = "vlan"
    VFP = "vfp"
    NAT = "nat"
    PORT = "port"
    FIREWALL = "firewall"
    DISCOVERY = "discovery"
    WIRE = "wire"


@dataclass(frozen=True, slots=True)
class Hop:
    """One rule on the way: what it says here, the object it rests on, and where the rule is from.

    ``yes`` lets it pass, ``no`` ends the way, ``depends``: ``words`` say on what.
    """

    layer: Layer
    verdict: Verdict
    words: Text
    source: str
    ref: ObjectRef | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way from end to end, by an address or a published port; its rules in order."""

    title: Text
    hops: tuple[Hop, ...]

    @property
    def verdict(self) -> Verdict:
        """No where any rule ends it, else depends where any is open."""
        return all_of(hop.verdict for hop in self.hops)

    @property
    def decisive(self) -> Hop | None:
        """The rule that decides: the first that does not let it pass, else the last."""
        open_ones = [hop for hop in self.hops if hop.verdict is self.verdict]
        if self.verdict is Verdict.YES:
            return self.hops[-1] if self.hops else None
        return open_ones[0]


@dataclass(frozen=True, slots=True)
class Prediction:
    """All ways there are, the best first. ``notes`` are rules that do not decide but help."""

    ways: tuple[Way, ...]
    notes: tuple[Hop, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """That of the best way."""
        return self.ways[0].verdict if self.ways else Verdict.NO


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of rules that all have to let it pass."""
    found = set(verdicts)
    if Verdict.NO in found:
        return Verdict.NO
    return Verdict.DEPENDS if Verdict.DEPENDS in found else Verdict.YES


def best_first(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Ways that work before those that may, and these before those that don't."""
    order = (Verdict.YES, Verdict.DEPENDS, Verdict.NO)
    return tuple(sorted(ways, key=lambda way: order.index(way.verdict)))
