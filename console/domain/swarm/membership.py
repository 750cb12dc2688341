"""Making, joining and leaving a swarm: what speaks against it, what it interrupts, and the plan
(reference, 2.1, 2.7 and 7; docs.docker.com, "Swarm mode", on the ports and the managers' addresses).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from pydantic import SecretStr

from console.domain.addressing import adapter_prefixes, overlaps, parse_address, parse_prefix
from console.domain.host_adapters import free_adapters
from console.domain.plan import Plan
from console.domain.severity import Severity
from console.domain.snapshot import Adapter, Hypervisor, Snapshot
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import N_, Text

CONTEXT = "Swarm"

#: What overlay networks get their subnets from unless told otherwise.
DEFAULT_POOL: Final = "10.0.0.0/8"
MANAGEMENT_PORT: Final = 2377
_OLDEST_BUILD = 14393
_ROUTING_MESH_BUILD = 17763
_TOKEN = re.compile(r"SWMTKN-1-[0-9a-z]{40,}-[0-9a-z]{20,}")
_MANAGER = re.compile(r"(?P<host>[^\s:\[\]]+|\[[0-9A-Fa-f:]+\])(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class SwarmPort:
    """A port that the nodes of a swarm reach each other by."""

    number: int
    protocol: str
    purpose: Text

    @property
    def title(self) -> str:
        """As firewalls write it: ``2377/tcp``."""
        return f"{self.number}/{self.protocol}"


PORTS: Final = (
    SwarmPort(MANAGEMENT_PORT, "tcp", N_(CONTEXT, "swarm management; to managers only")),
    SwarmPort(7946, "tcp", N_(CONTEXT, "node communication")),
    SwarmPort(7946, "udp", N_(CONTEXT, "node communication")),
    SwarmPort(4789, "udp", N_(CONTEXT, "overlay traffic (VXLAN)")),
)


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that speaks against a change of membership."""

    severity: Severity
    message: Text
    remedy: Text | None = None


def addresses_to_advertise(snapshot: Snapshot) -> tuple[tuple[str, Adapter], ...]:
    """The host's own IPv4 addresses that others could reach it by; those with a gateway come first.

    The vNICs of NAT networks are left out: nobody outside can reach them.
    """
    found: list[tuple[str, Adapter]] = []
    nat_prefixes = {
        str(parse_prefix(pool.subnet))
        for network in snapshot.networks.known() or ()
        if network.driver.lower() in {"nat", "ics"}
        for pool in network.pools
    }
    for adapter in snapshot.facts.adapters.known() or ():
        for text, prefix in zip(adapter.addresses, adapter_prefixes(adapter), strict=False):
            if adapter.status == "Up" and str(prefix) not in nat_prefixes and not prefix.is_link_local:
                found.append((text.partition("/")[0], adapter))
    return tuple(sorted(found, key=lambda one: (not one[1].gateways, one[1].name)))


def objections(
    snapshot: Snapshot, *, advertise: str, pools: Iterable[str] = (), manager: bool = True
) -> tuple[Objection, ...]:
    """What speaks against making this host a node that others reach by ``advertise``.

    ``pools`` are what overlay networks are to get their subnets from, where the swarm is made here.
    """
    found = (
        *_membership(snapshot),
        *_windows(snapshot),
        *_advertised(snapshot, advertise, manager=manager),
        *_adapter(snapshot),
        *_pools(snapshot, tuple(pools)),
        *_firewall(snapshot),
    )
    order = tuple(Severity)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def _membership(snapshot: Snapshot) -> Iterator[Objection]:
    engine = snapshot.engine.known()
    if engine is None:
        yield Objection(Severity.ERROR, N_(CONTEXT, "The engine did not report whether it is in a swarm."))
    elif engine.swarm.local_node_state != "inactive":
        yield Objection(
            Severity.ERROR,
            N_(CONTEXT, "This engine is already in a swarm."),
            N_(CONTEXT, "Leave that one first."),
        )


def _windows(snapshot: Snapshot) -> Iterator[Objection]:
    engine = snapshot.engine.known()
    windows = engine.windows if engine is not None else None
    if windows is None:
        return
    if windows.build < _OLDEST_BUILD:
        yield Objection(Severity.ERROR, N_(CONTEXT, "This Windows has no swarm mode: it is too old."))
    elif windows.build < _ROUTING_MESH_BUILD:
        yield Objection(
            Severity.WARNING,
            N_(CONTEXT, "Before Windows Server 2019 services have no virtual address and no routing mesh."),
            N_(CONTEXT, "Create services with --endpoint-mode dnsrr and --publish mode=host."),
        )


