"""A keyed mapping of numbers that keeps what they begin with in common: :class:`PrefixKeeping`.

Two numbers whose first n bits are equal are mapped to two whose first n bits are equal, and whose next
bits differ where they did (the scheme of Crypto-PAn: Xu, Fan, Ammar and Moon, "Prefix-preserving IP
address anonymization", 2002). For addresses that means: subnets stay subnets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


class PrefixKeeping:
    """The mapping for numbers of ``width`` bits.

    ``key`` decides it; who does not have the key can't take it back. ``apart`` are prefixes (number,
    length) that are mapped to themselves as a whole, so that nothing moves into or out of them;
    ``kept`` are apart too and nothing in them is changed at all. The last ``tail`` bits are never
    changed.
    """

    def __init__(
        self,
        key: bytes,
        width: int,
        *,
        tail: int,
        apart: Iterable[tuple[int, int]] = (),
        kept: Iterable[tuple[int, int]] = (),
    ) -> None:
        self._key = key
        self._width = width
        self._last = width - tail
        self._kept = {(number >> (width - length), length) for number, length in kept}
        # On the way down to a prefix that is mapped to itself no bit may be changed.
        self._above = {
            (number >> (width - depth), depth)
            for number, length in (*apart, *kept)
            for depth in range(length)
        }
        self._flips: dict[tuple[int, int], int] = {}

    def __call__(self, number: int) -> int:
        """What ``number`` is mapped to."""
        mapped = number
        for depth in range(self._last):
            node = number >> (self._width - depth), depth
            if node in self._kept:
                break
            if node not in self._above and self._flip(node):
                mapped ^= 1 << (self._width - depth - 1)
        return mapped

    def _flip(self, node: tuple[int, int]) -> int:
        flip = self._flips.get(node)
        if flip is None:
            words = f"{self._width}:{node[1]}:{node[0]:x}".encode()
            flip = hashlib.blake2b(words, key=self._key, digest_size=1).digest()[0] & 1
            self._flips[node] = flip
        return flip
