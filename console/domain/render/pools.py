"""How the docker client makes IPAM configurations out of separate address flags.

``--gateway``, ``--ip-range`` and ``--aux-address`` belong to the ``--subnet`` that contains them. The
client works that out itself and refuses what does not fit before it sends anything; the refusals
here are the client's own sentences (reference, 2.2, "Client side").
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.domain.render.errors import CommandError
from console.domain.spec import SubnetSpec
from console.domain.text import N_, Text

CONTEXT = "docker command"
Prefix = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass
class _Pool:
    subnet: str
    ip_range: str = ""
    gateway: str = ""
    aux_addresses: dict[str, str] = field(default_factory=dict)

    def contains(self, value: str) -> bool:
        """Whether the subnet holds an address, or the address part of a prefix."""
        prefix = _prefix(self.subnet)
        if "/" in value:
            _prefix(value)  # the client reads it in full before it looks at the address
        address = _address(value.partition("/")[0])
        return address is not None and address.version == prefix.version and address in prefix


def pools(
    subnets: Sequence[str],
    ip_ranges: Sequence[str],
    gateways: Sequence[str],
    aux_addresses: Mapping[str, str],
) -> tuple[SubnetSpec, ...]:
    """The IPAM configuration that these flag values stand for, in the order of the subnets.

    Raises :class:`CommandError` with the client's own words where it refuses them.
    """
    if len(subnets) < max(len(ip_ranges), len(gateways)):
        raise CommandError(N_(CONTEXT, "every ip-range or gateway must have a corresponding subnet"))
    found = _distinct(subnets)
    for ip_range in ip_ranges:
        _set_range(found, ip_range)
    for gateway in gateways:
        _set_gateway(found, gateway)
    for name, address in aux_addresses.items():
        refusal = N_(CONTEXT, "no matching subnet for aux-address {address}", address=address)
        for pool in _matching(found, address, refusal):
            pool.aux_addresses[name] = address
    return tuple(
        SubnetSpec(
            subnet=pool.subnet,
            gateway=pool.gateway,
            ip_range=pool.ip_range,
            aux_addresses=pool.aux_addresses,
        )
        for pool in found
    )


def _distinct(subnets: Sequence[str]) -> list[_Pool]:
    found: list[_Pool] = []
    for subnet in subnets:
        pool = _Pool(subnet)
        for other in found:
            if pool.contains(other.subnet) or other.contains(pool.subnet):
                raise CommandError(N_(CONTEXT, "multiple overlapping subnet configuration is not supported"))
        found.append(pool)
    return found


def _set_range(found: list[_Pool], ip_range: str) -> None:
    _prefix(ip_range)
    refusal = N_(CONTEXT, "no matching subnet for range {ip_range}", ip_range=ip_range)
    for pool in _matching(found, ip_range, refusal):
        if pool.ip_range:
            raise CommandError(
                N_(
                    CONTEXT,
                    "cannot configure multiple ranges ({new}, {old}) on the same subnet ({subnet})",
                    new=ip_range,
                    old=pool.ip_range,
                    subnet=pool.subnet,
                )
            )
        pool.ip_range = ip_range


def _set_gateway(found: list[_Pool], gateway: str) -> None:
    refusal = N_(CONTEXT, "no matching subnet for gateway {gateway}", gateway=gateway)
    for pool in _matching(found, gateway, refusal):
        if pool.gateway:
            raise CommandError(
                N_(
                    CONTEXT,
                    "cannot configure multiple gateways ({new}, {old}) for the same subnet ({subnet})",
                    new=gateway,
                    old=pool.gateway,
                    subnet=pool.subnet,
                )
            )
        pool.gateway = gateway


def _matching(found: list[_Pool], value: str, refusal: Text) -> list[_Pool]:
    matching = [pool for pool in found if pool.contains(value)]
    if not matching:
        raise CommandError(refusal)
    return matching


def _prefix(text: str) -> Prefix:
    _, slash, length = text.partition("/")
    try:
        # Python also takes an address without a length and a dotted mask; the client does not.
        if slash and length.isascii() and length.isdigit():
            return ipaddress.ip_network(text, strict=False)
    except ValueError:
        pass
    raise CommandError(N_(CONTEXT, "invalid CIDR address: {prefix}", prefix=text))


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
