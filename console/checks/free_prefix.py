"""A prefix for a nat network that Windows takes."""

from __future__ import annotations

from console.checks.check import Host
from console.domain.addressing import MULTI_NAT_BUILD, nat_internal_prefix, next_free_subnet, partition
from console.domain.preflight.nat import PARTITION_LENGTH


def free_nat_prefix(length: int, host: Host) -> str | None:
    """A free one of ``length``; on Windows Server 2016 a part of its one NAT prefix (seed)."""
    engine = host.snapshot.engine.known()
    internal = nat_internal_prefix(host.snapshot)
    if engine and engine.windows and engine.windows.build < MULTI_NAT_BUILD and internal:
        return next(partition(internal, max(length, PARTITION_LENGTH), host.snapshot), None)
    return next_free_subnet(length, host.snapshot)
