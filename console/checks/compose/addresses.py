"""Static addresses of services against the networks they are to be in (seed, "Remember to specify
--subnet and --gateway when using static IP assignment"; reference, 2.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from console.domain.addressing import is_host_address, network_prefixes, parse_address, parse_prefix
from console.domain.compose.model import Attachment, ComposeNetwork, ComposeProblem, ComposeService, Project
from console.domain.compose.standing import standing_of
from console.domain.compose.tree import YamlMapping
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text

CONTEXT = "Compose check"


def address_problems(project: Project, snapshot: Snapshot) -> Iterator[ComposeProblem]:
    """What is wrong with the fixed addresses that services ask for."""
    taken: dict[tuple[str, str], str] = {}
    for service in project.services:
        for attachment in service.attachments if service.active else ():
            network = project.network(attachment.network)
            if not attachment.address or network is None:
                continue
            yield from _one(service, attachment, network, project, snapshot)
            key = (network.key, attachment.address)
            if (owner := taken.setdefault(key, service.key)) != service.key:
                words = N_(
                    CONTEXT,
                    "{service} and {other} have the same address {address} in {network}.",
                    service=service.key,
                    other=owner,
                    address=attachment.address,
                    network=network.key,
                )
                yield _problem("address-twice", service, attachment, words)


def _one(
    service: ComposeService,
    attachment: Attachment,
    network: ComposeNetwork,
    project: Project,
    snapshot: Snapshot,
) -> Iterator[ComposeProblem]:
    address = parse_address(attachment.address)
    if address is None:
        words = N_(CONTEXT, "{address} is not an IPv4 address.", address=attachment.address)
        yield _problem("address-invalid", service, attachment, words)
        return
    prefixes = _prefixes(network, project, snapshot)
    if prefixes is None:
        return
    if not prefixes:
        words = N_(
            CONTEXT,
            "{service} has a fixed address, and the network {network} has no subnet.",
            service=service.key,
            network=network.key,
        )
        remedy = N_(CONTEXT, "Give the network a subnet and a gateway, or leave the address out.")
        yield _problem("address-without-subnet", service, attachment, words, remedy)
        return
    prefix = next((one for one in prefixes if address in one), None)
    if prefix is None:
        words = N_(
            CONTEXT,
            "{address} is in none of the subnets of {network}: {subnets}.",
            address=address,
            network=network.key,
            subnets=", ".join(map(str, prefixes)),
        )
        yield _problem("address-outside", service, attachment, words)
    elif not is_host_address(address, prefix):
        words = N_(
            CONTEXT,
            "{address} is the first or last address of {subnet}, not a host address.",
            address=address,
            subnet=prefix,
        )
        yield _problem("address-not-a-hosts", service, attachment, words)
    elif attachment.address in _gateways(network):
        words = N_(CONTEXT, "{address} is the gateway of {network}.", address=address, network=network.key)
        yield _problem("address-is-gateway", service, attachment, words)


def _prefixes(
    network: ComposeNetwork, project: Project, snapshot: Snapshot
) -> tuple[IPv4Network, ...] | None:
    """The network's subnets, in the file or on the host; None where nothing is known of it."""
    if network.spec is not None:
        found = (parse_prefix(pool.subnet) for pool in network.spec.subnets)
        return tuple(prefix for prefix in found if prefix is not None)
    there = standing_of(network, project, snapshot).there
    return network_prefixes(there) if there is not None else None


def _gateways(network: ComposeNetwork) -> set[str]:
    return {pool.gateway for pool in network.spec.subnets} if network.spec else set()


def _problem(
    rule: str, service: ComposeService, attachment: Attachment, message: Text, remedy: Text | None = None
) -> ComposeProblem:
    named = service.entry.get("networks")
    settings = named.get(attachment.network) if isinstance(named, YamlMapping) else None
    place = settings.place_of("ipv4_address") if isinstance(settings, YamlMapping) else attachment.place
    return ComposeProblem(rule, Severity.ERROR, message, place, remedy=remedy, subject=service.key)
