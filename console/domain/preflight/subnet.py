"""Rules about subnets."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from console.domain.addressing import adapter_prefixes, next_free_subnet, overlaps, parse_any_prefix
from console.domain.drivers.driver import Requirement
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, warning
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_, Text

_STATIC = 'seed, "Remember to specify --subnet and --gateway when using static IP assignment"'
_RESERVED_TEXTS = ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4")
_RESERVED = tuple(IPv4Network(text) for text in _RESERVED_TEXTS)


@rule(
    "subnet-required",
    source='seed, "DHCP IP assignment not supported with L2Bridge networks"; reference, 2.1 and 4.2',
)
def subnet_required(case: Case) -> Iterator[Objection]:
    """l2bridge and l2tunnel have no DHCP."""
    if case.driver is None or case.driver.inputs[Field.SUBNET] is not Requirement.REQUIRED:
        return
    if not any(entry.typed.subnet for entry in case.entries) and not case.spec.config_from:
        yield error(
            Field.SUBNET,
            N_("Preflight", "A network of the driver {driver} needs a subnet.", driver=case.driver.name),
            N_(
                "Preflight",
                "It has no DHCP: give the subnet and gateway of the host's own network. Without them "
                "Windows answers "
                "“The network does not have a subnet for this endpoint” (0x803b0005).",
            ),
            _host_subnet(case),
        )


@rule("subnet-refused", source="reference, 2.1 ics and null")
def subnet_refused(case: Case) -> Iterator[Objection]:
    """Some drivers take no subnet at all."""
    if case.driver is None or case.driver.takes(Field.SUBNET):
        return
    for entry in case.entries:
        if entry.typed.subnet:
            yield error(
                Field.SUBNET,
                N_("Preflight", "The driver {driver} takes no subnet.", driver=case.driver.name),
                case.driver.ipam_text,
                position=entry.position,
            )


@rule("subnet-syntax", source="reference, 2.2 check 11", engines=Engines.ALL)
def subnet_syntax(case: Case) -> Iterator[Objection]:
    """A subnet is an address, a slash and a prefix length."""
    for entry in case.entries:
        typed = entry.typed.subnet
        if typed and entry.prefix is None:
            yield error(
                Field.SUBNET,
                N_("Preflight", "{subnet} is not a subnet.", subnet=typed),
                N_("Preflight", "A subnet is written with its prefix length, such as 10.0.0.0/24."),
                _repaired(typed),
                entry.position,
            )


@rule("subnet-host-bits", source="reference, 2.2 check 5", engines=Engines.ALL)
def subnet_host_bits(case: Case) -> Iterator[Objection]:
    """A subnet is named by its first address."""
    for entry in case.entries:
        typed = entry.typed.subnet
        if entry.prefix is None or typed.partition("/")[0] == str(entry.prefix.network_address):
            continue
        if _same_address(typed, entry.prefix):
            continue
        yield error(
            Field.SUBNET,
            N_("Preflight", "{subnet} is an address inside a subnet, not a subnet.", subnet=typed),
            N_(
                "Preflight",
                "The engine says: “invalid subnet {subnet}: it should be {prefix}”.",
                subnet=typed,
                prefix=entry.prefix,
            ),
            str(entry.prefix),
            entry.position,
        )


@rule(
    "subnet-ipv6", source='reference, 2.2 check 12 and 3.6; seed, "Unsupported features and network options"'
)
def subnet_ipv6(case: Case) -> Iterator[Objection]:
    """Docker on Windows has no IPv6."""
    for entry in case.entries:
        if isinstance(entry.prefix, IPv6Network):
            yield error(
                Field.SUBNET,
                N_("Preflight", "IPv6 subnets can't be used with docker on Windows."),
                N_(
                    "Preflight",
                    "With --ipv6 the engine says “windowsshim driver doesn't support v6 subnets”; "
                    "without it the "
                    "subnet is silently left out.",
                ),
                _free_subnet(case, 24),
                entry.position,
            )


@rule("subnet-everything", source="reference, 0.8", engines=Engines.ALL)
def subnet_everything(case: Case) -> Iterator[Objection]:
    """0.0.0.0/0 is how the engine writes "no subnet known"."""
    for position, prefix in case.prefixes:
        if prefix.prefixlen == 0:
            yield error(
                Field.SUBNET,
                N_("Preflight", "{prefix} covers all addresses.", prefix=prefix),
                N_(
                    "Preflight",
                    "The engine shows it for networks whose subnet it doesn't know, such as those "
                    "with DHCP. Leave the "
                    "subnet empty for DHCP, or give the real one.",
                ),
                _host_subnet(case),
                position,
            )


@rule("subnet-no-room", source="RFC 3021; reference, 2.1", engines=Engines.ALL)
def subnet_no_room(case: Case) -> Iterator[Objection]:
    """Gateway and containers need addresses."""
    for position, prefix in case.prefixes:
        if prefix.prefixlen >= 31 and (case.windows or prefix.prefixlen == 32):
            yield error(
                Field.SUBNET,
                N_("Preflight", "{prefix} has no room for a gateway and a container.", prefix=prefix),
                N_("Preflight", "A /30 is the smallest subnet with an address for one container."),
                _free_subnet(case, 24),
                position,
            )


@rule("subnet-reserved", source="RFC 6890", engines=Engines.ALL)
def subnet_reserved(case: Case) -> Iterator[Objection]:
    """Some ranges never belong to endpoints."""
    for position, prefix in case.prefixes:
        if prefix.prefixlen and any(overlaps(prefix, reserved) for reserved in _RESERVED):
            yield error(
                Field.SUBNET,
                N_("Preflight", "{prefix} is reserved and can't be given to containers.", prefix=prefix),
                N_("Preflight", "Loopback, link-local, multicast and similar addresses are not routed."),
                _free_subnet(case, prefix.prefixlen),
                position,
            )


@rule("subnet-public", source="RFC 1918", engines=Engines.ALL)
def subnet_public(case: Case) -> Iterator[Objection]:
    """A NAT network on public addresses hides the real ones."""
    if not case.is_driver("nat", "internal", "private", "overlay", "bridge"):
        return
    for position, prefix in case.prefixes:
        if prefix.prefixlen and prefix.is_global:
            yield warning(
                Field.SUBNET,
                N_("Preflight", "{prefix} consists of public addresses.", prefix=prefix),
                N_(
                    "Preflight",
                    "Containers on this network can't reach the Internet machines that have them.",
                ),
                _free_subnet(case, prefix.prefixlen),
                position,
            )


@rule("subnet-count", source="reference, 2.1 and 2.6")
def subnet_count(case: Case) -> Iterator[Objection]:
    """Several subnets in one network: few drivers, and recent Windows only."""
    if case.driver is None or len([entry for entry in case.entries if entry.typed.subnet]) < 2:
        return
    second = [entry for entry in case.entries if entry.typed.subnet][1]
    since = case.driver.multiple_subnets_from
    if since is None:
        yield error(
            Field.SUBNET,
            N_("Preflight", "A network of the driver {driver} has one subnet.", driver=case.driver.name),
            N_("Preflight", "On Windows only l2bridge, l2tunnel and overlay networks can have several."),
            position=second.position,
        )
    elif case.build is not None and case.build < since:
        objection = warning if case.is_driver("overlay") else error
        yield objection(
            Field.SUBNET,
            N_("Preflight", "On this Windows a network has one subnet."),
            N_(
                "Preflight",
                "Several subnets in one network came with Windows Server 2022 (build {build}).",
                build=since,
            ),
            position=second.position,
        )


@rule("subnet-twice", source="reference, 2.2 client side", engines=Engines.ALL)
def subnet_twice(case: Case) -> Iterator[Objection]:
    """The subnets of one network don't overlap."""
    read = case.prefixes
    for place, (position, prefix) in enumerate(read):
        before = next((other for _, other in read[:place] if overlaps(prefix, other)), None)
        if before is not None:
            yield error(
                Field.SUBNET,
                N_(
                    "Preflight", "{prefix} overlaps {other} of the same network.", prefix=prefix, other=before
                ),
                N_(
                    "Preflight",
                    "The docker client says: “multiple overlapping subnet configuration is not supported”.",
                ),
                next_free_subnet(prefix.prefixlen, case.snapshot, avoid=[str(other) for _, other in read])
                or "",
                position,
            )


