"""Which network adapters of a host can carry a network, and which already do.

Each network on an external vSwitch needs an adapter of its own (seed, "Networks that leverage
external vSwitch must each have their own network adapter"); overlay networks share one among
themselves (reference, 2.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE, NETWORK_NAME
from console.domain.drivers.registry import driver
from console.domain.per_snapshot import once_per_snapshot
from console.domain.snapshot import Adapter, Network, Snapshot, VSwitch, VSwitchKind

# Metrics are below.
_NO_WAY_OUT = 1 << 33


@dataclass(frozen=True, slots=True)
class AdapterUse:
    """One adapter under one external vSwitch.

    ``network`` is the docker network that owns the switch, None where docker has none on it.
    ``vswitch`` is the switch's name, "" where the switches of the host are unknown.
    ``visible`` is False for a switch made out of band that docker doesn't see.
    """

    adapter: str
    network: Network | None
    vswitch: str = ""
    visible: bool = True


@once_per_snapshot
def adapter_uses(snapshot: Snapshot) -> tuple[AdapterUse, ...]:
    """Every adapter known to be under an external vSwitch, and whose it is.

    Read from the vSwitches and adapters where they are known, and from the networks' own option
    ``interface`` always.
    """
    found: dict[tuple[str, str], AdapterUse] = {}
    known: set[str] = set()
    # Owners first: a switch or adapter without a known owner only adds what nobody else accounts for.
    uses = (*_by_vswitch(snapshot), *_by_option(snapshot), *_by_adapter(snapshot))
    for use in sorted(uses, key=lambda use: use.network is None):
        adapter, owner = use.adapter.casefold(), use.network.id if use.network else ""
        if owner or adapter not in known:
            found.setdefault((adapter, owner), use)
        known.add(adapter)
    return tuple(found.values())


@once_per_snapshot
def external_adapters(snapshot: Snapshot) -> tuple[tuple[VSwitch, tuple[Adapter, ...]], ...]:
    """The external vSwitches, each with the adapters under it that the host has.

    A vSwitch and its adapters may each name the other.
    """
    switches = [one for one in snapshot.facts.vswitches.known() or () if one.kind is VSwitchKind.EXTERNAL]
    own = [one for one in (snapshot.facts.adapters.known() or ()) if not one.host_vnic] if switches else []
    found = []
    for switch in switches:
        names = {name.casefold() for name in switch.adapters}
        wanted = switch.name.casefold()
        under = [one for one in own if one.name.casefold() in names or one.vswitch.casefold() == wanted]
        found.append((switch, tuple(under)))
    return tuple(found)


@once_per_snapshot
def external_networks(snapshot: Snapshot) -> tuple[Network, ...]:
    """The networks that sit on an external vSwitch: transparent, l2bridge, l2tunnel, overlay."""
    return tuple(network for network in snapshot.networks.known() or () if _is_external(network.driver))


def hns_name(network: Network) -> str:
    """The name of a network in HNS: as set, else the engine's 64-digit id (reference, 1.1).

    The default network is ``nat`` there too, also on engines that don't say so in its options.
    """
    if network.name == "nat" and network.driver.lower() == "nat":
        return network.option(NETWORK_NAME) or network.name
    return network.option(NETWORK_NAME) or network.id


def usable_adapters(snapshot: Snapshot) -> tuple[Adapter, ...] | None:
    """The adapters a network could be bound to, taken or not; None where adapters are unknown.

    Host vNICs (``vEthernet (…)``) are never such; wireless and unconnected adapters regularly
    fail (reference, 2.1). The one with the default route is first: Windows itself takes that one where
    none is named, and of the others nobody knows whether they lead out. They may be for storage or a cluster.
    """
    adapters = snapshot.facts.adapters.known()
    if adapters is None:
        return None
    return tuple(sorted(filter(is_usable, adapters), key=_distance_from_the_way_out))


def _distance_from_the_way_out(adapter: Adapter) -> int:
    if not adapter.gateways:
        return _NO_WAY_OUT
    return _NO_WAY_OUT - 1 if adapter.metric is None else adapter.metric


def free_adapters(snapshot: Snapshot, *, overlay: bool = False) -> tuple[Adapter, ...] | None:
    """The usable adapters no external vSwitch is bound to; None where adapters are unknown.

    For an overlay network those that carry overlay networks only count as free as well.
    """
    usable = usable_adapters(snapshot)
    if usable is None:
        return None
    uses = adapter_uses(snapshot)
    taken = {use.adapter.casefold() for use in uses if not (overlay and is_overlay(use))}
    return tuple(adapter for adapter in usable if adapter.name.casefold() not in taken)


def is_usable(adapter: Adapter) -> bool:
    """Whether an external vSwitch can be expected to bind to the adapter, and to lead to a real network.

    A card that is in a team belongs to the team, whose own adapter stands for it. What a program made, such
    as a VPN, leads to that program alone.
    """
    if adapter.status != "Up" or adapter.host_vnic or adapter.wireless or adapter.team_member:
        return False
    return adapter.physical or adapter.team_interface


def team_of(adapter: Adapter, snapshot: Snapshot) -> str:
    """The name of the team that a card is in; "" where it is in none, or one of several."""
    teams = [one.name for one in snapshot.facts.adapters.known() or () if one.team_interface]
    return teams[0] if adapter.team_member and len(teams) == 1 else ""


def is_overlay(use: AdapterUse) -> bool:
    """Whether the adapter is used by an overlay network."""
    return use.network is not None and use.network.driver.lower() == "overlay"


@lru_cache(maxsize=64)
def _is_external(driver_name: str) -> bool:
    kind = driver(driver_name)
    return kind is not None and kind.external


def _by_vswitch(snapshot: Snapshot) -> Iterator[AdapterUse]:
    owners = {hns_name(network): network for network in external_networks(snapshot)}
    for switch in snapshot.facts.vswitches.known() or ():
        if switch.kind is VSwitchKind.EXTERNAL:
            yield from _uses_of(switch, owners.get(switch.name))


def _uses_of(switch: VSwitch, owner: Network | None) -> Iterator[AdapterUse]:
    for adapter in switch.adapters:
        yield AdapterUse(adapter, owner, switch.name, switch.visible_to_docker or owner is not None)


def _by_option(snapshot: Snapshot) -> Iterator[AdapterUse]:
    for network in external_networks(snapshot):
        for adapter in adapter_names(network.option(INTERFACE)):
            yield AdapterUse(adapter, network)


def _by_adapter(snapshot: Snapshot) -> Iterator[AdapterUse]:
    for adapter in snapshot.facts.adapters.known() or ():
        if adapter.vswitch and not adapter.host_vnic:
            yield AdapterUse(adapter.name, None, adapter.vswitch)
