"""A container's own side of connecting: onto which networks, from which, with which address."""

from __future__ import annotations

from console.domain.attachment import static_subnets
from console.domain.removal import Attachment
from console.domain.snapshot import Container, Network, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Containers"


def _going_because(container: Container) -> Text | None:
    if container.state in {"removing", "dead"}:
        return N_(CONTEXT, "{name} is being removed.", name=container.name)
    return None


def _shared_because(container: Container) -> Text | None:
    """A container without an endpoint of its own shares another one's network (reference, 2.3)."""
    if container.endpoints:
        return None
    return N_(
        CONTEXT,
        "{name} has no endpoint of its own: it uses the network of another container or none.",
        name=container.name,
    )


def networks_to_connect(container: Container, snapshot: Snapshot) -> tuple[Network, ...]:
    """The networks it is not on yet and could be put on, by name."""
    there = {endpoint.network_id for endpoint in container.endpoints}
    offered = [
        one
        for one in snapshot.networks.known() or ()
        if one.id not in there and one.name not in {"none", "host"} and not (one.config_only or one.ingress)
    ]
    return tuple(sorted(offered, key=lambda one: one.name))


def attachments_of(container: Container, snapshot: Snapshot) -> tuple[tuple[Attachment, Network], ...]:
    """Its attachments, each with the network, as far as networks are known."""
    networks = {one.id: one for one in snapshot.networks.known() or ()}
    return tuple(
        (Attachment(container, endpoint), networks[endpoint.network_id])
        for endpoint in container.endpoints
        if endpoint.network_id in networks
    )


def connect_blocked_because(container: Container, snapshot: Snapshot) -> Text | None:
    """Why it can be put on no further network, or None."""
    blocked = _going_because(container) or _shared_because(container)
    if blocked is None and not networks_to_connect(container, snapshot):
        return N_(CONTEXT, "{name} is on every network of this host already.", name=container.name)
    return blocked


def disconnect_blocked_because(container: Container, snapshot: Snapshot) -> Text | None:
    """Why it can be taken off no network, or None."""
    blocked = _going_because(container)
    if blocked is None and not attachments_of(container, snapshot):
        return N_(CONTEXT, "{name} is on no network.", name=container.name)
    return blocked


def address_blocked_because(container: Container, snapshot: Snapshot) -> Text | None:
    """Why none of its addresses can be chosen, or None."""
    blocked = disconnect_blocked_because(container, snapshot)
    if blocked is not None:
        return blocked
    if any(static_subnets(network) for _, network in attachments_of(container, snapshot)):
        return None
    return N_(
        CONTEXT,
        "{name} is on no network with its own subnet: its address comes from DHCP.",
        name=container.name,
    )
