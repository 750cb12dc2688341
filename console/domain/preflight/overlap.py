"""Rules about prefixes that are already in use on the host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network

from console.domain.addressing import (
    MULTI_NAT_BUILD,
    nat_internal_prefix,
    next_free_subnet,
    parse_prefix,
    partition,
    routed_elsewhere,
)
from console.domain.field import Field
from console.domain.prefix_index import HeldPrefix, PrefixKind
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_, Text


@rule("prefix-in-use", source="reference, 0.5, 2.1 and 4.2 (0x57)")
def prefix_in_use(case: Case) -> Iterator[Objection]:
    """The prefix of a NAT network is nobody else's."""
    if not case.is_driver("nat", "internal", "private"):
        return
    for position, prefix in case.prefixes:
        clash = _clash(case, prefix)
        if clash is None:
            continue
        free = _instead(case, prefix)
        if clash.broad:
            yield _routed_elsewhere(case, clash, prefix, free, position)
            continue
        objection = warning if clash.kind is PrefixKind.ROUTE or case.is_driver("private") else error
        yield objection(
            Field.SUBNET,
            _taken(prefix, clash),
            N_(
                "Preflight",
                "Docker does not check it; Windows refuses overlapping prefixes (0x57), or replies would "
                "go astray.",
            ),
            free,
            position,
        )


def _routed_elsewhere(
    case: Case, route: HeldPrefix, prefix: IPv4Network, free: str, position: int
) -> Objection:
    """A route of a whole private range says little of one prefix: a note where no other is any better."""
    better = free if not routed_elsewhere(free, case.snapshot) else ""
    objection = warning if better else note
    return objection(
        Field.SUBNET,
        N_(
            "Preflight", "{prefix} is part of {used}, which is routed elsewhere now, by a VPN for instance.",
            prefix=prefix, used=route.prefix,
        ),
        N_(
            "Preflight",
            "Machines there that have these addresses can't be reached from this host and its containers.",
        ),
        better,
        position,
    )  # fmt: skip


def _clash(case: Case, prefix: IPv4Network) -> HeldPrefix | None:
    """The first holder of addresses of ``prefix``; those that make Windows refuse come first."""
    internal = _internal_prefix_that_is_shared(case)
    return _most_telling(
        held
        for held in case.held.overlapping(prefix)
        if not (internal is not None and internal.subnet_of(held.prefix) and prefix != internal)
    )


def _most_telling(holders: Iterable[HeldPrefix]) -> HeldPrefix | None:
    """The first that is not a route of a whole private range; else the first of those."""
    broad = None
    for held in holders:
        if not held.broad:
            return held
        broad = broad or held
    return broad


def _internal_prefix_that_is_shared(case: Case) -> IPv4Network | None:
    """On Windows Server 2016 NAT networks lie inside the one NAT prefix on purpose."""
    if case.is_driver("nat") and case.build is not None and case.build < MULTI_NAT_BUILD:
        return parse_prefix(nat_internal_prefix(case.snapshot) or "")
    return None


def _instead(case: Case, prefix: IPv4Network) -> str:
    length = prefix.prefixlen if 8 <= prefix.prefixlen <= 30 else 24
    internal = _internal_prefix_that_is_shared(case)
    if internal is not None:
        return next(partition(str(internal), max(length, internal.prefixlen + 1), case.snapshot), "")
    own = [str(other) for _, other in case.prefixes]
    return next_free_subnet(length, case.snapshot, avoid=own) or ""


def _taken(prefix: IPv4Network, clash: HeldPrefix) -> Text:
    values = {"prefix": prefix, "used": clash.prefix, "name": clash.name}
    if clash.kind is PrefixKind.NETWORK:
        return N_("Preflight", "{prefix} overlaps {used} of the network {name}.", **values)
    if clash.kind is PrefixKind.NAT:
        return N_("Preflight", "{prefix} overlaps {used} of the NAT {name}.", **values)
    if clash.kind is PrefixKind.ADAPTER:
        return N_("Preflight", "{prefix} overlaps {used} of the adapter {name}.", **values)
    return N_("Preflight", "{prefix} overlaps the route to {used}.", **values)


@rule("physical-prefix-in-use", source="reference, 4.2 (0x57)")
def physical_prefix_in_use(case: Case) -> Iterator[Objection]:
    """A network of the LAN does not overlap an internal one of the host."""
    if not case.is_driver("transparent", "l2bridge", "l2tunnel"):
        return
    for position, prefix in case.prefixes:
        others = case.held.overlapping_networks(prefix)
        inner = next((one for one in others if one.driver.lower() in {"nat", "internal", "ics"}), None)
        if inner is not None:
            yield error(
                Field.SUBNET,
                N_("Preflight", "{prefix} overlaps the network {name}.", prefix=prefix, name=inner.name),
                N_("Preflight", "The host could not tell the physical network from its own internal one."),
                position=position,
            )


@rule("pool-overlaps", source="reference, 2.2 overlay pool clash", engines=Engines.ALL)
def pool_overlaps(case: Case) -> Iterator[Objection]:
    """The engine's own address management gives each prefix once per scope."""
    if case.windows and not case.is_driver("overlay"):
        return
    scope = "swarm" if case.is_driver("overlay") or case.spec.scope == "swarm" else "local"
    for position, prefix in case.prefixes:
        others = case.held.overlapping_networks(prefix)
        network = next((one for one in others if one.scope == scope), None)
        if network is not None:
            own = [str(other) for _, other in case.prefixes]
            yield error(
                Field.SUBNET,
                N_("Preflight", "{prefix} overlaps the network {name}.", prefix=prefix, name=network.name),
                N_("Preflight", "The engine says: “Pool overlaps with other one on this address space”."),
                next_free_subnet(min(max(prefix.prefixlen, 8), 30), case.snapshot, avoid=own) or "",
                position,
            )


@rule("overlay-hides-host-network", source="reference, 2.7", engines=Engines.ALL)
def overlay_hides_host_network(case: Case) -> Iterator[Objection]:
    """An overlay or bridge subnet hides a network the host is in from its containers."""
    if not case.is_driver("overlay", "bridge"):
        return
    for position, prefix in case.prefixes:
        meeting = case.held.overlapping(prefix)
        held = _most_telling(one for one in meeting if _is_host_side(case, one))
        if held is not None and held.broad:
            length = min(max(prefix.prefixlen, 8), 30)
            free = next_free_subnet(length, case.snapshot, avoid=[str(prefix)]) or ""
            yield _routed_elsewhere(case, held, prefix, free, position)
        elif held is not None:
            yield warning(
                Field.SUBNET,
                _taken(prefix, held),
                N_(
                    "Preflight",
                    "Containers on this network will not reach the machines that have these addresses.",
                ),
                next_free_subnet(min(max(prefix.prefixlen, 8), 30), case.snapshot, avoid=[str(prefix)]) or "",
                position,
            )


def _is_host_side(case: Case, held: HeldPrefix) -> bool:
    if held.kind in (PrefixKind.ADAPTER, PrefixKind.ROUTE):
        return True
    return (
        case.windows
        and held.kind is PrefixKind.NETWORK
        and case.held.networks[held.network_id].scope == "local"
    )
