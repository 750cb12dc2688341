"""What Windows Firewall lets in, as its rules say (reference, 3.5).

Rules that block win over rules that allow. A rule for one program says nothing about others.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Host
from console.domain.firewall_ports import covers
from console.domain.host_inventory import FirewallRule

__all__ = ["allowed", "blocking", "covers", "enforced", "switched_on"]

_EVERYBODY = frozenset({"", "any", "system"})
_ENGINE = "dockerd.exe"


def enforced(host: Host) -> bool:
    """Whether a profile is on that blocks what no rule allows. Which profile applies can't be told."""
    profiles = host.snapshot.facts.firewall_profiles.known() or ()
    return any(one.enabled and one.default_inbound != "Allow" for one in profiles)


def switched_on(host: Host) -> bool:
    """Whether a profile is on at all: only then do rules that block do so."""
    return any(one.enabled for one in host.snapshot.facts.firewall_profiles.known() or ())


def blocking(host: Host, *, engine: bool = False) -> Iterator[FirewallRule]:
    """The rules that keep others from ports of this host; ``engine``: also those for the engine alone."""
    yield from _inbound(host, "Block", engine=engine)


def allowed(host: Host, protocol: str, port: int) -> bool:
    """Whether a rule lets others in to a port of the engine."""
    return any(covers(rule, protocol, port) for rule in _inbound(host, "Allow", engine=True))


def _inbound(host: Host, action: str, *, engine: bool) -> Iterator[FirewallRule]:
    for rule in host.snapshot.facts.firewall_rules.known() or ():
        if not rule.enabled or rule.action != action or rule.direction != "Inbound":
            continue
        program = rule.program.casefold()
        if program in _EVERYBODY or (engine and program.endswith(_ENGINE)):
            yield rule
