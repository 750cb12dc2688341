"""The flags of ``docker network create``, and how the docker client reads them off a command line.

Forms that the client takes: ``--flag=value``, ``--flag value``, ``-o value``, ``-ovalue``,
``-o=value``, flags before or after the name, and ``--`` before names that begin with a dash. The
refusals are the client's own sentences.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from console.domain.render.errors import CommandError
from console.domain.text import N_

CONTEXT = "docker command"


class Kind(Enum):
    """What the client makes of a flag's value."""

    TEXT = "the last one counts"
    BOOLEAN = "a Go bool; without a value: true"
    LIST = "comma-separated, several times"
    MAP = "name=value, several times"
    LABEL = "like MAP, with a name that is not empty and has no spaces"


FLAGS = MappingProxyType(
    {
        "--attachable": Kind.BOOLEAN,
        "--aux-address": Kind.MAP,
        "--config-from": Kind.TEXT,
        "--config-only": Kind.BOOLEAN,
        "--driver": Kind.TEXT,
        "--gateway": Kind.LIST,
        "--ingress": Kind.BOOLEAN,
        "--internal": Kind.BOOLEAN,
        "--ip-range": Kind.LIST,
        "--ipam-driver": Kind.TEXT,
        "--ipam-opt": Kind.MAP,
        "--ipv4": Kind.BOOLEAN,
        "--ipv6": Kind.BOOLEAN,
        "--label": Kind.LABEL,
        "--opt": Kind.MAP,
        "--scope": Kind.TEXT,
        "--subnet": Kind.LIST,
    }
)
SHORT_FLAGS = MappingProxyType({"-d": "--driver", "-o": "--opt"})
#: The words that Go takes for truth values (strconv.ParseBool).
BOOLEANS = MappingProxyType(
    dict.fromkeys(("1", "t", "T", "true", "TRUE", "True"), True)
    | dict.fromkeys(("0", "f", "F", "false", "FALSE", "False"), False)
)


@dataclass
class Flags:
    """The values of one command's flags, and the words that are no flags (``operands``)."""

    texts: dict[str, str] = field(default_factory=dict)
    booleans: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    maps: dict[str, dict[str, str]] = field(default_factory=dict)
    operands: list[str] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        """Take one flag's value; raises :class:`CommandError` where the client would refuse it."""
        match FLAGS[name]:
            case Kind.TEXT:
                self.texts[name] = value
            case Kind.BOOLEAN:
                self.booleans[name] = _boolean(name, value)
            case Kind.LIST:
                self.lists.setdefault(name, []).extend(_list(value))
            case Kind.LABEL | Kind.MAP:
                key, _, rest = value.partition("=")
                if FLAGS[name] is Kind.LABEL:
                    check_label(key)
                self.maps.setdefault(name, {})[key] = rest


def read_flags(words: Sequence[str]) -> Flags:
    """Flags and operands out of the words after ``docker network create``."""
    flags = Flags()
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            flags.operands += rest
            break
        if not word.startswith("-") or word == "-":
            flags.operands.append(word)
            continue
        name, value = _name_and_value(word)
        if value is None and FLAGS[name] is Kind.BOOLEAN:
            value = "true"
        if value is None:
            if not rest:
                raise CommandError(N_(CONTEXT, "flag needs an argument: {flag}", flag=word))
            value = rest.pop(0)
        flags.add(name, value)
    return flags


def _name_and_value(word: str) -> tuple[str, str | None]:
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        if name not in FLAGS:
            raise CommandError(N_(CONTEXT, "unknown flag: {flag}", flag=name))
        return name, value if equals else None
    name = SHORT_FLAGS.get(word[:2], "")
    if not name:
        raise CommandError(
            N_(CONTEXT, "unknown shorthand flag: '{letter}' in {word}", letter=word[1], word=word)
        )
    attached = word[2:]
    return name, (attached[1:] if attached.startswith("=") and attached != "=" else attached) or None


def _boolean(name: str, value: str) -> bool:
    if value not in BOOLEANS:
        raise CommandError(N_(CONTEXT, "{flag} takes true or false, not {value}", flag=name, value=value))
    return BOOLEANS[value]


def _list(value: str) -> list[str]:
    """The items of a comma-separated value, in which double quotes are CSV's."""
    if not value:
        return []
    try:
        return next(csv.reader([value], strict=True))
    except csv.Error as error:
        raise CommandError(N_(CONTEXT, "The quotes in {value} are unbalanced.", value=value)) from error


def check_label(key: str) -> None:
    """Raise :class:`CommandError` for a label name the client refuses (cli, opts.ValidateLabel)."""
    stripped = key.lstrip(" \t")
    if not stripped:
        raise CommandError(N_(CONTEXT, "The docker client refuses a label without a name."))
    if " " in stripped or "\t" in stripped:
        raise CommandError(
            N_(CONTEXT, "The docker client refuses the label name {key}: it has a space in it.", key=key)
        )
