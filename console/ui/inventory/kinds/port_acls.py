"""Port ACLs: what HNS lets through at each endpoint, below Windows Firewall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_inventory import HnsEndpoint, HnsNetwork, HnsPolicy
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.text import N_
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow, Narrowing
from console.ui.inventory.words import lines
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Firewall"

_ACL = "acl"
_LIMITS = ("protocols", "localaddresses", "remoteaddresses", "localports", "remoteports")
"""The settings of an ACL that narrow what it is about; without any of them it is about everything."""

_EVERYTHING = frozenset({"", "*", "any", "0.0.0.0/0", "256"})


@dataclass(frozen=True, slots=True)
class AclRow(InventoryRow):
    """One ACL policy of one endpoint."""

    endpoint: str
    network_type: str
    policy: HnsPolicy

    def setting(self, name: str) -> str:
        """A setting by its name in any spelling of case (HNS has several)."""
        found = (value for key, value in self.policy.settings.items() if key.casefold() == name)
        return next(found, "")


def rows(relations: Relations) -> Iterator[AclRow]:
    """One row per ACL policy of an endpoint."""
    for endpoint in relations.snapshot.facts.hns_endpoints.known() or ():
        acls = [policy for policy in endpoint.policies if policy.kind.casefold() == _ACL]
        if not acls:
            continue
        ref = ref_of(endpoint)
        title, network_type = shown(relations.title_of(ref)), _network_type(endpoint, relations)
        for number, policy in enumerate(acls):
            yield AclRow(f"{endpoint.id}|{number}", ref, title, network_type, policy)


def _network_type(endpoint: HnsEndpoint, relations: Relations) -> str:
    for ref in relations.related(ref_of(endpoint), ObjectKind.HNS_NETWORK):
        network = relations.find(ref)
        if isinstance(network, HnsNetwork):
            return network.type
    return ""


def is_for_everything(row: AclRow) -> bool:
    """Whether the ACL has no limit, as the allow-all of overlay networks' endpoints (reference, 3.5)."""
    return all(row.setting(limit).casefold() in _EVERYTHING for limit in _LIMITS)


def _meaning(row: AclRow) -> str:
    say = QCoreApplication.translate
    allows = row.setting("action").casefold() == "allow"
    if not is_for_everything(row):
        return say(CONTEXT, "Allows some") if allows else say(CONTEXT, "Blocks some")
    return say(CONTEXT, "Allows everything") if allows else say(CONTEXT, "Blocks everything")


def _mark(row: AclRow) -> tuple[Icon, str]:
    return (Icon.OK, "ok") if row.setting("action").casefold() == "allow" else (Icon.STOP, "error")


COLUMNS: tuple[Column[AclRow], ...] = (
    Column("endpoint", N_(CONTEXT, "Endpoint"), lambda row: row.endpoint, width=26),
    Column("action", N_(CONTEXT, "Action"), lambda row: row.setting("action"), width=10, mark=_mark),
    Column("direction", N_(CONTEXT, "Direction"), lambda row: row.setting("direction"), width=10),
    Column("meaning", N_(CONTEXT, "Meaning"), _meaning, width=18),
    Column("protocols", N_(CONTEXT, "Protocol"), lambda row: row.setting("protocols"), width=9),
    Column("local-ports", N_(CONTEXT, "Local ports"), lambda row: row.setting("localports"), width=13),
    Column("remote-ports", N_(CONTEXT, "Remote ports"), lambda row: row.setting("remoteports"), width=13),
    Column("local-addresses", N_(CONTEXT, "Local addresses"), lambda row: row.setting("localaddresses")),
    Column("remote-addresses", N_(CONTEXT, "Remote addresses"), lambda row: row.setting("remoteaddresses")),
    Column("priority", N_(CONTEXT, "Priority"), lambda row: row.setting("priority"), width=9),
    Column("rule-type", N_(CONTEXT, "Enforced at"), lambda row: row.setting("ruletype"), width=11),
    Column("network", N_(CONTEXT, "Network type"), lambda row: row.network_type, width=12),
)

GENERAL = N_(CONTEXT, "Port ACL")


def facts(row: AclRow, _relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one ACL."""
    settings = lines(f"{name} = {value}" for name, value in row.policy.settings.items())
    said = (
        Fact(GENERAL, N_(CONTEXT, "Endpoint"), row.endpoint),
        Fact(GENERAL, N_(CONTEXT, "Network type"), row.network_type, _defaults(row)),
        Fact(GENERAL, N_(CONTEXT, "Meaning"), _meaning(row)),
        Fact(GENERAL, N_(CONTEXT, "Settings"), settings),
    )
    return tuple(fact for fact in said if fact.value)


def _defaults(row: AclRow) -> str:
    say = QCoreApplication.translate
    if row.network_type.casefold() == "overlay":
        return say(CONTEXT, "On overlay networks HNS allows everything unless configured otherwise.")
    return ""


PORT_ACLS = InventoryKind(
    id="port-acls",
    title=N_(CONTEXT, "Port ACLs"),
    icon=Icon.PORT,
    sections=("hns_endpoints", "hns_networks", "containers"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "No endpoint has a port ACL: HNS lets through whatever Windows Firewall allows."),
    narrowing=Narrowing(N_(CONTEXT, "Only for &everything"), is_for_everything),
)
