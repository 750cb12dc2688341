"""One way of writing what Windows writes in several: GUIDs, MAC addresses, enums (reference, 5.3)."""

from __future__ import annotations

from collections.abc import Mapping

_MAC_DIGITS = 12


def guid(text: str) -> str:
    """``{a1b2…}`` or ``a1b2…`` as ``A1B2…``; empty for an empty one."""
    return text.strip().strip("{}").upper()


def mac(text: str) -> str:
    """``AA-BB-…`` or ``AABB…`` as ``aa:bb:…``; empty for what is no MAC address."""
    digits = "".join(one for one in text.lower() if one in "0123456789abcdef")
    if len(digits) != _MAC_DIGITS:
        return ""
    return ":".join(digits[start : start + 2] for start in range(0, _MAC_DIGITS, 2))


def named(value: str, names: Mapping[str, str]) -> str:
    """An enum's value by name, whether it came by name or by number; unknown ones as they came."""
    return names.get(value, value)


def listed(text: str) -> tuple[str, ...]:
    """The items of a text such as ``10.0.0.1, 8.8.8.8``."""
    return tuple(item for item in (part.strip() for part in text.replace(";", ",").split(",")) if item)
