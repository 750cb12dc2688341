"""Names replaced by made-up ones, in fields and in the midst of sentences: :class:`NamePseudonyms`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from console.domain.joins import VNIC_NAME_LENGTH
from console.domain.pseudonyms.well_known import COMMON_WORDS, tells_nothing

_VNIC = re.compile(r"(vEthernet \()(.{1,250})(\))", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"\w+(?:[.-]\w+)*")
_SEPARATOR = re.compile(r"([._-])")
_SHORTEST_IN_SENTENCE = 3
# "network-1a2b3c": no longer than what HNS keeps of a name, so that a vNIC is called as its switch is.
_DIGITS = 6


class NamePseudonyms:
    """The made-up name of each name that was noted, by a key.

    Names are compared as Windows does, without regard to case. ``noted`` names are also found in the
    midst of other words, unless they are words that any sentence may have.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._by_name: dict[str, str] = {}
        self._in_words: dict[str, str] = {}
        self._by_beginning: dict[str, str] = {}
        self._taken: set[str] = set()
        self._most_parts = 1
        self._by_phrase: dict[str, str] = {}
        self._phrase_lengths: dict[str, set[int]] = {}

    def note(self, kind: str, name: str) -> None:
        """``name`` is one to replace; ``kind`` begins the made-up one.

        A host vNIC's name is not noted: it is made of another one, perhaps of its beginning only.
        """
        folded = name.casefold()
        if not name.strip() or _VNIC.fullmatch(name) or self._known(folded) or tells_nothing(name):
            return
        token = self._token(kind, folded)
        self._by_name[folded] = token
        self._by_beginning.setdefault(folded[:VNIC_NAME_LENGTH], token)
        if folded not in COMMON_WORDS and "://" not in folded:  # of an address its host is noted, no more
            self._in_words[folded] = token
            self._most_parts = max(self._most_parts, len(_SEPARATOR.findall(folded)) + 1)
            self._note_phrase(folded, token)

    def name(self, kind: str, name: str) -> str:
        """What a field that holds nothing but a name is to hold."""
        if not name.strip():
            return name
        inner = _VNIC.fullmatch(name)
        self.note(kind, inner[2] if inner else name)
        if inner:
            return f"{inner[1]}{self._of(inner[2])}{inner[3]}"
        return self._of(name)

    def in_sentence(self, words: str) -> str:
        """``words`` with each noted name in them replaced."""
        if not self._by_name or not words:
            return words
        if "://" not in words and (token := self._by_name.get(words.casefold())) is not None:
            return token
        words = _VNIC.sub(lambda found: f"{found[1]}{self._of(found[2])}{found[3]}", words)
        return "".join(self._replaced(words))

    def _replaced(self, words: str) -> Iterator[str]:
        """The text in pieces: noted names replaced, what is between them as it is."""
        runs = list(_WORD.finditer(words))
        at, done = 0, 0
        while at < len(runs):
            start = runs[at].start()
            yield words[done:start]
            for count in sorted(self._phrase_lengths.get(runs[at][0].casefold(), ()), reverse=True):
                end = runs[at + count - 1].end() if at + count <= len(runs) else 0
                token = self._by_phrase.get(words[start:end].casefold())
                if token is not None:
                    yield token
                    at, done = at + count, end
                    break
            else:
                yield from self._pieces(runs[at][0])
                at, done = at + 1, runs[at].end()
        yield words[done:]

    def _note_phrase(self, folded: str, token: str) -> None:
        """Names of several words are looked up by their first one, and by how many they are."""
        runs = list(_WORD.finditer(folded))
        if len(runs) > 1:
            self._by_phrase[folded[runs[0].start() : runs[-1].end()]] = token
            self._phrase_lengths.setdefault(runs[0][0], set()).add(len(runs))

    def _known(self, folded: str) -> str | None:
        cut = self._by_beginning.get(folded) if len(folded) == VNIC_NAME_LENGTH else None
        return self._by_name.get(folded) or cut

    def _of(self, name: str) -> str:
        return self._known(name.casefold()) or name

    def _pieces(self, run: str) -> Iterator[str]:
        """A run of word characters: the longest noted names in it, be they parts between dots."""
        parts = _SEPARATOR.split(run)
        at = 0
        while at < len(parts):
            for end in range(min(len(parts), at + 2 * self._most_parts - 1), at, -1):
                candidate = "".join(parts[at:end]).casefold()
                token = self._in_words.get(candidate) if len(candidate) >= _SHORTEST_IN_SENTENCE else None
                if token is not None:
                    yield token
                    at = end
                    break
            else:
                yield parts[at]
                at += 1

    def _token(self, kind: str, folded: str) -> str:
        for attempt in range(1 << 16):
            words = f"{attempt}:{folded}".encode()
            digits = hashlib.blake2b(words, key=self._key, digest_size=8).hexdigest()[:_DIGITS]
            token = f"{kind}-{digits}"
            if token not in self._taken:
                self._taken.add(token)
                return token
        raise AssertionError("65,536 names in a row have one hash")
