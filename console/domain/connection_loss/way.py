"""How the console reaches a host, and whether it does so over some of the host's addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Way:
    """One way of the console to a host: that of its engine, or that of its Windows side.

    ``name`` is the name or address it is reached by, ``port`` the TCP port there (0: not known), and
    ``addresses`` are what the name stands for, as far as it was looked up.
    """

    name: str
    port: int = 0
    addresses: tuple[str, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """All it may be found by among the addresses of a host."""
        return frozenset({self.name, *self.addresses})


class Ours(StrEnum):
    """Whether the console's own connection is among those that are meant."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


def ours_over(own: frozenset[str], every: frozenset[str], ways: Iterable[Way]) -> Ours:
    """Whether a way leads over the addresses ``own``, which are some of ``every`` of the host's.

    A way to none of the host's addresses (through NAT, a tunnel, an alias of SSH, by IPv6) arrives over
    one of its adapters all the same, only nobody can say over which.
    """
    return _likeliest(_over(way, own, every) for way in ways)


def ours_through(ports: Iterable[int], ways: Iterable[Way]) -> Ours:
    """Whether a way leads to one of these ports of the host; one whose port is not known may."""
    wanted = frozenset(ports)
    return _likeliest(Ours.YES if way.port in wanted else Ours.NO if way.port else Ours.MAYBE for way in ways)


def _over(way: Way, own: frozenset[str], every: frozenset[str]) -> Ours:
    if way.places & own:
        return Ours.YES
    return Ours.NO if way.places & every else Ours.MAYBE


def _likeliest(answers: Iterable[Ours]) -> Ours:
    found = frozenset(answers)
    return next((one for one in (Ours.YES, Ours.MAYBE) if one in found), Ours.NO)
