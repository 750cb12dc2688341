"""The names that records hold, found before any is replaced: :class:`CollectedNames`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from console.domain.pseudonyms.parts import (
    DOMAIN,
    HOST,
    IMAGE,
    USER,
    Part,
    domain_parts,
    host_parts,
    image_parts,
    names_in,
    user_parts,
)

_PARTS: Final[dict[str, Callable[[str], Iterator[Part]]]] = {
    HOST: host_parts,
    DOMAIN: domain_parts,
    IMAGE: image_parts,
    USER: user_parts,
}


class CollectedNames:
    """Stands in for :class:`~console.domain.pseudonyms.names.NamePseudonyms`, and changes nothing."""

    def __init__(self) -> None:
        self._whole: dict[Part, None] = {}
        self._parts: dict[Part, None] = {}
        self._sentences: set[str] = set()

    def name(self, kind: str, name: str) -> str:
        """A field's name, and what it is made of."""
        if name and (kind, name) not in self._whole:
            self._whole[kind, name] = None
            if kind in _PARTS:
                self._parts.update(dict.fromkeys(_PARTS[kind](name)))
        return name

    def private(self, kind: str, name: str) -> None:
        """What a name that no field holds is made of."""
        self._parts.update(dict.fromkeys(_PARTS[kind](name)))

    def in_sentence(self, words: str) -> str:
        """A sentence, and the names it tells to be some."""
        if words and words not in self._sentences:
            self._sentences.add(words)
            self._parts.update(dict.fromkeys(names_in(words)))
        return words

    def found(self) -> Iterator[Part]:
        """All of them: names that fields hold before those that were taken out of others."""
        yield from self._whole
        yield from self._parts
