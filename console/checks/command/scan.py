"""Flags and operands of a docker command, read leniently: :func:`scan`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Scanned:
    """Values by long flag, the operands, and the place of each flag's words in the command."""

    values: dict[str, list[str]] = field(default_factory=dict)
    operands: list[str] = field(default_factory=list)
    places: list[tuple[str, int, int]] = field(default_factory=list)

    def last(self, flag: str) -> str:
        """The value that counts where one flag is given several times; "" where it is not given."""
        return self.values.get(flag, [""])[-1]

    def items(self, flag: str) -> tuple[str, ...]:
        """All values of a flag that takes lists."""
        return tuple(item for value in self.values.get(flag, ()) for item in value.split(",") if item)


def scan(
    words: Sequence[str],
    booleans: Collection[str],
    short: Mapping[str, str],
    *,
    stop_at_operand: bool = False,
) -> Scanned:
    """Read ``words``; a flag that is not in ``booleans`` takes the next word unless it has a ``=``.

    ``stop_at_operand``: what follows the first operand belongs to the container, as in ``docker run``.
    """
    scanned = Scanned()
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--" or not word.startswith("-") or word == "-":
            if stop_at_operand:
                scanned.operands += words[at + (word == "--") :]
                break
            scanned.operands += [] if word == "--" else [word]
            at += 1
            continue
        start, at = at, at + 1
        name, value = _flag(word, booleans, short)
        if value is None:
            if name in booleans:
                value = "true"
            else:
                value = words[at] if at < len(words) else ""
                at = min(at + 1, len(words))
        scanned.values.setdefault(name, []).append(value)
        scanned.places.append((name, start, at))
    return scanned


def _flag(word: str, booleans: Collection[str], short: Mapping[str, str]) -> tuple[str, str | None]:
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, value if equals else None
    letters = word[1:]
    # Of "-itp 80:80" the last letter takes the value.
    while len(letters) > 1 and short.get("-" + letters[0]) in booleans:
        letters = letters[1:]
    name = short.get("-" + letters[0], "-" + letters[0])
    return name, letters[1:].removeprefix("=") or None
