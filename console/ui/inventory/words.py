"""How values of the inventory are told: lists, yes and no, speeds, titles of related objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.network_origin import is_docker_name
from console.domain.text import Text
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.domain.object_ref import ObjectKind, ObjectRef
    from console.domain.relations import Relations

CONTEXT = "Inventory"
SHORT_ID = 12
_MOST_NAMES = 20


def joined(values: tuple[str, ...]) -> str:
    """A tuple in one cell."""
    return ", ".join(values)


def optional(value: object) -> str:
    """A number or nothing."""
    return "" if value is None else str(value)


def yes_no(value: bool | None) -> str:
    """A truth in a cell; nothing where it is not known."""
    if value is None:
        return ""
    return QCoreApplication.translate(CONTEXT, "yes") if value else QCoreApplication.translate(CONTEXT, "no")


def told(text: Text | None) -> str:
    """A sentence, or nothing."""
    return "" if text is None else shown(text)


def short_name(name: str) -> str:
    """A name as people read it: of docker's 64 digits only the first, as docker shows them."""
    return f"{name[:SHORT_ID]}…" if is_docker_name(name) else name


def titles(relations: Relations, ref: ObjectRef, kind: ObjectKind) -> tuple[str, ...]:
    """What the objects of ``kind`` that hang on ``ref`` are called; of very many the first."""
    found = relations.related(ref, kind)
    names = [shown(relations.title_of(one)) for one in found[:_MOST_NAMES]]
    return (*names, f"(+{len(found) - _MOST_NAMES})") if len(found) > _MOST_NAMES else tuple(names)


def speed(bits: int | None) -> str:
    """Bits per second as adapters' speeds are told: ``10 Gbit/s``."""
    if not bits:
        return ""
    for factor, unit in ((10**9, "Gbit/s"), (10**6, "Mbit/s"), (10**3, "kbit/s")):
        if bits >= factor:
            return f"{bits / factor:g} {unit}"
    return f"{bits} bit/s"


def lines(values: Iterable[str]) -> str:
    """One value a line, for the details."""
    return "\n".join(value for value in values if value)
