"""Other nodes of the swarm can't reach this one (reference, 2.7)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.firewall import allowed, blocking, changed_elsewhere, covers, enforced, switched_on
from console.domain.host_inventory import FirewallRule
from console.domain.host_rules import allow_ports, disable_rule
from console.domain.object_ref import ObjectRef
from console.domain.plan import Plan, Step
from console.domain.snapshot import SwarmState
from console.domain.text import N_

CONTEXT = "Check swarm-ports-blocked"
_MANAGEMENT, _GOSSIP, _VXLAN = 2377, 7946, 4789
_RULE_NAMES = "ContainerNetworkConsole-Swarm-{protocol}-{ports}-In"


def _find(host: Host) -> Iterator[Symptom]:
    engine = host.snapshot.engine.known()
    if engine is None or not _has_others(engine.swarm):
        return
    ports = _ports(engine.swarm)
    facts = [
        N_(
            CONTEXT, "The rule {rule} blocks {protocol} {port}.",
            rule=rule.title, protocol=protocol.upper(), port=port,
        )
        for rule, protocol, port in _blocks(host, ports)
    ]  # fmt: skip
    facts += [
        N_(CONTEXT, "No rule allows {protocol} {port} in.", protocol=protocol.upper(), port=port)
        for protocol, port in _unopened(host, ports)
    ]
    if facts:
        yield Symptom(None, (N_(CONTEXT, "The engine is in a swarm with other nodes."), *facts))


def _has_others(swarm: SwarmState) -> bool:
    """Whether there are other nodes that have to get here: a worker has a manager, wherever that is."""
    return swarm.active and (not swarm.manager or swarm.nodes > 1)


def _ports(swarm: SwarmState) -> tuple[tuple[str, int], ...]:
    managed = (("tcp", _MANAGEMENT),) if swarm.manager else ()
    return (*managed, ("tcp", _GOSSIP), ("udp", _GOSSIP), ("udp", swarm.data_path_port or _VXLAN))


def _blocks(host: Host, ports: tuple[tuple[str, int], ...]) -> Iterator[tuple[FirewallRule, str, int]]:
    if switched_on(host):
        for rule in blocking(host, engine=True):
            for protocol, port in ports:
                if covers(rule, protocol, port):
                    yield rule, protocol, port


def _unopened(host: Host, ports: tuple[tuple[str, int], ...]) -> Iterator[tuple[str, int]]:
    if enforced(host):
        yield from ((protocol, port) for protocol, port in ports if not allowed(host, protocol, port))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    engine = host.snapshot.engine.known()
    if engine is None:
        return ()
    ports = _ports(engine.swarm)
    steps: list[Step] = []
    missing: dict[str, list[str]] = {}
    for protocol, port in _unopened(host, ports):
        missing.setdefault(protocol.upper(), []).append(str(port))
    for protocol, opened in missing.items():
        name = _RULE_NAMES.format(protocol=protocol, ports="-".join(opened))
        steps.append(allow_ports(name, f"Docker swarm ({protocol}-In)", protocol, opened))
    rules = {rule.id: rule for rule, _, _ in _blocks(host, ports)}
    steps += [disable_rule(rule) for rule in rules.values() if rule.local]
    elsewhere = changed_elsewhere(rules.values())
    if not steps:
        return elsewhere
    title = N_(CONTEXT, "Open the swarm's ports in Windows Firewall")
    return (*elsewhere, Remedy(title, plan=Plan(title=title, steps=tuple(steps))))


CHECK = Check(
    id="swarm-ports-blocked",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "Windows Firewall blocks the swarm's other nodes"),
    reason=N_(
        CONTEXT,
        "Nodes talk to each other over TCP 2377 (to managers) and TCP and UDP 7946, and carry overlay "
        "traffic over UDP 4789. Where these are blocked, nodes are shown as down, joining times out, and "
        "containers on different hosts can't reach each other.",
    ),
    needs=("engine", "firewall_rules", "firewall_profiles"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.7",
    drivers=frozenset({"overlay"}),
)
