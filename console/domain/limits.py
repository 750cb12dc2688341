"""How far a host is from its limits: :func:`meters`.

Microsoft publishes hardly any limit for container networks. Each meter therefore says what its limit
rests on: a document, reports of people who met it, the engine's source, or arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.domain.addressing import network_prefixes
from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.drivers.registry import driver
from console.domain.host_ports import PORTS_OF_A_BLOCK
from console.domain.preflight.vxlan import VNI_FIRST, VNI_LAST
from console.domain.removal import attachments, is_windows
from console.domain.snapshot import Network, Section, Snapshot
from console.domain.text import N_, Text, verbatim

CONTEXT = "Limits"

#: From this share of a limit on somebody should think of it, from the second on at once.
NEAR, AT = 0.75, 1.0

MOST_NETWORKS = 50
MOST_HNS_THREADS = 200
MOST_BACK_ENDS = 64
OVERLAY_ADDRESSES = 256
ENGINE_PORTS = range(60000, 65001)
VXLAN_ID_RANGE = range(VNI_FIRST, VNI_LAST + 1)
_NOTHING = verbatim("")
_ENGINE_ALLOCATES = frozenset({"l2bridge", "l2tunnel", "overlay"})


class Basis(StrEnum):
    """What a limit rests on."""

    DOCUMENTED = "documented"
    REPORTED = "reported"
    SOURCE = "source"
    COMPUTED = "computed"


class Nearness(StrEnum):
    """How close the use is to its limit."""

    FAR = "far"
    NEAR = "near"
    REACHED = "reached"
    UNKNOWN = "unknown"


_URGENCY = {Nearness.REACHED: 0, Nearness.NEAR: 1}


@dataclass(frozen=True, slots=True)
class Meter:
    """One limit. ``used`` is None where it can't be told, ``unknown`` then says why.

    ``subject`` is what it is about where there are several (a network's name). ``meaning`` says what
    happens at the limit, ``source`` where it is from. ``may_be_full``: all of it may be used, and only
    more is too much.
    """

    id: str
    title: Text
    used: int | None
    limit: int
    basis: Basis
    meaning: Text
    source: str
    subject: str = ""
    unknown: Text = _NOTHING
    may_be_full: bool = False

    @property
    def share(self) -> float:
        """The used part of the limit; 0 where it is not known."""
        return self.used / self.limit if self.used is not None and self.limit else 0.0

    @property
    def left(self) -> int | None:
        """How much is left; 0 beyond the limit."""
        return None if self.used is None else max(self.limit - self.used, 0)

    @property
    def nearness(self) -> Nearness:
        """How close the use is to the limit."""
        if self.used is None:
            return Nearness.UNKNOWN
        if self.may_be_full:
            return Nearness.REACHED if self.used > self.limit else Nearness.FAR
        if self.share >= AT:
            return Nearness.REACHED
        return Nearness.NEAR if self.share >= NEAR else Nearness.FAR


def meters(snapshot: Snapshot) -> tuple[Meter, ...]:
    """Every limit that this host has: first what is reached or near, then those of the host, then those of
    its networks, the fullest first.
    """
    networks = snapshot.networks.known() or ()
    host = [*_of_windows(snapshot)] if is_windows(snapshot) else []
    each = [meter for network in networks for meter in _of_network(network, snapshot)]
    all_of_them = (*host, *sorted(each, key=lambda meter: -meter.share))
    return tuple(sorted(all_of_them, key=lambda meter: _URGENCY.get(meter.nearness, len(_URGENCY))))


def _of_windows(snapshot: Snapshot) -> Iterator[Meter]:
    networks = snapshot.networks.known()
    yield Meter(
        id="networks",
        title=N_(CONTEXT, "Networks on this host"),
        used=None if networks is None else len(networks),
        limit=MOST_NETWORKS,
        basis=Basis.REPORTED,
        meaning=N_(
            CONTEXT,
            "With more than 50 networks on one host, name resolution in containers has been seen to fail. "
            "Microsoft names no limit.",
        ),
        source="microsoft/Windows-Containers#380",
        unknown=_why_not(snapshot.networks),
    )
    yield from _external_networks(snapshot)
    yield from _dynamic_ports(snapshot)
    yield _engine_ports(snapshot)
    yield _vxlan_ids(snapshot)
    yield _hns_threads(snapshot)
    yield from _back_ends(snapshot)


def _why_not(section: Section[Any]) -> Text:
    return section.reason or N_(CONTEXT, "This part of the host was not read.")


def _external_networks(snapshot: Snapshot) -> Iterator[Meter]:
    adapters = snapshot.facts.adapters.known()
    physical = [one for one in adapters or () if one.physical and not one.host_vnic]
    if not physical:
        return
    networks = snapshot.networks.known() or ()
    external = [one for one in networks if _takes_an_adapter(one)]
    yield Meter(
        id="adapters",
        title=N_(CONTEXT, "Adapters with their own network"),
        used=len(external),
        limit=len(physical),
        basis=Basis.DOCUMENTED,
        meaning=N_(
            CONTEXT,
            "Each transparent or l2bridge network needs an adapter of its own; the next one is refused with "
            "“An adapter was not found” (0x803b0006).",
        ),
        source="Windows Container Networking, “Networks that leverage external vSwitch must each have their "
        "own network adapter”",
    )


def _takes_an_adapter(network: Network) -> bool:
    kind = driver(network.driver)
    return kind is not None and kind.external and network.driver.lower() != "overlay"


def _dynamic_ports(snapshot: Snapshot) -> Iterator[Meter]:
    for ports in snapshot.facts.dynamic_ports.known() or ():
        blocks = ports.count // PORTS_OF_A_BLOCK
        used = None if ports.free_blocks is None else blocks - ports.free_blocks
        yield Meter(
            id=f"dynamic-ports-{ports.protocol.lower()}",
            title=N_(CONTEXT, "Dynamic ports ({protocol}), in blocks of 64", protocol=ports.protocol.upper()),
            used=used,
            limit=blocks,
            basis=Basis.REPORTED,
            meaning=N_(
                CONTEXT,
                "HNS and WinNAT take whole blocks of 64 from {first} to {last}. Without one, no container "
                "gets out through NAT; with fewer than ten left, Microsoft's own script warns.",
                first=ports.first,
                last=ports.last,
            ),
            source="microsoft/SDN, networkhealth.ps1",
            unknown=N_(CONTEXT, "Which ports are in use was not read."),
        )


def _engine_ports(snapshot: Snapshot) -> Meter:
    containers = snapshot.containers.known()
    networks = {one.id: one for one in snapshot.networks.known() or ()}
    used = {
        (port.protocol, port.host_port)
        for container in containers or ()
        if any(
            networks[one.network_id].driver.lower() in _ENGINE_ALLOCATES
            for one in container.endpoints
            if one.network_id in networks
        )
        for port in container.ports
        if port.host_port in ENGINE_PORTS
    }
    return Meter(
        id="engine-ports",
        title=N_(CONTEXT, "Ports the engine chooses itself"),
        used=None if containers is None else len(used),
        limit=len(ENGINE_PORTS),
        basis=Basis.SOURCE,
        meaning=N_(
            CONTEXT,
            "Where no host port is named, the engine gives one from 60000 to 65000 to containers on "
            "l2bridge, l2tunnel and overlay networks. On nat networks HNS chooses.",
        ),
        source="moby, daemon/libnetwork/drivers/windows",
        unknown=_why_not(snapshot.containers),
    )


def _vxlan_ids(snapshot: Snapshot) -> Meter:
    networks = snapshot.networks.known()
    ids = {
        int(number)
        for one in networks or ()
        for number in one.option(VXLAN_ID_LIST).split(",")
        if number.strip().isdigit()
    }
    return Meter(
        id="vxlan-ids",
        title=N_(CONTEXT, "VXLAN IDs of overlay networks"),
        used=None if networks is None else sum(number in VXLAN_ID_RANGE for number in ids),
        limit=len(VXLAN_ID_RANGE),
        basis=Basis.SOURCE,
        meaning=N_(
            CONTEXT,
            "Every subnet of an overlay network has one, 4096 to 16777215: Windows can't use lower ones.",
        ),
        source="moby, libnetwork/drivers/overlay/ovmanager",
        unknown=_why_not(snapshot.networks),
    )


def _hns_threads(snapshot: Snapshot) -> Meter:
    service = snapshot.facts.hns_service.known()
    return Meter(
        id="hns-threads",
        title=N_(CONTEXT, "Threads of the Host Networking Service"),
        used=service.threads if service is not None else None,
        limit=MOST_HNS_THREADS,
        basis=Basis.REPORTED,
        meaning=N_(
            CONTEXT, "Above 200 Microsoft's own script takes HNS for deadlocked and advises a restart."
        ),
        source="microsoft/SDN, networkhealth.ps1",
        unknown=_why_not(snapshot.facts.hns_service),
    )


def _back_ends(snapshot: Snapshot) -> Iterator[Meter]:
    for balancer in snapshot.facts.hns_load_balancers.known() or ():
        yield Meter(
            id=f"back-ends-{balancer.id}",
            title=N_(CONTEXT, "Back ends of a load balancer"),
            subject=balancer.id,
            used=len(balancer.endpoints),
            limit=MOST_BACK_ENDS,
            basis=Basis.REPORTED,
            meaning=N_(CONTEXT, "VFP has been seen to accept no more than 64 back ends per rule."),
            source="microsoft/Windows-Containers#93",
        )


def _of_network(network: Network, snapshot: Snapshot) -> Iterator[Meter]:
    prefixes = network_prefixes(network)
    if not prefixes:
        return
    gateways = {pool.gateway for pool in network.pools if pool.gateway}
    room = sum(max(prefix.num_addresses - 2, 1) for prefix in prefixes) - len(gateways)
    known = snapshot.containers.known() is not None
    yield Meter(
        id=f"addresses-{network.id}",
        title=N_(CONTEXT, "Endpoints and addresses"),
        subject=network.name,
        used=len(attachments(network, snapshot)) if known else None,
        limit=max(room, 1),
        basis=Basis.COMPUTED,
        meaning=N_(
            CONTEXT,
            "{subnets} has room for this many endpoints, not counting network, broadcast and gateway "
            "addresses. On the physical network other machines use some of them.",
            subnets=", ".join(map(str, prefixes)),
        ),
        source="RFC 950, RFC 4632",
        unknown=N_(CONTEXT, "The containers of this host could not be read."),
    )
    if network.driver.lower() == "overlay":
        yield Meter(
            id=f"overlay-{network.id}",
            title=N_(CONTEXT, "Size of an overlay network"),
            subject=network.name,
            used=max(prefix.num_addresses for prefix in prefixes),
            limit=OVERLAY_ADDRESSES,
            may_be_full=True,
            basis=Basis.DOCUMENTED,
            meaning=N_(
                CONTEXT,
                "Docker advises /24 subnets (256 addresses) for overlay networks whose services have a "
                "virtual address. For more, use several networks, or DNS round robin.",
            ),
            source="docker docs, docker network create, “Overlay network limitations”; moby/moby#30820",
        )
