"""Which ports a rule of Windows Firewall is about."""

from __future__ import annotations

from functools import lru_cache

from console.domain.host_inventory import FirewallRule


def covers(rule: FirewallRule, protocol: str, port: int) -> bool:
    """Whether a rule is about a port; ``protocol`` is ``tcp`` or ``udp``."""
    if rule.protocol.casefold() not in {"any", protocol.casefold()}:
        return False
    return not rule.local_ports or any(_holds(text, port) for text in rule.local_ports)


@lru_cache(maxsize=4096)
def _holds(text: str, port: int) -> bool:
    """Whether a port is meant by ``Any``, a number or a range; words such as ``RPC`` mean others."""
    if text.casefold() == "any":
        return True
    first, _, last = text.partition("-")
    if not first.strip().isdecimal() or not (last or first).strip().isdecimal():
        return False
    return int(first) <= port <= int(last or first)
