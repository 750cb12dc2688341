"""Rules about gateways."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from console.domain.addressing import first_host, is_host_address, is_reserved_address, parse_address
from console.domain.drivers.driver import Requirement
from console.domain.field import Field
from console.domain.preflight.case import Case, Entry
from console.domain.preflight.objection import Objection, error, warning
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_

_STATIC = 'seed, "Remember to specify --subnet and --gateway when using static IP assignment"'


@rule("gateway-required", source=f"{_STATIC}; reference, 2.1 and 2.2 check 14")
def gateway_required(case: Case) -> Iterator[Objection]:
    """Fixed addresses need subnet and gateway."""
    if case.driver is None:
        return
    if case.driver.inputs[Field.GATEWAY] not in (Requirement.REQUIRED, Requirement.WITH_SUBNET):
        return
    for entry in case.entries:
        if isinstance(entry.prefix, IPv4Network) and not entry.typed.gateway and entry.prefix.prefixlen:
            yield error(
                Field.GATEWAY,
                N_("Preflight", "With its own subnet this network needs a gateway."),
                N_(
                    "Preflight",
                    "Fixed addresses need subnet and gateway, those of the physical network. Without "
                    "a gateway the "
                    "engine gives up with “invalid CIDR address: /32”.",
                ),
                _usual_gateway(case, entry),
                entry.position,
            )


@rule("gateway-without-subnet", source="reference, 2.2 client side", engines=Engines.ALL)
def gateway_without_subnet(case: Case) -> Iterator[Objection]:
    """A gateway belongs to a subnet."""
    for entry in case.entries:
        if entry.typed.gateway and not entry.typed.subnet:
            yield error(
                Field.GATEWAY,
                N_("Preflight", "A gateway needs its subnet."),
                N_(
                    "Preflight",
                    "The docker client says: “every ip-range or gateway must have a corresponding subnet”.",
                ),
                position=entry.position,
            )


@rule("gateway-syntax", source="reference, 2.2 check 5", engines=Engines.ALL)
def gateway_syntax(case: Case) -> Iterator[Objection]:
    """A gateway is one address."""
    for entry in case.entries:
        typed = entry.typed.gateway
        if not typed:
            continue
        if entry.gateway is None or (case.windows and not isinstance(entry.gateway, IPv4Address)):
            yield error(
                Field.GATEWAY,
                N_("Preflight", "{gateway} is not an IPv4 address.", gateway=typed)
                if case.windows
                else N_("Preflight", "{gateway} is not an IP address.", gateway=typed),
                N_(
                    "Preflight",
                    "A gateway is one address of the subnet, without a prefix length, such as 10.0.0.1.",
                ),
                _repaired(case, entry),
                entry.position,
            )


@rule("gateway-outside", source="reference, 2.2 check 5", engines=Engines.ALL)
def gateway_outside(case: Case) -> Iterator[Objection]:
    """A gateway lies in its subnet.

    The seed's own example CustomNat2 (gateway 172.16.1.1 for 172.16.2.0/24) is refused by this.
    """
    for entry in case.entries:
        if entry.gateway is None or entry.prefix is None or entry.gateway in entry.prefix:
            continue
        yield error(
            Field.GATEWAY,
            N_(
                "Preflight",
                "{gateway} is not in the subnet {prefix}.",
                gateway=entry.gateway,
                prefix=entry.prefix,
            ),
            N_(
                "Preflight",
                "The engine says: “invalid gateway {gateway}: parent subnet {prefix} doesn't contain "
                "this address”.",
                gateway=entry.gateway,
                prefix=entry.prefix,
            ),
            _usual_gateway(case, entry),
            entry.position,
        )


@rule("gateway-reserved", source="reference, 4.3 (ADDR_INVALID_OR_RESERVED)", engines=Engines.ALL)
def gateway_reserved(case: Case) -> Iterator[Objection]:
    """The first and the last address of a subnet belong to nobody."""
    for entry in case.entries:
        if not isinstance(entry.gateway, IPv4Address) or not isinstance(entry.prefix, IPv4Network):
            continue
        if not is_reserved_address(entry.gateway, entry.prefix):
            continue
        if entry.gateway == entry.prefix.network_address:
            message = N_(
                "Preflight", "{gateway} is the network address of the subnet.", gateway=entry.gateway
            )
        else:
            message = N_(
                "Preflight", "{gateway} is the broadcast address of the subnet.", gateway=entry.gateway
            )
        yield error(
            Field.GATEWAY,
            message,
            N_("Preflight", "The first and last address of a subnet can't be assigned to anything."),
            _usual_gateway(case, entry),
            entry.position,
        )


@rule("gateway-refused", source="reference, 2.1 ics and null")
def gateway_refused(case: Case) -> Iterator[Objection]:
    """Some drivers take no gateway at all."""
    if case.driver is None or case.driver.takes(Field.GATEWAY):
        return
    for entry in case.entries:
        if entry.typed.gateway:
            yield error(
                Field.GATEWAY,
                N_("Preflight", "The driver {driver} takes no gateway.", driver=case.driver.name),
                case.driver.ipam_text,
                position=entry.position,
            )


@rule("gateway-not-the-hosts", source=_STATIC)
def gateway_not_the_hosts(case: Case) -> Iterator[Objection]:
    """On the physical network its router is the gateway."""
    if not case.is_driver("transparent", "l2bridge") or case.host_adapter is None:
        return
    routers = [router for router in map(parse_address, case.host_adapter.gateways) if router is not None]
    for entry in case.entries:
        if not isinstance(entry.gateway, IPv4Address) or not isinstance(entry.prefix, IPv4Network):
            continue
        there = [router for router in routers if router in entry.prefix]
        if there and entry.gateway not in there and is_host_address(entry.gateway, entry.prefix):
            yield warning(
                Field.GATEWAY,
                N_("Preflight", "The host itself uses the gateway {router} in this subnet.", router=there[0]),
                N_(
                    "Preflight",
                    "With fixed addresses, subnet and gateway should be those of the physical network.",
                ),
                str(there[0]),
                entry.position,
            )


def _usual_gateway(case: Case, entry: Entry) -> str:
    """The gateway that would work: the host's own where the subnet is the host's, else the first address."""
    if not isinstance(entry.prefix, IPv4Network):
        return ""
    if case.host_adapter is not None and case.driver is not None and case.driver.external:
        for router in map(parse_address, case.host_adapter.gateways):
            if router is not None and is_host_address(router, entry.prefix):
                return str(router)
    return first_host(str(entry.prefix))


def _repaired(case: Case, entry: Entry) -> str:
    """The address in what was typed, if it would work; else the usual gateway."""
    address = parse_address(entry.typed.gateway.strip().partition("/")[0].strip())
    if address is not None and (
        not isinstance(entry.prefix, IPv4Network) or is_host_address(address, entry.prefix)
    ):
        return str(address)
    return _usual_gateway(case, entry)
