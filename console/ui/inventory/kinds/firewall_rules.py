"""Rules of Windows Firewall, and which published ports of containers they bear on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_inventory import FirewallRule
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import joined, lines, titles, yes_no
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Firewall"


@dataclass(frozen=True, slots=True)
class RuleRow(InventoryRow):
    """A rule, the ports of containers it bears on and the networks of HNS it was made for."""

    rule: FirewallRule
    ports: tuple[str, ...]
    networks: tuple[str, ...]


def rows(relations: Relations) -> Iterator[RuleRow]:
    """One row per rule."""
    for rule in relations.snapshot.facts.firewall_rules.known() or ():
        ref = ref_of(rule)
        ports = titles(relations, ref, ObjectKind.PORT_MAPPING)
        yield RuleRow(ref.id, ref, rule, ports, titles(relations, ref, ObjectKind.HNS_NETWORK))


def _bears_on_containers(row: RuleRow) -> bool:
    return bool(row.ports or row.networks)


def _action_mark(row: RuleRow) -> tuple[Icon, str] | None:
    if not row.rule.enabled:
        return (Icon.SKIPPED, "muted")
    return (Icon.STOP, "error") if row.rule.action.casefold() == "block" else (Icon.OK, "ok")


def _source(row: RuleRow) -> str:
    if row.rule.local:
        return QCoreApplication.translate(CONTEXT, "This host") if row.rule.source_kind else ""
    return " ".join(part for part in (row.rule.source_kind, row.rule.source) if part)


COLUMNS: tuple[Column[RuleRow], ...] = (
    Column(
        "title",
        N_(CONTEXT, "Rule"),
        lambda row: row.rule.title,
        tip=lambda row: row.rule.title,
        width=36,
        alike=True,
    ),
    Column("enabled", N_(CONTEXT, "On"), lambda row: row.rule.enabled, text=yes_no, width=6),
    Column("action", N_(CONTEXT, "Action"), lambda row: row.rule.action, width=11, mark=_action_mark),
    Column("protocol", N_(CONTEXT, "Protocol"), lambda row: row.rule.protocol, width=9),
    Column(
        "local-ports", N_(CONTEXT, "Local ports"), lambda row: row.rule.local_ports, text=joined, width=16
    ),
    Column("ports", N_(CONTEXT, "Container ports"), lambda row: row.ports, text=joined, width=28),
    Column("networks", N_(CONTEXT, "HNS networks"), lambda row: row.networks, text=joined, width=18),
    Column("direction", N_(CONTEXT, "Direction"), lambda row: row.rule.direction, width=10),
    Column("profile", N_(CONTEXT, "Profiles"), lambda row: row.rule.profile, width=16),
    Column("source", N_(CONTEXT, "Source"), _source, width=24, shown=False),
    Column("group", N_(CONTEXT, "Group"), lambda row: row.rule.group, width=24, shown=False),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.rule.id, width=36, shown=False),
)

GENERAL = N_(CONTEXT, "Rule")
CONTAINERS = N_(CONTEXT, "Containers it applies to")


def facts(row: RuleRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one rule."""
    rule = row.rule
    said = (
        Fact(GENERAL, N_(CONTEXT, "Rule"), rule.title),
        Fact(GENERAL, N_(CONTEXT, "On"), yes_no(rule.enabled)),
        Fact(GENERAL, N_(CONTEXT, "Action"), rule.action),
        Fact(GENERAL, N_(CONTEXT, "Direction"), rule.direction),
        Fact(GENERAL, N_(CONTEXT, "Protocol"), rule.protocol),
        Fact(GENERAL, N_(CONTEXT, "Local ports"), joined(rule.local_ports)),
        Fact(GENERAL, N_(CONTEXT, "Profiles"), rule.profile),
        Fact(GENERAL, N_(CONTEXT, "Source"), _source(row)),
        Fact(GENERAL, N_(CONTEXT, "Group"), rule.group),
        Fact(GENERAL, N_(CONTEXT, "ID"), rule.id),
        Fact(CONTAINERS, N_(CONTEXT, "Ports"), lines(row.ports)),
        Fact(CONTAINERS, N_(CONTEXT, "HNS networks"), lines(row.networks)),
    )
    return tuple(fact for fact in said if fact.value)


FIREWALL_RULES = InventoryKind(
    id="firewall-rules",
    title=N_(CONTEXT, "Rules"),
    icon=Icon.FIREWALL,
    sections=("firewall_rules", "containers", "nat_mappings", "hns_networks"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "Windows Firewall has no rule for inbound traffic."),
    shows=ObjectKind.FIREWALL_RULE,
    narrowing=Narrowing(N_(CONTEXT, "Only those for &containers"), _bears_on_containers),
)
