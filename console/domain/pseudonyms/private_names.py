"""Names by which a host and its people are known beside its records: :class:`PrivateNames`."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.pseudonyms.parts import HOST, USER, Part
from console.domain.record import Record


class PrivateNames(Record):
    r"""``hosts`` are names and addresses of hosts however they are written (``tcp://srv-01:2376``);
    ``people`` are accounts (``name``, ``DOMAIN\name``, ``name@domain``).
    """

    hosts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def __add__(self, other: PrivateNames) -> PrivateNames:
        return PrivateNames(hosts=(*self.hosts, *other.hosts), people=(*self.people, *other.people))

    def named(self) -> Iterator[Part]:
        """Each name with its kind."""
        yield from ((HOST, name) for name in self.hosts)
        yield from ((USER, name) for name in self.people)