def _advertised(snapshot: Snapshot, advertise: str, *, manager: bool) -> Iterator[Objection]:
    offered = addresses_to_advertise(snapshot)
    known = snapshot.facts.adapters.known() is not None
    if not advertise:
        if known and len(offered) != 1:
            yield Objection(
                Severity.ERROR,
                N_(CONTEXT, "Specify the address at which the other nodes reach this one."),
                N_(
                    CONTEXT,
                    "The engine says: “could not find the system's IP address - specify one with "
                    "--advertise-addr”.",
                ),
            )
        return
    if parse_address(advertise) is None:
        yield Objection(Severity.ERROR, N_(CONTEXT, "{text} is not an IPv4 address.", text=advertise))
        return
    holder = next((adapter for address, adapter in offered if address == advertise), None)
    if known and holder is None:
        yield Objection(
            Severity.ERROR,
            N_(CONTEXT, "No adapter of this host that is up has the address {address}.", address=advertise),
        )
    elif manager and holder is not None and holder.dhcp:
        yield Objection(
            Severity.WARNING,
            N_(
                CONTEXT,
                "{address} comes from DHCP. A manager whose address changes loses its swarm.",
                address=advertise,
            ),
            N_(CONTEXT, "Give the host a fixed address or a permanent reservation."),
        )


def _adapter(snapshot: Snapshot) -> Iterator[Objection]:
    """The ingress network needs an adapter; that it can't be made is not told (moby#40621)."""
    free = free_adapters(snapshot, overlay=True)
    if free is not None and not free:
        yield Objection(
            Severity.ERROR,
            N_(CONTEXT, "No adapter is left for the swarm's overlay networks: other networks use them all."),
            N_(
                CONTEXT,
                "Remove a network that uses an adapter. Otherwise the swarm is created without its ingress "
                "network, and the engine does not say so.",
            ),
        )


def _pools(snapshot: Snapshot, pools: tuple[str, ...]) -> Iterator[Objection]:
    for text in pools:
        prefix = parse_prefix(text)
        if prefix is None:
            yield Objection(Severity.ERROR, N_(CONTEXT, "{text} is not a subnet.", text=text))
            continue
        for adapter in snapshot.facts.adapters.known() or ():
            taken = _meeting(prefix, adapter_prefixes(adapter))
            if taken is not None:
                yield Objection(
                    Severity.WARNING,
                    N_(
                        CONTEXT,
                        "Overlay networks get subnets from {pool}, which contains {taken} of {adapter}.",
                        pool=prefix,
                        taken=taken,
                        adapter=adapter.name,
                    ),
                    N_(CONTEXT, "Choose an address pool that none of your networks uses."),
                )


def _meeting(pool: IPv4Network, prefixes: Iterable[IPv4Network]) -> IPv4Network | None:
    return next((prefix for prefix in prefixes if overlaps(pool, prefix)), None)


def _firewall(snapshot: Snapshot) -> Iterator[Objection]:
    closed = closed_ports(snapshot)
    if closed:
        yield Objection(
            Severity.WARNING,
            N_(
                CONTEXT,
                "No Windows Firewall rule allows {ports} in.",
                ports=", ".join(port.title for port in closed),
            ),
            N_(
                CONTEXT,
                "Allow them here and on firewalls in between; the Checks page offers it once the host is in"
                " the swarm.",
            ),
        )


def closed_ports(snapshot: Snapshot) -> tuple[SwarmPort, ...]:
    """The ports that no enabled rule lets in, as far as the firewall is on and was read."""
    rules = snapshot.facts.firewall_rules.known()
    profiles = snapshot.facts.firewall_profiles.known()
    if rules is None or profiles is None or not any(profile.enabled for profile in profiles):
        return ()
    allowing = [
        rule for rule in rules if rule.enabled and rule.direction == "Inbound" and rule.action == "Allow"
    ]
    return tuple(
        port
        for port in PORTS
        if not any(
            rule.protocol.lower() in {port.protocol, "any"} and _covers(rule.local_ports, port.number)
            for rule in allowing
        )
    )


def _covers(ports: tuple[str, ...], number: int) -> bool:
    for text in ports:
        first, _, last = text.partition("-")
        if text.lower() == "any":
            return True
        if first.isdecimal() and int(first) <= number <= int(last if last.isdecimal() else first):
            return True
    return False


