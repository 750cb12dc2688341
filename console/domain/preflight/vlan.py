"""Rules about VLAN and virtual subnet ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from console.domain.drivers.options import VLAN_ID, VSID
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import rule
from console.domain.text import N_, Text

_SOURCE = 'seed, "Set the VLAN ID for a Network"; reference, 1.1 vlanid'
_UNSIGNED: Final = re.compile(r"[0-9]+", re.ASCII)
UNSIGNED_LIMIT: Final = 2**32
"""The engine reads ids as unsigned 32 bit numbers."""
VLAN_LAST: Final = 4094
VSID_LAST: Final = 2**24 - 1


def unsigned(text: str) -> int | None:
    """The number in a text as the engine reads it (decimal, 32 bit, unsigned); None where it is none."""
    if not _UNSIGNED.fullmatch(text) or len(text) > 20:
        return None
    number = int(text)
    return number if number < UNSIGNED_LIMIT else None


def _engine_words(typed: str) -> Text:
    if _UNSIGNED.fullmatch(typed):
        return N_(
            "Preflight",
            'The engine says: “strconv.ParseUint: parsing "{typed}": value out of range”.',
            typed=typed,
        )
    return N_(
        "Preflight", 'The engine says: “strconv.ParseUint: parsing "{typed}": invalid syntax”.', typed=typed
    )


def _digits(typed: str) -> str:
    found = _UNSIGNED.search(typed)
    return str(int(found.group())) if found and len(found.group()) <= 20 else ""


@rule("vlan-syntax", source=_SOURCE)
def vlan_syntax(case: Case) -> Iterator[Objection]:
    """A VLAN ID is a decimal number."""
    typed = case.spec.options.get(VLAN_ID)
    if typed is not None and unsigned(typed) is None:
        digits = _digits(typed)
        yield error(
            Field.VLAN,
            N_("Preflight", "The VLAN ID is a number from 1 to 4094."),
            _engine_words(typed),
            digits if digits and 1 <= int(digits) <= VLAN_LAST else "",
        )


@rule("vlan-range", source=_SOURCE)
def vlan_range(case: Case) -> Iterator[Objection]:
    """IEEE 802.1Q leaves 1 to 4094; the engine doesn't check."""
    number = unsigned(case.spec.option(VLAN_ID))
    if number == 0:
        yield warning(
            Field.VLAN,
            N_("Preflight", "VLAN ID 0 means: no VLAN."),
            N_(
                "Preflight", "Leave it empty if the network is in no VLAN; else give a number from 1 to 4094."
            ),
        )
    elif number is not None and number > VLAN_LAST:
        yield error(
            Field.VLAN,
            N_("Preflight", "The VLAN ID is a number from 1 to 4094."),
            N_(
                "Preflight",
                "The engine does not check it, and no switch carries a VLAN {number}.",
                number=number,
            ),
        )


@rule("vlan-driver", source=_SOURCE)
def vlan_driver(case: Case) -> Iterator[Objection]:
    """VLANs are for transparent and l2bridge networks."""
    if VLAN_ID not in case.spec.options or case.driver is None or case.is_driver("transparent", "l2bridge"):
        return
    message = N_("Preflight", "A VLAN ID applies to transparent and l2bridge networks only.")
    if case.is_driver("l2tunnel"):
        yield warning(
            Field.VLAN, message, N_("Preflight", "In Azure the virtual network takes the place of VLANs.")
        )
    elif case.is_driver("overlay"):
        yield error(
            Field.VLAN, message, N_("Preflight", "The overlay driver does not read it: no VLAN would be set.")
        )
    else:
        yield error(
            Field.VLAN,
            message,
            N_("Preflight", "This network has no physical adapter that could carry a VLAN."),
        )


@rule("vlan-trunk", source=_SOURCE)
def vlan_trunk(case: Case) -> Iterator[Objection]:
    """The physical port must let tagged traffic pass."""
    number = unsigned(case.spec.option(VLAN_ID))
    if number and number <= VLAN_LAST and case.is_driver("transparent", "l2bridge"):
        yield note(
            Field.VLAN,
            N_(
                "Preflight",
                "The physical adapter must be in trunk mode, and so must the switch port it is plugged into.",
            ),
            N_(
                "Preflight",
                "Only then does traffic tagged with VLAN {number} reach the vSwitch.",
                number=number,
            ),
        )


@rule("vsid-syntax", source="reference, 1.1 vsid")
def vsid_syntax(case: Case) -> Iterator[Objection]:
    """A virtual subnet id is a decimal number of 24 bits."""
    typed = case.spec.options.get(VSID)
    if typed is None:
        return
    number = unsigned(typed)
    if number is None:
        yield error(
            Field.VSID,
            N_("Preflight", "The virtual subnet ID is a number."),
            _engine_words(typed),
            _digits(typed),
        )
    elif number > VSID_LAST:
        yield warning(
            Field.VSID,
            N_("Preflight", "Virtual subnet IDs end at {last}.", last=VSID_LAST),
            N_("Preflight", "They are numbers of 24 bits; the engine does not check it."),
        )
