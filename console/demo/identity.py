"""Identifiers as the engine, the swarm and HNS make them (reference, 7). Seeded: runs repeat."""

from __future__ import annotations

import random
import uuid

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class Identity:
    """A seeded source of identifiers and of every other random choice of a practice host."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def hex_id(self) -> str:
        """64 lower-case hex digits: local networks, containers, endpoints, execs."""
        return f"{self._random.getrandbits(256):064x}"

    def swarm_id(self) -> str:
        """25 characters of base 36: objects of the swarm."""
        return "".join(self._random.choices(_BASE36, k=25))

    def guid(self, *, upper: bool = True) -> str:
        """A GUID as HNS prints it (upper case since 1809)."""
        text = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
        return text.upper() if upper else text

    def token(self) -> str:
        """The two secret parts of a swarm join token."""
        first = "".join(self._random.choices(_BASE36, k=50))
        return f"{first}-{''.join(self._random.choices(_BASE36, k=25))}"

    def mac_pool(self) -> int:
        """The first of 4096 addresses of HNS' default pool, ``00-15-5D-xx-x0-00``."""
        return 0x00155D000000 | (self._random.getrandbits(12) << 12)

    def below(self, limit: int) -> int:
        """A number of at least 0 and less than ``limit``."""
        return self._random.randrange(limit)

    def sample(self, count: int, limit: int) -> list[int]:
        """``count`` different numbers of at least 0 and less than ``limit``."""
        return self._random.sample(range(limit), count)


def mac_text(number: int) -> str:
    """A MAC address as the engine prints it, ``00:15:5d:37:98:84``."""
    return ":".join(f"{number >> shift & 0xFF:02x}" for shift in range(40, -8, -8))
