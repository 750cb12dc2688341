"""The value of the option ``interface``: one adapter name, or several for a team (SET)."""

from __future__ import annotations

from collections.abc import Iterable


def adapter_names(value: str) -> tuple[str, ...]:
    """The adapter names in an ``interface`` value, in order.

    Names are separated by commas; blanks around a name and double quotes around a whole name are
    no part of it (the documented spelling is ``"Ethernet 2", "Ethernet 3"``). An adapter name
    can't hold a comma here: Windows would read it as two.
    """
    names = (_unquoted(part.strip()) for part in value.split(","))
    return tuple(name for name in names if name)


def adapter_value(names: Iterable[str]) -> str:
    """The ``interface`` value that names ``names``, as Windows takes it: commas and no blanks."""
    return ",".join(names)


def _unquoted(name: str) -> str:
    if len(name) >= 2 and name.startswith('"') and name.endswith('"'):
        return name[1:-1].strip()
    return name
