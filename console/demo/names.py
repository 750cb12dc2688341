"""Names the engine makes up for containers, and which names it accepts."""

from __future__ import annotations

import re
from collections.abc import Container

from console.demo.identity import Identity

_ADJECTIVES = (
    "amazing", "brave", "calm", "clever", "cool", "eager", "elegant", "focused", "friendly", "gallant",
    "happy", "hopeful", "jolly", "keen", "kind", "lucid", "modest", "nifty", "patient", "quiet", "relaxed",
    "sharp", "stoic", "sweet", "tender", "upbeat", "vibrant", "wise",
)  # fmt: skip
_PEOPLE = (
    "babbage", "bell", "bohr", "carson", "cori", "curie", "darwin", "diffie", "dijkstra", "einstein",
    "euclid", "euler", "fermat", "galileo", "gauss", "hopper", "hypatia", "jackson", "kepler", "lamarr",
    "lovelace", "meitner", "newton", "noether", "pasteur", "ride", "tesla", "turing", "wozniak", "yalow",
)  # fmt: skip
CONTAINER_NAME = re.compile(r"/?[a-zA-Z0-9][a-zA-Z0-9_.-]+")


def made_up_name(identity: Identity, taken: Container[str]) -> str:
    """A free name such as ``sharp_jackson``."""
    name = ""
    while not name or name in taken:
        adjective = _ADJECTIVES[identity.below(len(_ADJECTIVES))]
        person = _PEOPLE[identity.below(len(_PEOPLE))]
        # As the engine does: a number is added once the plain name was taken.
        name = f"{adjective}_{person}{identity.below(10) if name else ''}"
    return name
