"""The shape of a driver option: what a network may be asked for with ``-o key=value``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.field import Field
from console.domain.text import Text


class OptionKind(StrEnum):
    """What an option's value looks like; the engine always gets it as text."""

    TEXT = "text"
    ADAPTERS = "adapters"
    UNSIGNED = "unsigned"
    BOOLEAN = "boolean"
    ADDRESSES = "addresses"
    PREFIXES = "prefixes"
    MAC_RANGES = "mac-ranges"
    GUID = "guid"
    INTEGERS = "integers"
    DOMAIN = "domain"
    CHOICE = "choice"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Option:
    """One driver option.

    ``id`` is the console's own short name, ``key`` what docker is given (``-o key=value``).
    ``field`` is the place of a form it belongs to. ``applies_to`` holds the names of the drivers
    on which it does something. ``example_ok`` is a value preflight accepts and ``example_bad`` one
    it refuses; None where the reference knows no value that is ever refused. ``settable`` is False
    where the option must not be offered for input: ``effect`` then says why (set by the engine,
    or no effect). ``choices`` are the values of a ``CHOICE``. ``source`` says where it is written.
    """

    id: str
    key: str
    kind: OptionKind
    field: Field
    title: Text
    help: Text
    applies_to: tuple[str, ...]
    example_ok: str
    example_bad: str | None
    source: str
    settable: bool = True
    effect: Text | None = None
    choices: tuple[str, ...] = ()

    @property
    def docker(self) -> str:
        """How the option is given to ``docker network create``, with its example value."""
        return f"-o {self.key}={self.example_ok}"
