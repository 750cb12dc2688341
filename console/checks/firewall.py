"""What Windows Firewall lets in, as its rules say (reference, 3.5).

Rules that block win over rules that allow. A rule for one program says nothing about others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.checks.check import Host, Remedy
from console.domain.firewall_ports import covers
from console.domain.host_inventory import FirewallRule
from console.domain.text import N_, verbatim

CONTEXT = "Checks"

__all__ = ["allowed", "blocking", "changed_elsewhere", "covers", "enforced", "switched_on"]

_EVERYBODY = frozenset({"", "any", "system"})
_ENGINE = "dockerd.exe"
_GROUP_POLICY = "GroupPolicy"


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


def changed_elsewhere(rules: Iterable[FirewallRule]) -> tuple[Remedy, ...]:
    """What to do about rules that are not the host's own: Windows changes those for nobody on the host."""
    theirs = [rule for rule in rules if not rule.local]
    if not theirs:
        return ()
    told = (
        N_(CONTEXT, "The Group Policy {policy} brings the rule {rule}.", policy=rule.source, rule=rule.title)
        if rule.source_kind == _GROUP_POLICY and rule.source
        else N_(
            CONTEXT, "The rule {rule} is not this host's own, so it can't be disabled here.", rule=rule.title
        )
        for rule in theirs
    )
    return (
        Remedy(
            N_(CONTEXT, "Have the rule changed where it comes from"),
            steps=(
                *told,
                N_(
                    CONTEXT, "See which policy it is, as an administrator: {command}",
                    command=verbatim("gpresult /scope computer /h gpresult.html"),
                ),
                N_(CONTEXT, "Have it disabled in that policy by whoever administers it."),
                N_(CONTEXT, "Then: {command}", command=verbatim("gpupdate /force")),
            ),
        ),
    )  # fmt: skip


def _inbound(host: Host, action: str, *, engine: bool) -> Iterator[FirewallRule]:
    for rule in host.snapshot.facts.firewall_rules.known() or ():
        if not rule.enabled or rule.action != action or rule.direction != "Inbound":
            continue
        program = rule.program.casefold()
        if program in _EVERYBODY or (engine and program.endswith(_ENGINE)):
            yield rule
