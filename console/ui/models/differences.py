"""The columns of the table of what is different between two hosts, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from console.domain.comparison import Comparison, PartComparison, differences
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

CONTEXT = "Differences"


class What(StrEnum):
    """What is told of an object."""

    APPEARED = "appeared"
    WENT = "went"
    CHANGED = "changed"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True)
class DifferenceRow:
    """One line: an object that appeared or went, one field of one that changed, or a part that one of
    the two does not know. ``again`` counts lines about the same field of an object of the same name.
    """

    part: str
    what: What
    name: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    again: int = 0


KINDS: dict[str, Text] = {
    "engine": N_(CONTEXT, "Engine"),
    "networks": N_(CONTEXT, "Network"),
    "containers": N_(CONTEXT, "Container"),
    "adapters": N_(CONTEXT, "Adapter"),
    "vswitches": N_(CONTEXT, "vSwitch"),
    "nat_prefixes": N_(CONTEXT, "NAT prefix"),
    "routes": N_(CONTEXT, "Route"),
    "hypervisor": N_(CONTEXT, "Hypervisor"),
    "nat_mappings": N_(CONTEXT, "NAT port mapping"),
    "hns_networks": N_(CONTEXT, "HNS network"),
    "hns_endpoints": N_(CONTEXT, "HNS endpoint"),
    "hns_load_balancers": N_(CONTEXT, "HNS load balancer"),
    "hns_namespaces": N_(CONTEXT, "HNS namespace"),
    "compartments": N_(CONTEXT, "Compartment"),
    "firewall_profiles": N_(CONTEXT, "Firewall profile"),
    "firewall_rules": N_(CONTEXT, "Firewall rule"),
    "services": N_(CONTEXT, "Service"),
    "windows": N_(CONTEXT, "Windows"),
    "listeners": N_(CONTEXT, "Listening port"),
    "connections": N_(CONTEXT, "Connection"),
    "port_exclusions": N_(CONTEXT, "Reserved port range"),
    "dynamic_ports": N_(CONTEXT, "Dynamic ports"),
    "proxies": N_(CONTEXT, "Proxy"),
    "engine_configuration": N_(CONTEXT, "Engine configuration"),
    "container_settings": N_(CONTEXT, "Container settings"),
    "hns_service": N_(CONTEXT, "HNS"),
    "run_options": N_(CONTEXT, "Run options"),
    "swarm_nodes": N_(CONTEXT, "Swarm node"),
    "swarm_services": N_(CONTEXT, "Swarm service"),
    "swarm_tasks": N_(CONTEXT, "Swarm task"),
    "images": N_(CONTEXT, "Image"),
}
"""What people call the objects of each part of a snapshot."""


def difference_rows(comparison: Comparison) -> tuple[DifferenceRow, ...]:
    """All lines of a comparison, in its order."""
    lines = [line for part in comparison.parts for line in _part(part)]
    lines += [
        DifferenceRow(one.part, What.NOT_COMPARED, after=shown(one.reason)) for one in comparison.not_compared
    ]
    told: Counter[Hashable] = Counter()
    rows = []
    for line in lines:
        key = difference_key(line)
        rows.append(replace(line, again=told[key]))
        told[key] += 1
    return tuple(rows)


def difference_key(row: DifferenceRow) -> Hashable:
    """What identifies a row when the two are compared once more."""
    return (row.part, row.what, row.name, row.field, row.again)


def _part(part: PartComparison) -> Iterator[DifferenceRow]:
    yield from (DifferenceRow(part.part, What.APPEARED, name) for name in part.appeared)
    yield from (DifferenceRow(part.part, What.WENT, name) for name in part.gone)
    for one in part.changed:
        # A part that is one record has no name of its own: its kind says all.
        name = "" if one.name == part.part else one.name
        for change in one.changes:
            for each in differences(change):
                field = each.field.replace("_", " ")
                before, after = each.before or "", each.after or ""
                if each.reordered:
                    after = QCoreApplication.translate(CONTEXT, "in a different order")
                yield DifferenceRow(part.part, What.CHANGED, name, field, before, after)


def _what_words(what: What) -> str:
    say = QCoreApplication.translate
    words = {
        What.APPEARED: say(CONTEXT, "Added"),
        What.WENT: say(CONTEXT, "Removed"),
        What.CHANGED: say(CONTEXT, "Changed"),
        What.NOT_COMPARED: say(CONTEXT, "Not compared"),
    }
    return words[what]


def _mark(row: DifferenceRow) -> tuple[Icon, str]:
    marks = {
        What.APPEARED: (Icon.OK, "ok"),
        What.WENT: (Icon.ERROR, "error"),
        What.CHANGED: (Icon.WARNING, "warning"),
        What.NOT_COMPARED: (Icon.HELP, "muted"),
    }
    return marks[row.what]


def _kind(row: DifferenceRow) -> str:
    return shown(KINDS[row.part])


def difference_facts(row: DifferenceRow) -> tuple[Fact, ...]:
    """All of one row in full: columns cut long values."""
    told = (
        (N_(CONTEXT, "Object"), row.name),
        (N_(CONTEXT, "Field"), row.field),
        (N_(CONTEXT, "Before"), row.before),
        (N_(CONTEXT, "After"), row.after),
    )
    facts = [Fact(KINDS[row.part], N_(CONTEXT, "Difference"), _what_words(row.what))]
    facts += [Fact(KINDS[row.part], title, value) for title, value in told if value]
    return tuple(facts)


DIFFERENCE_COLUMNS: tuple[Column[DifferenceRow], ...] = (
    Column("kind", N_(CONTEXT, "Kind"), _kind, width=18),
    Column("what", N_(CONTEXT, "Difference"), lambda row: row.what, text=_what_words, mark=_mark, width=16),
    Column(
        "name", N_(CONTEXT, "Object"), lambda row: row.name, tip=lambda row: row.name, width=30, alike=True
    ),
    Column("field", N_(CONTEXT, "Field"), lambda row: row.field, width=18),
    Column("before", N_(CONTEXT, "Before"), lambda row: row.before, tip=lambda row: row.before, width=26),
    Column("after", N_(CONTEXT, "After"), lambda row: row.after, tip=lambda row: row.after, width=26),
)
