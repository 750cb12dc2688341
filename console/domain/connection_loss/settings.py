"""What scripts that change the firewall, services, NAT and MTU do to the connections of the host."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from ipaddress import IPv4Network

from console.domain.addressing import parse_address, parse_prefix
from console.domain.connection_loss.cut_off import CONTEXT, CutOff
from console.domain.connection_loss.planned_host import PlannedHost
from console.domain.connection_loss.switches import by_services_of_switches
from console.domain.connection_loss.way import ours_through
from console.domain.firewall_ports import covers
from console.domain.host_inventory import FirewallRule
from console.domain.host_ports import Connection
from console.domain.plan import RunScript
from console.domain.text import N_, Text

LEAST_MTU = 1280
"""Below it Windows takes IPv6 from an interface (RFC 8200, 5)."""
USUAL_MTU = 1500
"""Above it a packet is too large for Ethernet without jumbo frames on every switch in between."""


def by_service(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """What depends on one of :data:`SERVICES` that starts, stops, or does both."""
    find = SERVICES.get(str(step.parameters.get("Service", "")).casefold())
    return find(str(step.parameters.get("Action", "")), host) if callable(find) else ()


def by_changed_rule(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The connections from outside that a rule ceases to allow, or begins to block."""
    rule, enabled = _rule(step, host), step.parameters.get("Enabled")
    if rule is None or rule.enabled is enabled or (rule.action == "Allow") is enabled:
        return ()
    return _closing(rule, host)


def by_removed_rule(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The connections from outside that a rule has allowed."""
    rule = _rule(step, host)
    return _closing(rule, host) if rule is not None and rule.enabled and rule.action == "Allow" else ()


def by_new_nat(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The adapters whose own addresses would be inside of a NAT (reference, 5.2)."""
    prefix = parse_prefix(str(step.parameters.get("Prefix", "")))
    if prefix is None:
        return ()
    return tuple(
        host.cut_off(
            adapter,
            what=N_(
                CONTEXT,
                "{addresses} of {adapter} is inside of {prefix}: the NAT may end the host's connection.",
                adapter=adapter.name, addresses=", ".join(adapter.addresses), prefix=prefix,
            ),
        )
        for adapter in host.adapters
        if not host.is_internal(adapter) and any(_inside(one, prefix) for one in adapter.addresses)
    )  # fmt: skip


def by_mtu(step: RunScript, host: PlannedHost) -> tuple[CutOff, ...]:
    """The adapter of the host that gets an MTU with which connections hang or IPv6 ends."""
    adapter = host.adapter(str(step.parameters.get("InterfaceAlias", "")))
    wanted = step.parameters.get("Mtu")
    if adapter is None or not adapter.addresses or not isinstance(wanted, int):
        return ()
    if LEAST_MTU <= wanted <= max(USUAL_MTU, adapter.mtu or 0):
        return ()
    what = N_(
        CONTEXT,
        "With an MTU of {mtu} the host's own connections over {adapter} ({addresses}) may hang.",
        mtu=wanted, adapter=adapter.name, addresses=", ".join(adapter.addresses),
    )  # fmt: skip
    return (host.cut_off(adapter, what=what),)


def _of_hns(action: str, host: PlannedHost) -> tuple[CutOff, ...]:
    return () if action == "Start" else by_services_of_switches(host, vfp_only=False)


def _of_vfp(action: str, host: PlannedHost) -> tuple[CutOff, ...]:
    return () if action == "Start" else by_services_of_switches(host, vfp_only=True)


def _of_firewall(action: str, host: PlannedHost) -> tuple[CutOff, ...]:
    if action == "Stop":
        return ()
    what = N_(CONTEXT, "Windows Firewall begins to block what no rule of it allows in.")
    return _blocked(lambda port: not _allowed(port, host), what, host)


SERVICES: dict[str, Callable[[str, PlannedHost], tuple[CutOff, ...]] | str] = {
    "hns": _of_hns,
    "vfpext": _of_vfp,
    "mpssvc": _of_firewall,
    "bfe": _of_firewall,
    "docker": "only containers and the way to the engine end with it, which the step itself says",
    "com.docker.service": "only containers and the way to the engine end with it, which the step itself says",
    "vmcompute": "it runs containers and utility machines, no vSwitch of the host",
    "winnat": "it translates for containers; the host itself is reached without it",
    "sharedaccess": "it translates for Default Switch and nat networks, not for the host",
    "nvagent": "it serves networks of machines and containers, not the host's adapters",
    "vmms": "vSwitches go on working without Hyper-V's management (service_roles)",
}
"""What a service's start or stop does to the host's connections, or why nothing, by its lower-case name."""


def _inside(interface: str, prefix: IPv4Network) -> bool:
    address = parse_address(interface.partition("/")[0])
    return address is not None and address in prefix


def _rule(step: RunScript, host: PlannedHost) -> FirewallRule | None:
    wanted = step.parameters.get("RuleName")
    rules = host.snapshot.facts.firewall_rules.known() or ()
    found = (one for one in rules if one.id == wanted and one.direction == "Inbound")
    return next(found, None)


def _closing(rule: FirewallRule, host: PlannedHost) -> tuple[CutOff, ...]:
    def closed(port: int) -> bool:
        return covers(rule, "tcp", port) and (rule.action == "Block" or not _allowed(port, host, but=rule.id))

    what = N_(CONTEXT, "Windows Firewall then blocks what {rule} is about.", rule=rule.title)
    return _blocked(closed, what, host)


def _allowed(port: int, host: PlannedHost, but: str = "") -> bool:
    """Whether another rule lets connections in to a port. One for a single program counts as well."""
    return any(
        rule.enabled and rule.direction == "Inbound" and rule.action == "Allow" and rule.id != but
        and covers(rule, "tcp", port)
        for rule in host.snapshot.facts.firewall_rules.known() or ()
    )  # fmt: skip


def _blocked(closed: Callable[[int], bool], what: Text, host: PlannedHost) -> tuple[CutOff, ...]:
    """What comes in through ports that are closed, where a profile of the firewall is on at all."""
    profiles = host.snapshot.facts.firewall_profiles.known() or ()
    if not any(one.enabled and one.default_inbound != "Allow" for one in profiles):
        return ()
    coming = tuple(one for one in _incoming(host) if closed(one.port))
    reached = {way.port for way in host.ways if way.port and closed(way.port)}
    ours = ours_through(reached, host.ways)
    return (CutOff(what=what, connections=coming, ours=ours),) if coming or reached else ()


def _incoming(host: PlannedHost) -> Iterable[Connection]:
    """The connections that others made, to a port of the host that a process waits on."""
    waited = {one.port for one in host.snapshot.facts.listeners.known() or () if one.protocol == "TCP"}
    return (one for one in host.connections if one.port in waited)
