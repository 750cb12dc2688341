"""The records of one host rewritten with made-up names and addresses: :class:`Pseudonymiser`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from console.domain.pseudonyms.addresses import AddressPseudonyms
from console.domain.pseudonyms.collected import CollectedNames
from console.domain.pseudonyms.fields import FieldPseudonyms
from console.domain.pseudonyms.meanings import Meaning
from console.domain.pseudonyms.names import NamePseudonyms
from console.domain.pseudonyms.parts import USER
from console.domain.pseudonyms.private_names import PrivateNames
from console.domain.record import Record
from console.domain.rewriting import rewritten

R = TypeVar("R", bound=Record)


class Pseudonymiser:
    """Replaces the names, addresses and labels in records that belong to one host.

    ``key`` decides what they are replaced by; records rewritten with one key agree with each other.
    All records must be :meth:`noted <note>` before the first is rewritten, so that a name which one of
    them knows is also found in the sentences of the others.

    Stays as it is: ids, known drivers, versions, hardware, ports, the vendor of a MAC address, the
    names that Windows and docker give themselves, and Microsoft's images. In a sentence stays what is
    neither a name that is known nor one by its form (an address, a path, ``no such container: …``).
    """

    def __init__(self, key: bytes) -> None:
        self._names = NamePseudonyms(key)
        self._fields = FieldPseudonyms(self._names, AddressPseudonyms(key).replaced)

    def note(self, records: Iterable[Record], private: PrivateNames | None = None) -> None:
        """Learn the names that the records hold, and those by which the host and its people are known."""
        collected = CollectedNames()
        for kind, name in private.named() if private else ():
            collected.private(kind, name)
        fields = FieldPseudonyms(collected, lambda words: words)
        for record in records:
            rewritten(record, fields)
        by_kind: dict[str, list[str]] = {kind: [] for kind in (*Meaning, USER)}
        for kind, name in collected.found():
            by_kind.setdefault(kind, []).append(name)
        for kind, names in by_kind.items():  # of names that are the same, the first one's kind is told
            for name in names:
                self._names.note(kind, name)

    def rewritten(self, record: R) -> R:
        """The record with made-up names and addresses."""
        return rewritten(record, self._fields)

    def sentence(self, words: str) -> str:
        """Words that belong to no record, such as an error's."""
        return self._fields.sentence(words)
