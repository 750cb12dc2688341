"""The profiles of Windows Firewall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_inventory import FirewallProfile
from console.domain.text import N_, Text
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import yes_no
from console.ui.models.records import Column
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Firewall"
NOT_CONFIGURED = "NotConfigured"


@dataclass(frozen=True, slots=True)
class ProfileRow(InventoryRow):
    """One profile."""

    profile: FirewallProfile


def rows(relations: Relations) -> Iterator[ProfileRow]:
    """One row per profile."""
    for profile in relations.snapshot.facts.firewall_profiles.known() or ():
        yield ProfileRow(profile.name, None, profile)


def _mark(row: ProfileRow) -> tuple[Icon, str]:
    return (Icon.OK, "ok") if row.profile.enabled else (Icon.WARNING, "warning")


def inbound_words(action: str) -> str:
    """What is done with what comes in; a profile that was never set blocks it (Get-NetFirewallProfile)."""
    if action == NOT_CONFIGURED:
        return QCoreApplication.translate(CONTEXT, "Block (not configured)")
    return action


def outbound_words(action: str) -> str:
    """What is done with what goes out; a profile that was never set allows it (Get-NetFirewallProfile)."""
    if action == NOT_CONFIGURED:
        return QCoreApplication.translate(CONTEXT, "Allow (not configured)")
    return action


COLUMNS: tuple[Column[ProfileRow], ...] = (
    Column("name", N_(CONTEXT, "Profile"), lambda row: row.profile.name, width=16),
    Column("enabled", N_(CONTEXT, "On"), lambda row: row.profile.enabled, text=yes_no, width=8, mark=_mark),
    Column(
        "inbound", N_(CONTEXT, "Inbound by default"), lambda row: row.profile.default_inbound,
        text=inbound_words, width=22,
    ),
    Column(
        "outbound", N_(CONTEXT, "Outbound by default"),
        lambda row: row.profile.default_outbound,
        text=outbound_words, width=22,
    ),
)  # fmt: skip

GENERAL = N_(CONTEXT, "Profile")


def facts(row: ProfileRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one profile."""
    profile = row.profile
    said = (
        Fact(GENERAL, N_(CONTEXT, "Profile"), profile.name),
        Fact(GENERAL, N_(CONTEXT, "On"), yes_no(profile.enabled)),
        Fact(GENERAL, N_(CONTEXT, "Inbound"), inbound_words(profile.default_inbound)),
        Fact(GENERAL, N_(CONTEXT, "Outbound"), outbound_words(profile.default_outbound)),
    )
    return tuple(fact for fact in said if fact.value)


def warning(row: ProfileRow) -> Text | None:
    """A profile that is off protects nothing."""
    if row.profile.enabled:
        return None
    return N_(CONTEXT, "This profile is off: its rules, including those for containers, are not enforced.")


FIREWALL_PROFILES = InventoryKind(
    id="firewall-profiles",
    title=N_(CONTEXT, "Profiles"),
    icon=Icon.FIREWALL,
    sections=("firewall_profiles",),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "Windows Firewall reported no profile."),
    warning=warning,
)
