"""Connecting a container to a network and disconnecting it: what is possible and the plan for it.

Pure questions about a snapshot; the dialogs and the terminal ask them and show the answers.
"""

from __future__ import annotations

import ipaddress

from console.domain.containers.hot_add import hot_change_refused_because
from console.domain.plan import ConnectContainer, Plan
from console.domain.removal import Attachment, attachments, disconnect_step, is_windows
from console.domain.snapshot import Container, Network, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Attachment"


def static_subnets(network: Network) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """The subnets an address can be chosen from; ``0.0.0.0/0`` is none (reference, 0.8)."""
    subnets = []
    for pool in network.pools:
        try:
            subnet = ipaddress.ip_network(pool.subnet, strict=False)
        except ValueError:
            continue  # an engine may show a subnet this program can't read: it offers no addresses
        if subnet.prefixlen:
            subnets.append(subnet)
    return tuple(subnets)


def address_rule(network: Network) -> Text:
    """In one sentence, whether an address can be chosen here and from where."""
    subnets = static_subnets(network)
    if not subnets:
        return N_(
            CONTEXT,
            "{name} has no subnet of its own (DHCP or unknown to the engine), so no address can be chosen.",
            name=network.name,
        )
    return N_(
        CONTEXT,
        "Leave it empty to let Windows choose, or type a free address of {subnets}.",
        subnets=", ".join(str(subnet) for subnet in subnets),
    )


def address_refused_because(address: str, network: Network, snapshot: Snapshot) -> Text | None:
    """Why ``address`` can't be asked for on ``network``; None for a good or an empty one."""
    if not address:
        return None
    try:
        wanted = ipaddress.ip_address(address)
    except ValueError:
        return N_(CONTEXT, "{address} is not an IP address.", address=address)
    subnets = static_subnets(network)
    if not subnets:
        return address_rule(network)
    subnet = next((one for one in subnets if wanted in one), None)
    if subnet is None:
        # The engine's own words: "no configured subnet contains IP address X" (reference, 2.3).
        return N_(
            CONTEXT,
            "{address} is outside {subnets}.",
            address=address,
            subnets=", ".join(str(one) for one in subnets),
        )
    return _reserved_because(wanted, subnet, network) or _taken_because(wanted, network, snapshot)


def _reserved_because(
    wanted: ipaddress.IPv4Address | ipaddress.IPv6Address,
    subnet: ipaddress.IPv4Network | ipaddress.IPv6Network,
    network: Network,
) -> Text | None:
    if subnet.num_addresses > 2 and wanted in (subnet.network_address, subnet.broadcast_address):
        return N_(
            CONTEXT,
            "{address} is the network or broadcast address of {subnet}.",
            address=wanted,
            subnet=subnet,
        )
    if str(wanted) in {pool.gateway for pool in network.pools}:
        return N_(CONTEXT, "{address} is the gateway of {name}.", address=wanted, name=network.name)
    return None


def _taken_because(
    wanted: ipaddress.IPv4Address | ipaddress.IPv6Address, network: Network, snapshot: Snapshot
) -> Text | None:
    for one in attachments(network, snapshot):
        if str(wanted) in {one.endpoint.address, one.endpoint.configured_address}:
            return N_(
                CONTEXT,
                "{address} is taken by the container {name}.",
                address=wanted,
                name=one.container.name,
            )
    return None


def connectable(network: Network, snapshot: Snapshot) -> tuple[Container, ...]:
    """The containers that are not on ``network`` yet, by name (reference, 2.3 "connect twice")."""
    there = {one.container.id for one in attachments(network, snapshot)}
    containers = snapshot.containers.known() or ()
    return tuple(sorted((one for one in containers if one.id not in there), key=lambda one: one.name))


def connect_refused_because(
    container: Container, snapshot: Snapshot, isolation: str = "", *, stopped: bool = False
) -> Text | None:
    """Why ``container`` can't get another endpoint now, or None.

    ``isolation`` is its own where it is known; ``stopped``: it is stopped first.
    """
    if container.state in {"removing", "dead"}:
        return N_(CONTEXT, "{name} is being removed.", name=container.name)
    return None if stopped else hot_change_refused_because(container, snapshot, isolation)


def connect_caution(container: Container, snapshot: Snapshot, isolation: str = "") -> Text | None:
    """What may go wrong when ``container`` is connected as it is now, or None.

    A running container with Hyper-V isolation is refused with "unsupported platform request"
    (reference, 2.1 and 2.3). A container list doesn't tell the isolation: while it is not known,
    only the engine's default is.
    """
    engine = snapshot.engine.known()
    if not container.running or isolation or engine is None or not is_windows(snapshot):
        return None
    if engine.default_isolation == "hyperv":
        return N_(
            CONTEXT,
            "{name} is running, and containers of this engine have Hyper-V isolation by default: Windows "
            "refuses another endpoint for those until they are stopped.",
            name=container.name,
        )
    return N_(
        CONTEXT,
        "{name} is running. If it was started with Hyper-V isolation, Windows refuses another endpoint until "
        "it is stopped.",
        name=container.name,
    )


def disconnect_caution(
    attachment: Attachment, network: Network, snapshot: Snapshot, isolation: str = ""
) -> Text | None:
    """Why the console could not take back that ``attachment`` is disconnected now, or None.

    An address that Windows chose is no reason: a connection taken back gets another one.
    """
    container = attachment.container
    if container.state in {"removing", "dead"}:
        return N_(CONTEXT, "{name} is being removed.", name=container.name)
    if hot_change_refused_because(container, snapshot, isolation) is not None:
        return N_(
            CONTEXT,
            "This can't be undone while {name} runs: Windows adds no endpoint to it until it is stopped.",
            name=container.name,
        )
    if network.scope == "swarm" and not network.attachable:
        return N_(
            CONTEXT,
            "This can't be undone: the swarm network {network} is not attachable, so only the swarm's own "
            "services can join it.",
            network=network.name,
        )
    return None


def address_is_lost(attachment: Attachment) -> Text | None:
    """That taking a disconnection back gives another address; None where it was asked for."""
    endpoint = attachment.endpoint
    if not endpoint.address or endpoint.configured_address:
        return None
    return N_(
        CONTEXT,
        "{name} loses the address {address}. Windows chose it, and will choose another one when it is "
        "reconnected.",
        name=attachment.container.name,
        address=endpoint.address,
    )


def connection(
    network: Network, container: Container, *, address: str = "", aliases: tuple[str, ...] = ()
) -> Plan:
    """The plan that attaches ``container``; empty ``address``: Windows chooses."""
    step = ConnectContainer(
        network=network.id,
        network_name=network.name,
        container=container.id,
        container_name=container.name,
        address=address,
        aliases=aliases,
    )
    return Plan(title=step.describe(), steps=(step,))


def disconnection(network: Network, attached: tuple[Attachment, ...]) -> Plan:
    """The plan that detaches the given containers from ``network``, remembering what they had."""
    steps = tuple(disconnect_step(network, one) for one in attached)
    if len(steps) == 1:
        return Plan(title=steps[0].describe(), steps=steps)
    title = N_(
        CONTEXT, "Disconnect {count} containers from {network}", count=len(steps), network=network.name
    )
    return Plan(title=title, steps=steps)
