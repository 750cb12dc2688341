"""Addresses that would work on this host, and what choosing an adapter does to it; Qt-free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.addressing import (
    adapter_prefixes,
    first_host,
    nat_internal_prefix,
    next_free_subnet,
    parse_prefix,
    routed_elsewhere,
)
from console.domain.drivers.driver import Driver
from console.domain.host_adapters import usable_adapters
from console.domain.snapshot import Adapter, Snapshot
from console.domain.text import N_, Text

CONTEXT = "NetworkWizard"

MANY_NAT_PREFIXES_BUILD = 15063
"""The first build whose NAT networks may have any prefix; before, they are parts of the one internal
prefix (seed, "Multiple NAT networks"; reference, 2.1)."""

PREFIX_LENGTHS = tuple(range(16, 30))
USUAL_PREFIX_LENGTH = 24


@dataclass(frozen=True)
class SubnetSuggestion:
    """A subnet and gateway that would do, and where they are from."""

    subnet: str
    gateway: str
    reason: Text


def on_physical_network(driver: Driver) -> bool:
    """Whether the driver's containers live in the subnet of the physical network."""
    return driver.external and driver.name != "overlay"


def suggest_subnet(
    driver: Driver,
    snapshot: Snapshot,
    prefix_length: int,
    *,
    adapters: Iterable[str] = (),
    avoid: Iterable[str] = (),
) -> SubnetSuggestion | None:
    """A subnet for a network of ``driver``; None where none can be worked out.

    ``adapters`` are the names chosen so far, ``avoid`` the subnets already in the draft.
    """
    if on_physical_network(driver):
        return _of_adapter(snapshot, tuple(adapters))
    if driver.name in {"macvlan", "ipvlan"}:
        # Their subnet is the physical network's, which a Linux engine does not tell.
        return None
    within = _nat_partition(driver, snapshot)
    subnet = next_free_subnet(prefix_length, snapshot, within=within, avoid=avoid)
    if subnet is None:
        return None
    return SubnetSuggestion(subnet, first_host(subnet), _why_free(subnet, within, snapshot))


def _why_free(subnet: str, within: str | None, snapshot: Snapshot) -> Text:
    if within:
        return N_(CONTEXT, "Free part of the internal NAT prefix {prefix}", prefix=within)
    route = routed_elsewhere(subnet, snapshot)
    if route:
        return N_(
            CONTEXT, "Not used on this host; {route} is routed elsewhere now, by a VPN for instance",
            route=route,
        )  # fmt: skip
    return N_(CONTEXT, "Not used by any network, adapter or route of this host")


def _nat_partition(driver: Driver, snapshot: Snapshot) -> str | None:
    engine = snapshot.engine.known()
    version = engine.windows if engine else None
    if driver.name != "nat" or version is None or version.build >= MANY_NAT_PREFIXES_BUILD:
        return None
    return nat_internal_prefix(snapshot)


def _of_adapter(snapshot: Snapshot, chosen: tuple[str, ...]) -> SubnetSuggestion | None:
    adapters = snapshot.facts.adapters.known() or ()
    wanted = {name.casefold() for name in chosen}
    candidates = [each for each in adapters if each.name.casefold() in wanted]
    if not chosen:
        candidates = list(usable_adapters(snapshot) or ())
    for adapter in candidates:
        holder = _address_holder(adapter, adapters)
        prefixes = adapter_prefixes(holder)
        if prefixes:
            subnet = str(prefixes[0])
            gateway = _gateway_in(subnet, holder) or first_host(subnet)
            reason = N_(CONTEXT, "The physical network at the adapter {name}", name=adapter.name)
            return SubnetSuggestion(subnet, gateway, reason)
    return None


def _address_holder(adapter: Adapter, adapters: Iterable[Adapter]) -> Adapter:
    """Under an external vSwitch it is the host vNIC that has the addresses."""
    if adapter.addresses or not adapter.vswitch:
        return adapter
    vnics = (
        each for each in adapters if each.host_vnic and each.vswitch == adapter.vswitch and each.addresses
    )
    return next(vnics, adapter)


def _gateway_in(subnet: str, adapter: Adapter) -> str:
    prefix = parse_prefix(subnet)
    for gateway in adapter.gateways:
        parsed = parse_prefix(f"{gateway}/32")
        if prefix is not None and parsed is not None and parsed.subnet_of(prefix):
            return gateway
    return ""


def effect_of_adapters(driver: Driver, snapshot: Snapshot, chosen: Iterable[str]) -> tuple[Text, ...]:
    """What happens to the host when a network of ``driver`` is made on the adapters ``chosen``."""
    wanted = {name.casefold() for name in chosen}
    adapters = [each for each in snapshot.facts.adapters.known() or () if each.name.casefold() in wanted]
    found = []
    if len(wanted) > 1:
        found.append(
            N_(
                CONTEXT,
                "Several adapters are joined into one team (Switch Embedded Teaming): they share the load, "
                "and the network stays up while one of them works. They should be of the same kind and "
                "speed.",
            )
        )
    cut = [each for each in adapters if each.addresses and not each.vswitch]
    if cut:
        found.append(
            N_(
                CONTEXT,
                "Windows puts an external vSwitch on the adapter. Its addresses move to a host vNIC, and "
                "the host's connections through {names} are interrupted for some seconds, including remote "
                "sessions.",
                names=", ".join(each.name for each in cut),
            )
        )
    elif driver.external and any(not each.vswitch for each in adapters):
        found.append(
            N_(
                CONTEXT,
                "Windows puts an external vSwitch on the adapter. It carries none of the host's own "
                "addresses, so nothing the host does is interrupted.",
            )
        )
    return tuple(found)
