"""The scripts that change rules of the firewall and NATs."""

from __future__ import annotations

import re
from typing import Any

from console.demo.powershell.change import Change, State
from console.demo.powershell.errors import PowerShellError, argument_refused, stopped
from console.demo.powershell.rights import check_cim
from console.demo.prefixes import overlap, range_of
from console.demo.windows_state import FirewallRuleRecord, NatRecord

_ALREADY, _GONE = "already-so", "already-gone"
_GROUP = "Container Network Console"
_PREFIX = re.compile(r"\d{1,3}(\.\d{1,3}){3}/\d{1,2}")


def set_firewall_rule(change: Change) -> tuple[State, State]:
    """Set-FirewallRule.ps1."""
    check_cim(change.host, "Get-NetFirewallRule")
    rule = _rule(change)
    if rule is None:
        name = change.text("RuleName")
        raise stopped("RuleNotFound", f"This host has no rule '{name}' of its own.")
    before = _rule_state(rule)
    if rule.enabled == change.flag("Enabled"):
        change.notes.append(_ALREADY)
        return before, before
    change.made = True
    rule.enabled = change.flag("Enabled")
    return before, _rule_state(rule)


def new_firewall_rule(change: Change) -> tuple[State, State]:
    """New-FirewallRule.ps1."""
    check_cim(change.host, "New-NetFirewallRule")
    found = _rule(change)
    if found is not None:
        change.notes.append(_ALREADY)
        return _rule_state(found), _rule_state(found)
    change.made = True
    rule = FirewallRuleRecord(
        id=change.text("RuleName"),
        title=change.text("Title"),
        group=_GROUP,
        protocol=change.text("Protocol"),
        ports=list(change.parameters["Ports"]),
    )
    change.host.state.windows.firewall_rules.append(rule)
    return None, _rule_state(rule)


def remove_firewall_rule(change: Change) -> tuple[State, State]:
    """Remove-FirewallRule.ps1."""
    check_cim(change.host, "Get-NetFirewallRule")
    rule = _rule(change)
    if rule is None:
        change.notes.append(_GONE)
        return None, None
    change.made = True
    change.host.state.windows.firewall_rules.remove(rule)
    return _rule_state(rule), None


def _rule(change: Change) -> FirewallRuleRecord | None:
    wanted = change.text("RuleName").casefold()
    own = (one for one in change.host.state.windows.firewall_rules if not one.policy)
    return next((one for one in own if one.id.casefold() == wanted), None)


def _rule_state(rule: FirewallRuleRecord) -> dict[str, Any]:
    return {"id": rule.id, "title": rule.title, "enabled": rule.enabled, "action": rule.action}


def new_nat(change: Change) -> tuple[State, State]:
    """New-Nat.ps1; Windows takes no prefix that another NAT has, and on Server 2016 one only (5.2)."""
    name, prefix = change.text("NatName"), change.text("Prefix")
    if not _PREFIX.fullmatch(prefix):
        raise argument_refused("New-Nat.ps1", "Prefix")
    check_cim(change.host, "New-NetNat")
    found = _nat(change)
    if found is not None and found.prefix == prefix:
        change.notes.append(_ALREADY)
        return _nat_state(found), _nat_state(found)
    if found is not None:
        raise stopped("NatExists", f"There is a NAT '{name}' for {found.prefix} already.")
    change.made = True
    state = change.host.state
    taken = [nat.prefix for nat in state.windows.nats]
    if any(overlap(range_of(prefix), range_of(other)) for other in taken):
        raise PowerShellError(
            "The parameter is incorrect. ",
            category="InvalidArgument",
            error_id="Windows System Error 87,New-NetNat",
        )
    nat = NatRecord(name=name, prefix=prefix)
    state.windows.nats.append(nat)
    return None, _nat_state(nat)


def remove_nat(change: Change) -> tuple[State, State]:
    """Remove-Nat.ps1."""
    check_cim(change.host, "Get-NetNat")
    nat = _nat(change)
    if nat is None:
        change.notes.append(_GONE)
        return None, None
    change.made = True
    change.host.state.windows.nats.remove(nat)
    return _nat_state(nat), None


def _nat(change: Change) -> NatRecord | None:
    wanted = change.text("NatName").casefold()
    return next((one for one in change.host.state.windows.nats if one.name.casefold() == wanted), None)


def _nat_state(nat: NatRecord) -> dict[str, Any]:
    return {"name": nat.name, "internalPrefix": nat.prefix}
