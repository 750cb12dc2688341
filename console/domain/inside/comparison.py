"""What the engine says of a container's endpoints beside what the container itself reports."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from enum import StrEnum

from console.domain.attachment import static_subnets
from console.domain.host_inventory import HnsEndpoint
from console.domain.inside.view import InsideAdapter, InsideView
from console.domain.record import Record
from console.domain.relations import Relations
from console.domain.snapshot import Container, Endpoint, Network
from console.domain.text import N_, Text, verbatim

CONTEXT = "Inside"


class Agreement(StrEnum):
    """How the two sides stand to each other. ``ONE_SIDED``: only one of them says something."""

    SAME = "same"
    DIFFERENT = "different"
    ONE_SIDED = "one-sided"


class Comparison(Record):
    """One fact of one endpoint on both sides; empty text: that side does not say. ``why`` explains it."""

    network: str
    fact: Text
    configured: str
    reported: str
    agreement: Agreement
    why: Text = verbatim("")


def compare(container: Container, inside: InsideView, relations: Relations) -> tuple[Comparison, ...]:
    """Every fact of every endpoint; then what the container has that the engine knows nothing of."""
    networks = {one.id: one for one in relations.snapshot.networks.known() or ()}
    left = list(inside.adapters)
    found: list[Comparison] = []
    for endpoint in container.endpoints:
        hns = relations.hns_endpoint_of(container, endpoint)
        adapter = _adapter_of(endpoint, hns, left)
        if adapter is None:
            found.append(_missing(endpoint))
            continue
        left.remove(adapter)
        network = networks.get(endpoint.network_id)
        servers = adapter.dns_servers or inside.dns_servers
        found += _facts(endpoint, hns, network, adapter, servers)
    return (*found, *(_unknown(adapter) for adapter in left))


def _adapter_of(
    endpoint: Endpoint, hns: HnsEndpoint | None, adapters: list[InsideAdapter]
) -> InsideAdapter | None:
    """By MAC address, else by address, else the only one there is for an endpoint that says neither."""
    mac = endpoint.mac_address or (hns.mac_address if hns else "")
    address = endpoint.address or (hns.address if hns else "")
    for one in adapters:
        if mac and one.mac_address == mac.lower():
            return one
    for one in adapters:
        if address and address in {own.address for own in one.addresses}:
            return one
    return adapters[0] if not mac and not address and len(adapters) == 1 else None


def _missing(endpoint: Endpoint) -> Comparison:
    return Comparison(
        network=endpoint.network_name,
        fact=N_(CONTEXT, "Adapter"),
        configured=endpoint.address or endpoint.mac_address,
        reported="",
        agreement=Agreement.DIFFERENT,
        why=N_(
            CONTEXT,
            "The container has no adapter for this endpoint. A container with Hyper-V isolation that was "
            "connected while running is listed on the network but has nothing there: stop and start it.",
        ),
    )


def _unknown(adapter: InsideAdapter) -> Comparison:
    return Comparison(
        network="",
        fact=N_(CONTEXT, "Adapter"),
        configured="",
        reported=", ".join((adapter.name, *(one.address for one in adapter.ipv4))),
        agreement=Agreement.ONE_SIDED,
        why=N_(CONTEXT, "The engine lists no endpoint for this adapter."),
    )


def _facts(
    endpoint: Endpoint,
    hns: HnsEndpoint | None,
    network: Network | None,
    adapter: InsideAdapter,
    servers: tuple[str, ...],
) -> Iterator[Comparison]:
    configured = endpoint.address or (hns.address if hns else "")
    own = {one.address: one.prefix_length for one in adapter.addresses}
    address = configured if configured in own else next((one.address for one in adapter.ipv4), "")
    yield _address(endpoint, configured, address, dhcp=adapter.dhcp)
    yield _prefix(endpoint, network, address, own.get(address))
    mac = endpoint.mac_address or (hns.mac_address if hns else "")
    yield _fact(endpoint, N_(CONTEXT, "MAC address"), mac.lower(), adapter.mac_address)
    gateway = endpoint.gateway or (hns.gateway if hns else "")
    ways = gateway if gateway in adapter.gateways else ", ".join(adapter.gateways)
    yield _fact(endpoint, N_(CONTEXT, "Gateway"), gateway, ways)
    told = hns.dns_servers if hns else ()
    yield _fact(endpoint, N_(CONTEXT, "DNS servers"), ", ".join(told), ", ".join(servers))


def _fact(endpoint: Endpoint, fact: Text, configured: str, reported: str) -> Comparison:
    return Comparison(
        network=endpoint.network_name,
        fact=fact,
        configured=configured,
        reported=reported,
        agreement=_agreement(configured, reported),
    )


def _agreement(configured: str, reported: str) -> Agreement:
    if configured == reported:
        return Agreement.SAME
    return Agreement.DIFFERENT if configured and reported else Agreement.ONE_SIDED


def _address(endpoint: Endpoint, configured: str, reported: str, *, dhcp: bool | None) -> Comparison:
    found = _fact(endpoint, N_(CONTEXT, "Address"), configured, reported)
    why = verbatim("")
    if reported.startswith("169.254."):
        why = N_(
            CONTEXT,
            "The container gave itself this address, because no DHCP server answered. On a virtual machine "
            "that is what happens without MAC address spoofing (VMware: promiscuous mode).",
        )
        found = found.model_copy(update={"agreement": Agreement.DIFFERENT})
    elif not configured and reported and dhcp:
        why = N_(CONTEXT, "A DHCP server assigned it: the engine does not know it.")
    elif found.agreement is Agreement.DIFFERENT:
        why = N_(CONTEXT, "It was changed inside the container, or Windows did not apply it.")
    return found.model_copy(update={"why": why})


def _prefix(endpoint: Endpoint, network: Network | None, address: str, reported: int | None) -> Comparison:
    """Beside the network's subnet: what the engine shows is often the classful mask (reference, 0.7)."""
    length = _subnet_length(network, address) or (endpoint.prefix_length or None)
    found = _fact(
        endpoint,
        N_(CONTEXT, "Prefix length"),
        "" if length is None else str(length),
        "" if reported is None else str(reported),
    )
    if length is None or not endpoint.prefix_length or endpoint.prefix_length == length:
        return found
    why = N_(
        CONTEXT,
        "The engine shows /{shown}, the classful default mask of the address. What counts is the subnet's.",
        shown=endpoint.prefix_length,
    )
    return found.model_copy(update={"why": why})


def _subnet_length(network: Network | None, address: str) -> int | None:
    if network is None or not address:
        return None
    own = ipaddress.ip_address(address)
    return next((subnet.prefixlen for subnet in static_subnets(network) if own in subnet), None)