def interruptions(snapshot: Snapshot) -> tuple[Text, ...]:
    """What stops while the first overlay network, ingress, takes its adapter (reference, 7)."""
    said = [
        N_(
            CONTEXT,
            "The host's network connection is lost for some seconds: a vSwitch takes over the adapter, and"
            " its address moves to vEthernet. Remote sessions may end.",
        )
    ]
    hypervisor = snapshot.facts.hypervisor.known()
    if hypervisor not in {None, Hypervisor.NONE}:
        said.append(
            N_(
                CONTEXT,
                "On this virtual machine the address can change if DHCP tells adapters apart by more than "
                "the MAC address. The other nodes then can't find it.",
            )
        )
    return tuple(said)


def init_plan(
    snapshot: Snapshot, *, advertise: str, pools: tuple[str, ...] = (), subnet_size: int | None = None
) -> Plan:
    """Makes a swarm with this engine as its first manager."""
    step = InitSwarm(
        advertise_address=advertise,
        address_pools=pools,
        subnet_size=subnet_size,
        interruptions=interruptions(snapshot),
    )
    return Plan(title=N_(CONTEXT, "Create a swarm"), steps=(step,))


def manager_objection(text: str) -> Text | None:
    """Why ``text`` can't be a manager's address; None where it can."""
    if not text:
        return N_(CONTEXT, "Give the address of a manager, such as 192.168.1.20:2377.")
    found = _MANAGER.fullmatch(text)
    if found is None or (found["port"] and not 1 <= int(found["port"]) <= 65535):
        return N_(CONTEXT, "{text} is not an address with a port.", text=text)
    return None


def token_objection(token: str) -> Text | None:
    """Why the text can't be a join token; None where it can. The text itself is in no message."""
    if not token:
        return N_(CONTEXT, "Paste the join token. A manager shows it: docker swarm join-token worker")
    if not _TOKEN.fullmatch(token):
        return N_(CONTEXT, "This is not a join token: those begin with SWMTKN-1- and have two more parts.")
    return None


def join_plan(snapshot: Snapshot, *, manager: str, token: str, advertise: str) -> Plan:
    """Makes this engine a node of the manager's swarm."""
    address = manager if re.search(r":\d+$", manager) else f"{manager}:{MANAGEMENT_PORT}"
    step = JoinSwarm(
        managers=(address,),
        token=SecretStr(token),
        advertise_address=advertise,
        interruptions=interruptions(snapshot),
    )
    return Plan(title=N_(CONTEXT, "Join a swarm"), steps=(step,))


def leave_objections(snapshot: Snapshot) -> tuple[Objection, ...]:
    """What is lost by leaving."""
    engine = snapshot.engine.known()
    if engine is None or engine.swarm.local_node_state == "inactive":
        return (Objection(Severity.ERROR, N_(CONTEXT, "This engine is not in a swarm.")),)
    found = []
    if engine.swarm.manager and engine.swarm.managers <= 1:
        found.append(
            Objection(
                Severity.WARNING,
                N_(
                    CONTEXT,
                    "This is the last manager: the swarm ends with it, and its services, networks and tokens "
                    "are lost.",
                ),
                N_(CONTEXT, "Promote another node first to keep the swarm."),
            )
        )
    elif engine.swarm.manager:
        found.append(
            Objection(
                Severity.WARNING,
                N_(CONTEXT, "This node is a manager. Without it the remaining ones may lose the quorum."),
                N_(
                    CONTEXT,
                    "Demote it first on another manager: docker node demote {node}",
                    node=engine.host_name or engine.swarm.node_id or "<node>",
                ),
            )
        )
    return tuple(found)


def leave_plan(snapshot: Snapshot) -> Plan:
    """Takes this engine out of its swarm; a manager by force."""
    engine = snapshot.engine.known()
    overlays = [
        one.name for one in snapshot.networks.known() or () if one.scope == "swarm" and not one.ingress
    ]
    said = [N_(CONTEXT, "The services' tasks on this node end.")]
    if overlays:
        said.append(
            N_(
                CONTEXT,
                "The swarm's networks are removed from this host, and containers are disconnected from "
                "them: {names}.",
                names=", ".join(overlays),
            )
        )
    step = LeaveSwarm(force=engine is not None and engine.swarm.manager, interruptions=tuple(said))
    return Plan(title=N_(CONTEXT, "Leave the swarm"), steps=(step,))
