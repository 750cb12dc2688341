"""Rules about VXLAN ids of overlay networks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_

VNI_FIRST: Final = 4096
VNI_LAST: Final = 2**24 - 1
_INTEGER: Final = re.compile(r"[0-9]{1,10}", re.ASCII)


def vxlan_ids(value: str) -> tuple[int, ...]:
    """The well-formed ids in a list."""
    return tuple(int(part) for part in value.split(",") if _INTEGER.fullmatch(part))


@rule("vxlan-id-syntax", source="reference, 1.2", engines=Engines.ALL)
def vxlan_id_syntax(case: Case) -> Iterator[Objection]:
    """A comma list of numbers."""
    value = case.spec.options.get(VXLAN_ID_LIST)
    if value is None or not case.is_driver("overlay"):
        return
    wrong = next((part for part in value.split(",") if not _INTEGER.fullmatch(part)), None)
    if wrong is not None:
        yield error(
            Field.VXLAN_IDS,
            N_("Preflight", "VXLAN IDs are numbers, separated by commas without spaces."),
            N_("Preflight", 'The engine says: “invalid vxlan id value "{text}" passed”.', text=wrong),
            ",".join(re.findall(r"[0-9]{1,10}", value)),
        )


@rule("vxlan-id-range", source="reference, 1.2 and 4.2 (0x490)")
def vxlan_id_range(case: Case) -> Iterator[Objection]:
    """Windows can't use the ids below 4096."""
    if not case.is_driver("overlay"):
        return
    ids = vxlan_ids(case.spec.option(VXLAN_ID_LIST))
    wrong = next((number for number in ids if not VNI_FIRST <= number <= VNI_LAST), None)
    if wrong is not None:
        yield error(
            Field.VXLAN_IDS,
            N_(
                "Preflight",
                "{number} is not a VXLAN ID that Windows can use: 4096 to 16777215.",
                number=wrong,
            ),
            N_(
                "Preflight",
                "With an ID below 4096 Windows answers “Element not found” (0x490); they end at 24 bits.",
            ),
            ",".join(str(number) for number in _free_ids(case, len(ids))),
        )


@rule("vxlan-id-count", source="reference, 1.2")
def vxlan_id_count(case: Case) -> Iterator[Objection]:
    """One id per subnet."""
    ids = vxlan_ids(case.spec.option(VXLAN_ID_LIST))
    subnets = len([entry for entry in case.entries if entry.typed.subnet])
    if not case.is_driver("overlay") or not ids or len(ids) >= max(subnets, 1):
        return
    yield error(
        Field.VXLAN_IDS,
        N_(
            "Preflight",
            "{subnets} subnets need {subnets} VXLAN IDs; there are {ids}.",
            subnets=subnets,
            ids=len(ids),
        ),
        N_(
            "Preflight",
            "The engine says: “insufficient vnis({ids}) passed to overlay. Windows driver requires "
            "VNIs to be "
            "prepopulated”.",
            ids=len(ids),
        ),
        ",".join(str(number) for number in (*ids, *_free_ids(case, subnets - len(ids), avoid=ids))),
    )


@rule("vxlan-id-taken", source="reference, 1.2", engines=Engines.ALL)
def vxlan_id_taken(case: Case) -> Iterator[Objection]:
    """No two subnets share an id."""
    if not case.is_driver("overlay"):
        return
    ids = vxlan_ids(case.spec.option(VXLAN_ID_LIST))
    if len(set(ids)) < len(ids):
        yield error(
            Field.VXLAN_IDS,
            N_("Preflight", "A VXLAN ID is listed twice."),
            N_("Preflight", "Each subnet needs its own ID."),
            ",".join(str(number) for number in _free_ids(case, len(ids))),
        )
    for network in case.networks if ids else ():
        shared = set(ids).intersection(vxlan_ids(network.option(VXLAN_ID_LIST)))
        if shared:
            yield error(
                Field.VXLAN_IDS,
                N_(
                    "Preflight",
                    "The network {name} has the VXLAN ID {id}.",
                    name=network.name,
                    id=min(shared),
                ),
                N_(
                    "Preflight",
                    "On Windows a second network with the same ID deletes the first one's HNS network.",
                ),
                ",".join(str(number) for number in _free_ids(case, len(ids))),
            )
            break


def _free_ids(case: Case, count: int, *, avoid: tuple[int, ...] = ()) -> Iterator[int]:
    taken = set(avoid).union(*(vxlan_ids(network.option(VXLAN_ID_LIST)) for network in case.networks))
    number = VNI_FIRST
    while count > 0:
        if number not in taken:
            yield number
            count -= 1
        number += 1
