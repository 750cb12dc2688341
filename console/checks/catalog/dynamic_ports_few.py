"""Too few dynamic ports are left for the connections of containers (reference, 6.3 and 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.host_ports import PORTS_OF_A_BLOCK, DynamicPorts
from console.domain.object_ref import ObjectRef
from console.domain.plan import Plan
from console.domain.setting_actions import set_dynamic_ports
from console.domain.stale import has_other_runtimes
from console.domain.text import N_, verbatim

CONTEXT = "Check dynamic-ports-few"
# networkhealth.ps1 warns at this number of runs of 64 ports (reference, 6.4).
_FEW = 10
# From here to the last port, the narrower first. Swarm and Kubernetes publish services on 30000 to 32767.
_WIDER = (32768, 10000)
_ABOVE_NODE_PORTS = _WIDER[:1]
_PORTS = 65536


def _short(host: Host) -> Iterator[DynamicPorts]:
    for ports in host.snapshot.facts.dynamic_ports.known() or ():
        if ports.free_blocks is not None and ports.free_blocks <= _FEW:
            yield ports


def _find(host: Host) -> Iterator[Symptom]:
    facts = tuple(
        N_(
            CONTEXT, "Of the dynamic {protocol} ports {first} to {last}, {free} blocks of {size} are free.",
            protocol=one.protocol, first=one.first, last=one.last, free=one.free_blocks or 0,
            size=PORTS_OF_A_BLOCK,
        )
        for one in _short(host)
    )  # fmt: skip
    if facts:
        yield Symptom(None, facts)


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    look = "Get-NetTCPConnection | Group-Object OwningProcess | Sort-Object Count -Descending"
    who = Remedy(
        N_(CONTEXT, "See what uses them"),
        steps=(
            N_(CONTEXT, "Programs with many connections: {command}", command=verbatim(look)),
            N_(
                CONTEXT, "Reserved ranges: {command}",
                command=verbatim("netsh interface ipv4 show excludedportrange tcp"),
            ),
        ),
    )  # fmt: skip
    firsts = _ABOVE_NODE_PORTS if _publishes_on_nodes(host) else _WIDER
    wider = [(one, _wider_first(one, firsts)) for one in _short(host)]
    steps = tuple(
        step for one, first in wider if first for step in set_dynamic_ports(one, first, _PORTS - first).steps
    )
    if not steps:
        return (who,)
    title = N_(CONTEXT, "Give Windows a larger range")
    return (Remedy(title, plan=Plan(title=title, steps=steps)), who)


def _publishes_on_nodes(host: Host) -> bool:
    engine = host.snapshot.engine.known()
    return (engine is not None and engine.swarm.active) or has_other_runtimes(host.snapshot)


def _wider_first(ports: DynamicPorts, firsts: tuple[int, ...]) -> int:
    """Where a range with twice the ports at least begins; 0 where there is no such range."""
    return next((first for first in firsts if _PORTS - first >= 2 * ports.count), 0)


CHECK = Check(
    id="dynamic-ports-few",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "The dynamic ports are running out"),
    reason=N_(
        CONTEXT,
        "HNS and WinNAT reserve dynamic ports in blocks of 64 for containers' connections. When none is "
        "left, new containers get no connection, and programs on the host fail with 'Only one usage of "
        "each socket address is normally permitted'.",
    ),
    needs=("dynamic_ports",),
    find=_find,
    remedies=_remedies,
    source="reference, 5.5, 6.3 and 6.4 (collectlogs.ps1, networkhealth.ps1)",
)
