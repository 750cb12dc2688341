"""Plans that change what Windows lets through: rules of its firewall, and its NATs."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.host_inventory import FirewallRule, NatMapping
from console.domain.plan import RunScript
from console.domain.scripts import (
    NEW_FIREWALL_RULE,
    NEW_NAT,
    REMOVE_FIREWALL_RULE,
    REMOVE_NAT,
    SET_FIREWALL_RULE,
)
from console.domain.snapshot import NatPrefix
from console.domain.text import N_

CONTEXT = "Host rules"


def disable_rule(rule: FirewallRule) -> RunScript:
    """The step that stops a rule from being enforced; it stays, and can be enabled again."""
    back = RunScript(
        script=SET_FIREWALL_RULE.id,
        parameters={"RuleName": rule.id, "Enabled": True},
        title=N_(CONTEXT, "Enable the firewall rule {name}", name=rule.title),
    )
    ports = ", ".join(rule.local_ports) or "Any"
    opened = N_(
        CONTEXT, "From then on nothing blocks the {protocol} ports {ports} that it covered.",
        ports=ports, protocol=rule.protocol,
    )  # fmt: skip
    return RunScript(
        script=SET_FIREWALL_RULE.id,
        parameters={"RuleName": rule.id, "Enabled": False},
        title=N_(CONTEXT, "Disable the firewall rule {name}", name=rule.title),
        interruptions=(opened,),
        undo=back,
    )


def allow_ports(name: str, title: str, protocol: str, ports: Sequence[str]) -> RunScript:
    """The step that lets traffic in to ``ports``, by a rule of that name; ``protocol``: TCP or UDP."""
    back = RunScript(
        script=REMOVE_FIREWALL_RULE.id,
        parameters={"RuleName": name},
        title=N_(CONTEXT, "Remove the firewall rule {name}", name=title),
    )
    return RunScript(
        script=NEW_FIREWALL_RULE.id,
        parameters={"RuleName": name, "Title": title, "Protocol": protocol, "Ports": list(ports)},
        title=N_(CONTEXT, "Allow {protocol} in on ports {ports}", protocol=protocol, ports=", ".join(ports)),
        undo=back,
    )


def remove_nat(nat: NatPrefix, mappings: Sequence[NatMapping]) -> RunScript:
    """The step that removes a NAT. ``mappings`` are the host's; with some of its own it can't be undone."""
    own = [one for one in mappings if one.nat == nat.name]
    back = RunScript(
        script=NEW_NAT.id,
        parameters={"NatName": nat.name, "Prefix": nat.internal_prefix},
        title=N_(CONTEXT, "Create the NAT {name} for {prefix}", name=nat.name, prefix=nat.internal_prefix),
    )
    lost = N_(
        CONTEXT, "From then on, whatever is in {prefix}, such as virtual machines, can't reach the outside.",
        prefix=nat.internal_prefix,
    )  # fmt: skip
    mapped = N_(CONTEXT, "Its {count} port mappings are permanently removed with it.", count=len(own))
    return RunScript(
        script=REMOVE_NAT.id,
        parameters={"NatName": nat.name},
        title=N_(CONTEXT, "Remove the NAT {name}", name=nat.name),
        interruptions=(lost, *((mapped,) if own else ())),
        undo=None if own else back,
    )
