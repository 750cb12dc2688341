"""Long JSON lists, decoded element by element while they arrive; what is unchanged is the same record.

``json.loads`` of 5,000 networks holds Python's lock for as long as it takes, and the window stands
still meanwhile. Here the thread rests between elements. No answer is ever held whole: that of 20,000
containers is 17 MB, three times over as parts, body and text, which the allocator then keeps. And
since most of a host is the same from one look to the next, an element whose text has not changed is
neither decoded nor validated again: its former record is handed out, so that a later comparison is a
comparison of identities.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from console.backend.engine.characters import whole_characters
from console.backend.failures import MalformedAnswerError
from console.backend.rest import Rest

T = TypeVar("T")

_GAP = re.compile(r"[ \t\r\n]*")
#: Where an element's id can be guessed without decoding. A wrong guess costs time, never truth:
#: the element's whole text is compared before its record is handed out again.
_ID = re.compile(r'"Id"[ \t\r\n]*:[ \t\r\n]*"([^"\\]{1,200})"')
_ID_WITHIN = 1000
_WRONG = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_ELEMENTS_BETWEEN_LOOKS_AT_THE_CLOCK = 8


@dataclass(frozen=True, slots=True)
class _Known(Generic[T]):
    """A record and the text it came from, as its length and digest: the texts would be megabytes."""

    length: int
    digest: bytes
    record: T


class ElementReader(Generic[T]):
    """Turns the JSON list of one kind of object into records, remembering the last ones.

    ``parse`` makes a record of one decoded element and raises ValueError, TypeError or KeyError
    for a wrong shape. ``key`` is the record's id. For use by one thread at a time.
    """

    def __init__(self, parse: Callable[[Any], T], key: Callable[[T], str]) -> None:
        self._parse = parse
        self._key = key
        self._known: dict[str, _Known[T]] = {}
        self._decoder = json.JSONDecoder()

    @property
    def records(self) -> tuple[T, ...]:
        """What was read last, in no particular order."""
        return tuple(known.record for known in self._known.values())

    def read(self, parts: Iterable[bytes]) -> tuple[T, ...]:
        """The records of a JSON list that comes in parts. Raises MalformedAnswerError where it is none.

        ``null`` is an empty list: that is how Go writes a list that was never made.
        """
        text = _Text(parts)
        try:
            return self._keep(self._elements(text))
        except _WRONG as error:
            raise _unreadable(error) from error

    def update(self, parts: Iterable[bytes], asked: Collection[str]) -> tuple[T, ...]:
        """All records, after a list of those with the ids ``asked`` for alone: one not in it is gone.

        Raises as :meth:`read`, and then knows what it knew before.
        """
        text = _Text(parts)
        try:
            found = self._elements(text)
        except _WRONG as error:
            raise _unreadable(error) from error
        for key in asked:
            self._known.pop(key, None)
        self._known.update(found)
        return self.records

    def _keep(self, found: dict[str, _Known[T]]) -> tuple[T, ...]:
        self._known = found
        return self.records

    def _elements(self, text: _Text) -> dict[str, _Known[T]]:
        found: dict[str, _Known[T]] = {}
        if text.take("null"):
            text.expect_end()
            return found
        text.expect("[")
        if not text.take("]"):
            rest = Rest()
            self._add(self._element(text), found)
            while text.take(","):
                self._add(self._element(text), found)
                if len(found) % _ELEMENTS_BETWEEN_LOOKS_AT_THE_CLOCK == 0:
                    rest()
            text.expect("]")
        text.expect_end()
        return found

    def _add(self, known: _Known[T], found: dict[str, _Known[T]]) -> None:
        found[self._key(known.record)] = known

    def _element(self, text: _Text) -> _Known[T]:
        """The next element: the known one where its text is the same."""
        guess = _ID.search(text.ahead(_ID_WITHIN), text.position, text.position + _ID_WITHIN)
        known = self._known.get(guess[1]) if guess else None
        # The element ends where it ended before: its text up to there is the same, and complete.
        if known and _digest(text.peek(known.length)) == known.digest:
            text.position += known.length
            return known
        document, source = text.decode(self._decoder)
        fresh = _Known(len(source), _digest(source), self._parse(document))
        known = self._known.get(self._key(fresh.record))
        return known if known and known.digest == fresh.digest else fresh


class _Text:
    """A text that comes in parts of UTF-8. ``position`` is what is read next; what is behind it goes."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._complete = False
        self.position = 0

    def ahead(self, length: int) -> str:
        """A text that holds at least ``length`` characters from ``position`` on, or all that follow."""
        while len(self._text) - self.position < length and self._more():
            pass
        return self._text

    def peek(self, length: int) -> str:
        """The next ``length`` characters; fewer at the end."""
        return self.ahead(length)[self.position : self.position + length]

    def take(self, mark: str) -> bool:
        """Pass ``mark`` and the gaps around it, if it is what comes next."""
        self._pass_gap()
        if self.peek(len(mark)) != mark:
            return False
        self.position += len(mark)
        self._pass_gap()
        return True

    def expect(self, mark: str) -> None:
        """Pass ``mark`` and the gaps around it. Raises ValueError where something else comes."""
        if not self.take(mark):
            raise ValueError(f"expected {mark!r}, found {self.peek(20)!r}")

    def expect_end(self) -> None:
        """Raises ValueError where something other than a gap follows."""
        self._pass_gap()
        if self.peek(1):
            raise ValueError(f"something follows the list: {self.peek(20)!r}")

    def decode(self, decoder: json.JSONDecoder) -> tuple[Any, str]:
        """Pass one JSON value; it and its text. Raises ValueError where there is none."""
        while True:
            try:
                document, end = decoder.raw_decode(self._text, self.position)
                break
            except ValueError:
                # Cut off, or wrong. Twice as much each time, so that a long element is not tried often.
                had = len(self._text) - self.position
                if len(self.ahead(2 * had + 1)) - self.position == had:
                    raise
        source = self._text[self.position : end]
        self.position = end
        return whole_characters(document, source), source

    def _pass_gap(self) -> None:
        while True:
            match = _GAP.match(self._text, self.position)
            self.position = match.end() if match else self.position
            if self.position < len(self._text) or not self._more():
                return

    def _more(self) -> bool:
        if self._complete:
            return False
        part = next(self._parts, None)
        self._complete = part is None
        # At the end a character that was begun and not finished is an error.
        arrived = self._decoder.decode(part or b"", final=part is None)
        self._text = self._text[self.position :] + arrived
        self.position = 0
        return True


def _unreadable(error: Exception) -> MalformedAnswerError:
    return MalformedAnswerError(f"the list can't be read: {error!r}")


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