@rule("subnet-not-the-hosts", source=f"{_STATIC}; reference, 3.2 and 3.7")
def subnet_not_the_hosts(case: Case) -> Iterator[Objection]:
    """Transparent and l2bridge networks are part of the host's own network."""
    if not case.is_driver("transparent", "l2bridge") or case.host_adapter is None:
        return
    own = adapter_prefixes(case.host_adapter)
    if not own:
        return
    for position, prefix in case.prefixes:
        if prefix.prefixlen and not any(overlaps(prefix, host) for host in own):
            yield warning(
                Field.SUBNET,
                N_(
                    "Preflight",
                    "{prefix} is not the network that the adapter {adapter} is in.",
                    prefix=prefix,
                    adapter=case.host_adapter.name,
                ),
                _why_the_hosts(case),
                str(own[0]),
                position,
            )


def _why_the_hosts(case: Case) -> Text:
    if case.is_driver("l2bridge"):
        return N_(
            "Preflight",
            "Containers of an l2bridge network are in the host's subnet. Newer documentation allows a "
            "subnet of its own, which then needs a gateway endpoint on the host and routes to it.",
        )
    return N_(
        "Preflight",
        "With fixed addresses, subnet and gateway should be those of the physical network, or nothing "
        "there answers.",
    )


def _host_subnet(case: Case) -> str:
    """The prefix of the adapter the network would sit on, "" where unknown."""
    if case.host_adapter is None or case.driver is None or not case.driver.external:
        return ""
    return next((str(prefix) for prefix in adapter_prefixes(case.host_adapter)), "")


def _free_subnet(case: Case, prefix_length: int) -> str:
    """A subnet that would do: the host's where the network belongs to it, else a free one."""
    if case.is_driver("transparent", "l2bridge", "l2tunnel"):
        return _host_subnet(case)
    length = prefix_length if 8 <= prefix_length <= 30 else 24
    return next_free_subnet(length, case.snapshot) or ""


def _same_address(typed: str, prefix: IPv4Network | IPv6Network) -> bool:
    """Whether only the spelling differs (IPv6 has several)."""
    try:
        return ip_network(typed, strict=True) == prefix
    except ValueError:
        return False


def _repaired(typed: str) -> str:
    """What was probably meant by a text that is no subnet, "" where that can't be told."""
    compact = "".join(typed.split())
    if "/" not in compact:
        compact += "/24"
    try:
        network = ip_network(compact, strict=False)
    except ValueError:
        return ""
    return str(network) if parse_any_prefix(str(network)) else ""
