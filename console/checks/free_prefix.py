"""A prefix for a nat network that Windows takes, and what it means to take it."""

from __future__ import annotations

from console.checks.check import Host
from console.domain.addressing import (
    MULTI_NAT_BUILD,
    nat_internal_prefix,
    next_free_subnet,
    partition,
    routed_elsewhere,
)
from console.domain.preflight.nat import PARTITION_LENGTH
from console.domain.text import N_, Text

CONTEXT = "Checks"


def free_nat_prefix(length: int, host: Host) -> str | None:
    """A free one of ``length``; on Windows Server 2016 a part of its one NAT prefix (seed)."""
    engine = host.snapshot.engine.known()
    internal = nat_internal_prefix(host.snapshot)
    if engine and engine.windows and engine.windows.build < MULTI_NAT_BUILD and internal:
        return next(partition(internal, max(length, PARTITION_LENGTH), host.snapshot), None)
    return next_free_subnet(length, host.snapshot)


def hidden_by(prefix: str, host: Host) -> tuple[Text, ...]:
    """What a network with that prefix keeps the host from reaching, where the prefix is routed elsewhere."""
    route = routed_elsewhere(prefix, host.snapshot)
    if not route:
        return ()
    return (
        N_(
            CONTEXT,
            "{prefix} is part of {route}, which is routed elsewhere now, by a VPN for instance: machines "
            "there that have these addresses can no longer be reached from this host.",
            prefix=prefix,
            route=route,
        ),
    )
