"""Rules about NAT networks on Windows before 1703, which knows one NAT prefix only."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.addressing import (
    MULTI_NAT_BUILD,
    first_host,
    nat_internal_prefix,
    parse_prefix,
    partition,
)
from console.domain.field import Field
from console.domain.prefix_index import PrefixKind
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import rule
from console.domain.text import N_

_SOURCE = 'seed, "Multiple NAT networks on WS2016 Container Host"; reference, 2.1'
PARTITION_LENGTH = 24
"""Prefix length that is suggested where none is asked for."""


@rule("nat-partition", source=_SOURCE)
def nat_partition(case: Case) -> Iterator[Objection]:
    """Each further NAT network is a part of the host's one internal NAT prefix."""
    if not _one_prefix_only(case):
        return
    internal = parse_prefix(nat_internal_prefix(case.snapshot) or "")
    for position, prefix in case.prefixes:
        if internal is None:
            yield note(
                Field.SUBNET,
                N_(
                    "Preflight",
                    "The subnet must lie in the host's internal NAT prefix, which could not be read.",
                ),
                N_("Preflight", "On the host, Get-NetNat shows it as InternalIPInterfaceAddressPrefix."),
                position=position,
            )
        elif not prefix.subnet_of(internal):
            yield error(
                Field.SUBNET,
                N_(
                    "Preflight",
                    "{prefix} is not part of the host's internal NAT prefix {internal}.",
                    prefix=prefix,
                    internal=internal,
                ),
                N_(
                    "Preflight",
                    "Windows Server 2016 has one NAT prefix, and all NAT networks are parts of it; "
                    "others are refused "
                    "with “The parameter is incorrect” (0x57).",
                ),
                _part(case, str(internal), max(prefix.prefixlen, internal.prefixlen + 1)),
                position,
            )
        elif prefix == internal:
            yield error(
                Field.SUBNET,
                N_("Preflight", "{prefix} is all of the host's internal NAT prefix.", prefix=prefix),
                N_("Preflight", "The network nat already has it; take a part of it."),
                _part(case, str(internal), PARTITION_LENGTH),
                position,
            )


@rule("nat-partition-missing", source=_SOURCE)
def nat_partition_missing(case: Case) -> Iterator[Objection]:
    """Without a subnet Windows Server 2016 would make a second NAT prefix, which it can't."""
    if not _one_prefix_only(case) or any(entry.typed.subnet for entry in case.entries):
        return
    internal = nat_internal_prefix(case.snapshot)
    if internal is None:
        return
    yield warning(
        Field.SUBNET,
        N_(
            "Preflight",
            "Give a part of the host's internal NAT prefix {internal} as subnet.",
            internal=internal,
        ),
        N_("Preflight", "Windows Server 2016 has one NAT prefix and can't choose a second one by itself."),
        _part(case, internal, PARTITION_LENGTH),
    )


@rule("nat-partition-gateway", source=_SOURCE)
def nat_partition_gateway(case: Case) -> Iterator[Objection]:
    """No gateway serves two parts of the NAT prefix."""
    if not case.is_driver("nat"):
        return
    held = {pool.gateway: network.name for network in case.networks for pool in network.pools if pool.gateway}
    for entry in case.entries:
        owner = held.get(entry.typed.gateway)
        prefix = parse_prefix(entry.typed.subnet)
        if owner is None or prefix is None or entry.gateway not in prefix:
            continue
        if _one_prefix_only(case) and not _meets_other(case, str(prefix)):
            yield error(
                Field.GATEWAY,
                N_(
                    "Preflight",
                    "{gateway} is the gateway of the network {owner}.",
                    gateway=entry.gateway,
                    owner=owner,
                ),
                N_("Preflight", "Each part of the NAT prefix has a gateway of its own."),
                _other_gateway(str(prefix), entry.typed.gateway),
                entry.position,
            )


def _one_prefix_only(case: Case) -> bool:
    return case.is_driver("nat") and case.build is not None and case.build < MULTI_NAT_BUILD


def _part(case: Case, internal: str, prefix_length: int) -> str:
    whole = parse_prefix(internal)
    length = prefix_length if whole is None else max(prefix_length, min(whole.prefixlen + 1, 30))
    return next(partition(internal, length, case.snapshot), "")


def _meets_other(case: Case, subnet: str) -> bool:
    """Whether another rule already says that the subnet itself is taken."""
    prefix = parse_prefix(subnet)
    internal = parse_prefix(nat_internal_prefix(case.snapshot) or "")
    meeting = case.held.overlapping(prefix) if prefix is not None else ()
    return any(held.kind is PrefixKind.NETWORK and held.prefix != internal for held in meeting)


def _other_gateway(subnet: str, taken: str) -> str:
    first = first_host(subnet)
    prefix = parse_prefix(subnet)
    if first != taken or prefix is None or prefix.prefixlen > 29:
        return first if first != taken else ""
    return str(prefix.network_address + 2)
