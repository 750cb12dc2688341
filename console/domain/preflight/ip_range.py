"""Rules about IP ranges and auxiliary addresses."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from console.domain.addressing import AnyPrefix, parse_any_address, parse_any_prefix
from console.domain.field import Field
from console.domain.preflight.case import Case, Entry
from console.domain.preflight.objection import Objection, error, warning
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_, Text

_UNSUPPORTED = 'seed, "Unsupported features and network options"; reference, 3.4'


@rule("ip-range-unsupported", source=f"{_UNSUPPORTED} and 2.2 check 11")
def ip_range_unsupported(case: Case) -> Iterator[Objection]:
    """--ip-range on Windows: overlay only."""
    for entry in case.entries:
        if entry.typed.ip_range and not case.is_driver("overlay"):
            yield error(
                Field.IP_RANGE,
                N_("Preflight", "Windows accepts no IP range (--ip-range) for this driver."),
                N_(
                    "Preflight",
                    "Microsoft's documentation lists it as unsupported, and the engine refuses it: “this "
                    "request is not supported by the 'windows' ipam driver”. Give a smaller subnet instead.",
                ),
                position=entry.position,
            )


@rule("ip-range-overlay", source=_UNSUPPORTED)
def ip_range_overlay(case: Case) -> Iterator[Objection]:
    """Documents and engine disagree about --ip-range of an overlay network."""
    for entry in case.entries:
        if entry.typed.ip_range and case.is_driver("overlay"):
            yield warning(
                Field.IP_RANGE,
                N_(
                    "Preflight",
                    "Microsoft's documentation lists IP ranges (--ip-range) as unsupported on Windows.",
                ),
                N_(
                    "Preflight",
                    "For overlay networks the engine accepts them: the swarm manager gives the addresses.",
                ),
                position=entry.position,
            )


@rule("ip-range-invalid", source="reference, 2.2 check 5 and client side", engines=Engines.ALL)
def ip_range_invalid(case: Case) -> Iterator[Objection]:
    """An IP range is a smaller prefix inside its subnet."""
    if case.windows and not case.is_driver("overlay"):
        return
    for entry in case.entries:
        if not entry.typed.ip_range:
            continue
        inner = parse_any_prefix(entry.typed.ip_range)
        why = _why_invalid(entry, inner)
        if why is not None:
            yield error(
                Field.IP_RANGE,
                N_("Preflight", "{range} is not a range of this subnet.", range=entry.typed.ip_range),
                why,
                _range_inside(entry, inner),
                entry.position,
            )


def _why_invalid(entry: Entry, inner: AnyPrefix | None) -> Text | None:
    if not entry.typed.subnet:
        return N_(
            "Preflight",
            "The docker client says: “every ip-range or gateway must have a corresponding subnet”.",
        )
    if inner is None:
        return N_("Preflight", "A range is written as a prefix inside the subnet, such as 10.0.0.128/25.")
    if entry.prefix is None:
        return None
    if inner.version != entry.prefix.version:
        return N_("Preflight", "Subnet and range must both be IPv4 or both IPv6.")
    if inner.prefixlen < entry.prefix.prefixlen:
        return N_(
            "Preflight",
            "The engine says: “CIDR block is bigger than its parent subnet {prefix}”.",
            prefix=entry.prefix,
        )
    if inner.network_address not in entry.prefix:
        return N_(
            "Preflight",
            "The engine says: “parent subnet {prefix} doesn't contain ip-range”.",
            prefix=entry.prefix,
        )
    if entry.typed.ip_range.partition("/")[0] != str(inner.network_address) and inner.version == 4:
        return N_("Preflight", "The engine says: “it should be {range}”.", range=inner)
    return None


def _is_inside(inner: AnyPrefix, outer: AnyPrefix) -> bool:
    return (
        inner.version == outer.version
        and inner.prefixlen >= outer.prefixlen
        and inner.network_address in outer
    )


def _range_inside(entry: Entry, inner: AnyPrefix | None) -> str:
    if inner is not None and entry.prefix is not None and _is_inside(inner, entry.prefix):
        return str(inner)
    if isinstance(entry.prefix, IPv4Network) and entry.prefix.prefixlen < 30:
        return str(list(entry.prefix.subnets(prefixlen_diff=1))[1])
    return ""


@rule("aux-address-unsupported", source=_UNSUPPORTED)
def aux_address_unsupported(case: Case) -> Iterator[Objection]:
    """--aux-address on Windows: accepted and never used."""
    for entry in case.entries:
        if entry.typed.aux_addresses:
            yield warning(
                Field.AUX_ADDRESS,
                N_("Preflight", "Reserved addresses (--aux-address) do nothing on Windows."),
                N_(
                    "Preflight",
                    "Microsoft's documentation lists them as unsupported; the engine accepts them and "
                    "never tells Windows, so containers may still get these addresses.",
                ),
                position=entry.position,
            )


@rule("aux-address-invalid", source="reference, 2.2 check 5", engines=Engines.ALL)
def aux_address_invalid(case: Case) -> Iterator[Objection]:
    """A reserved address lies in its subnet."""
    for entry in case.entries:
        for name, typed in entry.typed.aux_addresses.items():
            address = parse_any_address(typed)
            if address is not None and (entry.prefix is None or address in entry.prefix):
                continue
            yield error(
                Field.AUX_ADDRESS,
                N_("Preflight", "{address} is not an address of this subnet.", address=typed),
                N_("Preflight", "The engine says: “invalid auxiliary address {name}”.", name=name),
                position=entry.position,
            )
