"""A rule of Windows Firewall blocks a published port (seed, "Windows Firewall Security"; reference, 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.firewall import blocking, changed_elsewhere, covers, switched_on
from console.domain.host_inventory import FirewallRule
from console.domain.host_rules import disable_rule
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.plan import Plan
from console.domain.text import N_

CONTEXT = "Check firewall-blocks-port"
_NAMED_AT_MOST = 6


def _find(host: Host) -> Iterator[Symptom]:
    if not switched_on(host):
        return
    rules = tuple(blocking(host))
    published: dict[tuple[str, int], str] = {}
    for container in (host.snapshot.containers.known() or ()) if rules else ():
        for port in container.ports:
            if container.running and port.host_port is not None:
                published.setdefault((port.protocol, port.host_port), container.name)
    for rule in rules:
        covered = (port for port in published.items() if covers(rule, *port[0]))
        blocked = [
            N_(
                CONTEXT, "{container} publishes {protocol} {port}.",
                container=container, protocol=protocol.upper(), port=port,
            )
            for (protocol, port), container in islice(covered, _NAMED_AT_MOST)
        ]  # fmt: skip
        if blocked:
            ports = ", ".join(rule.local_ports) or "Any"
            fact = N_(
                CONTEXT, "The rule {rule} blocks {protocol} {ports} from outside.",
                rule=rule.title, protocol=rule.protocol, ports=ports,
            )  # fmt: skip
            yield Symptom(ref_of(rule), (fact, *blocked))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    rule = host.relations.find(subject) if subject else None
    if not isinstance(rule, FirewallRule):
        return ()
    other = Remedy(
        N_(CONTEXT, "Publish the container on another port"),
        steps=(
            N_(
                CONTEXT,
                "Run it again with a host port that the rule does not cover: -p {port}:80",
                port=18080,
            ),
        ),
        interrupts=(N_(CONTEXT, "The container is recreated and is reached on the new port."),),
    )
    if not rule.local:
        return (other, *changed_elsewhere((rule,)))
    step = disable_rule(rule)
    disabled = Remedy(step.title, plan=Plan(title=step.title, steps=(step,)))
    return (other, disabled)


CHECK = Check(
    id="firewall-blocks-port",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Windows Firewall blocks a published port"),
    reason=N_(
        CONTEXT,
        "A block rule overrides all allow rules. The container answers on this host, but others get a "
        "timeout.",
    ),
    needs=("engine", "containers", "firewall_rules", "firewall_profiles"),
    find=_find,
    remedies=_remedies,
    source='seed, "Windows Firewall Security"; reference, 3.5',
)
